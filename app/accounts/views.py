"""Signing in and out, and an organisation's people."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Request, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from app.accounts import queries
from app.accounts.actions import invitations, languages, people, sessions
from app.accounts.actions import passwords as own_password
from app.accounts.actions.invitations import NewLink
from app.accounts.models import Membership
from app.accounts.rules import SEEN_EVERY, Limits, Passwords, needs_outside_verifier
from app.accounts.schemas import (
    AcceptanceRequestSchema,
    AcceptanceSchema,
    AuditPageSchema,
    AuditQuerySchema,
    InvitationListSchema,
    InvitationRequestSchema,
    InvitationSchema,
    LanguageSchema,
    LinkSchema,
    MembershipChoiceSchema,
    NewLinkSchema,
    OrganisationChangeSchema,
    OrganisationSchema,
    PartnerRequestSchema,
    PartnerSchema,
    PasswordChangeSchema,
    PeopleSchema,
    PersonSchema,
    RolesSchema,
    SessionSchema,
    SignInSchema,
)
from app.audit.queries import EventFilter
from app.core.database import is_postgresql
from app.core.errors import NotSignedIn
from app.core.permissions import Actor
from app.core.web import csrf_token, current_actor, now, public, require_no_query
from config import Config

EVENT_FIELDS = ("id", "at", "name", "user_id", "subject_id", "contract_id", "enrolment_id", "detail")
LONDON = ZoneInfo("Europe/London")

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
        sessions.note_seen(found.actor.session_id, at=now())
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
    current = next((place for place in places if place.id == actor.membership_id), None)
    if current is None:  # it ended just now
        raise NotSignedIn
    return {
        "user": user,
        "membership": current,
        "memberships": places,
        "csrf_token": csrf_token(secret),
        "kept_days": current.organisation.kept_days,
    }


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
    begun = sessions.sign_in(
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
    sessions.sign_out(current_actor(), at=now())
    return _drop_cookie(Response(status=204))


@blueprint.delete("/sessions")
@blueprint.response(204)
def end_sessions() -> ResponseReturnValue:
    """Sign out everywhere, on every device."""
    require_no_query()
    sessions.sign_out_everywhere(current_actor(), at=now())
    return _drop_cookie(Response(status=204))


@blueprint.put("/session/membership")
@blueprint.arguments(MembershipChoiceSchema)
@blueprint.response(200, SessionSchema)
def change_membership(body: dict[str, Any]) -> Any:
    """Act for another of one's organisations from now on."""
    require_no_query()
    actor = sessions.change_membership(current_actor(), body["membership_id"], at=now())
    return _session_body(actor, current_secret())


@blueprint.put("/account/password")
@blueprint.arguments(PasswordChangeSchema)
@blueprint.response(204)
def change_password(body: dict[str, Any]) -> ResponseReturnValue:
    """Change one's own password; every other device is signed out."""
    require_no_query()
    own_password.change_password(
        current_actor(),
        body["current"],
        body["new"],
        request.remote_addr or "",
        at=now(),
        passwords=passwords(),
    )
    return Response(status=204)


@blueprint.put("/account/language")
@blueprint.arguments(LanguageSchema)
@blueprint.response(204)
def choose_language(body: dict[str, Any]) -> ResponseReturnValue:
    """Choose the language one reads in, on every device."""
    require_no_query()
    languages.choose_language(current_actor(), body["language"], at=now())
    return Response(status=204)


def is_single() -> bool:
    """Whether one organisation alone may sign in here."""
    return settings().is_production and not is_postgresql()


def link_of(made: NewLink) -> str:
    """Return the link to copy: the secret stands behind the #, which no server and no log ever sees."""
    return f"{request.host_url}invitation#{made.secret}"


@blueprint.post("/invitations")
@blueprint.arguments(InvitationRequestSchema)
@blueprint.response(201, NewLinkSchema)
def make_invitation(body: dict[str, Any]) -> Any:
    """Invite somebody to one's organisation; the answer shows the link once."""
    require_no_query()
    made = invitations.invite(current_actor(), **body, at=now())
    return {
        **{name: getattr(made.invitation, name) for name in InvitationSchema().fields},
        "link": link_of(made),
    }


@blueprint.get("/invitations")
@blueprint.response(200, InvitationListSchema)
def list_invitations() -> Any:
    """List the links of one's organisation that still work."""
    require_no_query()
    items = queries.find_open_invitations(current_actor(), at=now())
    return {"items": items, "next": None, "count": len(items)}


@blueprint.delete("/invitations/<uuid:invitation_id>")
@blueprint.response(204)
def withdraw_invitation(invitation_id: UUID) -> ResponseReturnValue:
    """Make a link stop working."""
    require_no_query()
    invitations.withdraw_invitation(current_actor(), invitation_id, at=now())
    return Response(status=204)


