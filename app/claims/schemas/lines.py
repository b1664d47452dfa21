"""A line in full, and a provider's lines at each step."""

from marshmallow import Schema, fields

from app.claims.models import ClaimState
from app.claims.schemas.claims import ClaimLineSchema, ExclusionSchema


class LineConditionSchema(Schema):
    """A condition as the card states it, what was found, and the records that show it."""

    code = fields.String(required=True)
    condition = fields.String(required=True)
    met = fields.Boolean(required=True)
    found = fields.String(required=True)
    needed = fields.String(required=True)
    records = fields.String(required=True)


class LineRecordSchema(Schema):
    """A record that a line rests on, with its three times."""

    ref = fields.String(required=True)
    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    what = fields.String(required=True)
    occurred_on = fields.String(required=True)
    recorded_at = fields.String(required=True)
    received_at = fields.String(required=True)
    mark = fields.String(required=True)
    clock_corrected = fields.Boolean(required=True)
    sha256 = fields.String(required=True)


class LineEvidenceSchema(Schema):
    """An evidence item, its own dates, and the hash of the file that is kept."""

    ref = fields.String(required=True)
    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    what = fields.String(required=True)
    own_date = fields.String(required=True, allow_none=True)
    obtained = fields.String(required=True)
    supports = fields.String(required=True)
    covers_from = fields.String(required=True, allow_none=True)
    covers_until = fields.String(required=True, allow_none=True)
    recorded_at = fields.String(required=True)
    received_at = fields.String(required=True)
    kept_sha256 = fields.String(required=True, allow_none=True)
    sha256 = fields.String(required=True)


class LinePersonSchema(Schema):
    """Who did what to a line, by staff reference."""

    act = fields.String(required=True)
    role = fields.String(required=True)
    staff_reference = fields.String(required=True)
    when = fields.String(required=True)


class LineContentSchema(Schema):
    """What is frozen into a line, or would be."""

    conditions = fields.List(fields.Nested(LineConditionSchema), required=True)
    records = fields.List(fields.Nested(LineRecordSchema), required=True)
    evidence = fields.List(fields.Nested(LineEvidenceSchema), required=True)
    people = fields.List(fields.Nested(LinePersonSchema), required=True)
    card_title = fields.String(required=True)
    card_version = fields.Integer(required=True)
    contract = fields.String(required=True)
    prime = fields.String(required=True)
    commissioner = fields.String(required=True)
    delivered_by = fields.String(required=True)
    cures = fields.String(required=True, allow_none=True)


class DecidedSchema(Schema):
    """What an assessor said of a line."""

    accepted = fields.Boolean(required=True, attribute="is_accepted")
    reason = fields.String(required=True, allow_none=True)
    words = fields.String(required=True, allow_none=True)
    curable = fields.Boolean(required=True, allow_none=True, attribute="is_curable")
    decided_at = fields.DateTime(required=True)


class LineViewSchema(Schema):
    """A line in full: as it was frozen or, in a draft, as it would be."""

    line = fields.Nested(ClaimLineSchema, required=True)
    claim_state = fields.Enum(ClaimState, by_value=True, required=True)
    content = fields.Nested(LineContentSchema, required=True)
    is_frozen = fields.Boolean(required=True)
    decisions = fields.List(fields.Nested(DecidedSchema), required=True)
    can_decide = fields.Boolean(required=True)


class FollowedLineSchema(Schema):
    """A provider's own line: where it stands, and what was said of it."""

    line = fields.Nested(ClaimLineSchema, required=True)
    claim_state = fields.Enum(ClaimState, by_value=True, required=True)
    submitted_at = fields.DateTime(required=True, allow_none=True)
    decision = fields.Nested(DecidedSchema, required=True, allow_none=True)
    cured_by = fields.String(
        required=True, allow_none=True, metadata={"description": "The line that cures a rejected one"}
    )


class FollowedLinesSchema(Schema):
    """A provider's own lines, the newest first, and what was left out of claims."""

    items = fields.List(fields.Nested(FollowedLineSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
    exclusions = fields.List(fields.Nested(ExclusionSchema), required=True)
