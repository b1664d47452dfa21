"""The picture before the worker's tablet, and on the person's own phone."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from flask import Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from app.core.errors import Invalid
from app.core.json import write_json
from app.core.web import current_actor, now, public, require_no_query
from app.disagreements.schemas import DisagreementSchema
from app.pictures import actions
from app.pictures.errors import PictureLinkSpent
from app.pictures.rules import LINK_LIFETIME
from app.pictures.schemas import (
    NewPictureLinkSchema,
    PictureLinkListSchema,
    PictureLinkRequestSchema,
    PictureLinkSchema,
    PictureOpenedSchema,
    PictureOpeningSchema,
    PictureSchema,
)
from app.records.rules import Draft
from app.records.schemas import RecordedSchema, answer_to
from config import Config

QR_SCALE, QR_BORDER = 6, 4  # units a module; the quiet zone that ISO/IEC 18004 asks for

blueprint = Blueprint("pictures", __name__, url_prefix="/api", description="A person's own picture")


@blueprint.get("/enrolments/<uuid:enrolment_id>/picture")
@blueprint.response(200, PictureSchema)
def show_picture(enrolment_id: UUID) -> Any:
    """Show a person's picture, to look at with them."""
    require_no_query()
    return _ready(actions.read_picture(current_actor(), enrolment_id, at=now()))


@blueprint.post("/enrolments/<uuid:enrolment_id>/picture-links")
@blueprint.arguments(PictureLinkRequestSchema)
@blueprint.response(201, NewPictureLinkSchema)
def make_picture_link(_body: dict[str, Any], enrolment_id: UUID) -> Any:
    """Make a link for the person's own phone; the answer shows it once, and nothing is sent."""
    require_no_query()
    made = actions.share_picture(current_actor(), enrolment_id, at=now())
    # Behind the #, which no server and no log ever sees.
    link = f"{request.host_url}picture#{made.secret}"
    shown = {name: getattr(made.link, name) for name in PictureLinkSchema().fields}
    return {**shown, "link": link, "qr_svg": _qr_svg(link)}


def _qr_svg(link: str) -> str:
    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(
        picture, kind="svg", scale=QR_SCALE, border=QR_BORDER, xmldecl=False, light="white"
    )
    return picture.getvalue().decode()


@blueprint.get("/enrolments/<uuid:enrolment_id>/picture-links")
@blueprint.response(200, PictureLinkListSchema)
def list_picture_links(enrolment_id: UUID) -> Any:
    """List a person's links that still work."""
    require_no_query()
    items = actions.list_links(current_actor(), enrolment_id, at=now())
    return {"items": items, "next": None, "count": len(items)}


@blueprint.delete("/picture-links/<uuid:picture_link_id>")
@blueprint.response(204)
def close_picture_link(picture_link_id: UUID) -> ResponseReturnValue:
    """Make a link stop working, and the phone that opened it."""
    require_no_query()
    actions.close_link(current_actor(), picture_link_id, at=now())
    return Response(status=204)


@blueprint.post("/picture/opening")
@public
@blueprint.arguments(PictureOpeningSchema)
@blueprint.response(200, PictureOpenedSchema)
@blueprint.alt_response(404, description="The link no longer works")
def open_picture(body: dict[str, Any]) -> ResponseReturnValue:
    """Open a link on this phone: the first that does keeps it, by a cookie of its own."""
    require_no_query()
    opened = actions.open_link(body["secret"], request.remote_addr or "", at=now())
    response = jsonify(PictureOpenedSchema().dump(opened.link))
    response.set_cookie(
        _cookie_name(),
        opened.device_secret,
        max_age=LINK_LIFETIME,
        path="/",
        httponly=True,
        secure=_is_secure(),
        samesite="Strict",
    )
    return response


@blueprint.get("/picture")
@public
@blueprint.response(200, PictureSchema)
@blueprint.alt_response(404, description="This phone has opened none")
def show_own_picture() -> Any:
    """Show the picture to the person whose phone this is."""
    require_no_query()
    return _ready(actions.read_own_picture(_device_secret(), at=now()))


@blueprint.post("/picture/records/<uuid:record_id>/disagreement")
@public
@blueprint.arguments(DisagreementSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same disagreement again", success=True)
@blueprint.alt_response(404, description="This phone has opened none")
def disagree_on_phone(draft: Draft, record_id: UUID) -> Any:
    """Say on one's own phone that something is not so, or take that back."""
    require_no_query()
    if draft.detail["subject_id"] not in {None, record_id}:
        raise Invalid.field("subject_id", "not-valid", "The address says which record; leave it out.")
    about = replace(draft, detail={**draft.detail, "subject_id": record_id})
    return answer_to(actions.disagree_on_phone(_device_secret(), record_id, about, at=now()))


@blueprint.delete("/picture")
@public
@blueprint.response(204)
def close_own_picture() -> ResponseReturnValue:
    """Close the picture on this phone for good."""
    require_no_query()
    actions.close_on_phone(_device_secret(), at=now())
    response = Response(status=204)
    response.delete_cookie(_cookie_name(), path="/", httponly=True, secure=_is_secure(), samesite="Strict")
    return response


def _ready(picture: dict[str, Any]) -> Response:
    """Answer a picture, whose parts are as the database wrote them."""
    return Response(write_json(picture), mimetype="application/json")


def _device_secret() -> str:
    secret = request.cookies.get(_cookie_name())
    if not secret:
        raise PictureLinkSpent
    return secret


def _is_secure() -> bool:
    config: Config = current_app.config["WAYMARK"]
    return config.is_production or request.is_secure


def _cookie_name() -> str:
    """Return the cookie's name; the prefix makes browsers refuse it from anywhere but this very host."""
    return "__Host-waymark-picture" if _is_secure() else "waymark-picture"


BLUEPRINTS = (blueprint,)
