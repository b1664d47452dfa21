"""Contracts on the wire."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from app.contracts.models import Delivery, NoticeFormat
from app.contracts.rules import BASIS_POINTS_WHOLE, NATIONS, NoticeDraft, NoticeText, Part, Place, Terms
from app.core.schemas import Day

COUNT_MAX = 1_000_000
PENCE_MAX = 10**12
CODE = validate.Regexp(r"[A-Z0-9][A-Z0-9-]{0,15}\Z", error="Up to 16 capitals, digits and hyphens.")
TITLE = validate.And(validate.Length(min=1, max=200), validate.Regexp(r"\s*\S"))
LANGUAGES = validate.OneOf(["en", "cy"])
NATION = validate.OneOf(NATIONS)
PART = validate.OneOf([part.value for part in Part])


class PartyShape(Schema):
    """An organisation by name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)


class PackageAreaShape(Schema):
    """A geographic lot."""

    code = fields.String(required=True, validate=CODE)
    name = fields.String(required=True, validate=TITLE)


class ContractSchema(Schema):
    """A contract, with the parts that one's own organisation has on it."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    nation = fields.String(required=True, validate=NATION)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    claim_day = fields.Integer(required=True)
    prime = fields.Nested(PartyShape, required=True)
    commissioner = fields.Nested(PartyShape, required=True, allow_none=True)
    package_area = fields.Nested(PackageAreaShape, required=True, allow_none=True)
    is_own_programme = fields.Boolean(required=True)
    parts = fields.List(fields.String(validate=PART), required=True)


class ContractListSchema(Schema):
    """One's contracts by code."""

    items = fields.List(fields.Nested(ContractSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class SubcontractSchema(Schema):
    """A provider's place on a contract; its share is null for the commissioner, whose affair it is not."""

    id = fields.UUID(required=True)
    provider = fields.Nested(PartyShape, required=True)
    tier = fields.Integer(required=True)
    delivery = fields.Enum(Delivery, by_value=True, required=True)
    promised_referrals = fields.Integer(required=True)
    promised_value_pence = fields.Integer(required=True)
    provider_share_basis_points = fields.Integer(required=True, allow_none=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, allow_none=True)


class PaymentGroupSchema(Schema):
    """People who are priced alike."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)


class NoticeSchema(Schema):
    """What a person is told before they start: one version in one language and format."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    language = fields.String(required=True)
    format = fields.Enum(NoticeFormat, by_value=True, required=True)
    title = fields.String(required=True)
    body = fields.String(required=True, metadata={"description": "Paragraphs parted by blank lines"})
    published_at = fields.AwareDateTime(required=True)


class NoticeListSchema(Schema):
    """A contract's notices, the newest version first."""

    items = fields.List(fields.Nested(NoticeSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class WholeContractSchema(ContractSchema):
    """A contract with its places, payment groups and notices, as one's part allows."""

    subcontracts = fields.List(fields.Nested(SubcontractSchema), required=True)
    payment_groups = fields.List(fields.Nested(PaymentGroupSchema), required=True)
    notices = fields.List(fields.Nested(NoticeSchema), required=True)


class ContractRequestSchema(Schema):
    """A contract that one's own organisation leads; without commissioner it is an own programme."""

    code = fields.String(required=True, validate=CODE)
    title = fields.String(required=True, validate=TITLE)
    nation = fields.String(required=True, validate=NATION)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    commissioner_id = fields.UUID(load_default=None, allow_none=True)
    package_area = fields.Nested(PackageAreaShape, load_default=None, allow_none=True)
    claim_day = fields.Integer(load_default=14, strict=True, validate=validate.Range(1, 28))

    @post_load
    def make_terms(self, body: dict[str, Any], **_kwargs: Any) -> Terms:
        """Return the terms."""
        area = body.pop("package_area")
        return Terms(**body, package_area=(area["code"], area["name"]) if area else None)


class PlaceSchema(Schema):
    """What a place on a contract promises."""

    tier = fields.Integer(required=True, strict=True, validate=validate.Range(1, 9))
    delivery = fields.Enum(Delivery, by_value=True, required=True)
    promised_referrals = fields.Integer(required=True, strict=True, validate=validate.Range(0, COUNT_MAX))
    promised_value_pence = fields.Integer(required=True, strict=True, validate=validate.Range(0, PENCE_MAX))
    provider_share_basis_points = fields.Integer(
        required=True, strict=True, validate=validate.Range(0, BASIS_POINTS_WHOLE)
    )
    starts_on = Day(required=True)
    ends_on = Day(load_default=None, allow_none=True)


class PlaceChangeSchema(PlaceSchema):
    """What a place promises from now on."""

    @post_load
    def make_place(self, body: dict[str, Any], **_kwargs: Any) -> Place:
        """Return the place."""
        return Place(**body)


class SubcontractRequestSchema(PlaceSchema):
    """A place for a provider."""

    provider_id = fields.UUID(required=True)

    @post_load
    def make_place(self, body: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """Return the provider and the place."""
        return {"provider_id": body.pop("provider_id"), "place": Place(**body)}


class PaymentGroupRequestSchema(Schema):
    """A payment group to add."""

    code = fields.String(required=True, validate=CODE)
    title = fields.String(required=True, validate=TITLE)


class PaymentGroupChangeSchema(Schema):
    """A payment group's title from now on."""

    title = fields.String(required=True, validate=TITLE)


class NoticeRequestSchema(Schema):
    """A notice to publish: written by hand (title and body), or the template with its fields filled."""

    language = fields.String(required=True, validate=LANGUAGES)
    format = fields.Enum(NoticeFormat, by_value=True, required=True)
    version = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(1, COUNT_MAX),
        metadata={"description": "A standing version to add to; left out, it is the next one"},
    )
    title = fields.String(validate=TITLE)
    body = fields.String(validate=validate.And(validate.Length(min=1, max=40_000), validate.Regexp(r"\s*\S")))
    fields_ = fields.Dict(
        data_key="fields",
        keys=fields.String(validate=validate.Length(max=60)),
        values=fields.String(validate=validate.Length(max=500)),
    )

    @validates_schema
    def check_text(self, body: dict[str, Any], **_kwargs: Any) -> None:
        """Want both of title and body or neither, and not beside fields."""
        has = {name for name in ("title", "body", "fields_") if name in body}
        if has not in ({"title", "body"}, {"fields_"}):
            message = "Send title and body, or the template's fields."
            raise ValidationError(message, "body")

    @post_load
    def make_draft(self, body: dict[str, Any], **_kwargs: Any) -> NoticeDraft:
        """Return the draft."""
        text = NoticeText(body["title"], body["body"]) if "body" in body else None
        return NoticeDraft(
            language=body["language"],
            format=body["format"],
            version=body["version"],
            text=text,
            fields=body.get("fields_"),
        )


class TemplateFieldSchema(Schema):
    """A field of the template, and what to write there."""

    name = fields.String(required=True)
    words = fields.String(required=True)


class NoticeTemplateSchema(Schema):
    """The library's notice in one language."""

    code = fields.String(required=True)
    version = fields.Integer(required=True)
    language = fields.String(required=True)
    formats = fields.List(fields.Enum(NoticeFormat, by_value=True), required=True)
    fields_ = fields.List(fields.Nested(TemplateFieldSchema), data_key="fields", required=True)


class NoticeTemplateListSchema(Schema):
    """The library's notices."""

    items = fields.List(fields.Nested(NoticeTemplateSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
