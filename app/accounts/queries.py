"""Reads of accounts: the signed-in session by one row, people, invitations, the organisation's trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from app.accounts import policies
from app.accounts.models import Invitation, Membership, SignInSession, User
from app.accounts.rules import Limits, hash_secret, is_over
from app.audit.queries import EventFilter, Page, find_events
from app.core.database import db
from app.core.errors import NotFound
from app.core.hot import HotStatement
from app.core.permissions import Actor, Role, require
from app.organisations.models import Organisation

_SIGNED_IN = HotStatement(
    select(
        SignInSession.id,
        SignInSession.user_id,
        SignInSession.membership_id,
        SignInSession.seen_at,
        SignInSession.ends_at,
        SignInSession.language,
        Membership.organisation_id,
        Membership.roles,
    )
    .join(Membership, Membership.id == SignInSession.membership_id)
    .where(
        SignInSession.ended_at.is_(None),
        Membership.ended_at.is_(None),
        SignInSession.secret_hash == bindparam("secret_hash"),
    )
)


@dataclass(frozen=True)
class SignedIn:
    """A live sign-in: who acts, and when they were last seen."""

    actor: Actor
    seen_at: datetime


def find_signed_in(secret: str, limits: Limits, *, at: datetime) -> SignedIn | None:
    """Return the live sign-in that a cookie's secret opens, by one indexed row; every request asks."""
    row = _SIGNED_IN.one_or_none({"secret_hash": hash_secret(secret)})
    if row is None or is_over(row.ends_at, row.seen_at, limits, at):
        return None
    return SignedIn(_actor(row), row.seen_at)


def _actor(row: Any) -> Actor:
    return Actor(
        user_id=row.user_id,
        membership_id=row.membership_id,
        organisation_id=row.organisation_id,
        roles=frozenset(Role(role) for role in row.roles),
        session_id=row.id,
        language=row.language,
    )


def find_user(email: str) -> User | None:
    """Return the user with an e-mail address, however it is capitalised."""
    return db.session().scalar(select(User).where(User.email == email.strip().lower()))


def get_user(user_id: UUID) -> User:
    """Return the user of a session."""
    return db.session().get_one(User, user_id)


def get_organisation(organisation_id: UUID) -> Organisation:
    """Return the organisation of an invitation or membership."""
    return db.session().get_one(Organisation, organisation_id)


def get_own_organisation(actor: Actor) -> Organisation:
    """Return the organisation the actor works for.

    Raises:
        Forbidden: the actor is its operator only.
    """
    require(policies.can_see_organisation, actor, actor.organisation_id)
    return get_organisation(actor.organisation_id)


def live_memberships(user_id: UUID) -> list[Membership]:
    """Return where a user works today, by the organisation's name, each with its organisation."""
    memberships = db.session().scalars(
        select(Membership)
        .options(joinedload(Membership.organisation))
        .where(Membership.user_id == user_id, Membership.ended_at.is_(None))
    )
    return sorted(memberships, key=lambda membership: membership.organisation.name)


def is_member(user_id: UUID, organisation_id: UUID) -> bool:
    """Whether a user works for an organisation today."""
    return any(place.organisation_id == organisation_id for place in live_memberships(user_id))


def last_membership_id(user_id: UUID) -> UUID | None:
    """Return the membership a user acted in at their newest sign-in."""
    return db.session().scalar(
        select(SignInSession.membership_id)
        .where(SignInSession.user_id == user_id)
        .order_by(SignInSession.created_at.desc())
        .limit(1)
    )


def colleagues(actor: Actor) -> Select[Membership]:
    """Return the memberships of the actor's own organisation, ended ones too."""
    return select(Membership).where(Membership.organisation_id == actor.organisation_id)


def find_colleagues(actor: Actor) -> list[Membership]:
    """Return who works in the actor's organisation today, by name.

    Raises:
        Forbidden: the actor is neither its administrator nor a manager there.
    """
    require(policies.can_see_people, actor, actor.organisation_id)
    query = (
        colleagues(actor)
        .where(Membership.ended_at.is_(None))
        .join(Membership.user)
        .options(joinedload(Membership.user))
        .order_by(User.name, Membership.id)
    )
    return list(db.session().scalars(query))


def get_colleague(actor: Actor, membership_id: UUID) -> Membership:
    """Return one live membership of the actor's organisation.

    Raises:
        NotFound: there is none.
    """
    query = colleagues(actor).where(Membership.id == membership_id, Membership.ended_at.is_(None))
    membership = db.session().scalar(query.options(joinedload(Membership.user)))
    if membership is None:
        raise NotFound
    return membership


def count_administrators(organisation_id: UUID) -> int:
    """Return how many administrators an organisation has today."""
    rows = db.session().scalars(
        select(Membership.roles).where(
            Membership.organisation_id == organisation_id, Membership.ended_at.is_(None)
        )
    )
    return sum(Role.ADMINISTRATOR.value in roles for roles in rows)


def count_people(organisation_id: UUID) -> int:
    """Return how many people work for an organisation today."""
    query = select(func.count()).where(
        Membership.organisation_id == organisation_id, Membership.ended_at.is_(None)
    )
    return db.session().scalar(query) or 0


def find_open_invitations(actor: Actor, *, at: datetime) -> list[Invitation]:
    """Return the links of the actor's organisation that still work, newest first.

    Raises:
        Forbidden: the actor does not administer it.
    """
    require(policies.can_change_people, actor, actor.organisation_id)
    query = (
        select(Invitation)
        .where(
            Invitation.organisation_id == actor.organisation_id,
            Invitation.used_at.is_(None),
            Invitation.expires_at > at,
        )
        .order_by(Invitation.created_at.desc(), Invitation.id)
    )
    return list(db.session().scalars(query))


def signing_in_organisations() -> set[UUID]:
    """Return the organisations that have, or are about to have, somebody who signs in."""
    members = select(Membership.organisation_id).where(Membership.ended_at.is_(None))
    invited = select(Invitation.organisation_id).where(Invitation.used_at.is_(None))
    return set(db.session().scalars(members.union(invited)))


def visible_events(actor: Actor, wanted: EventFilter, *, after: str | None, limit: int) -> Page:
    """Return what the actor's organisation did, newest first.

    Raises:
        Forbidden: the actor does not administer it.
    """
    require(policies.can_see_audit, actor, actor.organisation_id)
    return find_events(actor.organisation_id, wanted, after=after, limit=limit)


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return users' names by id."""
    rows = db.session().execute(select(User.id, User.name).where(User.id.in_(set(user_ids))))
    return {row.id: row.name for row in rows}
