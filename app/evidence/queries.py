"""What supports a fact, and what it contributes to the standing of an enrolment."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    SelectBase,
    and_,
    bindparam,
    exists,
    select,
    union,
)
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.core.database import db
from app.core.errors import NotFound
from app.core.hot import HotStatement, is_among
from app.core.model import Id
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.enrolments.queries import in_sight, standings
from app.enrolments.rules import Marks, contributes
from app.evidence.models import Decision, EvidenceItem, StoredFile, Verification, VerificationRequest
from app.evidence.rules.priorities import (
    ADMISSIONS,
    PAYABLE_KINDS,
    PRIORITIES,
    SAMPLE_FROM,
    Priority,
    is_looked_at,
    order_of,
    own_reason,
)
from app.evidence.rules.supports import SUBJECT_KINDS, VERIFIABLE, Support
from app.milestones.models import Milestone, MilestoneKind
from app.milestones.queries import kind_title
from app.organisations.models import Organisation
from app.participants.models import Participant, PersonDetails
from app.records.models import Record, RecordKind, RecordText
from app.records.queries import authors_of, details_of, stands

QUEUE_MAX = 500
_Later = aliased(Record)


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
        .outerjoin(StoredFile, _its_file())
        .where(
            EvidenceItem.subject_root_id.in_(bindparam("ids", type_=Id(), expanding=True)),
            stands(),
        )
        .order_by(Record.received_at, Record.id)
    )


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


def requests_to(verifier_id: UUID, root_ids: Collection[UUID]) -> dict[UUID, VerificationRequest]:
    """Return what was sent to this outside verifier, by fact."""
    rows = db.session().scalars(
        select(VerificationRequest).where(
            VerificationRequest.verifier_id == verifier_id,
            VerificationRequest.subject_root_id.in_(set(root_ids)),
        )
    )
    return {request.subject_root_id: request for request in rows}


def was_ever_asked(verifier_id: UUID) -> bool:
    """Whether anything was ever sent to this person to verify from outside."""
    asked = exists().where(VerificationRequest.verifier_id == verifier_id)
    return bool(db.session().scalar(select(asked)))


@contributes(RecordKind.MILESTONE, RecordKind.EVIDENCE, evidence_missing_count=0, evidence_missing_kind=None)
def evidence_marks(enrolment_ids: list[UUID]) -> Marks:
    """Return how many milestones of each person have no evidence that counts, and the oldest one's kind."""
    rows = _MILESTONES.all({"ids": enrolment_ids})
    held = supports([row.root_id for row in rows])
    marks: Marks = {}
    for enrolment_id, root_id, kind_code, counts in rows:
        if any(support.counts and support.kind.value in counts for support in held[root_id]):
            continue
        mark = marks.setdefault(enrolment_id, {"evidence_missing_count": 0})
        mark["evidence_missing_count"] += 1
        mark["evidence_missing_kind"] = kind_code
    return marks


_MILESTONES = HotStatement(
    select(Record.enrolment_id, Record.root_id, Milestone.kind_code, MilestoneKind.counts)
    .join(Milestone, Milestone.id == Record.id)
    .join(MilestoneKind, MilestoneKind.code == Milestone.kind_code)
    .where(is_among(Record.enrolment_id), Record.kind == RecordKind.MILESTONE, stands())
    .order_by(Record.occurred_on.desc(), Record.root_id.desc())
)
_Judged, _Newer = aliased(Record), aliased(Record)
_JUDGEMENTS = HotStatement(
    select(
        Record.enrolment_id,
        Verification.subject_root_id,
        Verification.decision,
        Verification.reason,
        Record.occurred_on,
        Record.received_at,
    )
    .join(Verification, Verification.id == Record.id)
    .join(_Judged, _Judged.id == Verification.subject_id)
    .outerjoin(_Newer, _Newer.supersedes_id == _Judged.id)
    .where(
        is_among(Record.enrolment_id),
        Record.kind == RecordKind.VERIFICATION,
        _Newer.id.is_(None),
        ~_Judged.is_withdrawn,
        stands(),
    )
    .order_by(Record.received_at, Record.id)
)


