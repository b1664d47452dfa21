"""Signing in and out, one-time links, and an organisation's people."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from app.accounts import queries, rules
from app.accounts.errors import SignInRefused
from app.accounts.models import Membership, SignInSession, SignInThrottle, User
from app.accounts.rules import Limits, Passwords
from app.audit.actions import trace
from app.core.database import db, transaction
from app.core.errors import Invalid, NotFound, TooMany
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.organisations.models import Organisation


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
    keys = _throttle_keys(email, address)
    _count_try(keys, at=at)
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
        session.execute(delete(SignInThrottle).where(SignInThrottle.key_hash == keys[0][0]))
        session.execute(
            update(SignInThrottle).where(SignInThrottle.key_hash == keys[1][0]).values(failures=0)
        )
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
        _end_sessions(SignInSession.id == actor.session_id, at=at)
        trace(actor, "session.ended", at=at, subject_id=actor.session_id)


def sign_out_everywhere(actor: Actor, *, at: datetime) -> None:
    """End every session of the actor's user."""
    with transaction():
        _end_sessions(SignInSession.user_id == actor.user_id, at=at)
        trace(actor, "session.ended-everywhere", at=at, subject_id=actor.user_id)


def _end_sessions(*which: object, at: datetime) -> None:
    db.session().execute(
        update(SignInSession).where(*which, SignInSession.ended_at.is_(None)).values(ended_at=at)  # type: ignore[arg-type]
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


def change_password(
    actor: Actor, current: str, new: str, address: str, *, at: datetime, passwords: Passwords
) -> None:
    """Change one's own password; every other session of the user ends.

    Raises:
        TooMany: the current one was tried too often.
        Invalid: the current one is wrong, or the new one is weak.
    """
    user = db.session().get_one(User, actor.user_id)
    keys = _throttle_keys(user.email, address)
    _count_try(keys, at=at)
    if not passwords.fits(current, user.password_hash):
        raise Invalid.field("current", "wrong-password", "This is not your password.")
    _require_strong(new, "new", user, actor.organisation_id)
    kept = passwords.hash(new)
    with transaction() as session:
        session.execute(delete(SignInThrottle).where(SignInThrottle.key_hash == keys[0][0]))
        session.execute(update(User).where(User.id == actor.user_id).values(password_hash=kept))
        _end_sessions(SignInSession.user_id == actor.user_id, SignInSession.id != actor.session_id, at=at)
        trace(actor, "password.changed", at=at, subject_id=actor.user_id)


def _require_strong(password: str, field: str, user: User, organisation_id: UUID) -> None:
    organisation = db.session().get_one(Organisation, organisation_id)
    fault = rules.password_fault(password, (user.email, user.name, organisation.name))
    if fault is not None:
        raise Invalid.field(field, *fault)


def _throttle_keys(email: str, address: str) -> tuple[tuple[bytes, int], tuple[bytes, int]]:
    """Return the two counters of a try with the failures each allows before it makes people wait."""
    account = hashlib.sha256(f"account:{email.strip().lower()}|{address}".encode()).digest()
    place = hashlib.sha256(f"address:{address}".encode()).digest()
    return (account, rules.FREE_TRIES_ACCOUNT), (place, rules.FREE_TRIES_ADDRESS)


def _count_try(keys: tuple[tuple[bytes, int], ...], *, at: datetime) -> None:
    with transaction() as session:
        waits: list[timedelta] = []
        for key, free_tries in keys:
            row = session.scalar(
                select(SignInThrottle).where(SignInThrottle.key_hash == key).with_for_update()
            )
            if row is None:
                row = SignInThrottle(key_hash=key, failures=0, last_failed_at=at)
                session.add(row)
            if row.blocked_until is not None and row.blocked_until > at:
                waits.append(row.blocked_until - at)
                continue
            if at - row.last_failed_at > rules.FORGOTTEN_AFTER:
                row.failures = 0
            row.failures += 1
            row.last_failed_at = at
            row.blocked_until = at + rules.delay_after(row.failures, free_tries)
    if waits:
        seconds = int(max(waits).total_seconds()) + 1
        raise TooMany("Too many tries; wait a little, then try again.", seconds)
