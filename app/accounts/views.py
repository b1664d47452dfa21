"""Signing in and out, and an organisation's people."""

from datetime import timedelta
from typing import Any

from flask import Request, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from app.accounts import actions, queries
from app.accounts.rules import SEEN_EVERY, Limits, Passwords
from app.accounts.schemas import (
    MembershipChoiceSchema,
    PasswordChangeSchema,
    SessionSchema,
    SignInSchema,
)
from app.core.permissions import Actor
from app.core.web import csrf_token, current_actor, now, public, require_no_query
from config import Config

blueprint = Blueprint("accounts", __name__, url_prefix="/api", description="Sign-in, people and roles")


class SignedInUser:
    """What Flask-Login knows of a request: the actor, and the secret that its CSRF token rests on."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, actor: Actor, secret: str) -> None:
        self.actor = actor
        self.secret = secret


def load_signed_in(sent: Request) -> SignedInUser | None:
    """Return whoever the request's cookie belongs to."""
    secret = sent.cookies.get(cookie_name(sent))
    if not secret:
        return None
    found = queries.find_signed_in(secret, limits(), at=now())
    if found is None:
        return None
    if found.actor.session_id and now() - found.seen_at >= SEEN_EVERY:
        actions.note_seen(found.actor.session_id, at=now())
    return SignedInUser(found.actor, secret)


def is_secure(sent: Request) -> bool:
    """Whether the cookie goes over https alone: always in production."""
    return settings().is_production or sent.is_secure


def cookie_name(sent: Request) -> str:
    """Return the cookie's name; the prefix makes browsers refuse it from anywhere but this very host."""
    return "__Host-waymark" if is_secure(sent) else "waymark"


def settings() -> Config:
    """Return the application's settings."""
    config: Config = current_app.config["WAYMARK"]
    return config


def limits() -> Limits:
    """Return how long a sign-in lives here."""
    config = settings()
    return Limits(timedelta(minutes=config.session_idle_minutes), timedelta(hours=config.session_hours))


def passwords() -> Passwords:
    """Return what makes and checks password hashes here."""
    keeper: Passwords = current_app.extensions["passwords"]
    return keeper


def _set_cookie(response: Response, secret: str) -> None:
    response.set_cookie(
        cookie_name(request), secret, path="/", httponly=True, secure=is_secure(request), samesite="Lax"
    )


def _drop_cookie(response: Response) -> Response:
    response.delete_cookie(
        cookie_name(request), path="/", httponly=True, secure=is_secure(request), samesite="Lax"
    )
    return response


def _session_body(actor: Actor, secret: str) -> dict[str, Any]:
    user = queries.get_user(actor.user_id)
    places = queries.live_memberships(actor.user_id)
    current = next(place for place in places if place.id == actor.membership_id)
    return {"user": user, "membership": current, "memberships": places, "csrf_token": csrf_token(secret)}


@blueprint.get("/session")
@blueprint.response(200, SessionSchema)
def show_session() -> Any:
    """Say who is signed in, and give a fresh CSRF token."""
    require_no_query()
    return _session_body(current_actor(), current_secret())


def current_secret() -> str:
    """Return the secret of the cookie that this request came with."""
    return request.cookies[cookie_name(request)]


@blueprint.post("/session")
@public
@blueprint.arguments(SignInSchema)
@blueprint.response(200, SessionSchema)
def begin_session(body: dict[str, Any]) -> ResponseReturnValue:
    """Sign in; the answer sets the session's cookie."""
    require_no_query()
    begun = actions.sign_in(
        body["email"],
        body["password"],
        request.remote_addr or "",
        at=now(),
        passwords=passwords(),
        limits=limits(),
    )
    response = jsonify(SessionSchema().dump(_session_body(begun.actor, begun.secret)))
    _set_cookie(response, begun.secret)
    return response


@blueprint.delete("/session")
@blueprint.response(204)
def end_session() -> ResponseReturnValue:
    """Sign out here."""
    require_no_query()
    actions.sign_out(current_actor(), at=now())
    return _drop_cookie(Response(status=204))


@blueprint.delete("/sessions")
@blueprint.response(204)
def end_sessions() -> ResponseReturnValue:
    """Sign out everywhere, on every device."""
    require_no_query()
    actions.sign_out_everywhere(current_actor(), at=now())
    return _drop_cookie(Response(status=204))


@blueprint.put("/session/membership")
@blueprint.arguments(MembershipChoiceSchema)
@blueprint.response(200, SessionSchema)
def change_membership(body: dict[str, Any]) -> Any:
    """Act for another of one's organisations from now on."""
    require_no_query()
    actor = actions.change_membership(current_actor(), body["membership_id"], at=now())
    return _session_body(actor, current_secret())


@blueprint.put("/account/password")
@blueprint.arguments(PasswordChangeSchema)
@blueprint.response(204)
def change_password(body: dict[str, Any]) -> ResponseReturnValue:
    """Change one's own password; every other device is signed out."""
    require_no_query()
    actions.change_password(
        current_actor(),
        body["current"],
        body["new"],
        request.remote_addr or "",
        at=now(),
        passwords=passwords(),
    )
    return Response(status=204)


BLUEPRINTS = (blueprint,)
