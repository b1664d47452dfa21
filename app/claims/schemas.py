"""Claims on the wire."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from app.claims.models import ClaimState, ClawbackState, LineState, RejectionReason
from app.claims.rules.states import ExclusionReason
from app.core.paging import PAGE_SIZE, PAGE_SIZE_MAX

CURSOR = validate.Length(min=1, max=200)
WORDS = validate.Length(min=1, max=2000)
IDS_MAX = 5000
ALL = "all"


class ClaimDraftSchema(Schema):
    """A claim to begin: the contract, and the month by its first day."""

    contract_id = fields.UUID(required=True)
    month = fields.Date(required=True, metadata={"description": "The first day of the month"})


class EntitlementIds(fields.Field[Any]):
    """A list of entitlements, or ``"all"`` that is claimable."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value == ALL:
            return ALL
        inner = fields.List(fields.UUID(), validate=validate.Length(min=1, max=IDS_MAX))
        return inner.deserialize(value, attr, data)


class LinesToAddSchema(Schema):
    """What to put into a draft."""

    entitlement_ids = EntitlementIds(
        required=True,
        metadata={
            "oneOf": [
                {"type": "array", "items": {"type": "string", "format": "uuid"}, "minItems": 1},
                {"type": "string", "enum": [ALL]},
            ]
        },
    )


class ExclusionDraftSchema(Schema):
    """Why a line is left out; its provider sees the words."""

    reason = fields.Enum(ExclusionReason, by_value=True, required=True)
    words = fields.String(required=True, validate=WORDS)


class ContestSchema(Schema):
    """Why a line should not have been left out."""

    words = fields.String(required=True, validate=WORDS)


class DecisionDraftSchema(Schema):
    """What an assessor decides: a rejection has a reason, words, and whether it can be cured."""

    accepted = fields.Boolean(required=True)
    reason = fields.Enum(RejectionReason, by_value=True, load_default=None)
    words = fields.String(validate=WORDS, load_default=None)
    curable = fields.Boolean(load_default=None)

    @validates_schema
    def check_rejection(self, data: dict[str, Any], **_: Any) -> None:
        """Ask of a rejection all three, and of an acceptance none."""
        said = {name: data.get(name) for name in ("reason", "words", "curable")}
        if data["accepted"]:
            wrong = {
                name: ["Leave it out where the line is accepted."]
                for name, v in said.items()
                if v is not None
            }
        else:
            wrong = {name: ["Missing data for a rejection."] for name, v in said.items() if v is None}
        if wrong:
            raise ValidationError(wrong)


class ClaimsQuerySchema(Schema):
    """Whose claims, and after which."""

    contract_id = fields.UUID(load_default=None)
    after = fields.String(validate=CURSOR, load_default=None)
    limit = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(min=1, max=PAGE_SIZE_MAX))


class PageQuerySchema(Schema):
    """After which, and how many."""

    after = fields.String(validate=CURSOR, load_default=None)
    limit = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(min=1, max=PAGE_SIZE_MAX))


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
    lines = fields.Nested(ClaimLineListSchema, required=True)
    exclusions = fields.List(fields.Nested(ExclusionSchema), required=True)
    warnings = fields.List(
        fields.Nested(ClaimLineSchema),
        required=True,
        metadata={"description": "Lines that rest on a record corrected since the lock"},
    )


class ClaimStepSchema(Schema):
    """What a step did: the claim as it stands now, and what was named and left out."""

    claim = fields.Nested(ClaimSchema, required=True)
    left_out = fields.List(fields.Nested(LeftOutSchema), required=True)


class LinesAddedSchema(Schema):
    """What became of adding lines."""

    added_count = fields.Integer(required=True)
    left_out = fields.List(fields.Nested(LeftOutSchema), required=True)


class LineConditionSchema(Schema):
    """A condition as the card states it, what was found, and the records that show it."""

    code = fields.String(required=True)
    condition = fields.String(required=True)
    met = fields.Boolean(required=True)
    found = fields.String(required=True)
    needed = fields.String(required=True)
    records = fields.String(required=True)


class LineRecordSchema(Schema):
    """A record that a line rests on, with its three times."""

    ref = fields.String(required=True)
    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    what = fields.String(required=True)
    occurred_on = fields.String(required=True)
    recorded_at = fields.String(required=True)
    received_at = fields.String(required=True)
    mark = fields.String(required=True)
    clock_corrected = fields.Boolean(required=True)
    sha256 = fields.String(required=True)


class LineEvidenceSchema(Schema):
    """An evidence item, its own dates, and the hash of the file that is kept."""

    ref = fields.String(required=True)
    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    what = fields.String(required=True)
    own_date = fields.String(required=True, allow_none=True)
    obtained = fields.String(required=True)
    supports = fields.String(required=True)
    covers_from = fields.String(required=True, allow_none=True)
    covers_until = fields.String(required=True, allow_none=True)
    recorded_at = fields.String(required=True)
    received_at = fields.String(required=True)
    kept_sha256 = fields.String(required=True, allow_none=True)
    sha256 = fields.String(required=True)


class LinePersonSchema(Schema):
    """Who did what to a line, by staff reference."""

    act = fields.String(required=True)
    role = fields.String(required=True)
    staff_reference = fields.String(required=True)
    when = fields.String(required=True)


class LineContentSchema(Schema):
    """What is frozen into a line, or would be."""

    conditions = fields.List(fields.Nested(LineConditionSchema), required=True)
    records = fields.List(fields.Nested(LineRecordSchema), required=True)
    evidence = fields.List(fields.Nested(LineEvidenceSchema), required=True)
    people = fields.List(fields.Nested(LinePersonSchema), required=True)
    card_title = fields.String(required=True)
    card_version = fields.Integer(required=True)
    contract = fields.String(required=True)
    prime = fields.String(required=True)
    commissioner = fields.String(required=True)
    delivered_by = fields.String(required=True)
    cures = fields.String(required=True, allow_none=True)


class DecidedSchema(Schema):
    """What an assessor said of a line."""

    accepted = fields.Boolean(required=True, attribute="is_accepted")
    reason = fields.String(required=True, allow_none=True)
    words = fields.String(required=True, allow_none=True)
    curable = fields.Boolean(required=True, allow_none=True, attribute="is_curable")
    decided_at = fields.DateTime(required=True)


class LineViewSchema(Schema):
    """A line in full: as it was frozen or, in a draft, as it would be."""

    line = fields.Nested(ClaimLineSchema, required=True)
    claim_state = fields.Enum(ClaimState, by_value=True, required=True)
    content = fields.Nested(LineContentSchema, required=True)
    is_frozen = fields.Boolean(required=True)
    decisions = fields.List(fields.Nested(DecidedSchema), required=True)
    can_decide = fields.Boolean(required=True)


class FollowedLineSchema(Schema):
    """A provider's own line: where it stands, and what was said of it."""

    line = fields.Nested(ClaimLineSchema, required=True)
    claim_state = fields.Enum(ClaimState, by_value=True, required=True)
    submitted_at = fields.DateTime(required=True, allow_none=True)
    decision = fields.Nested(DecidedSchema, required=True, allow_none=True)


class FollowedLinesSchema(Schema):
    """A provider's own lines, the newest first, and what was left out of claims."""

    items = fields.List(fields.Nested(FollowedLineSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
    exclusions = fields.List(fields.Nested(ExclusionSchema), required=True)
