"""Batches on the wire."""

from typing import Any

from marshmallow import EXCLUDE, INCLUDE, Schema, ValidationError, fields, validate

from app.records.schemas import Clock, Id, ReceiptSchema
from app.sync.rules import SCHEMA_VERSIONS, Handed
from app.sync.schemas.seals import HASH, SealedTextSchema

ITEMS_MAX = 200
ACTION_NAMES = (
    "start",
    "action-plan",
    "contact",
    "assessment",
    "intervention",
    "milestone",
    "employment",
    "end",
    "evidence",
    "verification",
    "disagreement",
    "withdrawal",
)
OPENING = "opening"  # no record: somebody read a journey offline
NUMBER_MAX = 2**31 - 1
VERSION_LENGTH_MAX = 40
PENDING_MAX = 1_000_000


class PlaceSchema(Schema):
    """An item's place in the sequence of one person's outbox on one device."""

    id = Id(required=True, metadata={"description": "UUIDv7; of the record as well"})
    device = Id(required=True)
    epoch = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(min=0, max=NUMBER_MAX),
        metadata={"description": "Another one whenever the device had to begin its outbox anew"},
    )
    sequence = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(min=0, max=NUMBER_MAX),
        metadata={"description": "From 1, without a gap, for each person, device and epoch"},
    )
    schema = fields.Integer(
        required=True,
        strict=True,
        validate=validate.OneOf(tuple(SCHEMA_VERSIONS)),
        metadata={"description": "Version of the body"},
    )


class ItemSchema(PlaceSchema):
    """One record as a device made it, in plain."""

    action = fields.String(required=True, validate=validate.OneOf(ACTION_NAMES))
    body = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={
            "description": "As the single POST takes it, with enrolment_id; for evidence, verification, "
            "disagreement and withdrawal with subject_id. id and recorded_at may stand here or on the item."
        },
    )
    recorded_at = Clock(metadata={"description": "By the device's clock; may stand in the body instead"})


class OpeningSchema(Schema):
    """A journey that was read on a device out of touch."""

    id = Id()
    enrolment_id = Id(required=True)
    opened_at = Clock(required=True, metadata={"description": "By the device's clock"})
    recorded_at = Clock()


class OpeningItemSchema(PlaceSchema):
    """A reading as an item: noted in the trail, and no record."""

    action = fields.String(required=True, validate=validate.Equal(OPENING))
    body = fields.Nested(OpeningSchema, required=True)
    recorded_at = Clock()


class SealedItemSchema(PlaceSchema):
    """One record as a device sealed it."""

    content_sha256 = fields.String(required=True, validate=HASH)
    sealed = fields.Nested(SealedTextSchema, required=True)


class SentItemSchema(PlaceSchema):
    """One item: in plain (action and body), or sealed (sealed and content_sha256)."""

    action = fields.String(
        validate=validate.OneOf((*ACTION_NAMES, OPENING)),
        metadata={
            "description": "`opening` is no record: {enrolment_id, opened_at} of a journey read offline"
        },
    )
    body = fields.Dict(
        keys=fields.String(),
        metadata={
            "description": "As the single POST takes it, with enrolment_id; for evidence, verification, "
            "disagreement and withdrawal with subject_id. id and recorded_at may stand here or on the item."
        },
    )
    recorded_at = Clock(metadata={"description": "By the device's clock; may stand in the body instead"})
    sealed = fields.Nested(
        SealedTextSchema, metadata={"description": "Of the JSON {action, body, recorded_at}"}
    )
    content_sha256 = fields.String(
        validate=HASH,
        metadata={
            "description": "Hexadecimal; of the cipher text with its tag, or of the canonical JSON of "
            "{action, body}. A sealed item must have it."
        },
    )
    replaces = Id(metadata={"description": "The id of a parked item that gives way to this one"})


