"""What every view stands on: the actor, the clock, closed by default, CSRF, headers, strict JSON."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, g, request
from flask.json.provider import DefaultJSONProvider
from flask.sessions import SessionInterface
from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core.errors import FieldFault, Forbidden, Invalid, NotSignedIn
from app.core.json import to_wire
from app.core.permissions import Actor
from config import Config

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
DEPTH_MAX = 40

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

V = TypeVar("V", bound=Callable[..., Any])


def public(view: V) -> V:
    """Let a view answer people who have not signed in; a test pins the list of them."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


class NoBrowserSession(SessionInterface):
    """Flask's own session, kept empty: what Waymark keeps of a browser stands in its database."""

    def open_session(self, app: Flask, request: Request) -> None:
        """Open none; whoever writes to it is refused."""

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Save nothing."""


def now() -> datetime:
    """Return the moment of this request; the same one however often it is asked."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    moment: datetime = g.now
    return moment


def current_actor() -> Actor:
    """Return who acts in this request.

    Raises:
        NotSignedIn: nobody does.
    """
    if not current_user.is_authenticated:
        raise NotSignedIn
    actor: Actor = current_user.actor
    return actor


class CsrfRefused(Forbidden):
    """An unsafe request that did not come from Waymark's own pages."""

    code = "csrf-token"
    title = "The page is out of date"


class MalformedJson(Invalid):
    """The body is not JSON as Waymark reads it."""

    code = "malformed-json"
    status = 400
    title = "The body could not be read"


class WaymarkRequest(Request):
    """A request whose JSON is strict, and whose faults are said in our words."""

    def on_json_loading_failed(self, e: ValueError | None) -> NoReturn:
        """Answer 415 for another media type, 400 with the reason and the place for text that is not JSON."""
        if e is None:
            raise UnsupportedMediaType
        if isinstance(e, StrictJsonError):
            raise MalformedJson(str(e), e.faults)
        reason = "The body is not well-formed JSON"
        if isinstance(e, json.JSONDecodeError):
            reason += f" at line {e.lineno}, column {e.colno}"
        raise MalformedJson(f"{reason}.")


class StrictParser(FlaskParser):
    """Reads bodies by our strict JSON, and refuses unknown fields wherever they stand."""

    DEFAULT_VALIDATION_STATUS = 422
    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - as its base declares it
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "json": RAISE,
        "query": RAISE,
    }

    def _raw_load_json(self, req: Request) -> Any:
        if req.is_json:
            return req.get_json()
        if req.content_length:
            raise UnsupportedMediaType
        return missing

    def _get_schema(self, argmap: Any, req: Request) -> Schema:
        # A schema is as dear to make as to use, and keeps nothing of a request.
        return _schema_of(argmap) if isinstance(argmap, type) else super()._get_schema(argmap, req)


@cache
def _schema_of(schema: type[Schema]) -> Schema:
    return schema()


# Every blueprint of a feature is made after this module was read.
Blueprint.ARGUMENTS_PARSER = StrictParser()


