"""Changing one's own password."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from app.accounts import rules
from app.accounts.actions.sessions import end_sessions
from app.accounts.actions.throttle import count_try, forget_tries, throttle_keys
from app.accounts.models import SignInSession, User
from app.accounts.rules import Passwords
from app.audit.actions import trace
from app.core.database import db, transaction
from app.core.errors import Invalid
from app.core.permissions import Actor
from app.organisations.models import Organisation


def change_password(
    actor: Actor, current: str, new: str, address: str, *, at: datetime, passwords: Passwords
) -> None:
    """Change one's own password; every other session of the user ends.

    Raises:
        TooMany: the current one was tried too often.
        Invalid: the current one is wrong, or the new one is weak.
    """
    user = db.session().get_one(User, actor.user_id)
    keys = throttle_keys(user.email, address)
    count_try(keys, at=at)
    if not passwords.fits(current, user.password_hash):
        raise Invalid.field("current", "wrong-password", "This is not your password.")
    require_strong(new, "new", email=user.email, name=user.name, organisation_id=actor.organisation_id)
    kept = passwords.hash(new)
    with transaction() as session:
        forget_tries(keys)
        session.execute(update(User).where(User.id == actor.user_id).values(password_hash=kept))
        end_sessions(SignInSession.user_id == actor.user_id, SignInSession.id != actor.session_id, at=at)
        trace(actor, "password.changed", at=at, subject_id=actor.user_id)


def require_strong(password: str, field: str, *, email: str, name: str, organisation_id: UUID) -> None:
    """Let a new password pass.

    Raises:
        Invalid: it is short, common, or about its owner.
    """
    organisation = db.session().get_one(Organisation, organisation_id)
    fault = rules.password_fault(password, (email, name, organisation.name))
    if fault is not None:
        raise Invalid.field(field, *fault)
