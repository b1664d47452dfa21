"""Entitlements on the wire."""

from marshmallow import Schema, fields, validate

from app.core.paging import PAGE_SIZE, PAGE_SIZE_MAX
from app.entitlements.queries.board import BoardState
from app.entitlements.rules.words import MISSING

CURSOR_LENGTH_MAX = 200


class ConditionSchema(Schema):
    """A condition of a rate: whether it is met, what was found, what is needed, who can put it right."""

    code = fields.String(required=True)
    condition = fields.String(required=True)
    met = fields.Boolean(required=True)
    found = fields.String(required=True)
    needed = fields.String(required=True)
    who = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(["worker", "manager", "prime"])
    )
    # Kept as JSON holds it: a day that is text already.
    by = fields.String(required=True, allow_none=True, metadata={"format": "date"})
    task = fields.String(required=True, allow_none=True)
    record_ids = fields.List(fields.UUID(), required=True)


class BoardQuerySchema(Schema):
    """Which list of the claimable board, of which contract."""

    contract_id = fields.UUID(required=True)
    state = fields.Enum(BoardState, by_value=True, load_default=BoardState.CLAIMABLE)
    missing_code = fields.String(validate=validate.OneOf(sorted(MISSING)))
    after = fields.String(validate=validate.Length(min=1, max=CURSOR_LENGTH_MAX))
    limit = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(min=1, max=PAGE_SIZE_MAX))


class BoardRowSchema(Schema):
    """A row of the board; `closes_on` of an incomplete one is the last day to put it right."""

    id = fields.UUID(required=True)
    state = fields.String(required=True)
    enrolment_id = fields.UUID(required=True)
    person = fields.String(required=True, metadata={"description": "The person's reference, never a name"})
    provider_id = fields.UUID(required=True)
    provider = fields.String(required=True)
    rate_code = fields.String(required=True)
    rate_title = fields.String(required=True)
    occurrence = fields.Integer(required=True)
    price_pence = fields.Integer(required=True)
    provider_share_pence = fields.Integer(required=True)
    claimable_from = fields.Date(required=True, allow_none=True)
    closes_on = fields.Date(required=True, allow_none=True)
    missing_code = fields.String(required=True, allow_none=True)
    conditions = fields.List(fields.Nested(ConditionSchema), required=True)


class BoardSchema(Schema):
    """A page of the board; `count` is how many stand on this page."""

    items = fields.List(fields.Nested(BoardRowSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class SumSchema(Schema):
    """How many, and what they come to."""

    count = fields.Integer(required=True)
    amount_pence = fields.Integer(required=True)
    provider_share_pence = fields.Integer(required=True)


class RateSumSchema(Schema):
    """The claimable of one rate."""

    rate_code = fields.String(required=True)
    rate_title = fields.String(required=True)
    sum = fields.Nested(SumSchema, required=True)


class ProviderCountSchema(Schema):
    """How many of one provider."""

    name = fields.String(required=True)
    count = fields.Integer(required=True)


class MissingSumSchema(Schema):
    """What is incomplete for one reason, and who can put it right."""

    missing_code = fields.String(required=True)
    title = fields.String(required=True)
    who = fields.String(required=True)
    sum = fields.Nested(SumSchema, required=True)
    first_closes_on = fields.Date(required=True)
    providers = fields.List(fields.Nested(ProviderCountSchema), required=True)


class WaitingSumSchema(Schema):
    """What is not there yet for one reason, such as a change too small; nobody is asked to put it right."""

    missing_code = fields.String(required=True)
    title = fields.String(required=True)
    sum = fields.Nested(SumSchema, required=True)


class MonthSumSchema(Schema):
    """What a month can bring; `month` is null where a date cannot be told yet."""

    month = fields.Date(required=True, allow_none=True)
    sum = fields.Nested(SumSchema, required=True)


class SummaryQuerySchema(Schema):
    """Whose board."""

    contract_id = fields.UUID(required=True)


class SummarySchema(Schema):
    """The board in sums."""

    claimable = fields.Nested(SumSchema, required=True)
    incomplete = fields.Nested(SumSchema, required=True)
    closed = fields.Nested(SumSchema, required=True)
    not_yet = fields.Nested(SumSchema, required=True)
    by_rate = fields.List(fields.Nested(RateSumSchema), required=True)
    missing = fields.List(fields.Nested(MissingSumSchema), required=True)
    waiting = fields.List(fields.Nested(WaitingSumSchema), required=True)
    expected = fields.List(fields.Nested(MonthSumSchema), required=True)


class EntitlementSchema(Schema):
    """What one person's records earn of one rate."""

    id = fields.UUID(required=True, attribute="entitlement.id")
    rate_code = fields.String(required=True, attribute="entitlement.rate_code")
    rate_title = fields.String(required=True)
    occurrence = fields.Integer(required=True, attribute="entitlement.occurrence")
    state = fields.String(required=True, metadata={"description": "As it stands today"})
    is_claimed = fields.Boolean(required=True, attribute="entitlement.is_claimed")
    price_pence = fields.Integer(required=True, attribute="entitlement.price_pence")
    provider_share_pence = fields.Integer(required=True, attribute="entitlement.provider_share_pence")
    claimable_from = fields.Date(required=True, allow_none=True, attribute="entitlement.claimable_from")
    closes_on = fields.Date(required=True, allow_none=True, attribute="entitlement.closes_on")
    provider = fields.String(required=True)
    card_title = fields.String(required=True)
    card_version = fields.Integer(required=True)
    card_source = fields.String(required=True, metadata={"description": "What of the prices is real"})
    conditions = fields.List(fields.Nested(ConditionSchema), required=True)
    measurement = fields.Dict(
        required=True,
        allow_none=True,
        attribute="entitlement.measurement",
        metadata={"description": "How a change was measured: both raters, both occasions, all inputs"},
    )


class PersonEntitlementsSchema(Schema):
    """What one person's records earn, in the order of the card."""

    items = fields.List(fields.Nested(EntitlementSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
