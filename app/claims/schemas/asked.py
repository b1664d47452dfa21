"""What is asked of claims and lines."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from app.claims.models import LineState, RejectionReason
from app.claims.rules.states import ExclusionReason
from app.core.paging import PAGE_SIZE, PAGE_SIZE_MAX
from app.core.schemas import Day

CURSOR = validate.Length(min=1, max=200)
WORDS = validate.Length(min=1, max=2000)
IDS_MAX = 5000
ALL = "all"


class ClaimDraftSchema(Schema):
    """A claim to begin: the contract, and the month by its first day."""

    contract_id = fields.UUID(required=True)
    month = Day(required=True, metadata={"description": "The first day of the month"})


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


class LinesQuerySchema(ClaimsQuerySchema):
    """Whose lines, in which state, and after which."""

    state = fields.Enum(LineState, by_value=True, load_default=None)


class PageQuerySchema(Schema):
    """In which state, after which, and how many."""

    state = fields.Enum(LineState, by_value=True, load_default=None)

    after = fields.String(validate=CURSOR, load_default=None)
    limit = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(min=1, max=PAGE_SIZE_MAX))
