"""Lists of people on the wire."""

from marshmallow import Schema, fields, validate

from app.core.paging import PAGE_SIZE, PAGE_SIZE_MAX
from app.journeys.queries.groups import LIVE, STATES
from app.journeys.rules import Look, Needs, Scope

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
