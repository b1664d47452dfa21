"""Every refusal becomes an RFC 9457 problem here, and nowhere else."""

import logging
import sqlite3
from typing import Any

from flask import Flask, Response, current_app, request
from marshmallow import INCLUDE, Schema, fields
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from app.core.errors import DomainError, FieldFault, Invalid, TooMany

log = logging.getLogger("waymark")

FIRST_ERROR = 400

# Words for what HTTP itself refuses; everything else comes from a DomainError.
HTTP_WORDS = {
    400: ("malformed", "The request could not be read."),
    404: ("not-found", "There is nothing here that you can see."),
    405: ("method-not-allowed", "This address does not take this method; `Allow` lists those it takes."),
    406: ("not-acceptable", "Ask for application/json."),
    408: ("request-timeout", "The request took too long; send it again."),
    413: ("too-large", "The request is larger than this address takes."),
    415: ("media-type", "Send the body as application/json with Content-Type set."),
    416: ("range", "That part of the file does not exist."),
    428: ("precondition-required", "Send If-Match with the version you changed."),
    503: ("come-back-later", "The server is busy; send the request again later."),
}


# PostgreSQL's classes of error that pass: connection lost, deadlock or serialization, resources, a lock not
# had in time, a statement cancelled or the server going down. Source: PostgreSQL manual, appendix A
_PASSING = ("08", "40", "53", "55P03", "57")


class FieldFaultSchema(Schema):
    """One fault of one field."""

    field = fields.String(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    value = fields.String(
        metadata={"description": "What the detail names, to say it in another language; absent where none"}
    )


class ProblemSchema(Schema):
    """A refusal: what, why, and which fields; some add what a client can go on with, such as a `state`."""

    class Meta:
        unknown = INCLUDE  # the document says so, too: RFC 9457 lets a problem carry more members

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldFaultSchema))


def problem(
    status: int, code: str, title: str, detail: str, faults: tuple[FieldFault, ...] = (), **more: Any
) -> Response:
    """Return a problem document.

    Source:
        RFC 9457, sections 3 and 4
    """
    body: dict[str, Any] = {
        "type": f"https://waymark.invalid/problems/{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    if faults:
        body["errors"] = [fault.plain() for fault in faults]
    response = current_app.make_response(current_app.json.response(body))
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def problem_of(error: DomainError) -> dict[str, Any]:
    """Return a refusal as the plain object that stands in a batch's answer."""
    body: dict[str, Any] = {"code": error.code, "title": error.title, "detail": error.detail}
    if isinstance(error, Invalid) and error.faults:
        body["errors"] = [fault.plain() for fault in error.faults]
    return body


def flatten(messages: Any, path: str = "") -> list[FieldFault]:
    """Return marshmallow's nested messages as one flat list; a field is ``items.3.body.kind``."""
    if isinstance(messages, dict):
        return [
            fault
            for key, inner in messages.items()
            for fault in flatten(inner, path if key == "_schema" else f"{path}.{key}".lstrip("."))
        ]
    texts = messages if isinstance(messages, list) else [messages]
    found: list[FieldFault] = []
    for entry in texts:
        if isinstance(entry, dict):
            found += flatten(entry, path)
        else:
            found.append(FieldFault(path, _code_of(str(entry)), str(entry)))
    return found


def _code_of(message: str) -> str:
    if message.startswith("Missing data"):
        return "missing"
    if message.startswith("Unknown field"):
        return "unknown-field"
    return "not-valid"


def answer_domain_error(error: DomainError) -> Response:
    """Answer a refusal of the domain."""
    faults = error.faults if isinstance(error, Invalid) else ()
    more = {key: value for key, value in error.context.items() if key not in {"status", "code", "title"}}
    response = problem(error.status, error.code, error.title, error.detail, faults, **more)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response


def answer_http_error(error: HTTPException) -> Response:
    """Answer what werkzeug, webargs or flask-smorest refused."""
    status = error.code or 500
    if error.response is not None and status < FIRST_ERROR:
        return current_app.make_response(error.response)
    data = getattr(error, "data", None) or {}
    messages = data.get("messages")
    if messages:
        where = _without_location(messages)
        faults = tuple(flatten(where))
        response = problem(422, "invalid", "Some fields need correcting", _summary(faults), faults)
    else:
        code, words = HTTP_WORDS.get(status, ("refused", error.description or error.name))
        if isinstance(error, RequestEntityTooLarge) and request.max_content_length:
            words += f" It takes {request.max_content_length / 2**20:.3g} MB."
        response = problem(status, code, error.name, words)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, RequestEntityTooLarge):
        response.headers["Connection"] = "close"
    return response


def _without_location(messages: dict[str, Any]) -> Any:
    """Drop webargs' outer key (json, query, …), which is no field of anybody's."""
    if len(messages) == 1 and next(iter(messages)) in {"json", "query", "path", "headers", "files", "form"}:
        return next(iter(messages.values()))
    return messages


def _summary(faults: tuple[FieldFault, ...]) -> str:
    if len(faults) == 1:
        return f"{faults[0].field or 'The body'}: {faults[0].detail}"
    return f"{len(faults)} fields need correcting."


def _answer_database_error(error: DBAPIError) -> Response:
    if not _is_passing(error.orig):
        return _answer_unexpected(error)
    log.warning("busy database at %s %s", request.method, request.url_rule.rule if request.url_rule else "-")
    return _answer_busy()


def _answer_no_connection(_error: PoolTimeout) -> Response:
    log.warning("no connection free at %s", request.method)
    return _answer_busy()


def _answer_busy() -> Response:
    response = problem(503, "come-back-later", "Busy", HTTP_WORDS[503][1])
    response.headers["Retry-After"] = "2"
    return response


def _is_passing(error: BaseException | None) -> bool:
    """Whether the same request may well succeed a moment later; nothing of it was kept."""
    if isinstance(error, sqlite3.Error):
        return error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    code = getattr(error, "sqlstate", None) or ""
    return code.startswith(_PASSING)


def _answer_overtaken(error: IntegrityError) -> Response:
    # The net below the actions, which answer every clash they know of in their own words.
    log.warning("overtaken at %s %s", request.method, request.url_rule.rule if request.url_rule else "-")
    if current_app.testing:
        raise error
    return problem(
        409, "conflict", "Conflict", "Somebody changed this at the same moment; look, and try again."
    )


def _answer_unexpected(error: Exception) -> Response:
    # The class and place, never the message: a message may carry what somebody typed.
    log.error(
        "unexpected error %s at %s %s",
        type(error).__name__,
        request.method,
        request.url_rule.rule if request.url_rule else "-",
        exc_info=current_app.testing or current_app.debug,
    )
    if current_app.testing or current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return problem(500, "unexpected", "Something went wrong here", "It has been noted. Try again later.")


def register(app: Flask) -> None:
    """Hang the handlers on the application."""
    app.register_error_handler(DomainError, answer_domain_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(DBAPIError, _answer_database_error)
    app.register_error_handler(PoolTimeout, _answer_no_connection)
    app.register_error_handler(IntegrityError, _answer_overtaken)
    app.register_error_handler(Exception, _answer_unexpected)
