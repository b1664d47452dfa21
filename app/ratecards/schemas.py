"""Rate cards on the wire."""

from marshmallow import Schema, fields, validate

from app.core.schemas import Day
from app.core.yaml import SIZE_MAX_CHARACTERS


class RateSchema(Schema):
    """One price and what earns it."""

    id = fields.UUID(required=True)
    position = fields.Integer(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    price_pence = fields.Integer(required=True)
    price_by_contract_year_percent = fields.List(fields.Integer(), allow_none=True, required=True)
    price_on = fields.String(required=True, validate=validate.OneOf(["start", "event"]))
    trigger = fields.Dict(required=True, metadata={"description": "`kind`, and what that kind needs"})
    is_evaluated = fields.Boolean(
        required=True, metadata={"description": "False: loaded and shown, but nothing works it out yet"}
    )
    evidence = fields.Dict(required=True, metadata={"description": "`all_of`, `any_of` or `by_milestone`"})
    max_per_person = fields.Integer(allow_none=True, required=True)
    requires = fields.List(fields.String(), required=True)
    claim_lag_working_days = fields.Integer(required=True)


class RateCardBriefSchema(Schema):
    """A version of a price list."""

    id = fields.UUID(required=True)
    owner_id = fields.UUID(required=True)
    code = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    source = fields.String(required=True, metadata={"description": "What is real and what is invented"})
    payment_group_code = fields.String(allow_none=True, required=True)
    cap_per_person_pence = fields.Integer(allow_none=True, required=True)
    claim_window_days = fields.Integer(required=True)
    loaded_at = fields.AwareDateTime(required=True)
    frozen_at = fields.AwareDateTime(allow_none=True, required=True)


class RateCardSchema(RateCardBriefSchema):
    """A version of a price list with its rates and the text it was read from."""

    definition = fields.String(required=True)
    rates = fields.List(fields.Nested(RateSchema), required=True)


class RateCardListSchema(Schema):
    """The cards in sight."""

    items = fields.List(fields.Nested(RateCardSchema), required=True)
    count = fields.Integer(required=True)


class RateCardTextSchema(Schema):
    """Rate cards as YAML: one card, or a list of them."""

    yaml = fields.String(required=True, validate=validate.Length(min=1, max=SIZE_MAX_CHARACTERS))


class CardApplicationSchema(Schema):
    """A contract applies a card to one payment group, or to everybody, from a day on."""

    id = fields.UUID(dump_only=True)
    contract_id = fields.UUID(dump_only=True)
    rate_card_id = fields.UUID(required=True)
    payment_group_id = fields.UUID(load_default=None, allow_none=True)
    applies_from = Day(required=True)
