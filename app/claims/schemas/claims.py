"""Claims, their lines in lists, and what was left out."""

from marshmallow import Schema, fields

from app.claims.models import ClaimState, ClawbackState, LineState


class ClaimSumsSchema(Schema):
    """The three figures of a claim: the same on screen and in everything exported."""

    line_count = fields.Integer(required=True)
    amount_pence = fields.Integer(required=True)
    provider_share_pence = fields.Integer(required=True)


class ClaimRowSchema(Schema):
    """A claim in a list."""

    id = fields.UUID(required=True)
    contract_id = fields.UUID(required=True)
    contract = fields.String(required=True)
    label = fields.String(required=True)
    month = fields.Date(required=True)
    number = fields.Integer(required=True)
    state = fields.Enum(ClaimState, by_value=True, required=True)
    prime = fields.String(required=True)
    submitted_at = fields.DateTime(required=True, allow_none=True)
    sums = fields.Nested(ClaimSumsSchema, required=True)
    undecided_count = fields.Integer(required=True)


class ClaimListSchema(Schema):
    """A page of claims, the newest first."""

    items = fields.List(fields.Nested(ClaimRowSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class ClaimLineSchema(Schema):
    """A line of a claim."""

    id = fields.UUID(required=True, attribute="line_id")
    claim_id = fields.UUID(required=True)
    claim = fields.String(required=True)
    month = fields.Date(required=True)
    label = fields.String(required=True)
    number = fields.String(required=True)
    entitlement_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    person = fields.String(required=True)
    provider_id = fields.UUID(required=True)
    provider = fields.String(required=True)
    rate_code = fields.String(required=True)
    rate_title = fields.String(required=True)
    occurrence = fields.Integer(required=True)
    price_pence = fields.Integer(required=True)
    provider_share_pence = fields.Integer(required=True)
    claimable_from = fields.Date(required=True)
    closes_on = fields.Date(required=True)
    state = fields.Enum(LineState, by_value=True, required=True)
    clawback = fields.Enum(ClawbackState, by_value=True, required=True)
    released_reason = fields.String(required=True, allow_none=True)
    cures_line_id = fields.UUID(required=True, allow_none=True)
    frozen_sha256 = fields.String(required=True, allow_none=True)
    verified_outside = fields.Boolean(
        required=True, metadata={"description": "By somebody outside the provider: always sampled"}
    )


class ClaimLineListSchema(Schema):
    """A page of a claim's lines, in the order of their numbers."""

    items = fields.List(fields.Nested(ClaimLineSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class LeftOutSchema(Schema):
    """What a check named and left out, and why."""

    entitlement_id = fields.UUID(required=True)
    line_id = fields.UUID(required=True, allow_none=True)
    person = fields.String(required=True)
    rate_code = fields.String(required=True)
    reason = fields.String(required=True)
    words = fields.String(required=True)


class ExclusionSchema(Schema):
    """What was left out of a claim, why, and what the provider says to it."""

    id = fields.UUID(required=True)
    claim_id = fields.UUID(required=True)
    claim = fields.String(required=True)
    entitlement_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    person = fields.String(required=True)
    provider_id = fields.UUID(required=True)
    provider = fields.String(required=True)
    rate_code = fields.String(required=True)
    rate_title = fields.String(required=True)
    occurrence = fields.Integer(required=True)
    price_pence = fields.Integer(required=True)
    reason = fields.String(required=True)
    words = fields.String(required=True)
    excluded_at = fields.DateTime(required=True)
    contested_at = fields.DateTime(required=True, allow_none=True)
    contest_words = fields.String(required=True, allow_none=True)
    can_contest = fields.Boolean(required=True)


class ClaimSchema(Schema):
    """A claim with its three figures, its lines' first page, and what was left out."""

    id = fields.UUID(required=True, attribute="claim.id")
    contract_id = fields.UUID(required=True, attribute="claim.contract_id")
    contract = fields.String(required=True, attribute="contract.title")
    label = fields.String(required=True, attribute="claim.label")
    month = fields.Date(required=True, attribute="claim.month")
    number = fields.Integer(required=True, attribute="claim.number")
    state = fields.Enum(ClaimState, by_value=True, required=True, attribute="claim.state")
    submit_by = fields.Date(required=True)
    created_at = fields.DateTime(required=True, attribute="claim.created_at")
    prepared_by = fields.String(required=True)
    locked_at = fields.DateTime(required=True, allow_none=True, attribute="claim.locked_at")
    locked_by = fields.String(required=True, allow_none=True)
    approved_at = fields.DateTime(required=True, allow_none=True, attribute="claim.approved_at")
    approved_by = fields.String(required=True, allow_none=True)
    submitted_at = fields.DateTime(required=True, allow_none=True, attribute="claim.submitted_at")
    submitted_by = fields.String(required=True, allow_none=True)
    settled_at = fields.DateTime(required=True, allow_none=True, attribute="claim.settled_at")
    sums = fields.Nested(ClaimSumsSchema, required=True)
    decided_count = fields.Integer(required=True)
    accepted_pence = fields.Integer(required=True)
    rejected_pence = fields.Integer(required=True)
    rejected_count = fields.Integer(required=True)
    lines = fields.Nested(ClaimLineListSchema, required=True)
    exclusions = fields.List(fields.Nested(ExclusionSchema), required=True)
    warnings = fields.List(
        fields.Nested(ClaimLineSchema),
        required=True,
        metadata={"description": "Lines that rest on a record corrected since the lock, or disagreed with"},
    )


class ClaimStepSchema(Schema):
    """What a step did: the claim as it stands now, and what was named and left out."""

    claim = fields.Nested(ClaimSchema, required=True)
    left_out = fields.List(fields.Nested(LeftOutSchema), required=True)


class LinesAddedSchema(Schema):
    """What became of adding lines."""

    added_count = fields.Integer(required=True)
    left_out = fields.List(fields.Nested(LeftOutSchema), required=True)
