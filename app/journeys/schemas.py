"""The wire of caseloads and journeys."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.assessments.models import Help, Rater, SittingKind
from app.core.paging import PAGE_SIZE, PAGE_SIZE_MAX
from app.disagreements.models import Present, Way
from app.enrolments.models import EnrolmentState
from app.evidence.models import Decision, EvidenceKind
from app.instruments.models import CalibrationSource
from app.instruments.rules.inputs import CalibrationState
from app.journeys.queries.groups import LIVE, STATES
from app.journeys.rules import TASKS, Change, Look, Needs, Relation, Scope
from app.plans.models import StepOwner
from app.records.models import RecordKind

SEARCH_LENGTH_MAX = 100
CURSOR_LENGTH_MAX = 200


class CaseloadRowSchema(Schema):
    """One person on a list: words and what is due, never a score, never money.

    Marks are days; whoever reads compares them with today.
    """

    enrolment_id = fields.UUID(required=True)
    revision = fields.Integer(required=True, metadata={"description": "Rises with each change"})
    reference = fields.String(required=True)
    short_name = fields.String(required=True, metadata={"description": "First name and initial: Dean M."})
    heads_up = fields.String(required=True, allow_none=True, metadata={"description": "Access needs"})
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    attention_on = fields.Date(
        required=True, metadata={"description": "The earliest mark; lists are in this order"}
    )
    needs_you_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "Since something was returned"}
    )
    needs_you_count = fields.Integer(required=True)
    needs_you_reason = fields.String(required=True, allow_none=True, metadata={"description": "A code"})
    next_planned_at = fields.AwareDateTime(required=True, allow_none=True)
    baseline_due_on = fields.Date(required=True, allow_none=True)
    second_baseline_due_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "Too late once baseline_locks_on is past"}
    )
    baseline_locks_on = fields.Date(required=True, allow_none=True)
    review_due_on = fields.Date(required=True, allow_none=True)
    plan_due_on = fields.Date(required=True, allow_none=True)
    last_met_on = fields.Date(required=True, allow_none=True)
    last_tried_on = fields.Date(required=True, allow_none=True)
    moved_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "The last milestone, or work that began"}
    )
    evidence_missing_count = fields.Integer(required=True)
    evidence_missing_kind = fields.String(required=True, allow_none=True)
    evidence_missing_title = fields.String(required=True, allow_none=True)
    referred_on = fields.Date(required=True)
    started_on = fields.Date(required=True, allow_none=True)
    ended_on = fields.Date(required=True, allow_none=True)
    worker_id = fields.UUID(required=True, allow_none=True)
    worker = fields.String(required=True, allow_none=True, metadata={"description": "Key worker: Amina O."})
    provider = fields.String(required=True)


class CaseloadSchema(Schema):
    """A page of a caseload: what needs doing first stands first."""

    items = fields.List(fields.Nested(CaseloadRowSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "Send it as `after`"})
    count = fields.Integer(required=True, metadata={"description": "Of all pages together"})


class CaseloadFilterSchema(Schema):
    """Which people a caseload lists."""

    scope = fields.Enum(Scope, by_value=True, load_default=Scope.MINE)
    state = fields.String(
        load_default=LIVE,
        validate=validate.OneOf(STATES),
        metadata={"description": "One state; or `live` for all who have not left, `closed` for all who have"},
    )
    needs = fields.Enum(
        Needs,
        by_value=True,
        load_default=None,
        metadata={
            "description": "One group: something returned, due by Sunday, not met for 21 days, the rest"
        },
    )
    look = fields.Enum(
        Look,
        by_value=True,
        load_default=None,
        metadata={
            "description": "Whoever took a step in the last 84 days, took none, was not met for 21 days, "
            "or has a baseline that closes within 14"
        },
    )
    after = fields.String(load_default=None, validate=validate.Length(max=CURSOR_LENGTH_MAX))
    limit = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(1, PAGE_SIZE_MAX))


class CaseloadLooksFilterSchema(Schema):
    """Whose people are counted."""

    scope = fields.Enum(Scope, by_value=True, load_default=Scope.ALL)


class CaseloadLooksSchema(Schema):
    """How many people each look finds; one may be found by several."""

    moves = fields.Integer(required=True)
    stuck = fields.Integer(required=True)
    not_met = fields.Integer(required=True)
    baseline_closes = fields.Integer(required=True)


class CaseloadSearchSchema(Schema):
    """Words to find people by: a part of a name, or of a reference."""

    text = fields.String(required=True, validate=validate.Length(1, SEARCH_LENGTH_MAX))
    scope = fields.Enum(Scope, by_value=True, load_default=Scope.ALL)


class GroupCountsSchema(Schema):
    """How many people a scope holds, and how many of them stand in each group; everybody stands in one."""

    count = fields.Integer(required=True)
    needs_you = fields.Integer(required=True, metadata={"description": "Something was returned"})
    this_week = fields.Integer(required=True, metadata={"description": "Something is due by Sunday"})
    not_met = fields.Integer(required=True, metadata={"description": "No meeting for 21 days or more"})
    nothing = fields.Integer(required=True)


class CaseloadCountsSchema(Schema):
    """The groups of each scope."""

    mine = fields.Nested(GroupCountsSchema, required=True)
    team = fields.Nested(GroupCountsSchema, required=True)
    all = fields.Nested(GroupCountsSchema, required=True)


def _day(**options: Any) -> fields.Date:
    return fields.Date(required=True, allow_none=True, **options)


def _text(**options: Any) -> fields.String:
    return fields.String(required=True, allow_none=True, **options)


class JourneyPersonSchema(Schema):
    """Who the journey is of, as devices show a person."""

    short_name = fields.String(required=True)
    first_name = fields.String(required=True)
    reference = fields.String(required=True)
    heads_up = _text(metadata={"description": "Access needs"})
    language = fields.String(required=True)


class JourneyEnrolmentSchema(Schema):
    """Where they are, with whom, and since when."""

    provider_id = fields.UUID(required=True)
    provider = fields.String(required=True)
    prime = fields.String(required=True)
    contract_id = fields.UUID(required=True)
    contract = fields.String(required=True)
    worker_id = fields.UUID(required=True, allow_none=True)
    worker = _text(metadata={"description": "Key worker: Amina O."})
    adviser = _text()
    state = fields.Enum(EnrolmentState, by_value=True, required=True)
    referred_on = fields.Date(required=True)
    accepted_on = _day()
    started_on = _day()
    ended_on = _day()
    closed_reason = _text()
    notice_given_on = _day()
    notice_manner = _text()


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
    words = _text()
    owner = fields.Enum(StepOwner, by_value=True, required=True, allow_none=True)


class JourneyInShortSchema(Schema):
    """What an adviser reads first; what changed stands with the ladders."""

    own_words = fields.Nested(JourneyOwnWordsSchema, required=True, allow_none=True)
    next = fields.List(fields.Nested(JourneyNextSchema), required=True)
    last_met_on = _day()
    last_met_minutes = fields.Integer(required=True, allow_none=True)
    last_tried_on = _day()


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
    own_words = _text()
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

    baseline_on = _day()
    baseline_due_on = _day()
    second_baseline_from = _day(metadata={"description": "Counts from this day on"})
    second_baseline_due_on = _day()
    baseline_locks_on = _day(metadata={"description": "The last day for the second baseline"})
    review_due_on = _day()
    takes_focus = fields.Boolean(
        required=True,
        metadata={"description": "The person may name three ladders, until the second baseline begins"},
    )


class JourneyTaskSchema(Schema):
    """Something still needed, without money or thresholds."""

    code = fields.String(required=True, validate=validate.OneOf(TASKS))
    record_id = fields.UUID(required=True, allow_none=True)
    sitting_id = fields.UUID(required=True, allow_none=True)
    kind = _text(metadata={"description": "Of the record, or of the sitting"})
    title = _text(metadata={"description": "Of the milestone"})
    occurred_on = _day()
    due_on = _day()
    reason = _text(metadata={"description": "Why it was returned, a code"})
    words = _text(metadata={"description": "What whoever returned it said"})
    by = _text()
    takes = fields.List(fields.String(), required=True, metadata={"description": "Evidence that counts"})


class JourneyPlanStepSchema(Schema):
    """Who does what by when."""

    key = fields.String(required=True)
    words = _text()
    owner = fields.Enum(StepOwner, by_value=True, required=True)
    due_on = fields.Date(required=True)
    done_on = _day()


class JourneyPlanSchema(Schema):
    """The plan that counts."""

    record_id = fields.UUID(required=True)
    agreed_on = fields.Date(required=True)
    author = fields.String(required=True)
    review_on = fields.Date(required=True)
    goal = _text()
    steps = fields.List(fields.Nested(JourneyPlanStepSchema), required=True)


class JourneyTimelineEvidenceSchema(Schema):
    """What supports an entry."""

    record_id = fields.UUID(required=True)
    kind = fields.Enum(EvidenceKind, by_value=True, required=True)
    dated_on = _day()
    obtained_on = fields.Date(required=True)
    covers_from = _day()
    covers_until = _day()
    note = _text()
    author_id = fields.UUID(required=True)
    author = fields.String(required=True)
    needs_file = fields.Boolean(required=True, metadata={"description": "A file belongs to it"})
    has_file = fields.Boolean(required=True, metadata={"description": "GET /api/evidence/<record_id>/file"})
    media_type = _text()


class JourneyTimelineVerificationSchema(Schema):
    """The newest judgement of this version."""

    decision = fields.Enum(Decision, by_value=True, required=True)
    reason = _text()
    words = _text()
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    is_outside = fields.Boolean(required=True)


class JourneyDisagreementSchema(Schema):
    """The person disagrees with an entry; it stands beside it until they take it back."""

    record_id = fields.UUID(required=True)
    occurred_on = fields.Date(required=True)
    way = fields.Enum(Way, by_value=True, required=True)
    present = fields.List(fields.Enum(Present, by_value=True), required=True)
    words = _text(metadata={"description": "Their own, where they gave any"})
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
    reason = _text()
    is_withdrawn = fields.Boolean(required=True)
    was_on = fields.Date(required=True)
    occurred_on = fields.Date(required=True)


class JourneyEnrolmentEventSchema(Schema):
    """One step in the enrolment's own life."""

    name = fields.String(required=True)
    happened_on = fields.Date(required=True)
    at = fields.AwareDateTime(required=True)
    by = _text()
    reason = _text()
    worker = _text(metadata={"description": "Who was assigned"})


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
    scores_hidden_from = _day(
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


class JourneyReaderSchema(Schema):
    """Somebody who read the record, and when."""

    at = fields.AwareDateTime(required=True)
    name = fields.String(required=True, metadata={"description": "What was read: journey.read, file.read"})
    by = _text(metadata={"description": "First name and initial"})
    organisation = _text()


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
