"""Accepting what was quarantined: it is recorded as its author's, because a manager says so."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.database import transaction
from app.core.permissions import Actor
from app.devices import queries
from app.devices.actions.parking import settle
from app.devices.errors import ItemSettled
from app.devices.models import ParkedItem, ParkedState, Settlement
from app.records.rules import Outcome
from app.sync.actions.batches import receive_batch
from app.sync.errors import StillSealed
from app.sync.queries import find_author


def accept_item(actor: Actor, parked_id: UUID, *, at: datetime) -> Outcome:
    """Record a quarantined item under its author's name; the trail says who accepted it.

    Raises:
        Forbidden: the actor does not manage the organisation.
        NotFound: there is no such item there.
        ItemSettled: it was settled before, or waits for its author and no manager.
        StillSealed: what it says could not be opened, or is kept no more.
        DomainError: it cannot be recorded; it stays in quarantine.
    """
    with transaction():
        parked = queries.get_parked_item(actor, parked_id, for_update=True)
        if parked.settled_at is not None or parked.state is not ParkedState.QUARANTINED:
            raise ItemSettled
        author = find_author(parked.user_id, parked.organisation_id)
        if author is None or parked.item is None or "body" not in parked.item:
            raise StillSealed
        offset = queries.clock_offset(actor, parked.device_id)
        said_now = at - timedelta(seconds=offset) if offset is not None else None
        (outcome,) = receive_batch(author, [_item(parked)], at=at, sent_at=said_now)
        if outcome.error is not None:
            raise outcome.error
        settle(parked, actor, Settlement.ACCEPTED, None, at=at)
    return outcome


def _item(parked: ParkedItem) -> dict[str, Any]:
    place = {"id": str(parked.item_id), "device": str(parked.device_id), "epoch": 0, "sequence": 0}
    return place | (parked.item or {})
