"""Milestones on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.records.schemas import RecordSchema, required_words

CODE = r"^[a-z0-9][a-z0-9-]{0,59}$"


class MilestoneSchema(RecordSchema):
    """An observable event that happened: which kind, and what was seen."""

    kind = fields.String(required=True, validate=validate.Regexp(CODE))
    description = required_words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `milestone`."""
        return {"kind_code": values["kind"]}

    def texts_of(self, values: dict[str, Any]) -> dict[str, str | None]:
        """Return what was seen."""
        return {"description": values["description"]}


class MilestoneKindSchema(Schema):
    """A kind of milestone, with the evidence it takes."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    jet_group = fields.String(required=True)
    counts = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Evidence any one of which can make it payable"},
    )
    helps = fields.List(
        fields.String(), required=True, metadata={"description": "Evidence never enough alone"}
    )
    hints = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class MilestoneKindsSchema(Schema):
    """The library."""

    items = fields.List(fields.Nested(MilestoneKindSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
