"""The common door of every recording action, and the standing that follows from what was recorded."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.contracts.models import Contract
from app.core.database import db, is_postgresql, joined, transaction
from app.core.errors import DomainError, Forbidden, Invalid, NotFound
from app.core.hot import HotStatement, is_among
from app.core.json import insert_rows, update_rows
from app.core.model import Base
from app.core.permissions import Actor
from app.enrolments import policies
from app.enrolments.errors import EnrolmentNotInState, NoticeNotGiven
from app.enrolments.models import End, EndReason, Enrolment, EnrolmentEvent, EnrolmentState, Start
from app.enrolments.queries.standing import Standing, clock_of, clock_steps, notices_given, standings
from app.enrolments.rules import CONTRIBUTIONS, ON_PROGRAMME, attention_on, due_days
from app.instruments.actions import WHEN_SIGNED
from app.ratecards.actions import WHEN_APPLIED
from app.records.actions import Stored, find_stored, insert_records, inserted_together, refused
from app.records.models import RecordKind
from app.records.queries import details_of
from app.records.rules import Draft, Outcome, Place, Result

_gathered: ContextVar[dict[UUID, set[RecordKind]] | None] = ContextVar("waymark.changed", default=None)


Check = Callable[[Draft, Standing], DomainError | None]


def record_facts(  # noqa: PLR0913 - the one door of all kinds
    actor: Actor,
    kind: RecordKind,
    detail_model: type[Base],
    drafts: Sequence[Draft],
    *,
    at: datetime,
    check: Check | None = None,
    states: Collection[EnrolmentState] = ON_PROGRAMME,
) -> list[Outcome]:
    """Record facts of one kind: authorise, check, insert, tell the enrolments; one answer a draft.

    Args:
        actor: Who records; becomes the author.
        kind: The kind of every draft.
        detail_model: The kind's own table.
        drafts: What was recorded; any mix of enrolments.
        at: When it arrived.
        check: The kind's own rule for one draft; returns the refusal or None.
        states: In which states of the enrolment such a fact may be recorded. Corrections always may, and a
            repeat is the same record whatever has happened since.
    """
    with joined():
        places, stored = _known.get() or _look_up(actor, drafts)
        outcomes: dict[UUID, Outcome] = {}
        admitted: list[tuple[Draft, Place]] = []
        for draft in drafts:
            standing = places.get(draft.enrolment_id)
            refusal = _refusal(actor, draft, standing, states if draft.id not in stored else None)
            if refusal is None and standing and check and draft.id not in stored:
                refusal = check(draft, standing)
            if refusal is not None or standing is None:
                outcomes[draft.id] = refused(draft.id, refusal or NotFound())
            else:
                admitted.append((draft, standing.place))
        for outcome in insert_records(actor, kind, detail_model, admitted, at=at, stored=stored):
            outcomes[outcome.id] = outcome
        note_change(
            {draft.enrolment_id for draft, _ in admitted if outcomes[draft.id].result is Result.RECORDED},
            kinds={kind},
        )
    return [outcomes[draft.id] for draft in drafts]


Known = tuple[dict[UUID, Standing], dict[UUID, Stored]]

_known: ContextVar[Known | None] = ContextVar("waymark.known", default=None)


def _look_up(actor: Actor, drafts: Sequence[Draft]) -> Known:
    places = standings(actor, [draft.enrolment_id for draft in drafts])
    return places, find_stored([draft.id for draft in drafts])


@contextmanager
def recorded_together(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> Iterator[None]:
    """Record drafts of several kinds within: looked up once, and inserted at the end a statement a table.

    For kinds that neither move an enrolment nor look for what was recorded within.

    Raises:
        RecordsOvertaken: not all of it could be inserted. Nothing may be kept; record each kind by itself.
    """
    token = _known.set(_look_up(actor, drafts))
    try:
        with inserted_together(actor, at):
            yield
    finally:
        _known.reset(token)


def _refusal(
    actor: Actor, draft: Draft, standing: Standing | None, states: Collection[EnrolmentState] | None
) -> DomainError | None:
    if standing is None:
        return NotFound("There is no such person that you can see.")
    if not policies.can_record_for(actor, standing.provider_id):
        return Forbidden("Only the provider's workers and managers record for this person.")
    if states is not None and draft.supersedes_id is None and standing.state not in states:
        return EnrolmentNotInState(standing.state, " or ".join(sorted(state.value for state in states)))
    return None


def note_prices_changed(contract_id: UUID) -> None:
    """Mark everybody's entitlements on a contract due: another card applies."""
    with transaction() as session:
        session.execute(
            update(Enrolment).where(Enrolment.contract_id == contract_id).values(entitlements_due=True)
        )