def _returned(enrolment_ids: list[UUID]) -> list[Any]:
    """Return the newest judgement of each newest version that stands, where it is a return."""
    rows = _JUDGEMENTS.all({"ids": enrolment_ids})
    newest = {row.subject_root_id: row for row in rows}
    return [row for row in newest.values() if row.decision == Decision.RETURNED]


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


def find_file(provider_id: UUID, sent_sha256: str) -> StoredFile | None:
    """Return the file that an organisation keeps of what was once sent, if it does."""
    return db.session().scalar(
        select(StoredFile).where(
            StoredFile.provider_id == provider_id,
            StoredFile.sent_sha256 == sent_sha256,
            StoredFile.disposed_at.is_(None),
        )
    )


def waiting_for(provider_id: UUID, sent_sha256: str) -> set[UUID]:
    """Return the enrolments whose evidence names this file."""
    return set(
        db.session().scalars(
            select(Record.enrolment_id)
            .join(EvidenceItem, EvidenceItem.id == Record.id)
            .where(EvidenceItem.provider_id == provider_id, EvidenceItem.sent_sha256 == sent_sha256)
        )
    )


@dataclass(frozen=True)
class EvidenceFile:
    """A file in sight, and where it belongs."""

    file: StoredFile
    enrolment_id: UUID
    contract_id: UUID


def get_evidence_file(actor: Actor, record_id: UUID) -> EvidenceFile:
    """Return the file of one evidence item: of people in sight, or sent to the actor, or sampled.

    Raises:
        NotFound: there is none that the actor may see, or it is still to come.
    """
    row = (
        db.session()
        .execute(
            select(StoredFile, Record.enrolment_id, Record.contract_id, EvidenceItem.subject_root_id)
            .join(EvidenceItem, EvidenceItem.id == Record.id)
            .join(StoredFile, _its_file())
            .where(Record.id == record_id)
        )
        .one_or_none()
    )
    if row is None:
        raise NotFound
    file, enrolment_id, contract_id, root_id = row
    in_sight = bool(standings(actor, [enrolment_id])) or bool(requests_to(actor.user_id, [root_id]))
    if not in_sight and not any(admits(actor, root_id) for admits in ADMISSIONS):
        raise NotFound
    return EvidenceFile(file, enrolment_id, contract_id)


def outside_verifier(provider_id: UUID) -> User | None:
    """Return whom a provider has named to verify from outside."""
    return db.session().scalar(
        select(User)
        .join(Organisation, Organisation.outside_verifier_id == User.id)
        .where(Organisation.id == provider_id)
    )


@dataclass(frozen=True)
class Waiting:
    """A record that waits for a verifier, with what they need to judge it."""

    record: Record
    reference: str
    person: str
    author: str
    title: str | None
    detail: dict[str, Any]
    texts: dict[str, Any]
    supports: list[Support]
    own_reason: str | None
    is_outside: bool
    priority: Priority | None


def verification_queue(actor: Actor, *, on: date) -> list[Waiting]:
    """Return what waits for the actor, most money and least time first; their own work is there, marked.

    A manager sees what a live rate can pay for on the day, and a random one in ten of the rest; whoever
    verifies from outside sees what was sent to them, and nothing else.
    """
    candidates = db.session().execute(_candidates(actor)).all()
    stakes = _stakes([row.root_id for row in candidates], on)
    chosen = [row for row in candidates if row.is_sent or is_looked_at(row.root_id, row.content_hash, stakes)]
    chosen.sort(key=lambda row: order_of(stakes.get(row.root_id), row.received_at.date()))
    is_sent = {row.id: row.is_sent for row in chosen[:QUEUE_MAX]}
    waiting = _in_full(list(is_sent))
    roots = [row.Record.root_id for row in waiting]
    held, authors, helpers = supports(roots), authors_of(roots), evidence_authors(roots)
    contents = _contents([row.Record for row in waiting], actor.language)
    return [
        Waiting(
            record=row.Record,
            reference=row.reference,
            person=row.PersonDetails.short_name,
            author=row.User.short_name,
            supports=held[row.Record.root_id],
            own_reason=own_reason(actor.user_id, authors[row.Record.root_id], helpers[row.Record.root_id]),
            is_outside=is_sent[row.Record.id],
            priority=stakes.get(row.Record.root_id),
            **contents[row.Record.id],
        )
        for row in waiting
    ]


