"""What rests on records that wait to be verified: the money, and how long it can still be claimed."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.enrolments.models import Enrolment
from app.entitlements.models import Entitlement, EntitlementState
from app.evidence.rules.priorities import Priority, prioritises
from app.records.models import Record


@prioritises
def money_at_stake(root_ids: list[UUID]) -> dict[UUID, Priority]:
    """Return by fact what its missing conditions hold up, as last settled; others are left out."""
    if not root_ids:
        return {}
    rows = (
        db.session()
        .execute(
            select(Record.id, Record.root_id, Enrolment.participant_id)
            .join(Enrolment, Enrolment.id == Record.enrolment_id)
            .where(Record.root_id.in_(root_ids))
        )
        .all()
    )
    facts = {str(row.id): row.root_id for row in rows}
    held_up = db.session().execute(
        select(Entitlement.price_pence, Entitlement.closes_on, Entitlement.conditions).where(
            Entitlement.participant_id.in_({row.participant_id for row in rows}),
            Entitlement.state == EntitlementState.INCOMPLETE,
        )
    )
    pence: dict[UUID, int] = {}
    closes: dict[UUID, date] = {}
    for row in held_up:
        named = {record_id for one in row.conditions if not one["met"] for record_id in one["record_ids"]}
        for root_id in {facts[record_id] for record_id in named if record_id in facts}:
            pence[root_id] = pence.get(root_id, 0) + row.price_pence
            if row.closes_on:
                closes[root_id] = min(row.closes_on, closes.get(root_id, row.closes_on))
    return {root_id: Priority(amount, closes.get(root_id)) for root_id, amount in pence.items()}
