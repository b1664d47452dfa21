"""Files on the wire."""

from marshmallow import EXCLUDE, Schema, fields, validate

from app.records.schemas import Id
from app.sync.schemas.seals import SealSchema

FILE_BYTES_MAX = 15 * 1024 * 1024 + 16  # with the tag of a sealed one
TOO_LARGE = "A file may have at most 15 MB; take a smaller photo, or choose another file."


class FileSchema(Schema):
    """A file that will be sent."""

    size_bytes = fields.Integer(
        required=True,
        strict=True,
        validate=[validate.Range(min=1), validate.Range(max=FILE_BYTES_MAX, error=TOO_LARGE)],
    )
    media_type = fields.String(
        required=True,
        validate=validate.Length(min=1, max=100),
        metadata={"description": "As the device names it; the server looks at the bytes"},
    )
    sealed = fields.Nested(
        SealSchema,
        metadata={"description": "How the bytes sent are sealed; the address is of the plain ones"},
    )
    device = Id(metadata={"description": "That sealed it; goes with sealed"})
    user_id = Id(
        metadata={"description": "Who sealed it, where somebody else hands it in from a rescue file"}
    )


class ProgressSchema(Schema):
    """How far a file has come."""

    received_bytes = fields.Integer(required=True)
    complete = fields.Boolean(required=True)
    refusal = fields.String(metadata={"description": "Why the whole file is not kept"})


class ChunkHeaderSchema(Schema):
    """Where a chunk begins."""

    class Meta:
        unknown = EXCLUDE

    upload_offset = fields.Integer(
        required=True, data_key="Upload-Offset", validate=validate.Range(min=0, max=FILE_BYTES_MAX)
    )