def _stakes(root_ids: list[UUID], on: date) -> dict[UUID, Priority]:
    return {root_id: stake for compute in PRIORITIES for root_id, stake in compute(root_ids, on).items()}


def _candidates(actor: Actor) -> Select[UUID, UUID, str, datetime, bool]:
    """Select the newest versions not yet judged: of the actor's people, and those sent to them."""
    asked = select(VerificationRequest.subject_root_id).where(
        VerificationRequest.verifier_id == actor.user_id
    )
    sent = Record.root_id.in_(asked)
    version, own = aliased(Record), aliased(Record)
    ids: SelectBase = select(version.id).where(version.root_id.in_(asked))
    mine: ColumnElement[bool] = sent
    if Role.MANAGER in actor.roles:
        ids = union(ids, select(own.id).where(own.provider_id == actor.organisation_id, _is_candidate(own)))
        mine = sent | ((Record.provider_id == actor.organisation_id) & in_sight(actor))
    return (
        select(Record.id, Record.root_id, Record.content_hash, Record.received_at, sent.label("is_sent"))
        .join(Enrolment, Enrolment.id == Record.enrolment_id)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .where(Record.id.in_(ids), Record.kind.in_(VERIFIABLE), mine, stands(), ~_is_judged())
        .order_by(Record.received_at, Record.id)
    )


def _in_full(record_ids: Sequence[UUID]) -> list[Any]:
    """Return records with their people, in the order they are given."""
    rows = db.session().execute(
        select(Record, Participant.reference, PersonDetails, User)
        .join(Enrolment, Enrolment.id == Record.enrolment_id)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(PersonDetails, PersonDetails.id == Participant.id)
        .join(User, User.id == Record.author_id)
        .where(Record.id.in_(record_ids))
    )
    found = {row.Record.id: row for row in rows}
    return [found[record_id] for record_id in record_ids]


def _is_candidate(record: type[Record]) -> ColumnElement[bool]:
    """Return what `ix_record_provider_id_to_verify` holds, its values written out as they stand there."""
    kinds: BindParameter[Any] = bindparam("payable", PAYABLE_KINDS, expanding=True, literal_execute=True)
    sampled: BindParameter[str] = bindparam("sampled", SAMPLE_FROM, literal_execute=True)
    return record.kind.in_(kinds) | (record.content_hash >= sampled)


def _is_judged() -> ColumnElement[bool]:
    """Return the condition that a version was verified, or returned and not given new evidence since."""
    judgement, item, since = aliased(Record), aliased(EvidenceItem), aliased(Record)
    answered = (
        exists()
        .where(
            item.subject_root_id == Verification.subject_root_id,
            since.id == item.id,
            since.received_at > judgement.received_at,
        )
        .correlate(Verification, judgement)
    )
    withdrawn = exists().where(_Later.supersedes_id == judgement.id).correlate(judgement)
    return (
        exists()
        .where(
            Verification.subject_root_id == Record.root_id,  # has an index
            Verification.subject_id == Record.id,
            judgement.id == Verification.id,
            ~judgement.is_withdrawn,
            ~withdrawn,
            (Verification.decision == Decision.VERIFIED) | ~answered,
        )
        .correlate(Record)
    )


def _contents(records: list[Record], language: str) -> dict[UUID, dict[str, Any]]:
    """Return title, details and texts by record; an assessment's answers are nobody's business here."""
    texts = {
        text.id: text.texts
        for text in db.session().scalars(
            select(RecordText).where(RecordText.id.in_([record.id for record in records]))
        )
    }
    rows = db.session().execute(select(MilestoneKind.code, MilestoneKind.title))
    titles = {code: kind_title(language, code, title) for code, title in rows}
    by_kind: dict[RecordKind, list[UUID]] = defaultdict(list)
    for record in records:
        by_kind[record.kind].append(record.id)
    found: dict[UUID, dict[str, Any]] = {}
    for kind, ids in by_kind.items():
        for record_id, detail in details_of(kind, ids).items():
            is_rating = kind is RecordKind.ASSESSMENT
            shown = {name: value for name, value in detail.items() if not is_rating or name != "scores"}
            found[record_id] = {
                "title": titles.get(detail.get("kind_code", "")),
                "detail": shown,
                "texts": {} if is_rating else texts.get(record_id) or {},
            }
    return found
