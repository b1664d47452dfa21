"""Facts are taken back: a correction without content, with its reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from app.core.database import db, joined
from app.core.errors import Forbidden
from app.core.permissions import Actor
from app.enrolments.actions import note_change, tell_step
from app.enrolments.models import Enrolment, EnrolmentState
from app.enrolments.queries.standing import Standing, standings
from app.enrolments.rules import ON_PROGRAMME
from app.records.actions import find_stored, insert_records, refused
from app.records.errors import NotWithdrawable, SubjectMissing
from app.records.models import DETAIL_MODELS, RecordKind
from app.records.policies import can_withdraw_record
from app.records.queries import Subject, details_of, subjects
from app.records.rules import Draft, Outcome, Result, Withdrawal

# What taking back a start or an end leads to: from which states, the step, and the columns that follow.
STEPS_BACK: dict[RecordKind, tuple[frozenset[EnrolmentState], str, dict[str, Any]]] = {
    RecordKind.START: (
        ON_PROGRAMME,
        "start-withdrawn",
        {"state": EnrolmentState.ACCEPTED, "started_on": None},
    ),
    RecordKind.END: (
        frozenset({EnrolmentState.ENDED, EnrolmentState.DIED}),
        "reopened",
        {"state": EnrolmentState.STARTED, "ended_on": None, "closed_reason": None},
    ),
}


def withdraw_records(actor: Actor, withdrawals: Sequence[Withdrawal], *, at: datetime) -> list[Outcome]:
    """Take facts back, each with its reason: a correction without content; one answer a withdrawal."""
    with joined():
        found = subjects([withdrawal.subject_id for withdrawal in withdrawals])
        places = standings(actor, [subject.enrolment_id for subject in found.values()])
        stored = find_stored([withdrawal.id for withdrawal in withdrawals])
        outcomes: dict[UUID, Outcome] = {}
        by_kind: dict[RecordKind, list[tuple[Withdrawal, Subject, Standing]]] = {}
        for withdrawal in withdrawals:
            subject = found.get(withdrawal.subject_id)
            standing = places.get(subject.enrolment_id) if subject else None
            if subject is None or standing is None:
                outcomes[withdrawal.id] = refused(withdrawal.id, SubjectMissing())
            elif subject.kind is RecordKind.DISAGREEMENT:
                detail = "It is the person's own to take back, where it was said."
                outcomes[withdrawal.id] = refused(withdrawal.id, NotWithdrawable(detail))
            elif subject.is_withdrawn or not (
                withdrawal.id in stored or _may_step_back(subject.kind, standing)
            ):
                detail = "It was withdrawn before, or a later step of this person's story stands on it."
                outcomes[withdrawal.id] = refused(withdrawal.id, NotWithdrawable(detail))
            elif not can_withdraw_record(actor, subject.author_id, standing.provider_id):
                detail = "Only whoever recorded it, or a manager, takes it back."
                outcomes[withdrawal.id] = refused(withdrawal.id, Forbidden(detail))
            else:
                by_kind.setdefault(subject.kind, []).append((withdrawal, subject, standing))
        for kind, entries in by_kind.items():
            outcomes |= _withdraw(actor, kind, entries, at)
    return [outcomes[withdrawal.id] for withdrawal in withdrawals]


def _may_step_back(kind: RecordKind, standing: Standing) -> bool:
    """Whether a fact may be taken back where the person stands: nobody ends who never started."""
    return kind not in STEPS_BACK or standing.state in STEPS_BACK[kind][0]


def _withdraw(
    actor: Actor, kind: RecordKind, entries: Sequence[tuple[Withdrawal, Subject, Standing]], at: datetime
) -> dict[UUID, Outcome]:
    details = details_of(kind, [subject.id for _, subject, _ in entries])
    drafts = [
        (
            Draft(
                id=withdrawal.id,
                enrolment_id=subject.enrolment_id,
                occurred_on=withdrawal.occurred_on or subject.occurred_on,
                recorded_at=withdrawal.recorded_at,
                detail=_as_correction(details[subject.id]),
                texts={"reason": withdrawal.reason},
                supersedes_id=subject.id,
                is_withdrawn=True,
                device_id=withdrawal.device_id,
                clock_offset_seconds=withdrawal.clock_offset_seconds,
            ),
            standing.place,
        )
        for withdrawal, subject, standing in entries
    ]
    outcomes = insert_records(actor, kind, DETAIL_MODELS[kind], drafts, at=at)
    recorded = {outcome.id for outcome in outcomes if outcome.result is Result.RECORDED}
    taken_back = [draft for draft, _ in drafts if draft.id in recorded]
    _step_back(actor, kind, taken_back, at)
    note_change({draft.enrolment_id for draft in taken_back}, kinds={kind})
    return {outcome.id: outcome for outcome in outcomes}


def _as_correction(detail: dict[str, Any]) -> dict[str, Any]:
    """Return a version's details as the next one carries them: it is no original."""
    return {**detail, "is_original": False} if "is_original" in detail else detail


def _step_back(actor: Actor, kind: RecordKind, drafts: Sequence[Draft], at: datetime) -> None:
    """Return enrolments to where they stood before a start or an end that is taken back."""
    if kind not in STEPS_BACK or not drafts:
        return
    _, name, columns = STEPS_BACK[kind]
    ids = [draft.enrolment_id for draft in drafts]
    db.session().execute(update(Enrolment).where(Enrolment.id.in_(ids)).values(columns))
    tell_step(actor, name, drafts, at)
