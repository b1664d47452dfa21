"""Accounts on the wire."""

from marshmallow import Schema, fields, validate

from app.accounts.rules import PASSWORD_LENGTH_MAX
from app.core.permissions import Role

ROLE = validate.OneOf([role.value for role in Role])
TEXT = validate.Length(min=1, max=200)
SECRET = validate.Length(min=1, max=100)
# What is sent as a password is measured by the rules, which can say why; this only keeps out floods.
PASSWORD = validate.Length(min=1, max=4 * PASSWORD_LENGTH_MAX)


class SignInSchema(Schema):
    """An e-mail address and its password."""

    email = fields.String(required=True, validate=TEXT)
    password = fields.String(required=True, validate=PASSWORD)


class OrganisationBriefSchema(Schema):
    """An organisation by name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)


class UserSchema(Schema):
    """Who is signed in."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)
    email = fields.String(required=True)
    language = fields.String(required=True)


class MembershipSchema(Schema):
    """A place in an organisation, with the roles held there."""

    id = fields.UUID(required=True)
    organisation = fields.Nested(OrganisationBriefSchema, required=True)
    roles = fields.List(fields.String(validate=ROLE), required=True)


class SessionSchema(Schema):
    """Who is signed in, where they act, and the token that unsafe requests carry."""

    user = fields.Nested(UserSchema, required=True)
    membership = fields.Nested(MembershipSchema, required=True)
    memberships = fields.List(fields.Nested(MembershipSchema), required=True)
    csrf_token = fields.String(required=True)


class MembershipChoiceSchema(Schema):
    """The membership to act in."""

    membership_id = fields.UUID(required=True)


class PasswordChangeSchema(Schema):
    """One's password, and the one to have from now on."""

    current = fields.String(required=True, validate=PASSWORD)
    new = fields.String(required=True, validate=PASSWORD)