def note_inputs_signed(commissioner_id: UUID) -> None:
    """Mark everybody due on whom a commissioner's inputs bear: what was measured is judged anew."""
    paid = select(Contract.id).where(Contract.commissioner_id == commissioner_id)
    with transaction() as session:
        session.execute(
            update(Enrolment)
            .where(Enrolment.contract_id.in_(paid))
            .values(entitlements_due=True)
            .execution_options(synchronize_session=False)
        )


WHEN_APPLIED.append(note_prices_changed)
WHEN_SIGNED.append(note_inputs_signed)


@contextmanager
def one_change() -> Iterator[None]:
    """Tell the enrolments once, at the end, of all that is recorded within; for a batch of many kinds."""
    gathered: dict[UUID, set[RecordKind]] = {}
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    note_change(gathered, kinds=set().union(*gathered.values()))


def hold_enrolments(enrolment_ids: Collection[UUID]) -> None:
    """Take the rows' locks in the order of their ids, so that no two batches wait for each other.

    Leaves others free to point at the rows meanwhile. On SQLite the one writer holds all in any case.
    """
    if enrolment_ids and is_postgresql():
        _HOLD.all({"ids": list(set(enrolment_ids))})


_HOLD = HotStatement(
    select(Enrolment.id).where(is_among(Enrolment.id)).order_by(Enrolment.id).with_for_update(key_share=True)
)


