"""Journeys that were read on a device out of touch: noted in the trail when the device tells of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.audit.actions import trace_once
from app.core.errors import Invalid
from app.core.json import to_wire
from app.core.permissions import Actor
from app.sync.actions.opened import Sent
from app.sync.queries import contracts_of
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

    A reading of somebody out of sight is answered as any other and names nobody in the trail, so that nobody
    learns whether there is such a person.
    """
    answers: dict[int, Invalid | None] = {}
    told = {}
    for index, one in sent.items():
        try:
            told[index] = load(_ITEM, one.plain)
            answers[index] = None
        except Invalid as error:
            answers[index] = error
    contracts = contracts_of(actor, [item["body"]["enrolment_id"] for item in told.values()]) if told else {}
    rows = {item["id"]: _row(item, contracts, offsets) for item in told.values()}
    if rows:
        trace_once(actor, NAME, at=at, rows=list(rows.values()))
    return answers


def _row(item: Mapping[str, Any], contracts: Mapping[Any, Any], offsets: Mapping[Any, int]) -> dict[str, Any]:
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
        },
    }
