"""Batches and files on the wire."""

from typing import Any

from marshmallow import EXCLUDE, INCLUDE, Schema, ValidationError, fields, missing, validate

from app.records.rules import Result
from app.records.schemas import Clock, Id, ReceiptSchema, RecordSchema, WithdrawalSchema

ITEMS_MAX = 200
FILE_BYTES_MAX = 15 * 1024 * 1024
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
    "withdrawal",
)
SCHEMA_VERSIONS = (1,)
NUMBER_MAX = 2**31 - 1
MADE = (RecordSchema, WithdrawalSchema)  # schemas that make an entry of what they read


class ItemSchema(Schema):
    """One record as a device made it, with its place in the device's sequence."""

    id = Id(required=True, metadata={"description": "UUIDv7; of the record as well"})
    device = Id(required=True)
    epoch = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=NUMBER_MAX))
    sequence = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=NUMBER_MAX))
    schema = fields.Integer(
        required=True,
        strict=True,
        validate=validate.OneOf(SCHEMA_VERSIONS),
        metadata={"description": "Version of the body"},
    )
    action = fields.String(required=True, validate=validate.OneOf(ACTION_NAMES))
    body = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={
            "description": "As the single POST takes it, with enrolment_id; for evidence, verification and "
            "withdrawal with subject_id. id and recorded_at may stand here or on the item."
        },
    )
    recorded_at = Clock(metadata={"description": "By the device's clock; may stand in the body instead"})


class Items(fields.List[Any]):
    """A list whose items are read one by one later, so that a malformed one holds up no neighbour."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ValidationError("Send a list of items.")
        if not 1 <= len(value) <= ITEMS_MAX:
            raise ValidationError(f"Send 1 to {ITEMS_MAX} items.")
        return value


class BatchSchema(Schema):
    """What a device has to send, oldest first."""

    items = Items(
        fields.Nested(ItemSchema),
        required=True,
        metadata={"minItems": 1, "maxItems": ITEMS_MAX},
    )
    sent_at = Clock(
        load_default=None, metadata={"description": "The device's clock now; by it a wrong one is corrected"}
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
    outcome = fields.Enum(Result, by_value=True, required=True)
    receipt = fields.Nested(ReceiptSchema)
    problem = fields.Nested(ItemProblemSchema)


class OutcomesSchema(Schema):
    """One answer an item."""

    outcomes = fields.List(fields.Nested(ItemOutcomeSchema), required=True)


class CorrectionSchema(Schema):
    """The kind's own body, with the reason; which fields it has depends on the kind of the record."""

    class Meta:
        unknown = INCLUDE

    id = fields.Raw(required=True, metadata={"type": "string", "format": "uuid"})
    reason = fields.Raw(required=True, metadata={"type": "string"})


class FileSchema(Schema):
    """A file that will be sent."""

    size_bytes = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=1, max=FILE_BYTES_MAX)
    )
    media_type = fields.String(
        required=True,
        validate=validate.Length(min=1, max=100),
        metadata={"description": "As the device names it; the server looks at the bytes"},
    )


class ProgressSchema(Schema):
    """How far a file has come."""

    received_bytes = fields.Integer(required=True)
    complete = fields.Boolean(required=True)
    refusal = fields.String(metadata={"description": "Why the whole file is not kept"})


class ChunkHeaderSchema(Schema):
    """Where a chunk begins."""

    class Meta:
        unknown = EXCLUDE

    upload_offset = fields.Integer(
        required=True, data_key="Upload-Offset", validate=validate.Range(min=0, max=FILE_BYTES_MAX)
    )


def read_quickly(schema: Schema, value: Any) -> Any:
    """Return what a schema makes of a well-formed object, or None where it must look for itself.

    Of a batch's time a third went into marshmallow's walk over fields that are all right. This goes through
    the same fields and validators in one loop; whatever is not plainly right (a field too many, one that is
    missing, a fault) is left to the schema, which says what is wrong with each field.
    """
    if not isinstance(value, dict):
        return None
    try:
        read = {}
        for name, field in schema.load_fields.items():
            found = _read_field(field, field.data_key or name, value)
            if found is not missing:
                read[name] = found
        if not value.keys() <= read.keys():
            return None
        return schema.make(read) if isinstance(schema, MADE) else read
    except ValidationError:
        return None


def _read_field(field: fields.Field[Any], key: str, value: dict[str, Any]) -> Any:
    given = value.get(key, missing)
    if given is missing:
        if field.required:
            raise ValidationError("missing")
        default = field.load_default
        return default() if callable(default) else default
    if given is None:
        if not field.allow_none:
            raise ValidationError("null")
        return None
    found = field._deserialize(given, key, value)
    for validator in field.validators:
        validator(found)
    return found
