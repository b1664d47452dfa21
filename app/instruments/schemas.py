"""Instruments on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.core.yaml import SIZE_MAX_CHARACTERS
from app.instruments.models import InstrumentKind
from app.instruments.rules.renderings import renderings_of


class LadderSchema(Schema):
    """One dimension with its behaviour anchors, by rung."""

    code = fields.String(required=True)
    position = fields.Integer(required=True)
    title = fields.String(required=True)
    short_title = fields.String(required=True)
    question = fields.String(required=True)
    worker_question = fields.String(
        allow_none=True,
        required=True,
        metadata={"description": "With {name}; null where only the person answers"},
    )
    jet_group = fields.String(allow_none=True, required=True)
    is_higher_better = fields.Boolean(required=True)
    anchors = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class LadderWordsSchema(Schema):
    """A ladder's words in another language."""

    title = fields.String(required=True)
    short_title = fields.String(required=True)
    question = fields.String(required=True)
    worker_question = fields.String(allow_none=True, required=True)
    anchors = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class RenderingSchema(Schema):
    """An instrument's words in another language, by ladder."""

    title = fields.String(required=True)
    ladders = fields.Dict(keys=fields.String(), values=fields.Nested(LadderWordsSchema), required=True)


class Renderings(fields.Dict):
    """The languages that ship for an instrument; they stand beside the database, by code and version."""

    def get_value(self, obj: Any, attr: str, *_accessors: Any, **_defaults: Any) -> Any:
        """Return the instrument's renderings."""
        return dict(renderings_of(obj.code, obj.version))


class InstrumentSchema(Schema):
    """One version of a set of ladders, or a place for the scores of a licensed tool."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    version = fields.Integer(required=True)
    kind = fields.Enum(InstrumentKind, by_value=True, required=True)
    title = fields.String(required=True)
    licence = fields.String(required=True)
    credit = fields.String(required=True)
    scale_min = fields.Integer(required=True)
    scale_max = fields.Integer(required=True)
    is_context = fields.Boolean(
        required=True, metadata={"description": "Shown beside a journey, never scored as progress"}
    )
    loaded_at = fields.AwareDateTime(required=True)
    frozen_at = fields.AwareDateTime(allow_none=True, required=True)
    ladders = fields.List(fields.Nested(LadderSchema), required=True)
    renderings = Renderings(
        keys=fields.String(),
        values=fields.Nested(RenderingSchema),
        required=True,
        metadata={"description": "By language, besides the one it is written in"},
    )


class InstrumentListSchema(Schema):
    """Every version of every instrument, the newest of each first."""

    items = fields.List(fields.Nested(InstrumentSchema), required=True)
    count = fields.Integer(required=True)


class InstrumentTextSchema(Schema):
    """Instruments as YAML."""

    yaml = fields.String(required=True, validate=validate.Length(min=1, max=SIZE_MAX_CHARACTERS))
