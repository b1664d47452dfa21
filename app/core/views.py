"""Whether Waymark lives and is ready, its API's document, and the app in the browser."""

import json
import mimetypes
from pathlib import Path
from typing import Any

from flask import Blueprint as PlainBlueprint
from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import Schema, fields
from werkzeug.exceptions import NotFound, ServiceUnavailable
from werkzeug.routing import PathConverter
from werkzeug.security import safe_join

from app.core.health import unready_parts
from app.core.web import public, require_no_query
from config import Config

FOREVER_SECONDS = 365 * 24 * 3600
STYLE = Path(__file__).parent / "templates" / "docs.css"
# Those that not every machine's list knows, or knows alike.
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

health = Blueprint("health", __name__, description="For whoever watches the installation")
pages = PlainBlueprint("pages", __name__, template_folder="templates")


class PageConverter(PathConverter):
    """Every address that is neither the API's nor a built file's: the app in the browser knows them."""

    regex = r"(?!api(?:/|$)|assets/)[^/].*?"


class StateSchema(Schema):
    """A word on how it stands."""

    status = fields.String(required=True)


@health.get("/livez")
@public
@health.response(200, StateSchema)
def show_life() -> dict[str, str]:
    """Say that the process serves."""
    require_no_query()
    return {"status": "alive"}


@health.get("/readyz")
@public
@health.response(200, StateSchema)
@health.alt_response(503, description="Part of what Waymark stands on is missing.")
def show_readiness() -> dict[str, str]:
    """Say whether the database answers, is up to date, and files can be reached."""
    require_no_query()
    missing = unready_parts(current_app)
    if missing:
        raise ServiceUnavailable(f"Not ready: {', '.join(missing)}.")
    return {"status": "ready"}


@pages.get("/openapi.json")
@public
def show_openapi() -> ResponseReturnValue:
    """Hand out the API's OpenAPI 3.1 document."""
    document = json.dumps(_document(), ensure_ascii=False, indent=1)
    response = Response(document, mimetype="application/json")
    response.add_etag()
    return response.make_conditional(request)


@pages.get("/docs")
@public
def show_docs() -> ResponseReturnValue:
    """Show the API's document as a page to read."""
    document = _document()
    return render_template("docs.html", api=document, groups=_groups(document))


@pages.get("/docs.css")
@public
def show_docs_style() -> ResponseReturnValue:
    """Hand out the look of that page."""
    return Response(STYLE.read_text(encoding="utf-8"), mimetype="text/css")


def _document() -> dict[str, Any]:
    document: dict[str, Any] = current_app.extensions["openapi"]()
    return document


def _groups(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the operations by tag, each with its address, method and what it takes and answers."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document["paths"].items():
        shared = methods.get("parameters", [])
        for method, operation in methods.items():
            if method == "parameters":
                continue
            entry = {
                **operation,
                "path": path,
                "method": method.upper(),
                "parameters": [*shared, *operation.get("parameters", [])],
            }
            groups.setdefault((operation.get("tags") or ["other"])[0], []).append(entry)
    return groups


@pages.get("/")
@public
def show_app() -> ResponseReturnValue:
    """Hand out the app in the browser."""
    return _built_file("index.html")


@pages.get("/<page:address>")
@public
def show_page(address: str) -> ResponseReturnValue:
    """Hand out a built file, or the app, which knows the addresses of its own screens."""
    if safe_join(str(_frontend()), address) and (_frontend() / address).is_file():
        return _built_file(address)
    if address.rpartition("/")[2].count("."):
        raise NotFound
    return _built_file("index.html")


@pages.get("/assets/<path:name>")
@public
def show_asset(name: str) -> ResponseReturnValue:
    """Hand out a built file whose name holds its hash, to be kept for good."""
    response = _built_file(f"assets/{name}")
    response.headers["Cache-Control"] = f"public, max-age={FOREVER_SECONDS}, immutable"
    return response


def _frontend() -> Path:
    config: Config = current_app.config["WAYMARK"]
    return config.frontend_folder


def _built_file(name: str) -> Response:
    """Return a file of the build in the smallest form that the browser takes."""
    where = safe_join(str(_frontend()), name)
    if where is None or not Path(where).is_file():
        if name == "index.html":
            raise ServiceUnavailable("The app in the browser is not built; run `make setup`.")
        raise NotFound
    encoding, suffix = next(
        (
            (encoding, suffix)
            for encoding, suffix in ENCODINGS
            if request.accept_encodings[encoding] > 0 and Path(where + suffix).is_file()
        ),
        ("", ""),
    )
    response = Response(Path(where + suffix).read_bytes(), mimetype=_media_type(name))
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Encoding")
    response.add_etag()
    response.make_conditional(request)
    return response


def _media_type(name: str) -> str:
    known = MEDIA_TYPES.get(Path(name).suffix)
    return known or mimetypes.guess_type(name)[0] or "application/octet-stream"


def prepare(app: Flask) -> None:
    """Teach the application the addresses of pages; called before the blueprints are mounted."""
    app.url_map.converters["page"] = PageConverter


BLUEPRINTS = (health,)
PLAIN_BLUEPRINTS = (pages,)
