"""What rests on records that wait to be verified: the money, and how long it can still be claimed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.enrolments.models import Enrolment
from app.entitlements.models import Entitlement, EntitlementState
from app.entitlements.rules.rests_on import can_rest_on
from app.evidence.rules.priorities import Priority, prioritises
from app.milestones.models import Milestone
from app.participants.models import Participant
from app.ratecards.models import RateCard
from app.ratecards.queries import cards_for
from app.records.models import Record

FACTS_AT_ONCE = 500


@prioritises
def money_at_stake(root_ids: list[UUID], on: date) -> dict[UUID, Priority]:
    """Return by fact what a live rate can pay for it on a day; facts that nothing can pay for are left out.

    Where a person is settled, that is what the conditions that name the fact hold up, as long as the window
    is open. Where they are not yet, or a rate is not worked out, it is the highest price on the person's
    card that could rest on such a record: nothing is passed over because it came a moment ago.
    """
    found: dict[UUID, Priority] = {}
    for start in range(0, len(root_ids), FACTS_AT_ONCE):
        facts = _facts(root_ids[start : start + FACTS_AT_ONCE])
        for root_id, priority in (*_unsettled(facts), *_held_up(facts, on)):
            found[root_id] = _both(found[root_id], priority) if root_id in found else priority
    return found


def _both(one: Priority, other: Priority) -> Priority:
    """Return the stakes of two rates together."""
    days = [day for day in (one.closes_on, other.closes_on) if day]
    return Priority(one.at_stake_pence + other.at_stake_pence, min(days, default=None))


def _facts(root_ids: Sequence[UUID]) -> Sequence[Any]:
    """Return every version of some facts, with the person and what their card is chosen by."""
    rows = db.session().execute(
        select(
            Record.id,
            Record.root_id,
            Record.kind,
            Milestone.kind_code,
            Enrolment.participant_id,
            Enrolment.contract_id,
            Enrolment.entitlements_due,
            Enrolment.started_on,
            Enrolment.referred_on,
            Participant.payment_group_id,
        )
        .join(Enrolment, Enrolment.id == Record.enrolment_id)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .outerjoin(Milestone, Milestone.id == Record.id)
        .where(Record.root_id.in_(root_ids))
    )
    return rows.all()


def _held_up(facts: Sequence[Any], on: date) -> Iterator[tuple[UUID, Priority]]:
    """Yield what is incomplete for a fact's sake, as last settled."""
    roots = {str(row.id): row.root_id for row in facts}
    rows = db.session().execute(
        select(Entitlement.price_pence, Entitlement.closes_on, Entitlement.conditions).where(
            Entitlement.participant_id.in_({row.participant_id for row in facts if not row.entitlements_due}),
            Entitlement.state == EntitlementState.INCOMPLETE,
            Entitlement.closes_on.is_(None) | (Entitlement.closes_on >= on),
        )
    )
    for row in rows:
        named = {record_id for one in row.conditions if not one["met"] for record_id in one["record_ids"]}
        for root_id in {roots[record_id] for record_id in named if record_id in roots}:
            yield root_id, Priority(row.price_pence, row.closes_on)


def _unsettled(facts: Sequence[Any]) -> Iterator[tuple[UUID, Priority]]:
    """Yield the most that rates which nobody has worked out yet could pay for a fact."""
    cards = _cards(facts)
    most: dict[UUID, int] = {}
    for row in facts:
        card = cards[row.contract_id][_priced_by(row)]
        for rate in card.rates if card else ():
            is_open = row.entitlements_due or not rate.is_evaluated
            if is_open and can_rest_on(rate.trigger, row.kind, row.kind_code):
                most[row.root_id] = max(rate.price_pence, most.get(row.root_id, 0))
    for root_id, pence in most.items():
        yield root_id, Priority(pence)


def _cards(facts: Sequence[Any]) -> dict[UUID, dict[tuple[UUID | None, date], RateCard | None]]:
    wanted: dict[UUID, set[tuple[UUID | None, date]]] = defaultdict(set)
    for row in facts:
        wanted[row.contract_id].add(_priced_by(row))
    return {contract_id: cards_for(contract_id, people) for contract_id, people in wanted.items()}


def _priced_by(row: Any) -> tuple[UUID | None, date]:
    return row.payment_group_id, row.started_on or row.referred_on