@blueprint.post("/invitations/acceptance")
@public
@blueprint.arguments(AcceptanceRequestSchema)
@blueprint.response(200, AcceptanceSchema)
def accept_invitation(body: dict[str, Any]) -> Any:
    """Take up a one-time link: join, or choose a new password. Signs in nobody."""
    require_no_query()
    accepted = invitations.accept_invitation(
        body["secret"],
        body["password"],
        body.get("name"),
        request.remote_addr or "",
        at=now(),
        passwords=passwords(),
    )
    return {"email": accepted.email, "organisation": queries.get_organisation(accepted.organisation_id)}


@blueprint.get("/people")
@blueprint.response(200, PeopleSchema)
def list_people() -> Any:
    """List who works for one's organisation."""
    require_no_query()
    items = queries.find_colleagues(current_actor())
    return {"items": items, "next": None, "count": len(items)}


@blueprint.put("/people/<uuid:membership_id>")
@blueprint.arguments(RolesSchema)
@blueprint.response(200, PersonSchema)
def change_roles(body: dict[str, Any], membership_id: UUID) -> Membership:
    """Give a colleague these roles and no others."""
    require_no_query()
    return people.change_roles(current_actor(), membership_id, body["roles"], at=now())


@blueprint.delete("/people/<uuid:membership_id>")
@blueprint.response(204)
def end_membership(membership_id: UUID) -> ResponseReturnValue:
    """End a colleague's place in the organisation; they are signed out of it at once."""
    require_no_query()
    people.end_membership(current_actor(), membership_id, at=now())
    return Response(status=204)


@blueprint.post("/people/<uuid:membership_id>/password-reset")
@blueprint.response(201, LinkSchema)
def reset_password(membership_id: UUID) -> Any:
    """Make a one-time link by which a colleague chooses a new password."""
    require_no_query()
    made = invitations.invite_to_reset(current_actor(), membership_id, at=now())
    return {"link": link_of(made), "expires_at": made.invitation.expires_at}


@blueprint.get("/organisation")
@blueprint.response(200, OrganisationSchema)
def show_organisation() -> Any:
    """Show one's own organisation and its settings."""
    require_no_query()
    return _organisation_body(current_actor())


@blueprint.put("/organisation")
@blueprint.arguments(OrganisationChangeSchema)
@blueprint.response(200, OrganisationSchema)
def change_organisation(body: dict[str, Any]) -> Any:
    """Change the settings of one's own organisation."""
    require_no_query()
    people.change_organisation(current_actor(), **body, at=now())
    return _organisation_body(current_actor())


def _organisation_body(actor: Actor) -> dict[str, Any]:
    organisation = queries.get_own_organisation(actor)
    people_count = queries.count_people(organisation.id)
    verifier_id = organisation.outside_verifier_id
    return {
        "id": organisation.id,
        "name": organisation.name,
        "short_name": organisation.short_name,
        "people_count": people_count,
        "needs_outside_verifier": needs_outside_verifier(people_count),
        "outside_verifier": queries.get_user(verifier_id) if verifier_id else None,
        "kept_days": organisation.kept_days,
    }


@blueprint.post("/organisations")
@blueprint.arguments(PartnerRequestSchema)
@blueprint.response(201, PartnerSchema)
def add_partner(body: dict[str, Any]) -> Any:
    """Add an organisation to work with; where it is to sign in, the answer shows the link once."""
    require_no_query()
    person = body.get("administrator")
    organisation, made = people.add_partner(
        current_actor(),
        name=body["name"],
        short_name=body["short_name"],
        administrator=(person["email"], person["name"]) if person else None,
        is_single=is_single(),
        at=now(),
    )
    return {
        "id": organisation.id,
        "name": organisation.name,
        "short_name": organisation.short_name,
        "link": link_of(made) if made else None,
    }


@blueprint.get("/audit")
@blueprint.arguments(AuditQuerySchema, location="query")
@blueprint.response(200, AuditPageSchema)
def list_events(query: dict[str, Any]) -> Any:
    """Show what one's organisation did and read, newest first."""
    day = query.get("day")
    since = datetime.combine(day, time(), LONDON) if day else None
    wanted = EventFilter(
        query.get("name"),
        query.get("user_id"),
        since,
        datetime.combine(day + timedelta(days=1), time(), LONDON) if day else None,
    )
    page = queries.visible_events(current_actor(), wanted, after=query.get("after"), limit=query["limit"])
    names = queries.names_of(event.user_id for event in page.events if event.user_id)
    items = [
        {
            **{field: getattr(event, field) for field in EVENT_FIELDS},
            "user_name": names.get(event.user_id) if event.user_id else None,
        }
        for event in page.events
    ]
    return {"items": items, "next": page.next, "count": len(items)}


BLUEPRINTS = (blueprint,)
