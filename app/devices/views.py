"""An organisation's devices, the cases of lost queues, and what was parked, over HTTP."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.devices import queries
from app.devices.actions import parking, revoking
from app.devices.schemas import (
    DeviceCaseListSchema,
    DeviceCaseQuerySchema,
    DeviceCaseSchema,
    DeviceListSchema,
    DeviceSchema,
    ParkedItemListSchema,
    ParkedItemQuerySchema,
    ParkedItemSchema,
    ReasonSchema,
)

blueprint = Blueprint("devices", __name__, url_prefix="/api", description="Tablets, and what they hold")
BLUEPRINTS = (blueprint,)

DEVICE_FIELDS = ("first_seen_at", "last_seen_at", "app_version", "is_persisted", "clock_offset_seconds")
CASE_FIELDS = ("id", "device_id", "user_id", "kind", "detail", "opened_at", "closed_at", "reason")
PARKED_FIELDS = (
    "id",
    "item_id",
    "device_id",
    "user_id",
    "state",
    "code",
    "detail",
    "action",
    "received_at",
    "settled_at",
    "settlement",
)


@blueprint.get("/devices")
@blueprint.response(200, DeviceListSchema)
def list_devices() -> Any:
    """List the organisation's tablets: whose they are, and what they still held at their last contact."""
    require_no_query()
    items = [_device(one) for one in queries.list_devices(current_actor())]
    return {"items": items, "next": None, "count": len(items)}


def _device(shown: queries.DeviceShown) -> dict[str, Any]:
    device = shown.device
    oldest = [one.oldest_pending_at for one in shown.outboxes if one.oldest_pending_at]
    users = [
        {
            "user_id": one.user_id,
            "name": shown.names[one.user_id],
            "last_contact_at": one.last_contact_at,
            "pending": one.pending,
            "oldest_pending_at": one.oldest_pending_at,
        }
        for one in shown.outboxes
    ]
    return {
        "id": device.id,
        **{name: getattr(device, name) for name in DEVICE_FIELDS},
        "revoked_at": device.revoked_at,
        "last_user": shown.names[device.last_user_id],
        "users": users,
        "pending": sum(one.pending for one in shown.outboxes),
        "oldest_pending_at": min(oldest, default=None),
        "open_case_count": shown.open_case_count,
    }


@blueprint.post("/devices/<uuid:device_id>/revocation")
@blueprint.response(200, DeviceSchema)
def revoke_device(device_id: UUID) -> Any:
    """Take a tablet out of use: it is told to wipe what it keeps, and what it still sends is quarantined."""
    require_no_query()
    revoking.revoke_device(current_actor(), device_id, at=now())
    return _device(queries.list_devices(current_actor(), only=device_id)[0])


@blueprint.delete("/devices/<uuid:device_id>/revocation")
@blueprint.response(200, DeviceSchema)
def restore_device(device_id: UUID) -> Any:
    """Take a tablet into use again."""
    require_no_query()
    revoking.restore_device(current_actor(), device_id, at=now())
    return _device(queries.list_devices(current_actor(), only=device_id)[0])


@blueprint.get("/device-cases")
@blueprint.arguments(DeviceCaseQuerySchema, location="query")
@blueprint.response(200, DeviceCaseListSchema)
def list_cases(asked: dict[str, Any]) -> Any:
    """List the queues that may be lost: gaps in what arrived, stores begun anew, silent tablets."""
    items = [_case(one) for one in queries.list_cases(current_actor(), is_open=asked["state"] == "open")]
    return {"items": items, "next": None, "count": len(items)}


def _case(shown: queries.CaseShown) -> dict[str, Any]:
    told = {name: getattr(shown.case, name) for name in CASE_FIELDS}
    return told | {"user": shown.user, "closed_by": shown.closed_by}


@blueprint.post("/device-cases/<uuid:case_id>/closure")
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, DeviceCaseSchema)
def close_case(body: dict[str, Any], case_id: UUID) -> Any:
    """Close a case that was looked into."""
    require_no_query()
    revoking.close_case(current_actor(), case_id, body["reason"], at=now())
    return _case(queries.list_cases(current_actor(), is_open=False, only=case_id)[0])


@blueprint.get("/parked-items")
@blueprint.arguments(ParkedItemQuerySchema, location="query")
@blueprint.response(200, ParkedItemListSchema)
def list_parked_items(asked: dict[str, Any]) -> Any:
    """List what was handed in and not recorded; what it says is not shown."""
    items = [shown_item(one) for one in queries.list_parked_items(current_actor(), state=asked["state"])]
    return {"items": items, "next": None, "count": len(items)}


def shown_item(shown: queries.ParkedShown) -> dict[str, Any]:
    """Return an item as lists show it; whom it is about, only to whoever sees them."""
    told = {name: getattr(shown.item, name) for name in PARKED_FIELDS}
    return told | {
        "author": shown.author,
        "person": shown.person,
        "enrolment_id": shown.item.enrolment_id if shown.person else None,
        "recorded_at": shown.recorded_at,
    }


@blueprint.post("/parked-items/<uuid:parked_id>/discard")
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, ParkedItemSchema)
def discard_item(body: dict[str, Any], parked_id: UUID) -> Any:
    """Discard what was parked or quarantined; what it said is forgotten."""
    require_no_query()
    actor = current_actor()
    parking.discard_item(actor, parked_id, body["reason"].strip(), at=now())
    return shown_item(queries.list_parked_items(actor, state=None, only=parked_id)[0])


@blueprint.delete("/sync/parked/<uuid:item_id>")
@blueprint.response(204)
def give_up_item(item_id: UUID) -> ResponseReturnValue:
    """Give up an item of one's own that was refused; what it said is forgotten."""
    require_no_query()
    parking.give_up_item(current_actor(), item_id, at=now())
    return Response(status=204)
