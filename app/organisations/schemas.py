"""Organisations on the wire."""

from marshmallow import Schema, fields


class OrganisationNameSchema(Schema):
    """An organisation by name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)


class OrganisationListSchema(Schema):
    """Organisations by name."""

    items = fields.List(fields.Nested(OrganisationNameSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