def record_starts(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record that people started, each once; nobody does before they were given notice."""
    with joined():
        hold_enrolments({draft.enrolment_id for draft in drafts})
        notices = notices_given([draft.enrolment_id for draft in drafts])
        said = details_of(RecordKind.START, [draft.id for draft in drafts])
        begun: set[UUID] = set()

        def check(draft: Draft, standing: Standing) -> DomainError | None:
            if draft.supersedes_id is None and draft.enrolment_id in begun:
                return EnrolmentNotInState(EnrolmentState.STARTED, EnrolmentState.ACCEPTED)
            notice = notices.get(draft.enrolment_id)
            if notice is None or notice.given_on > draft.occurred_on:
                return NoticeNotGiven("Give notice first, on the day of the start or before.")
            if draft.occurred_on < standing.referred_on:
                return Invalid.field("occurred_on", "before-referral", "Choose the referral's day or later.")
            begun.add(draft.enrolment_id)
            return None

        # A repeat names the notice that stood when it was first received.
        full = [
            replace(draft, detail=said.get(draft.id) or notices[draft.enrolment_id].as_detail())
            if draft.id in said or draft.enrolment_id in notices
            else draft
            for draft in drafts
        ]
        states = {EnrolmentState.ACCEPTED}
        outcomes = record_facts(actor, RecordKind.START, Start, full, at=at, check=check, states=states)
        _step(actor, "started", full, outcomes, at)
    return outcomes


def record_ends(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record that people left, each once and with the reason."""
    left: set[UUID] = set()

    def check(draft: Draft, standing: Standing) -> DomainError | None:
        if draft.supersedes_id is None and draft.enrolment_id in left:
            return EnrolmentNotInState(EnrolmentState.ENDED, EnrolmentState.STARTED)
        if standing.started_on and draft.occurred_on < standing.started_on:
            return Invalid.field("occurred_on", "before-start", "Choose the day of the start or later.")
        left.add(draft.enrolment_id)
        return None

    with joined():
        hold_enrolments({draft.enrolment_id for draft in drafts})
        outcomes = record_facts(actor, RecordKind.END, End, drafts, at=at, check=check)
        _step(actor, "ended", drafts, outcomes, at)
    return outcomes


def _step(
    actor: Actor, name: str, drafts: Sequence[Draft], outcomes: Sequence[Outcome], at: datetime
) -> None:
    """Move the enrolments whose start or end was recorded, and tell their story."""
    recorded = {outcome.id for outcome in outcomes if outcome.result is Result.RECORDED}
    moved = [draft for draft in drafts if draft.id in recorded]
    if not moved:
        return
    for draft in moved:
        db.session().execute(
            update(Enrolment).where(Enrolment.id == draft.enrolment_id).values(_moved(name, draft))
        )
    tell_step(actor, name, [draft for draft in moved if draft.supersedes_id is None], at)
    note_change({draft.enrolment_id for draft in moved}, kinds={RecordKind.START, RecordKind.END})


def tell_step(actor: Actor, name: str, drafts: Sequence[Draft], at: datetime) -> None:
    """Append one step to the story of each enrolment."""
    places = standings(actor, [draft.enrolment_id for draft in drafts])
    events = [
        {
            "contract_id": places[draft.enrolment_id].contract_id,
            "provider_id": places[draft.enrolment_id].provider_id,
            "enrolment_id": draft.enrolment_id,
            "at": at,
            "happened_on": draft.occurred_on,
            "name": name,
            "user_id": actor.user_id,
            "reason": draft.detail.get("reason"),
            "other_id": None,
        }
        for draft in drafts
    ]
    insert_rows(db.session(), EnrolmentEvent, events)


def _moved(name: str, draft: Draft) -> dict[str, Any]:
    if name == "started":
        state = {} if draft.supersedes_id else {"state": EnrolmentState.STARTED}
        return {**state, "started_on": draft.occurred_on}
    reason = EndReason(draft.detail["reason"])
    state = {"state": EnrolmentState.DIED if reason is EndReason.DIED else EnrolmentState.ENDED}
    return {**state, "ended_on": draft.occurred_on, "closed_reason": reason.value}


def note_change(enrolment_ids: Collection[UUID], *, kinds: Collection[RecordKind] | None = None) -> None:
    """Recompute the standing of enrolments whose records changed, and mark their entitlements due.

    Adds 1 to each `revision`. Takes the rows' locks in the order of their ids.

    Args:
        enrolment_ids: Whose records changed.
        kinds: Which kinds of record; None for all.
    """
    if not enrolment_ids:
        return
    gathered = _gathered.get()
    if gathered is not None and kinds is not None:
        for enrolment_id in enrolment_ids:
            gathered.setdefault(enrolment_id, set()).update(kinds)
        return
    with joined() as session:
        rows = _HELD_MARKS.all({"ids": list(set(enrolment_ids))})
        ids = [row.id for row in rows]
        columns: dict[UUID, dict[str, Any]] = {enrolment_id: {} for enrolment_id in ids}
        for contribution in CONTRIBUTIONS:
            if kinds is None or contribution.kinds.intersection(kinds):
                marks = contribution.compute(ids)
                for enrolment_id in ids:
                    columns[enrolment_id] |= contribution.defaults | marks.get(enrolment_id, {})
        update_rows(session, Enrolment, [_new_standing(row, columns[row.id]) for row in rows])


_MARKS = (
    "needs_you_on",
    "next_planned_at",
    "baseline_on",
    "second_baseline_on",
    "last_sitting_on",
    "plan_due_on",
    "first_met_on",
    "last_met_on",
)
_HELD_MARKS = HotStatement(
    select(
        Enrolment.id,
        Enrolment.state,
        Enrolment.referred_on,
        Enrolment.started_on,
        Enrolment.revision,
        *(getattr(Enrolment, name) for name in _MARKS),
        clock_steps().label("clock_steps"),
    )
    .where(is_among(Enrolment.id))
    .order_by(Enrolment.id)
    .with_for_update(key_share=True)
)


def _new_standing(row: Any, columns: dict[str, Any]) -> dict[str, Any]:
    marks = {name: columns[name] if name in columns else getattr(row, name) for name in _MARKS}
    due = due_days(row.started_on, marks, clock_of(row.clock_steps))
    marks |= due
    return {
        "id": row.id,
        **columns,
        **due,
        "attention_on": attention_on(EnrolmentState(row.state), row.referred_on, row.started_on, marks),
        "revision": row.revision + 1,
        "entitlements_due": True,
    }
