"""What waits to be verified, most pressing first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, SelectBase, bindparam, exists, select, union

from app.accounts.models import Membership, User
from app.core.database import db
from app.core.model import alias_of
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.enrolments.queries.sight import in_sight
from app.evidence.models import Decision, EvidenceItem, Verification, VerificationRequest
from app.evidence.queries.supports import evidence_authors, supports
from app.evidence.rules.priorities import (
    PAYABLE_KINDS,
    PRIORITIES,
    SAMPLE_FROM,
    Priority,
    is_looked_at,
    order_of,
    own_reason,
)
from app.evidence.rules.supports import VERIFIABLE, Support
from app.milestones.models import MilestoneKind
from app.milestones.queries import kind_title
from app.participants.models import Participant, PersonDetails
from app.records.models import Record, RecordKind, RecordText
from app.records.queries import authors_of, details_of, stands

QUEUE_MAX = 500
_Version, _Own, _Later = alias_of(Record), alias_of(Record), alias_of(Record)
_Judgement, _Item, _Since = alias_of(Record), alias_of(EvidenceItem), alias_of(Record)


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
    if not chosen:
        return []
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


def other_verifiers(actor: Actor, waiting: Sequence[Waiting]) -> list[str]:
    """Return who else may verify where everything that waits is the actor's own work, by their short names.

    A manager who has a part in every one of these records is not among them.
    """
    if not waiting or any(one.own_reason is None for one in waiting):
        return []
    roots = [one.record.root_id for one in waiting]
    authors, helpers = authors_of(roots), evidence_authors(roots)
    rows = db.session().execute(
        select(User, Membership.roles)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == actor.organisation_id,
            Membership.ended_at.is_(None),
            User.id != actor.user_id,
        )
        .order_by(User.name)
    )
    return [
        user.short_name
        for user, roles in rows
        if Role.MANAGER in roles
        and any(own_reason(user.id, authors[root], helpers[root]) is None for root in roots)
    ]


def _stakes(root_ids: list[UUID], on: date) -> dict[UUID, Priority]:
    return {root_id: stake for compute in PRIORITIES for root_id, stake in compute(root_ids, on).items()}


def _candidates(actor: Actor) -> Select[UUID, UUID, str, datetime, bool]:
    """Select the newest versions not yet judged: of the actor's people, and those sent to them."""
    asked = select(VerificationRequest.subject_root_id).where(
        VerificationRequest.verifier_id == actor.user_id
    )
    sent = Record.root_id.in_(asked)
    ids: SelectBase = select(_Version.id).where(_Version.root_id.in_(asked))
    mine: ColumnElement[bool] = sent
    if Role.MANAGER in actor.roles:
        ids = union(
            ids, select(_Own.id).where(_Own.provider_id == actor.organisation_id, _is_candidate(_Own))
        )
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
    answered = (
        exists()
        .where(
            _Item.subject_root_id == Verification.subject_root_id,
            _Since.id == _Item.id,
            _Since.received_at > _Judgement.received_at,
        )
        .correlate(Verification, _Judgement)
    )
    withdrawn = exists().where(_Later.supersedes_id == _Judgement.id).correlate(_Judgement)
    return (
        exists()
        .where(
            Verification.subject_root_id == Record.root_id,  # has an index
            Verification.subject_id == Record.id,
            _Judgement.id == Verification.id,
            ~_Judgement.is_withdrawn,
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
