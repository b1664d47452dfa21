"""What happened, and what became of it, on the wire."""

from marshmallow import Schema, fields, validate

from app.disagreements.models import Present, Way
from app.evidence.models import Decision, EvidenceKind
from app.journeys.schemas.nullable import day_or_null, text_or_null
from app.records.models import RecordKind


class JourneyTimelineEvidenceSchema(Schema):
    """What supports an entry."""

    record_id = fields.UUID(required=True)
    kind = fields.Enum(EvidenceKind, by_value=True, required=True)
    dated_on = day_or_null()
    obtained_on = fields.Date(required=True)
    covers_from = day_or_null()
    covers_until = day_or_null()
    note = text_or_null()
    author_id = fields.UUID(required=True)
    author = fields.String(required=True)
    needs_file = fields.Boolean(required=True, metadata={"description": "A file belongs to it"})
    has_file = fields.Boolean(required=True, metadata={"description": "GET /api/evidence/<record_id>/file"})
    media_type = text_or_null()


class JourneyTimelineVerificationSchema(Schema):
    """The newest judgement of this version."""

    decision = fields.Enum(Decision, by_value=True, required=True)
    reason = text_or_null()
    words = text_or_null()
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    is_outside = fields.Boolean(required=True)


class JourneyDisagreementSchema(Schema):
    """The person disagrees with an entry; it stands beside it until they take it back."""

    record_id = fields.UUID(required=True)
    occurred_on = fields.Date(required=True)
    way = fields.Enum(Way, by_value=True, required=True)
    present = fields.List(fields.Enum(Present, by_value=True), required=True)
    words = text_or_null(metadata={"description": "Their own, where they gave any"})
    is_open = fields.Boolean(
        required=True, metadata={"description": "False where the entry was corrected since they said it"}
    )


class JourneyTimelineEntrySchema(Schema):
    """Something that happened; each kind fills what it has. A sitting is one entry of kind `assessment`."""

    kind = fields.Enum(RecordKind, by_value=True, required=True)
    occurred_on = fields.Date(required=True)
    code = fields.String(
        metadata={"description": "Kind of milestone, support, work or sitting; outcome; reason"}
    )
    title = fields.String(metadata={"description": "Of a milestone's kind, or of a sitting's instrument"})
    words = fields.String(allow_none=True, metadata={"description": "Note, own words or goal"})
    record_id = fields.UUID()
    root_id = fields.UUID()
    recorded_at = fields.AwareDateTime()
    received_at = fields.AwareDateTime()
    author_id = fields.UUID()
    author = fields.String()
    is_corrected = fields.Boolean()
    state = fields.String(validate=validate.OneOf(("received", "waiting", "verified", "returned")))
    evidence = fields.List(fields.Nested(JourneyTimelineEvidenceSchema))
    verification = fields.Nested(JourneyTimelineVerificationSchema, allow_none=True)
    disagreements = fields.List(fields.Nested(JourneyDisagreementSchema))
    manner = fields.String(metadata={"description": "Start: how the notice was gone through"})
    channel = fields.String()
    planned_at = fields.AwareDateTime(allow_none=True)
    minutes = fields.Integer()
    group_size = fields.Integer()
    employer = fields.String(allow_none=True)
    started_on = fields.Date()
    ended_on = fields.Date(allow_none=True)
    weekly_minutes = fields.Integer()
    review_on = fields.Date()
    sitting_id = fields.UUID()
    is_sealed = fields.Boolean()


class JourneyCorrectionEntrySchema(Schema):
    """A record that was put right, or taken back; both versions are kept."""

    record_id = fields.UUID(required=True)
    supersedes_id = fields.UUID(required=True)
    root_id = fields.UUID(required=True)
    kind = fields.Enum(RecordKind, by_value=True, required=True)
    corrected_at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)
    reason = text_or_null()
    is_withdrawn = fields.Boolean(required=True)
    was_on = fields.Date(required=True)
    occurred_on = fields.Date(required=True)


class JourneyEnrolmentEventSchema(Schema):
    """One step in the enrolment's own life."""

    name = fields.String(required=True)
    happened_on = fields.Date(required=True)
    at = fields.AwareDateTime(required=True)
    by = text_or_null()
    reason = text_or_null()
    worker = text_or_null(metadata={"description": "Who was assigned"})
