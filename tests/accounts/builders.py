"""Users who can sign in, and clients that have."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask.testing import FlaskClient

from app.accounts.models import Membership, SignInSession, User
from app.accounts.rules import Passwords, hash_secret, new_secret
from app.core.permissions import Actor, Role
from app.core.web import csrf_token
from app.organisations.models import Organisation
from tests.builders import make_membership, make_user, save

PASSWORD = "three odd walnuts"
CHEAP = Passwords(memory_kib=8, passes=1)


def make_account(*roles: Role, at: Organisation | UUID | None = None, name: str = "Amina Okafor") -> User:
    """Make a user with `PASSWORD` who works somewhere."""
    user = make_user(name, password_hash=CHEAP.hash(PASSWORD))
    make_membership(*roles, at=at, user=user)
    return user


def sign_in_as(client: FlaskClient, who: Actor | Membership) -> dict[str, str]:
    """Give the client a live session and return the headers that its unsafe requests need.

    Signing in as somebody else afterwards replaces the session.
    """
    at = datetime.now(UTC)
    secret = new_secret()
    save(
        SignInSession(
            secret_hash=hash_secret(secret),
            user_id=who.user_id,
            membership_id=who.membership_id if isinstance(who, Actor) else who.id,
            created_at=at,
            seen_at=at,
            ends_at=at + timedelta(hours=12),
        )
    )
    client.set_cookie("waymark", secret)
    return {"X-CSRF-Token": csrf_token(secret)}
