"""Signing in and out."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, update

from app.accounts import queries, rules
from app.accounts.actions.throttle import count_try, forget_tries, throttle_keys
from app.accounts.errors import SignInRefused
from app.accounts.models import Invitation, Membership, SignInSession, SignInThrottle, User
from app.accounts.rules import Limits, Passwords
from app.audit.actions import trace
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.permissions import Actor, Role


@dataclass(frozen=True)
class NewSignIn:
    """A sign-in just begun: the secret goes into the cookie and is kept nowhere."""

    actor: Actor
    secret: str


def sign_in(
    email: str, password: str, address: str, *, at: datetime, passwords: Passwords, limits: Limits
) -> NewSignIn:
    """Begin a new session for whoever knows the password.

    The try is counted before the password is checked, so that many at once count as many; success
    forgets it. An unknown address costs the same time and gets the same answer.

    Raises:
        TooMany: too many failures of this account from this address, or of this address.
        SignInRefused: the two do not go together, or the user works nowhere any more.
    """
    keys = throttle_keys(email, address)
    count_try(keys, at=at)
    user = queries.find_user(email)
    fits = passwords.fits(password, user.password_hash if user else None)
    places = queries.live_memberships(user.id) if user else []
    if user is None or not fits or not places:
        with transaction():
            trace(None, "sign-in.refused", at=at, subject_id=user.id if user else None)
        raise SignInRefused
    last_id = queries.last_membership_id(user.id)
    place = next((membership for membership in places if membership.id == last_id), places[0])
    with transaction() as session:
        forget_tries(keys)
        if user.password_hash and passwords.is_outdated(user.password_hash):
            session.execute(
                update(User).where(User.id == user.id).values(password_hash=passwords.hash(password))
            )
        begun = _begin_session(user, place, at=at, limits=limits)
        trace(begun.actor, "session.began", at=at, subject_id=begun.actor.session_id)
    return begun


def _begin_session(user: User, place: Membership, *, at: datetime, limits: Limits) -> NewSignIn:
    secret = rules.new_secret()
    row = SignInSession(
        id=new_id(),
        secret_hash=rules.hash_secret(secret),
        user_id=user.id,
        membership_id=place.id,
        language=user.language,
        created_at=at,
        seen_at=at,
        ends_at=at + limits.absolute,
    )
    db.session().add(row)
    actor = Actor(
        user_id=user.id,
        membership_id=place.id,
        organisation_id=place.organisation_id,
        roles=frozenset(Role(role) for role in place.roles),
        session_id=row.id,
        language=user.language,
    )
    return NewSignIn(actor, secret)


def note_seen(session_id: UUID, *, at: datetime) -> None:
    """Note that a session was used; called at most once a minute for each."""
    with transaction() as session:
        session.execute(update(SignInSession).where(SignInSession.id == session_id).values(seen_at=at))


def sign_out(actor: Actor, *, at: datetime) -> None:
    """End the session the actor uses."""
    with transaction():
        end_sessions(SignInSession.id == actor.session_id, at=at)
        trace(actor, "session.ended", at=at, subject_id=actor.session_id)


def sign_out_everywhere(actor: Actor, *, at: datetime) -> None:
    """End every session of the actor's user."""
    with transaction():
        end_sessions(SignInSession.user_id == actor.user_id, at=at)
        trace(actor, "session.ended-everywhere", at=at, subject_id=actor.user_id)


def end_sessions(*which: ColumnElement[bool], at: datetime) -> None:
    """End the sessions that meet these conditions, in the caller's transaction."""
    db.session().execute(
        update(SignInSession).where(*which, SignInSession.ended_at.is_(None)).values(ended_at=at)
    )


def change_membership(actor: Actor, membership_id: UUID, *, at: datetime) -> Actor:
    """Let the session act in another of the user's memberships from now on, and return the new actor.

    Raises:
        NotFound: it is not one of theirs, or has ended.
    """
    with transaction() as session:
        places = {membership.id: membership for membership in queries.live_memberships(actor.user_id)}
        place = places.get(membership_id)
        if place is None:
            raise NotFound
        session.execute(
            update(SignInSession)
            .where(SignInSession.id == actor.session_id)
            .values(membership_id=membership_id)
        )
        trace(actor, "session.membership-changed", at=at, subject_id=membership_id)
    return replace(
        actor,
        membership_id=place.id,
        organisation_id=place.organisation_id,
        roles=frozenset(Role(role) for role in place.roles),
    )


def purge(*, before: datetime) -> None:
    """Delete sessions, links and counted tries that were over by then; the trail keeps what happened."""
    with transaction() as session:
        session.execute(
            delete(SignInSession).where(or_(SignInSession.ends_at < before, SignInSession.ended_at < before))
        )
        session.execute(
            delete(Invitation).where(or_(Invitation.expires_at < before, Invitation.used_at < before))
        )
        session.execute(delete(SignInThrottle).where(SignInThrottle.last_failed_at < before))
