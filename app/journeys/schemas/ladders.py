"""Ladders, sittings and when somebody is rated, on the wire."""

from marshmallow import Schema, fields

from app.assessments.models import Help, Rater, SittingKind
from app.instruments.models import CalibrationSource
from app.instruments.rules.inputs import CalibrationState
from app.journeys.rules import Change
from app.journeys.schemas.nullable import day_or_null, text_or_null


class JourneyPathSchema(Schema):
    """Where one rater saw somebody begin, and sees them now; null where they would rather not say."""

    began = fields.Float(required=True, allow_none=True, metadata={"description": "Middle of the baselines"})
    now = fields.Float(required=True, allow_none=True)
    change = fields.Enum(Change, by_value=True, required=True)


class JourneyChanceSchema(Schema):
    """One rater's change on one ladder beside what chance explains."""

    half_width = fields.Float(
        required=True, metadata={"description": "Either way of where they began, in points"}
    )
    moved = fields.Float(required=True)
    is_sure = fields.Boolean(required=True, metadata={"description": "It is more than chance explains"})


class JourneyChancesSchema(Schema):
    """What chance explains of one ladder; null where a rater did not answer, or in two languages."""

    participant = fields.Nested(JourneyChanceSchema, required=True, allow_none=True)
    worker = fields.Nested(JourneyChanceSchema, required=True, allow_none=True)


class JourneyChanceBasisSchema(Schema):
    """What the bands of one rater rest on."""

    rater = fields.Enum(Rater, by_value=True, required=True)
    state = fields.Enum(CalibrationState, by_value=True, required=True)
    source = fields.Enum(
        CalibrationSource,
        by_value=True,
        required=True,
        allow_none=True,
        metadata={"description": "null: nobody has signed any, and the worked example stands in"},
    )
    pairs = fields.Integer(required=True)
    reference = fields.String(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)
    is_shared = fields.Boolean(
        required=True, metadata={"description": "Of a whole set, taken to be alike for each ladder"}
    )
    is_later = fields.Boolean(required=True, metadata={"description": "Signed after the last rating"})


class JourneyLadderSchema(Schema):
    """One ladder, and what became of it in words."""

    instrument_id = fields.UUID(required=True)
    instrument = fields.String(required=True)
    instrument_code = fields.String(required=True)
    scale_min = fields.Integer(required=True)
    scale_max = fields.Integer(required=True)
    is_context = fields.Boolean(required=True, metadata={"description": "Shown beside, never as progress"})
    code = fields.String(required=True)
    title = fields.String(required=True)
    short_title = fields.String(required=True)
    is_higher_better = fields.Boolean(required=True)
    change = fields.Enum(Change, by_value=True, required=True, metadata={"description": "Of both raters"})
    participant = fields.Nested(JourneyPathSchema, required=True)
    worker = fields.Nested(JourneyPathSchema, required=True)
    chance = fields.Nested(
        JourneyChancesSchema,
        required=True,
        allow_none=True,
        metadata={"description": "For advisers and managers alone; never for whoever rates"},
    )


class JourneySittingAssessmentSchema(Schema):
    """One rater's answers."""

    record_id = fields.UUID(required=True)
    rater = fields.Enum(Rater, by_value=True, required=True)
    author = fields.String(required=True)
    occurred_on = fields.Date(required=True)
    language = fields.String(required=True, metadata={"description": "In which they rated"})
    scores = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(allow_none=True),
        required=True,
        metadata={"description": "By ladder; null is “I'd rather not say”"},
    )
    own_words = text_or_null()
    notes = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    help = fields.Enum(Help, by_value=True, required=True)
    focus = fields.List(
        fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "Three ladders that matter most to the person, named in the first baseline"},
    )
    is_corrected = fields.Boolean(required=True)


class JourneySittingSchema(Schema):
    """One occasion; sealed, it says who has rated and nothing else."""

    sitting_id = fields.UUID(required=True)
    kind = fields.Enum(SittingKind, by_value=True, required=True)
    instrument_id = fields.UUID(required=True)
    occurred_on = fields.Date(required=True)
    is_sealed = fields.Boolean(required=True)
    is_crisis = fields.Boolean(
        required=True, metadata={"description": "Let be because the person was in crisis; it counts nowhere"}
    )
    raters = fields.List(fields.Enum(Rater, by_value=True), required=True)
    assessments = fields.List(fields.Nested(JourneySittingAssessmentSchema), required=True)


class JourneyRatingSchema(Schema):
    """When each occasion of rating is, for whoever sits down with the person; no money, no threshold."""

    baseline_on = day_or_null()
    baseline_due_on = day_or_null()
    second_baseline_from = day_or_null(metadata={"description": "Counts from this day on"})
    second_baseline_due_on = day_or_null()
    baseline_locks_on = day_or_null(metadata={"description": "The last day for the second baseline"})
    review_due_on = day_or_null()
    takes_focus = fields.Boolean(
        required=True,
        metadata={"description": "The person may name three ladders, until the second baseline begins"},
    )
