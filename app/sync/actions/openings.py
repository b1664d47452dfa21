"""Journeys that were read on a device out of touch: noted in the trail when the device tells of them."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.audit.actions import trace_once
from app.core.errors import Invalid
from app.core.json import to_wire
from app.core.permissions import Actor
from app.sync.actions.opened import Sent
from app.sync.queries import contracts_of, find_author
from app.sync.registry import load
from app.sync.schemas.batches import OPENING, OpeningItemSchema

NAME = "journey-offline.read"
_ITEM = OpeningItemSchema()


def is_opening(plain: Any) -> bool:
    """Whether an item tells of a reading, and is no record."""
    return isinstance(plain, dict) and plain.get("action") == OPENING


def note_openings(
    actor: Actor, sent: Mapping[int, Sent], offsets: Mapping[Any, int], *, at: datetime
) -> dict[int, Invalid | None]:
    """Note readings, each once, in the caller's transaction; return what is wrong with each, or None.

    They are their reader's, also where a colleague hands them in; the trail says who did. A reading of
    somebody out of sight is answered as any other and names nobody in the trail, so that nobody learns
    whether there is such a person.
    """
    answers: dict[int, Invalid | None] = {}
    told: dict[UUID, dict[UUID, Mapping[str, Any]]] = {}
    for index, one in sent.items():
        try:
            item = load(_ITEM, one.plain)
            reader_id = one.place.user_id if one.place else actor.user_id
            told.setdefault(reader_id, {})[item["id"]] = item
            answers[index] = None
        except Invalid as error:
            answers[index] = error
    for reader_id, items in told.items():
        _note(actor, reader_id, items.values(), offsets, at)
    return answers


def _note(
    actor: Actor,
    reader_id: UUID,
    items: Collection[Mapping[str, Any]],
    offsets: Mapping[Any, int],
    at: datetime,
) -> None:
    is_own = reader_id == actor.user_id
    reader = actor if is_own else find_author(reader_id, actor.organisation_id)
    if reader is None:
        return
    contracts = contracts_of(reader, [item["body"]["enrolment_id"] for item in items])
    beside = {} if is_own else {"handed_in_by": str(actor.user_id)}
    trace_once(reader, NAME, at=at, rows=[_row(item, contracts, offsets, beside) for item in items])


def _row(
    item: Mapping[str, Any],
    contracts: Mapping[Any, Any],
    offsets: Mapping[Any, int],
    beside: Mapping[str, str],
) -> dict[str, Any]:
    enrolment_id = item["body"]["enrolment_id"]
    offset = offsets.get(item["device"], 0)
    return {
        "id": item["id"],
        "subject_id": enrolment_id,
        "contract_id": contracts.get(enrolment_id),
        "enrolment_id": enrolment_id if enrolment_id in contracts else None,
        "detail": {
            "opened_at": to_wire(item["body"]["opened_at"] + timedelta(seconds=offset)),
            "device_id": str(item["device"]),
            **beside,
        },
    }
