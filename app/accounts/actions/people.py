"""An organisation's people and settings."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.accounts import policies, queries
from app.accounts.actions.invitations import Invitee, NewLink, make_link, require_roles
from app.accounts.actions.sessions import end_sessions
from app.accounts.errors import LastAdministrator, SingleOrganisation
from app.accounts.models import InvitationPurpose, Membership, SignInSession, User
from app.audit.actions import trace
from app.core.database import db, transaction
from app.core.errors import Invalid
from app.core.permissions import Actor, Role, require
from app.organisations.actions import add_organisation
from app.organisations.models import Organisation


def change_roles(actor: Actor, membership_id: UUID, roles: Iterable[Role], *, at: datetime) -> Membership:
    """Give a colleague these roles and no others; they hold from the next request on.

    Raises:
        Forbidden: the actor does not administer the organisation.
        NotFound: no such colleague.
        Invalid: no role, or one that is not an administrator's to give.
        LastAdministrator: nobody would administer the organisation.
    """
    require(policies.can_change_people, actor, actor.organisation_id)
    given = require_roles(roles)
    with transaction():
        _lock_organisation(actor.organisation_id)
        membership = queries.get_colleague(actor, membership_id)
        if Role.ADMINISTRATOR.value not in given:
            _require_another_administrator(membership)
        membership.roles = given
        trace(actor, "membership.roles-changed", at=at, subject_id=membership_id, roles=given)
    return membership


def end_membership(actor: Actor, membership_id: UUID, *, at: datetime) -> None:
    """End a colleague's place; their sessions in it end with it.

    Raises:
        Forbidden: the actor does not administer the organisation.
        NotFound: no such colleague.
        LastAdministrator: nobody would administer the organisation.
    """
    require(policies.can_change_people, actor, actor.organisation_id)
    with transaction():
        _lock_organisation(actor.organisation_id)
        membership = queries.get_colleague(actor, membership_id)
        _require_another_administrator(membership)
        membership.ended_at = at
        end_sessions(SignInSession.membership_id == membership_id, at=at)
        trace(actor, "membership.ended", at=at, subject_id=membership_id)


def _lock_organisation(organisation_id: UUID) -> None:
    """Let changes of one organisation's people go one after the other."""
    db.session().execute(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())


def _require_another_administrator(membership: Membership) -> None:
    is_administrator = Role.ADMINISTRATOR.value in membership.roles
    if is_administrator and queries.count_administrators(membership.organisation_id) == 1:
        raise LastAdministrator


def change_organisation(
    actor: Actor,
    *,
    short_name: str,
    outside_verifier_email: str | None,
    kept_days: int | None = None,
    at: datetime,
) -> Organisation:
    """Change the organisation's short name, who verifies for it from outside, and how long devices keep.

    Raises:
        Forbidden: the actor does not administer the organisation.
        Invalid: the outside verifier is unknown, or works here.
    """
    require(policies.can_change_organisation, actor, actor.organisation_id)
    with transaction() as session:
        _lock_organisation(actor.organisation_id)
        organisation = session.get_one(Organisation, actor.organisation_id, populate_existing=True)
        organisation.short_name = short_name.strip()
        organisation.outside_verifier_id = (
            _outside_verifier(actor, outside_verifier_email) if outside_verifier_email else None
        )
        if kept_days is not None:
            organisation.kept_days = kept_days
        trace(
            actor,
            "organisation.changed",
            at=at,
            subject_id=organisation.id,
            outside_verifier=organisation.outside_verifier_id,
            kept_days=organisation.kept_days,
        )
    return organisation


def _outside_verifier(actor: Actor, email: str) -> UUID:
    user = queries.find_user(email)
    if user is None or not queries.live_memberships(user.id):
        raise Invalid.field(
            "outside_verifier_email",
            "not-known",
            "Nobody signs in with this address; have them invited.",
        )
    if queries.is_member(user.id, actor.organisation_id):
        raise Invalid.field(
            "outside_verifier_email", "works-here", "Choose somebody who does not work for your organisation."
        )
    return user.id


def add_partner(
    actor: Actor,
    *,
    name: str,
    short_name: str,
    administrator: tuple[str, str] | None,
    is_single: bool,
    at: datetime,
) -> tuple[Organisation, NewLink | None]:
    """Add an organisation to work with and, where it is to sign in, invite its first administrator.

    Args:
        actor: An administrator of any organisation.
        name: The new one's; unique.
        short_name: As lists show it.
        administrator: E-mail address and name of who will look after it; None where nobody signs in.
        is_single: Whether the database serves a single organisation that signs in.
        at: When.

    Raises:
        Forbidden: the actor administers nothing.
        SingleOrganisation: another one signs in, and the database serves one.
        OrganisationKnown: there is one of this name.
    """
    require(policies.can_add_organisation, actor)
    with transaction():
        organisation = add_organisation(actor, name=name, short_name=short_name, at=at)
        if administrator is None:
            return organisation, None
        require_room(organisation.id, is_single=is_single)
        link = make_link(
            actor,
            InvitationPurpose.JOIN,
            organisation_id=organisation.id,
            invitee=Invitee(*administrator, roles=[Role.ADMINISTRATOR.value]),
            at=at,
        )
    return organisation, link


def require_room(organisation_id: UUID, *, is_single: bool) -> None:
    """Let an organisation sign in.

    Raises:
        SingleOrganisation: another one does, and the database serves one.
    """
    if is_single and queries.signing_in_organisations() - {organisation_id}:
        raise SingleOrganisation


def found_organisation(
    *,
    name: str,
    short_name: str,
    administrator: tuple[str, str],
    password_hash: str,
    is_single: bool,
    at: datetime,
) -> Membership:
    """Make an organisation and its first administrator: the installation's own act, by command.

    Raises:
        SingleOrganisation: another one signs in, and the database serves one.
        OrganisationKnown: there is one of this name.
    """
    email, person = administrator
    with transaction() as session:
        organisation = add_organisation(None, name=name, short_name=short_name, at=at)
        require_room(organisation.id, is_single=is_single)
        user = queries.find_user(email)
        if user is None:
            user = User(email=email.strip().lower(), name=person, created_at=at)
            session.add(user)
        user.password_hash = password_hash
        session.flush()
        membership = Membership(
            user_id=user.id,
            organisation_id=organisation.id,
            roles=[Role.ADMINISTRATOR.value],
            created_at=at,
        )
        session.add(membership)
        session.flush()
        trace(None, "organisation.founded", at=at, subject_id=organisation.id)
    return membership
