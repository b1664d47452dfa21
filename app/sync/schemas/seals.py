"""The seal on the wire; bytes are base64url without padding."""

from marshmallow import Schema, fields, validate

from app.records.schemas import Id

SHA256 = r"[0-9a-f]{64}"
HASH_WORDS = "Write the SHA-256 in 64 lower-case hexadecimal digits."
HASH = validate.Regexp(rf"{SHA256}\Z", error=HASH_WORDS)
POINT_LENGTH = 87  # 65 bytes
NONCE_LENGTH = 16  # 12 bytes


class SealSchema(Schema):
    """How something was sealed by `waymark-seal-1`."""

    key_id = Id(required=True, metadata={"description": "Of GET /api/sync/seal"})
    ephemeral = fields.String(
        required=True,
        validate=validate.Length(equal=POINT_LENGTH),
        metadata={"description": "The device's public point of P-256, uncompressed"},
    )
    nonce = fields.String(required=True, validate=validate.Length(equal=NONCE_LENGTH))


class SealedTextSchema(SealSchema):
    """Something sealed, with its cipher text and tag."""

    text = fields.String(required=True, validate=validate.Length(min=1))


class SealQuerySchema(Schema):
    """Which device asks, where one does."""

    device = Id(load_default=None)


class SealKeySchema(Schema):
    """What a device seals to, and for whom."""

    key_id = fields.UUID(required=True)
    public_key = fields.String(required=True, metadata={"description": "Uncompressed point of P-256"})
    user_id = fields.UUID(required=True, metadata={"description": "Whose items it is for: part of the seal"})
    server_time = fields.AwareDateTime(required=True)
    device_revoked = fields.Boolean(metadata={"description": "Where a device was named"})