class Items(fields.List[Any]):
    """A list whose items are read one by one later, so that a malformed one holds up no neighbour."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ValidationError("Send a list of items.")
        if not 1 <= len(value) <= ITEMS_MAX:
            raise ValidationError(f"Send 1 to {ITEMS_MAX} items.")
        return value


class LossSchema(Schema):
    """What a device noticed that it has lost."""

    class Meta:
        unknown = EXCLUDE

    reason = fields.String(validate=validate.Length(max=VERSION_LENGTH_MAX))
    epoch = fields.Integer(strict=True, validate=validate.Range(0, NUMBER_MAX))
    sequence = fields.Integer(strict=True, validate=validate.Range(0, NUMBER_MAX))
    count = fields.Integer(strict=True, validate=validate.Range(0, PENDING_MAX))


class DeviceStateSchema(Schema):
    """How the device stands as it sends, for whoever looks after the organisation's tablets."""

    class Meta:
        unknown = EXCLUDE

    app_version = fields.String(validate=validate.Length(min=1, max=VERSION_LENGTH_MAX))
    pending = fields.Integer(
        strict=True,
        validate=validate.Range(0, PENDING_MAX),
        metadata={"description": "How many items of this person wait on it, those of this batch included"},
    )
    oldest_pending_at = Clock(allow_none=True)
    last_sequence = fields.Integer(
        strict=True,
        validate=validate.Range(0, NUMBER_MAX),
        metadata={"description": "The last number that this person's outbox gave to an item"},
    )
    told_at = Clock(
        allow_none=True,
        metadata={
            "description": "The last `server_time` it had been told when nothing of this person waited"
        },
    )
    told_sequence = fields.Integer(
        strict=True,
        validate=validate.Range(0, NUMBER_MAX),
        metadata={"description": "The last number given out by then; higher ones were made later"},
    )
    persisted = fields.Boolean(
        allow_none=True, truthy={True}, falsy={False}, metadata={"description": "The browser keeps storage"}
    )
    lost = fields.Nested(LossSchema, allow_none=True)


class State(fields.Nested):
    """What a device says of itself; what cannot be read of it never holds up what it recorded."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Any, partial: Any = None, **kwargs: Any
    ) -> Any:
        try:
            return super()._deserialize(value, attr, data, partial, **kwargs)
        except ValidationError:
            return {}


class BatchSchema(Schema):
    """What a device has to send, oldest first."""

    items = Items(
        fields.Nested(SentItemSchema),
        required=True,
        metadata={"minItems": 1, "maxItems": ITEMS_MAX},
    )
    sent_at = Clock(
        load_default=None, metadata={"description": "The device's clock now; by it a wrong one is corrected"}
    )
    device_state = State(DeviceStateSchema, load_default=dict)


class RescuedItemSchema(SentItemSchema):
    """An item from a rescue file, with its author."""

    user = Id(required=True, metadata={"description": "Who made it"})


class RescueSchema(Schema):
    """Items that were saved from a device as a file."""

    items = Items(
        fields.Nested(RescuedItemSchema),
        required=True,
        metadata={"minItems": 1, "maxItems": ITEMS_MAX},
    )


class ItemProblemSchema(Schema):
    """Why an item was refused, or what it conflicts with."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))


class ItemOutcomeSchema(Schema):
    """What became of one item; in the order they were sent."""

    id = fields.String(required=True, allow_none=True)
    outcome = fields.Enum(Handed, by_value=True, required=True)
    receipt = fields.Nested(ReceiptSchema)
    problem = fields.Nested(ItemProblemSchema)


class DeviceWordSchema(Schema):
    """What a device is told of itself."""

    revoked = fields.Boolean(
        required=True, metadata={"description": "Wipe what is kept to be read; go on sending the outbox"}
    )


class OutcomesSchema(Schema):
    """One answer an item."""

    outcomes = fields.List(fields.Nested(ItemOutcomeSchema), required=True)
    server_time = fields.AwareDateTime(required=True)
    device = fields.Nested(DeviceWordSchema, required=True)


class CorrectionSchema(Schema):
    """The kind's own body, with the reason; which fields it has depends on the kind of the record."""

    class Meta:
        unknown = INCLUDE

    id = fields.Raw(required=True, metadata={"type": "string", "format": "uuid"})
    reason = fields.Raw(required=True, metadata={"type": "string"})
