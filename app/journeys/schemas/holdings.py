"""What a device may hold, and who has read a record, on the wire."""

from marshmallow import Schema, fields, validate

from app.core.paging import PAGE_SIZE, PAGE_SIZE_MAX
from app.journeys.schemas.caseload import CURSOR_LENGTH_MAX
from app.journeys.schemas.nullable import text_or_null


class JourneyReaderSchema(Schema):
    """Somebody who read the record, and when."""

    at = fields.AwareDateTime(required=True)
    name = fields.String(required=True, metadata={"description": "What was read: journey.read, file.read"})
    by = text_or_null(metadata={"description": "First name and initial"})
    organisation = text_or_null()


class JourneyReadersSchema(Schema):
    """Who has read a record, newest first."""

    items = fields.List(fields.Nested(JourneyReaderSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class JourneyReadersFilterSchema(Schema):
    """Which page of readers."""

    after = fields.String(load_default=None, validate=validate.Length(max=CURSOR_LENGTH_MAX))
    limit = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(1, PAGE_SIZE_MAX))


HOLDINGS = {
    "type": "array",
    "description": "Enrolment and revision of each journey that the device may hold",
    "items": {
        "type": "array",
        "items": {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "integer"}]},
        "minItems": 2,
        "maxItems": 2,
    },
}
