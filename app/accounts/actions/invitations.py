"""One-time links: shown once, kept as a hash, good for a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from app.accounts import policies, queries, rules
from app.accounts.actions.passwords import require_strong
from app.accounts.actions.sessions import end_sessions
from app.accounts.actions.throttle import count_try, forget_tries, throttle_keys
from app.accounts.errors import LinkSpent, MemberAlready, MemberElsewhere
from app.accounts.models import Invitation, InvitationPurpose, Membership, SignInSession, User
from app.accounts.rules import Passwords
from app.audit.actions import trace
from app.core.database import db, transaction
from app.core.errors import Invalid, NotFound
from app.core.ids import new_id
from app.core.permissions import Actor, Role, require


@dataclass(frozen=True)
class Invitee:
    """Whom a link is for, and what it gives them."""

    email: str
    name: str
    roles: Sequence[str]


@dataclass(frozen=True)
class NewLink:
    """A link just made: the secret is shown once and kept nowhere."""

    invitation: Invitation
    secret: str


def invite(actor: Actor, *, email: str, name: str, roles: Iterable[Role], at: datetime) -> NewLink:
    """Invite somebody to the actor's organisation with these roles.

    An earlier open link for the same address stops working.

    Raises:
        Forbidden: the actor administers nothing.
        Invalid: no role, or one that is not an administrator's to give.
        MemberAlready: they work here.
    """
    require(policies.can_change_people, actor, actor.organisation_id)
    given = require_roles(roles)
    with transaction():
        user = queries.find_user(email)
        if user and queries.is_member(user.id, actor.organisation_id):
            raise MemberAlready
        return make_link(
            actor,
            InvitationPurpose.JOIN,
            organisation_id=actor.organisation_id,
            invitee=Invitee(email, name, given),
            at=at,
        )


def require_roles(roles: Iterable[Role]) -> list[str]:
    """Return roles as they are kept: each once, in the order of the table.

    Raises:
        Invalid: none, or one that only the installation's own commands give.
    """
    wanted = set(roles)
    if not wanted or not wanted <= set(rules.GIVEN_ROLES):
        raise Invalid.field("roles", "roles", "Choose at least one of the eight roles of an organisation.")
    return [role.value for role in Role if role in wanted]


def make_link(
    actor: Actor | None,
    purpose: InvitationPurpose,
    *,
    organisation_id: UUID,
    invitee: Invitee,
    at: datetime,
) -> NewLink:
    """Make a one-time link in the caller's transaction; who may was asked before."""
    address = invitee.email.strip().lower()
    with transaction() as session:
        session.execute(
            update(Invitation)
            .where(
                Invitation.organisation_id == organisation_id,
                Invitation.email == address,
                Invitation.used_at.is_(None),
                Invitation.expires_at > at,
            )
            .values(expires_at=at)
        )
        secret = rules.new_secret()
        invitation = Invitation(
            id=new_id(),
            secret_hash=rules.hash_secret(secret),
            purpose=purpose,
            organisation_id=organisation_id,
            email=address,
            name=invitee.name.strip(),
            roles=list(invitee.roles),
            created_by_id=actor.user_id if actor else None,
            created_at=at,
            expires_at=at + rules.LINK_LIFETIME,
        )
        session.add(invitation)
        trace(actor, "invitation.made", at=at, subject_id=invitation.id, purpose=purpose.value)
    return NewLink(invitation, secret)


def withdraw_invitation(actor: Actor, invitation_id: UUID, *, at: datetime) -> None:
    """Make an open link of the actor's organisation stop working.

    Raises:
        NotFound: there is none.
    """
    require(policies.can_change_people, actor, actor.organisation_id)
    with transaction():
        open_ones = {row.id: row for row in queries.find_open_invitations(actor, at=at)}
        if invitation_id not in open_ones:
            raise NotFound
        open_ones[invitation_id].expires_at = at
        trace(actor, "invitation.withdrawn", at=at, subject_id=invitation_id)


def invite_to_reset(actor: Actor, membership_id: UUID, *, at: datetime) -> NewLink:
    """Make a link by which a colleague chooses a new password.

    Raises:
        NotFound: no such colleague.
        Forbidden: the actor does not administer the organisation.
        MemberElsewhere: the password opens another organisation too.
    """
    require(policies.can_change_people, actor, actor.organisation_id)
    with transaction():
        membership = queries.get_colleague(actor, membership_id)
        if len(queries.live_memberships(membership.user_id)) > 1:
            raise MemberElsewhere
        user = membership.user
        return make_link(
            actor,
            InvitationPurpose.RESET_PASSWORD,
            organisation_id=actor.organisation_id,
            invitee=Invitee(user.email, user.name, membership.roles),
            at=at,
        )


def accept_invitation(
    secret: str, password: str, name: str | None, address: str, *, at: datetime, passwords: Passwords
) -> Invitation:
    """Take up a link: join the organisation, or choose a new password. Signs in nobody.

    Somebody who has a password already joins with that one: a link from one organisation never
    changes what opens another.

    Raises:
        LinkSpent: the link works no more.
        TooMany: the password of somebody who is known already was tried too often.
        Invalid: the password is weak, or not theirs.
    """
    found = _open_invitation(secret, at)
    kept = _password_for(found, password, name, address, at=at, passwords=passwords)
    with transaction() as session:
        invitation = _open_invitation(secret, at, for_update=True)
        invitation.used_at = at
        user = queries.find_user(invitation.email)
        if user is None:
            user = User(id=new_id(), email=invitation.email, name=name or invitation.name, created_at=at)
            session.add(user)
        user.password_hash = kept
        session.flush()
        if invitation.purpose is InvitationPurpose.JOIN:
            _join(user, invitation, at)
        else:
            end_sessions(SignInSession.user_id == user.id, at=at)
        trace(None, "invitation.accepted", at=at, subject_id=user.id, purpose=invitation.purpose.value)
    return invitation


def _password_for(
    found: Invitation, password: str, name: str | None, address: str, *, at: datetime, passwords: Passwords
) -> str:
    """Return the hash to keep: of the new password, or the one that somebody who is known has already."""
    user = queries.find_user(found.email)
    if found.purpose is InvitationPurpose.JOIN and user is not None and user.password_hash:
        keys = throttle_keys(found.email, address)
        count_try(keys, at=at)
        if not passwords.fits(password, user.password_hash):
            raise Invalid.field(
                "password", "wrong-password", "You have a password here already; use that one to join."
            )
        forget_tries(keys)
        return user.password_hash
    require_strong(
        password,
        "password",
        email=found.email,
        name=name or found.name,
        organisation_id=found.organisation_id,
    )
    return passwords.hash(password)


def _open_invitation(secret: str, at: datetime, *, for_update: bool = False) -> Invitation:
    query = select(Invitation).where(
        Invitation.secret_hash == rules.hash_secret(secret),
        Invitation.used_at.is_(None),
        Invitation.expires_at > at,
    )
    query = query.with_for_update().execution_options(populate_existing=True) if for_update else query
    invitation = db.session().scalar(query)
    if invitation is None:
        raise LinkSpent
    return invitation


def _join(user: User, invitation: Invitation, at: datetime) -> None:
    """Add the membership, or begin one anew that had ended."""
    session = db.session()
    membership = session.scalar(
        select(Membership).where(
            Membership.user_id == user.id, Membership.organisation_id == invitation.organisation_id
        )
    )
    if membership is None:
        membership = Membership(
            user_id=user.id, organisation_id=invitation.organisation_id, roles=[], created_at=at
        )
        session.add(membership)
    membership.roles = list(invitation.roles)
    membership.ended_at = None
