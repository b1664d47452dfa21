"""Accounts on the wire."""

from marshmallow import Schema, fields, validate

from app.accounts.models import InvitationPurpose
from app.accounts.rules import PASSWORD_LENGTH_MAX
from app.core.languages import LANGUAGES
from app.core.paging import PAGE_SIZE, PAGE_SIZE_MAX
from app.core.permissions import Role
from app.core.schemas import Day
from app.organisations.models import KEPT_DAYS_MAX

ROLE = validate.OneOf([role.value for role in Role])
ROLES = validate.Length(min=1, max=len(Role))
NAME = validate.And(validate.Length(min=1, max=200), validate.Regexp(r"\s*\S"))
CURSOR = validate.Length(min=1, max=300)
TEXT = validate.Length(min=1, max=200)
SECRET = validate.Length(min=1, max=100)
# What is sent as a password is measured by the rules, which can say why; this only keeps out floods.
PASSWORD = validate.Length(min=1, max=4 * PASSWORD_LENGTH_MAX)


class SignInSchema(Schema):
    """An e-mail address and its password."""

    email = fields.String(required=True, validate=TEXT)
    password = fields.String(required=True, validate=PASSWORD)


class LanguageSchema(Schema):
    """The language one reads in."""

    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))


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


class UserBriefSchema(Schema):
    """Somebody by name and address."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)


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
    kept_days = fields.Integer(
        required=True, metadata={"description": "How long a device shows what it holds without a contact"}
    )


class MembershipChoiceSchema(Schema):
    """The membership to act in."""

    membership_id = fields.UUID(required=True)


class PasswordChangeSchema(Schema):
    """One's password, and the one to have from now on."""

    current = fields.String(required=True, validate=PASSWORD)
    new = fields.String(required=True, validate=PASSWORD)


class InvitationRequestSchema(Schema):
    """Whom to invite, with which roles."""

    email = fields.Email(required=True, validate=TEXT)
    name = fields.String(required=True, validate=NAME)
    roles = fields.List(fields.Enum(Role, by_value=True), required=True, validate=ROLES)


class InvitationSchema(Schema):
    """A one-time link that still works; the link itself was shown once, when it was made."""

    id = fields.UUID(required=True)
    purpose = fields.Enum(InvitationPurpose, by_value=True, required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(validate=ROLE), required=True)
    created_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)


class InvitationListSchema(Schema):
    """The links that still work, newest first."""

    items = fields.List(fields.Nested(InvitationSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class NewLinkSchema(InvitationSchema):
    """A link just made: copy it now, it is not shown again."""

    link = fields.String(required=True)


class LinkSchema(Schema):
    """A link just made: copy it now, it is not shown again."""

    link = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class AcceptanceRequestSchema(Schema):
    """The secret behind the # of a one-time link, and the password chosen."""

    secret = fields.String(required=True, validate=SECRET)
    password = fields.String(required=True, validate=PASSWORD)
    name = fields.String(validate=NAME)


class AcceptanceSchema(Schema):
    """Who may sign in now, and for whom they work."""

    email = fields.String(required=True)
    organisation = fields.Nested(OrganisationBriefSchema, required=True)


class PersonSchema(Schema):
    """Somebody who works for the organisation."""

    id = fields.UUID(required=True, metadata={"description": "The membership's."})
    user_id = fields.UUID(required=True)
    name = fields.String(required=True, attribute="user.name")
    short_name = fields.String(required=True, attribute="user.short_name")
    email = fields.String(required=True, attribute="user.email")
    roles = fields.List(fields.String(validate=ROLE), required=True)
    since = fields.AwareDateTime(required=True, attribute="created_at")


class PeopleSchema(Schema):
    """Who works for the organisation, by name."""

    items = fields.List(fields.Nested(PersonSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class RolesSchema(Schema):
    """The roles somebody has from now on."""

    roles = fields.List(fields.Enum(Role, by_value=True), required=True, validate=ROLES)


class OrganisationSchema(OrganisationBriefSchema):
    """One's own organisation and its settings."""

    people_count = fields.Integer(required=True)
    needs_outside_verifier = fields.Boolean(required=True)
    outside_verifier = fields.Nested(UserBriefSchema, required=True, allow_none=True)
    kept_days = fields.Integer(required=True)


class OrganisationChangeSchema(Schema):
    """The settings from now on."""

    short_name = fields.String(required=True, validate=NAME)
    outside_verifier_email = fields.Email(required=True, allow_none=True, validate=TEXT)
    kept_days = fields.Integer(
        strict=True,
        load_default=None,
        validate=validate.Range(1, KEPT_DAYS_MAX),
        metadata={
            "description": "How long a device shows what it holds without a contact; left out, it stays"
        },
    )


class AdministratorSchema(Schema):
    """Who will look after a new organisation's people and settings."""

    email = fields.Email(required=True, validate=TEXT)
    name = fields.String(required=True, validate=NAME)


class PartnerRequestSchema(Schema):
    """An organisation to work with; without an administrator nobody signs in there."""

    name = fields.String(required=True, validate=NAME)
    short_name = fields.String(required=True, validate=NAME)
    administrator = fields.Nested(AdministratorSchema, allow_none=True)


class PartnerSchema(OrganisationBriefSchema):
    """The organisation just added and, where one was invited, the link for its administrator."""

    link = fields.String(required=True, allow_none=True)


class AuditQuerySchema(Schema):
    """Which events of the trail to show."""

    after = fields.String(validate=CURSOR)
    limit = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(1, PAGE_SIZE_MAX))
    name = fields.String(validate=TEXT)
    user_id = fields.UUID()
    day = Day(metadata={"description": "A London day"})


class AuditEventSchema(Schema):
    """Something that was done or read: ids, codes and counts, never a person's words."""

    id = fields.UUID(required=True)
    at = fields.AwareDateTime(required=True)
    name = fields.String(required=True)
    user_id = fields.UUID(required=True, allow_none=True)
    user_name = fields.String(required=True, allow_none=True)
    subject_id = fields.UUID(required=True, allow_none=True)
    contract_id = fields.UUID(required=True, allow_none=True)
    enrolment_id = fields.UUID(required=True, allow_none=True)
    detail = fields.Dict(keys=fields.String(), required=True)


class AuditPageSchema(Schema):
    """Events, newest first."""

    items = fields.List(fields.Nested(AuditEventSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True, metadata={"description": "How many this page holds"})
