"""Statements on the wire."""

from marshmallow import Schema, fields, validate

from app.core.paging import PAGE_SIZE, PAGE_SIZE_MAX
from app.core.schemas import Day
from app.statements.models import EntryKind, StatementState
from app.statements.queries.money_path import Step


class StatementsQuerySchema(Schema):
    """Of which contract, and after which."""

    contract_id = fields.UUID(load_default=None)
    after = fields.String(validate=validate.Length(min=1, max=200), load_default=None)
    limit = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(min=1, max=PAGE_SIZE_MAX))


class MoneyPathQuerySchema(Schema):
    """Of which contract."""

    contract_id = fields.UUID(required=True)


class MoneyStepSchema(Schema):
    """What stands at one step: lines, those of them that were taken back, and your share of it."""

    step = fields.Enum(Step, by_value=True, required=True)
    count = fields.Integer(required=True)
    taken_back_count = fields.Integer(required=True)
    provider_share_pence = fields.Integer(required=True)


class MoneyPathSchema(Schema):
    """Where your money is: all of your lines on a contract, each at one step."""

    steps = fields.List(fields.Nested(MoneyStepSchema), required=True)


class StatementTotalsSchema(Schema):
    """What the entries that you see come to."""

    amount_pence = fields.Integer(required=True)
    provider_share_pence = fields.Integer(required=True)
    entry_count = fields.Integer(required=True)


class StatementRowSchema(Schema):
    """A statement in a list."""

    id = fields.UUID(required=True)
    contract_id = fields.UUID(required=True)
    contract = fields.String(required=True)
    label = fields.String(required=True)
    month = fields.Date(required=True)
    state = fields.Enum(StatementState, by_value=True, required=True)
    totals = fields.Nested(StatementTotalsSchema, required=True)


class StatementListSchema(Schema):
    """A page of statements, the newest first."""

    items = fields.List(fields.Nested(StatementRowSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class StatementEntrySchema(Schema):
    """Money on a statement, signed."""

    id = fields.UUID(required=True)
    on = fields.Date(required=True)
    kind = fields.Enum(EntryKind, by_value=True, required=True)
    line_id = fields.UUID(required=True, allow_none=True)
    line = fields.String(required=True, allow_none=True)
    person = fields.String(required=True, allow_none=True)
    rate_code = fields.String(required=True, allow_none=True)
    rate_title = fields.String(required=True, allow_none=True)
    provider_id = fields.UUID(required=True)
    provider = fields.String(required=True)
    amount_pence = fields.Integer(required=True)
    provider_share_pence = fields.Integer(required=True)
    reason = fields.String(required=True, allow_none=True)


class RejectedLineSchema(Schema):
    """A line that was rejected in the month: no money, and why."""

    line_id = fields.UUID(required=True)
    line = fields.String(required=True)
    person = fields.String(required=True)
    rate_code = fields.String(required=True)
    rate_title = fields.String(required=True)
    provider_id = fields.UUID(required=True)
    provider = fields.String(required=True)
    price_pence = fields.Integer(required=True)
    provider_share_pence = fields.Integer(required=True)
    on = fields.Date(required=True)
    reason = fields.String(required=True, allow_none=True)
    words = fields.String(required=True, allow_none=True)
    curable = fields.Boolean(required=True, allow_none=True, attribute="is_curable")


class RemittanceSchema(Schema):
    """Where one provider's money of a statement is."""

    provider_id = fields.UUID(required=True)
    provider = fields.String(required=True)
    provider_share_pence = fields.Integer(required=True)
    prime_paid_on = fields.Date(required=True, allow_none=True)
    passed_on_on = fields.Date(required=True, allow_none=True)
    arrived_on = fields.Date(required=True, allow_none=True)


class StatementSchema(Schema):
    """A statement with its entries, what was rejected in its month, and where the money is."""

    id = fields.UUID(required=True)
    contract_id = fields.UUID(required=True)
    contract = fields.String(required=True)
    label = fields.String(required=True)
    month = fields.Date(required=True)
    state = fields.Enum(StatementState, by_value=True, required=True)
    closed_at = fields.DateTime(required=True, allow_none=True)
    prime = fields.String(required=True)
    commissioner = fields.String(required=True)
    totals = fields.Nested(StatementTotalsSchema, required=True)
    entries = fields.List(fields.Nested(StatementEntrySchema), required=True)
    rejected = fields.List(fields.Nested(RejectedLineSchema), required=True)
    remittances = fields.List(fields.Nested(RemittanceSchema), required=True)


class RemittanceNoteSchema(Schema):
    """When the prime was paid, and when it passed the money on; what is left out stays as it is."""

    prime_paid_on = Day(load_default=None)
    passed_on_on = Day(load_default=None)


class ArrivalSchema(Schema):
    """The day on which the money arrived."""

    arrived_on = Day(required=True)
