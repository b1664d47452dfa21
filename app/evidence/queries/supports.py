"""What supports facts: the evidence that stands, its authors, and where a file serves twice."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Select, select

from app.core.database import db
from app.core.hot import is_among
from app.evidence.models import EvidenceItem, StoredFile
from app.evidence.queries.files import its_file
from app.evidence.rules.supports import Support
from app.records.models import Record
from app.records.queries import authors_of, stands


def supports(root_ids: Collection[UUID]) -> dict[UUID, list[Support]]:
    """Return for each fact the evidence items that stand, oldest first, with the state of their files."""
    found: dict[UUID, list[Support]] = {root_id: [] for root_id in root_ids}
    if not found:
        return found
    rows = db.session().execute(_evidence_of(), {"ids": list(found)}).all()
    if not rows:
        return found
    authors = authors_of({item.subject_root_id for _, item, _ in rows})
    reused = reused_roots([item for _, item, _ in rows])
    for record, item, file in rows:
        found[item.subject_root_id].append(
            Support(
                root_id=item.subject_root_id,
                record_id=record.id,
                item_root_id=record.root_id,
                kind=item.kind,
                author_id=record.author_id,
                is_away=record.author_id not in authors[item.subject_root_id],
                received_at=record.received_at,
                dated_on=item.dated_on,
                obtained_on=item.obtained_on,
                obtained_how=item.obtained_how.value,
                covers_from=item.covers_from,
                covers_until=item.covers_until,
                sent_sha256=item.sent_sha256,
                kept_sha256=file.kept_sha256 if file else None,
                file_id=file.id if file else None,
                media_type=file.media_type if file else None,
                reused_root_ids=tuple(sorted(reused[item.id])),
            )
        )
    return found


@cache
def _evidence_of() -> Select[Record, EvidenceItem, StoredFile]:
    return (
        select(Record, EvidenceItem, StoredFile)
        .join(EvidenceItem, EvidenceItem.id == Record.id)
        .outerjoin(StoredFile, its_file())
        .where(
            is_among(EvidenceItem.subject_root_id),
            stands(),
        )
        .order_by(Record.received_at, Record.id)
    )


def reused_roots(items: Collection[EvidenceItem]) -> dict[UUID, set[UUID]]:
    """Return for each item the other facts of its provider that rest on the very same file."""
    reused: dict[UUID, set[UUID]] = {item.id: set() for item in items}
    with_file = [item for item in items if item.sent_sha256]
    if not with_file:
        return reused
    users: dict[tuple[UUID, str | None], set[UUID]] = defaultdict(set)
    rows = db.session().execute(
        select(EvidenceItem.provider_id, EvidenceItem.sent_sha256, EvidenceItem.subject_root_id)
        .join(Record, Record.id == EvidenceItem.id)
        .where(
            EvidenceItem.provider_id.in_({item.provider_id for item in with_file}),
            EvidenceItem.sent_sha256.in_({item.sent_sha256 for item in with_file}),
            stands(),
        )
    )
    for provider_id, sent_sha256, root_id in rows:
        users[provider_id, sent_sha256].add(root_id)
    for item in with_file:
        reused[item.id] = users[item.provider_id, item.sent_sha256] - {item.subject_root_id}
    return reused


def reused_by(record_id: UUID) -> bool:
    """Whether another fact of the provider rests on the very same file as this item."""
    item = db.session().get(EvidenceItem, record_id)
    return item is not None and bool(reused_roots([item])[record_id])


def evidence_authors(root_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return by fact who recorded any version of its evidence."""
    found: dict[UUID, set[UUID]] = {root_id: set() for root_id in root_ids}
    if found:
        rows = db.session().execute(
            select(EvidenceItem.subject_root_id, Record.author_id)
            .join(Record, Record.id == EvidenceItem.id)
            .where(EvidenceItem.subject_root_id.in_(found))
            .distinct()
        )
        for root_id, author_id in rows:
            found[root_id].add(author_id)
    return found


def last_evidence_at(root_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Return by fact when its newest evidence that stands was received."""
    rows = db.session().execute(
        select(EvidenceItem.subject_root_id, Record.received_at)
        .join(Record, Record.id == EvidenceItem.id)
        .where(EvidenceItem.subject_root_id.in_(set(root_ids)), stands())
        .order_by(Record.received_at)
    )
    return {root_id: received_at for root_id, received_at in rows}
