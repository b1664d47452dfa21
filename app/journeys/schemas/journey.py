"""One person's journey on the wire."""

from marshmallow import Schema, fields, validate

from app.assessments.models import SittingKind
from app.enrolments.models import EnrolmentState
from app.journeys.rules import TASKS, Relation
from app.journeys.schemas.ladders import (
    JourneyChanceBasisSchema,
    JourneyLadderSchema,
    JourneyRatingSchema,
    JourneySittingSchema,
)
from app.journeys.schemas.nullable import day_or_null, text_or_null
from app.journeys.schemas.timeline import (
    JourneyCorrectionEntrySchema,
    JourneyEnrolmentEventSchema,
    JourneyTimelineEntrySchema,
)
from app.plans.models import StepOwner


class JourneyPersonSchema(Schema):
    """Who the journey is of, as devices show a person."""

    short_name = fields.String(required=True)
    first_name = fields.String(required=True)
    reference = fields.String(required=True)
    heads_up = text_or_null(metadata={"description": "Access needs"})
    language = fields.String(required=True)


class JourneyEnrolmentSchema(Schema):
    """Where they are, with whom, and since when."""

    provider_id = fields.UUID(required=True)
    provider = fields.String(required=True)
    prime = fields.String(required=True)
    contract_id = fields.UUID(required=True)
    contract = fields.String(required=True)
    worker_id = fields.UUID(required=True, allow_none=True)
    worker = text_or_null(metadata={"description": "Key worker: Amina O."})
    adviser = text_or_null()
    state = fields.Enum(EnrolmentState, by_value=True, required=True)
    referred_on = fields.Date(required=True)
    accepted_on = day_or_null()
    started_on = day_or_null()
    ended_on = day_or_null()
    closed_reason = text_or_null()
    notice_given_on = day_or_null()
    notice_manner = text_or_null()


class JourneyOwnWordsSchema(Schema):
    """What the person said last, in a sitting."""

    words = fields.String(required=True)
    occurred_on = fields.Date(required=True)
    sitting_kind = fields.Enum(SittingKind, by_value=True, required=True)


class JourneyNextSchema(Schema):
    """One thing that comes next."""

    code = fields.String(
        required=True, validate=validate.OneOf(("meeting", "baseline", "review", "plan-step"))
    )
    on = fields.Date(required=True)
    at = fields.AwareDateTime(required=True, allow_none=True)
    words = text_or_null()
    owner = fields.Enum(StepOwner, by_value=True, required=True, allow_none=True)


class JourneyInShortSchema(Schema):
    """What an adviser reads first; what changed stands with the ladders."""

    own_words = fields.Nested(JourneyOwnWordsSchema, required=True, allow_none=True)
    next = fields.List(fields.Nested(JourneyNextSchema), required=True)
    last_met_on = day_or_null()
    last_met_minutes = fields.Integer(required=True, allow_none=True)
    last_tried_on = day_or_null()


class JourneyTaskSchema(Schema):
    """Something still needed, without money or thresholds."""

    code = fields.String(required=True, validate=validate.OneOf(TASKS))
    record_id = fields.UUID(required=True, allow_none=True)
    sitting_id = fields.UUID(required=True, allow_none=True)
    kind = text_or_null(metadata={"description": "Of the record, or of the sitting"})
    title = text_or_null(metadata={"description": "Of the milestone"})
    occurred_on = day_or_null()
    due_on = day_or_null()
    reason = text_or_null(metadata={"description": "Why it was returned, a code"})
    words = text_or_null(metadata={"description": "What whoever returned it said"})
    by = text_or_null()
    takes = fields.List(fields.String(), required=True, metadata={"description": "Evidence that counts"})


class JourneyPlanStepSchema(Schema):
    """Who does what by when."""

    key = fields.String(required=True)
    words = text_or_null()
    owner = fields.Enum(StepOwner, by_value=True, required=True)
    due_on = fields.Date(required=True)
    done_on = day_or_null()


class JourneyPlanSchema(Schema):
    """The plan that counts."""

    record_id = fields.UUID(required=True)
    agreed_on = fields.Date(required=True)
    author = fields.String(required=True)
    review_on = fields.Date(required=True)
    goal = text_or_null()
    steps = fields.List(fields.Nested(JourneyPlanStepSchema), required=True)


class JourneySchema(Schema):
    """One person's journey: where they began, where they are, what is next, who does what."""

    enrolment_id = fields.UUID(required=True)
    revision = fields.Integer(required=True)
    relation = fields.Enum(Relation, by_value=True, required=True)
    is_folded = fields.Boolean(
        required=True,
        metadata={"description": "Fold results away: a review is near, or one rating is missing"},
    )
    scores_hidden_until_rated = fields.Boolean(
        required=True,
        metadata={
            "description": "A review is near and the reader rates: no ladders, no scores until both have"
        },
    )
    scores_hidden_from = day_or_null(
        metadata={"description": "From this day on a device must show whoever rates no earlier score"}
    )
    person = fields.Nested(JourneyPersonSchema, required=True)
    enrolment = fields.Nested(JourneyEnrolmentSchema, required=True)
    in_short = fields.Nested(JourneyInShortSchema, required=True)
    ladders = fields.List(fields.Nested(JourneyLadderSchema), required=True)
    chance = fields.List(
        fields.Nested(JourneyChanceBasisSchema),
        required=True,
        allow_none=True,
        metadata={"description": "What the bands rest on; null for whoever is not told of them"},
    )
    sittings = fields.List(fields.Nested(JourneySittingSchema), required=True)
    needed = fields.List(fields.Nested(JourneyTaskSchema), required=True)
    rating = fields.Nested(
        JourneyRatingSchema,
        required=True,
        allow_none=True,
        metadata={"description": "None for an adviser, and for who is not on the programme"},
    )
    plan = fields.Nested(JourneyPlanSchema, required=True, allow_none=True)
    timeline = fields.List(
        fields.Nested(JourneyTimelineEntrySchema), required=True, metadata={"description": "Newest first"}
    )
    corrections = fields.List(fields.Nested(JourneyCorrectionEntrySchema), required=True)
    events = fields.List(fields.Nested(JourneyEnrolmentEventSchema), required=True)
