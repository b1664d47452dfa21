"""The wire of home pages."""

from marshmallow import Schema, fields

from app.home.rules import SectionCode


class HomeRowSchema(Schema):
    """One row of a section; each section fills what it has."""

    enrolment_id = fields.UUID()
    person = fields.String(metadata={"description": "First name and initial"})
    reference = fields.String()
    heads_up = fields.String(allow_none=True)
    record_id = fields.UUID()
    kind = fields.String(metadata={"description": "Kind of record"})
    worker_id = fields.UUID(allow_none=True)
    contract_id = fields.UUID()
    contract = fields.String(metadata={"description": "The contract's code"})
    claim_id = fields.UUID(allow_none=True)
    code = fields.String(allow_none=True, metadata={"description": "Reason, rate, what is missing, or state"})
    title = fields.String(allow_none=True)
    words = fields.String(allow_none=True)
    by = fields.String(allow_none=True)
    who = fields.String(metadata={"description": "Who can put it right"})
    on = fields.Date(allow_none=True)
    at = fields.AwareDateTime(allow_none=True)
    due_on = fields.Date(allow_none=True)
    is_baseline = fields.Boolean()
    is_second_baseline = fields.Boolean()
    count = fields.Integer()
    undecided_count = fields.Integer()
    promised = fields.Integer()
    actual = fields.Integer()
    amount_pence = fields.Integer()
    provider_share_pence = fields.Integer()


class HomeSectionSchema(Schema):
    """How many there are, the first of them, and what they come to where it is money."""

    code = fields.Enum(SectionCode, by_value=True, required=True)
    count = fields.Integer(required=True)
    rows = fields.List(fields.Nested(HomeRowSchema), required=True)
    total_pence = fields.Integer(metadata={"description": "What they come to, of sections about money"})


class HomeSchema(Schema):
    """The work of today, for the roles that are held."""

    sections = fields.List(fields.Nested(HomeSectionSchema), required=True)
