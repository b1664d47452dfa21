"""Choosing the language one reads in."""

from datetime import datetime

from sqlalchemy import update

from app.accounts.models import SignInSession, User
from app.audit.actions import trace
from app.core.database import transaction
from app.core.permissions import Actor


def choose_language(actor: Actor, language: str, *, at: datetime) -> None:
    """Keep the user's language; each of their sessions speaks it from the next request on."""
    with transaction() as session:
        session.execute(update(User).where(User.id == actor.user_id).values(language=language))
        session.execute(
            update(SignInSession).where(SignInSession.user_id == actor.user_id).values(language=language)
        )
        trace(actor, "language.chosen", at=at, subject_id=actor.user_id, language=language)
