"""What supports a fact, and what it contributes to the standing of an enrolment."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from app.core.database import db
from app.enrolments.rules import Marks, contributes
from app.evidence.models import Decision, EvidenceItem, StoredFile, Verification, VerificationRequest
from app.evidence.rules import SUBJECT_KINDS, Support
from app.milestones.models import Milestone, MilestoneKind
from app.records.models import Record, RecordKind
from app.records.queries import authors_of, stands


def supports(root_ids: Collection[UUID]) -> dict[UUID, list[Support]]:
    """Return for each fact the evidence items that stand, oldest first, with the state of their files."""
    found: dict[UUID, list[Support]] = {root_id: [] for root_id in root_ids}
    if not found:
        return found
    rows = (
        db.session()
        .execute(
            select(Record, EvidenceItem, StoredFile)
            .join(EvidenceItem, EvidenceItem.id == Record.id)
            .outerjoin(StoredFile, _its_file())
            .where(EvidenceItem.subject_root_id.in_(found), stands())
            .order_by(Record.received_at, Record.id)
        )
        .all()
    )
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


def _its_file() -> Any:
    return and_(
        StoredFile.provider_id == EvidenceItem.provider_id,
        StoredFile.sent_sha256 == EvidenceItem.sent_sha256,
        StoredFile.disposed_at.is_(None),
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


def requests_to(verifier_id: UUID, root_ids: Collection[UUID]) -> dict[UUID, VerificationRequest]:
    """Return what was sent to this outside verifier, by fact."""
    rows = db.session().scalars(
        select(VerificationRequest).where(
            VerificationRequest.verifier_id == verifier_id,
            VerificationRequest.subject_root_id.in_(set(root_ids)),
        )
    )
    return {request.subject_root_id: request for request in rows}


@contributes(RecordKind.MILESTONE, RecordKind.EVIDENCE, evidence_missing_count=0, evidence_missing_kind=None)
def evidence_marks(enrolment_ids: list[UUID]) -> Marks:
    """Return how many milestones of each person have no evidence that counts, and the oldest one's kind."""
    rows = (
        db.session()
        .execute(
            select(Record.enrolment_id, Record.root_id, Milestone.kind_code, MilestoneKind.counts)
            .join(Milestone, Milestone.id == Record.id)
            .join(MilestoneKind, MilestoneKind.code == Milestone.kind_code)
            .where(Record.enrolment_id.in_(enrolment_ids), Record.kind == RecordKind.MILESTONE, stands())
            .order_by(Record.occurred_on.desc(), Record.root_id.desc())
        )
        .all()
    )
    held = supports([row.root_id for row in rows])
    marks: Marks = {}
    for enrolment_id, root_id, kind_code, counts in rows:
        if any(support.counts and support.kind.value in counts for support in held[root_id]):
            continue
        mark = marks.setdefault(enrolment_id, {"evidence_missing_count": 0})
        mark["evidence_missing_count"] += 1
        mark["evidence_missing_kind"] = kind_code
    return marks


def _returned(enrolment_ids: list[UUID]) -> list[Any]:
    """Return the newest judgement of each newest version that stands, where it is a return."""
    subject = aliased(Record)
    newer = aliased(Record)
    rows = db.session().execute(
        select(
            Record.enrolment_id,
            Verification.subject_root_id,
            Verification.decision,
            Verification.reason,
            Record.occurred_on,
            Record.received_at,
        )
        .join(Verification, Verification.id == Record.id)
        .join(subject, subject.id == Verification.subject_id)
        .outerjoin(newer, newer.supersedes_id == subject.id)
        .where(
            Record.enrolment_id.in_(enrolment_ids),
            Record.kind == RecordKind.VERIFICATION,
            newer.id.is_(None),
            ~subject.is_withdrawn,
            stands(),
        )
        .order_by(Record.received_at, Record.id)
    )
    newest = {row.subject_root_id: row for row in rows}
    return [row for row in newest.values() if row.decision is Decision.RETURNED]


@contributes(
    *SUBJECT_KINDS,
    RecordKind.EVIDENCE,
    RecordKind.VERIFICATION,
    needs_you_on=None,
    needs_you_count=0,
    needs_you_reason=None,
)
def returned_marks(enrolment_ids: list[UUID]) -> Marks:
    """Return what came back and was not put right: neither corrected, nor given new evidence."""
    returned = _returned(enrolment_ids)
    if not returned:
        return {}
    answered = last_evidence_at([row.subject_root_id for row in returned])
    marks: Marks = {}
    for row in sorted(returned, key=lambda row: row.received_at):
        if row.subject_root_id in answered and answered[row.subject_root_id] > row.received_at:
            continue
        mark = marks.setdefault(row.enrolment_id, {"needs_you_on": row.occurred_on, "needs_you_count": 0})
        mark["needs_you_count"] += 1
        mark["needs_you_reason"] = row.reason
    return marks


def last_evidence_at(root_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Return by fact when its newest evidence that stands was received."""
    rows = db.session().execute(
        select(EvidenceItem.subject_root_id, Record.received_at)
        .join(Record, Record.id == EvidenceItem.id)
        .where(EvidenceItem.subject_root_id.in_(set(root_ids)), stands())
        .order_by(Record.received_at)
    )
    return {root_id: received_at for root_id, received_at in rows}