class StrictJsonError(ValueError):
    """JSON that the standard allows and we do not; `faults` name the key where there is one."""

    def __init__(self, message: str, faults: Sequence[FieldFault] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class StrictJson(DefaultJSONProvider):
    """JSON without duplicate keys, NaN, lone surrogates or absurd depth."""

    sort_keys = False
    default = staticmethod(to_wire)

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read JSON.

        Raises:
            StrictJsonError: what stands there is ambiguous or cannot be kept.
        """
        try:
            # As `json.loads` itself decodes; what follows looks at the text.
            text = s if isinstance(s, str) else s.decode(json.detect_encoding(s), "surrogatepass")
            value = json.loads(
                text,
                object_pairs_hook=_no_duplicates,
                parse_int=_whole_number,
                parse_constant=_no_constant,
                **kwargs,
            )
        except RecursionError as error:
            message = "The body is nested too deeply."
            raise StrictJsonError(message) from error
        # Most bodies can hold no such text, and a glance at them whole tells so.
        if _is_doubtful(text):
            _check(value, DEPTH_MAX)
        else:
            _check_depth(value, DEPTH_MAX)
        return value


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            message = f"The key {key[:40]!r} stands twice in one object; send it once."
            raise StrictJsonError(message, [FieldFault(key[:40], "key-twice", message)])
        seen.add(key)
    return found


def _whole_number(digits: str) -> int:
    if len(digits) > _SAFE_DIGITS and (len(digits) > _DIGITS_MAX or abs(int(digits)) >= 2**53):
        message = "A number is too large."
        raise StrictJsonError(message)
    return int(digits)


def _no_constant(name: str) -> NoReturn:
    message = f"{name} is no JSON number."
    raise StrictJsonError(message)


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        message = "The body is nested too deeply."
        raise StrictJsonError(message)
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_text(key)
            _check(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth - 1)


def _check_depth(value: Any, depth: int) -> None:
    if depth == 0:
        message = "The body is nested too deeply."
        raise StrictJsonError(message)
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            if type(inner) in _CONTAINERS:
                _check_depth(inner, depth - 1)


_CONTAINERS = frozenset({dict, list})
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")  # NUL, or half a surrogate pair
_SAFE_DIGITS, _DIGITS_MAX = 15, 17  # always below 2**53; never, whatever the sign


def _is_doubtful(text: str) -> bool:
    """Whether a body may hold a character that cannot be kept."""
    return (
        "\x00" in text
        or ("\\u" in text and _ESCAPED.search(text) is not None)
        or (not text.isascii() and _SURROGATE.search(text) is not None)
    )


def _check_text(value: str) -> None:
    # PostgreSQL keeps no NUL, and no encoding keeps half a surrogate pair.
    if "\x00" in value or (not value.isascii() and _SURROGATE.search(value)):
        message = "A text holds a character that cannot be kept (NUL or half a surrogate pair)."
        raise StrictJsonError(message)


def csrf_token(session_secret: str) -> str:
    """Return the token that pages of one session send with unsafe requests."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, b"csrf:" + session_secret.encode(), hashlib.sha256).hexdigest()


def _is_own_origin() -> bool:
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") in {None, "same-origin", "none"}
    return urlsplit(origin).netloc == request.host


def _guard() -> None:
    """Refuse the signed-out and the cross-site, before any view runs."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return
    if "\x00" in request.path or "%00" in request.query_string.decode("ascii", "replace"):
        message = "A NUL character cannot be kept."
        raise MalformedJson(message)
    if request.method not in SAFE_METHODS and not _is_own_origin():
        detail = "The request came from another site."
        raise CsrfRefused(detail)
    if getattr(view, "is_public", False) or request.endpoint == "static":
        return
    if not current_user.is_authenticated:
        raise NotSignedIn
    if request.method not in SAFE_METHODS:
        sent = request.headers.get("X-CSRF-Token", "")
        if not hmac.compare_digest(sent.encode(), csrf_token(current_user.secret).encode()):
            detail = "Fetch /api/session for a fresh csrf_token and send it as X-CSRF-Token."
            raise CsrfRefused(detail)


def require_no_query() -> None:
    """Refuse query parameters at an address that takes none."""
    for name in request.args:
        raise Invalid("Unknown query parameter.", [FieldFault(name, "unknown-field", "Leave it out.")])


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), payment=()"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.path.startswith("/api/"):
        headers.setdefault(
            "Cache-Control", "private, no-cache" if response.headers.get("ETag") else "no-store"
        )
    return response


def register(app: Flask) -> None:
    """Hang the guard, the headers and strict JSON on the application."""
    app.request_class = WaymarkRequest
    app.json = StrictJson(app)
    app.session_interface = NoBrowserSession()
    # Its own guard works by Flask's session, which is empty here, and hashes the browser's name each time.
    app.config["SESSION_PROTECTION"] = None
    config: Config = app.config["WAYMARK"]
    if config.is_production:
        # Only the reverse proxy reaches the port; it says who asks, and that they came by https.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    app.before_request(_guard)
    app.after_request(_add_headers)
