"""The wire of exports and papers."""

from marshmallow import Schema, fields, validate

from app.core.languages import LANGUAGES
from app.exports.models import ExportKind
from app.jobs.models import JobState


class AskedSchema(Schema):
    """An export that was asked for."""

    export_id = fields.UUID(required=True)


class ExportSchema(Schema):
    """How far an export is, and where its file is once there is one."""

    id = fields.UUID(required=True)
    kind = fields.Enum(ExportKind, by_value=True, required=True)
    state = fields.Enum(JobState, by_value=True, required=True)
    asked_at = fields.AwareDateTime(required=True)
    done_count = fields.Integer(required=True, metadata={"description": "Pieces made so far"})
    total_count = fields.Integer(required=True, allow_none=True, metadata={"description": "Of how many"})
    file_name = fields.String(required=True, allow_none=True)
    file_url = fields.String(
        required=True, allow_none=True, metadata={"description": "For whoever asked, and nobody else"}
    )
    size_bytes = fields.Integer(required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(required=True, metadata={"description": "Gone afterwards"})


class PrintSchema(Schema):
    """How a journey is printed."""

    print = fields.String(load_default="standard", validate=validate.OneOf(("standard", "large")))
    language = fields.String(
        load_default=None,
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "The person’s own where none is asked for"},
    )
