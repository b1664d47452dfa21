"""Devices, cases and parked items on the wire."""

from marshmallow import Schema, fields, validate

from app.devices.models import CaseKind, ParkedState, Settlement

REASON_LENGTH_MAX = 500


class DeviceUserSchema(Schema):
    """One person's outbox on a device."""

    user_id = fields.UUID(required=True)
    name = fields.String(required=True)
    last_contact_at = fields.AwareDateTime(required=True)
    pending = fields.Integer(required=True, metadata={"description": "Items that it still held then"})
    oldest_pending_at = fields.AwareDateTime(required=True, allow_none=True)


class DeviceSchema(Schema):
    """A tablet or browser that records."""

    id = fields.UUID(required=True)
    users = fields.List(fields.Nested(DeviceUserSchema), required=True)
    first_seen_at = fields.AwareDateTime(required=True)
    last_seen_at = fields.AwareDateTime(required=True)
    last_user = fields.String(required=True)
    pending = fields.Integer(required=True)
    oldest_pending_at = fields.AwareDateTime(required=True, allow_none=True)
    app_version = fields.String(required=True, allow_none=True)
    is_persisted = fields.Boolean(
        required=True, allow_none=True, metadata={"description": "The browser keeps what it stores"}
    )
    clock_offset_seconds = fields.Integer(
        required=True, allow_none=True, metadata={"description": "What its clock lacks; median of three"}
    )
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    open_case_count = fields.Integer(required=True)


class DeviceListSchema(Schema):
    """An organisation's devices, last seen first."""

    items = fields.List(fields.Nested(DeviceSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class DeviceCaseSchema(Schema):
    """A queue that may be lost."""

    id = fields.UUID(required=True)
    device_id = fields.UUID(required=True)
    user_id = fields.UUID(required=True)
    user = fields.String(required=True)
    kind = fields.Enum(CaseKind, by_value=True, required=True)
    detail = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={"description": "Numbers and moments: first, last, count; former_epoch; pending"},
    )
    opened_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_by = fields.String(
        required=True, allow_none=True, metadata={"description": "Null where what was missing has come"}
    )
    reason = fields.String(required=True, allow_none=True)


class DeviceCaseListSchema(Schema):
    """Cases, newest first."""

    items = fields.List(fields.Nested(DeviceCaseSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class DeviceCaseQuerySchema(Schema):
    """Which cases to show."""

    state = fields.String(load_default="open", validate=validate.OneOf(("open", "all")))


class ReasonSchema(Schema):
    """Why it is done."""

    reason = fields.String(
        required=True,
        validate=validate.And(validate.Length(min=1, max=REASON_LENGTH_MAX), validate.Regexp(r"\s*\S")),
    )


class ParkedItemSchema(Schema):
    """An item that was not recorded; what it says is shown to its author alone, on their device."""

    id = fields.UUID(required=True)
    item_id = fields.UUID(required=True)
    device_id = fields.UUID(required=True)
    user_id = fields.UUID(required=True)
    author = fields.String(required=True)
    state = fields.Enum(ParkedState, by_value=True, required=True)
    code = fields.String(required=True, metadata={"description": "Why it was not recorded"})
    detail = fields.String(required=True)
    action = fields.String(
        required=True, allow_none=True, metadata={"description": "Null where it stays sealed"}
    )
    enrolment_id = fields.UUID(required=True, allow_none=True)
    person = fields.String(required=True, allow_none=True, metadata={"description": "First name and initial"})
    recorded_at = fields.String(required=True, allow_none=True)
    received_at = fields.AwareDateTime(required=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)
    settlement = fields.Enum(Settlement, by_value=True, required=True, allow_none=True)


class ParkedItemListSchema(Schema):
    """What waits to be settled, oldest first."""

    items = fields.List(fields.Nested(ParkedItemSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class ParkedItemQuerySchema(Schema):
    """Which items to show."""

    state = fields.Enum(ParkedState, by_value=True, load_default=None)
