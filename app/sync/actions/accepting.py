"""Accepting what was quarantined: it is recorded as its author's, because a manager says so."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.database import transaction
from app.core.json import to_wire
from app.core.permissions import Actor
from app.devices import queries
from app.devices.actions.parking import settle
from app.devices.errors import ItemSettled
from app.devices.models import ParkedItem, ParkedState, Settlement
from app.devices.rules import Doubt
from app.records.rules import Outcome
from app.sync.actions.batches import receive_batch
from app.sync.errors import StillSealed
from app.sync.queries import find_author

_CLOCK = "clock"  # beside what a quarantined item says


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
        content = dict(parked.item)
        offset, doubt = _kept_clock(content.pop(_CLOCK, None), actor, parked)
        (outcome,) = receive_batch(
            author,
            [_place(parked) | content],
            at=at,
            sent_at=at - timedelta(seconds=offset) if offset is not None else None,
            doubtful={parked.item_id: doubt} if doubt else {},
        )
        if outcome.error is not None:
            raise outcome.error
        settle(parked, actor, Settlement.ACCEPTED, None, at=at)
    return outcome


def _place(parked: ParkedItem) -> dict[str, Any]:
    return {"id": str(parked.item_id), "device": str(parked.device_id), "epoch": 0, "sequence": 0}


def clock_to_keep(offset: int | None, doubt: Doubt | None) -> dict[str, Any]:
    """Return what was known of a device's clock when it handed in an item, to be kept with what that says.

    Args:
        offset: What to add to the clock, in seconds, where it was known.
        doubt: By how much the item's time could not be, where it was in doubt.
    """
    told_at = to_wire(doubt.told_at) if doubt and doubt.told_at else None
    doubted = {"seconds": doubt.seconds, "told_at": told_at} if doubt else None
    return {_CLOCK: {"offset": offset, "doubt": doubted}}


def _kept_clock(kept: Any, actor: Actor, parked: ParkedItem) -> tuple[int | None, Doubt | None]:
    """Return what is known of the clock, as it was kept; of what was kept without it, as it is known now."""
    if kept is None:
        return queries.clock_offset(actor, parked.device_id), None
    doubted = kept["doubt"]
    if doubted is None:
        return kept["offset"], None
    told_at = datetime.fromisoformat(doubted["told_at"]) if doubted["told_at"] else None
    return kept["offset"], Doubt(doubted["seconds"], told_at)
