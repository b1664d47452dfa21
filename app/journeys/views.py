"""Caseloads, journeys and holdings over HTTP."""

import gzip
from typing import Any
from uuid import UUID

from flask import Response, request
from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.journeys.queries.caseload import (
    Filter,
    caseload_counts,
    caseload_looks,
    caseload_page,
    search_caseload,
)
from app.journeys.queries.holdings import holdings_of, readers_of
from app.journeys.queries.journey import find_journey
from app.journeys.schemas.caseload import (
    CaseloadCountsSchema,
    CaseloadFilterSchema,
    CaseloadLooksFilterSchema,
    CaseloadLooksSchema,
    CaseloadSchema,
    CaseloadSearchSchema,
)
from app.journeys.schemas.holdings import HOLDINGS, JourneyReadersFilterSchema, JourneyReadersSchema
from app.journeys.schemas.journey import JourneySchema

caseload = Blueprint("caseload", __name__, url_prefix="/api/caseload", description="Lists of people")
journeys = Blueprint("journeys", __name__, url_prefix="/api/journeys", description="One person's journey")
holdings = Blueprint("holdings", __name__, url_prefix="/api/holdings", description="What a device may hold")
BLUEPRINTS = (caseload, journeys, holdings)

NOT_MODIFIED = 304
COMPRESSED_FROM = 1_024  # characters; less fits into one packet anyway
COMPRESSION = 1  # four fifths of what more pains would save, for a third of the time


def ready_json(text: str) -> Response:
    """Answer JSON that the database has written."""
    return Response(text, mimetype="application/json")


def packed_json(text: str, etag: str) -> Response:
    """Answer JSON under its tag, compressed where the reader takes that: many come by mobile network.

    What is compressed holds no secret of the session, so its length tells none.
    """
    is_packed = len(text) >= COMPRESSED_FROM and request.accept_encodings.quality("gzip") > 0
    body = gzip.compress(text.encode(), COMPRESSION, mtime=0) if is_packed else text
    response = Response(body, mimetype="application/json")
    if is_packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(etag, weak=is_packed)
    return response


def unchanged(etag: str) -> Response:
    """Answer that the reader holds it already."""
    response = Response(status=NOT_MODIFIED)
    response.set_etag(etag)
    return response


@caseload.get("")
@caseload.arguments(CaseloadFilterSchema, location="query")
@caseload.response(200, CaseloadSchema)
def list_caseload(asked: dict[str, Any]) -> Response:
    """List the people whom the actor works with, what needs doing first."""
    wanted = Filter(asked["scope"], asked["state"], asked["needs"], asked["look"])
    return ready_json(
        caseload_page(current_actor(), wanted, after=asked["after"], limit=asked["limit"], at=now())
    )


@caseload.post("/search")
@caseload.arguments(CaseloadSearchSchema)
@caseload.response(200, CaseloadSchema)
def find_people(asked: dict[str, Any]) -> Response:
    """Find people by a part of their name or reference; a POST, so that no name stands in an address."""
    require_no_query()
    return ready_json(search_caseload(current_actor(), asked["text"], asked["scope"], at=now()))


@caseload.get("/counts")
@caseload.response(200, CaseloadCountsSchema)
def count_caseload() -> dict[str, dict[str, int]]:
    """Count the people of each scope by what they need."""
    require_no_query()
    return caseload_counts(current_actor(), at=now())


@caseload.get("/looks")
@caseload.arguments(CaseloadLooksFilterSchema, location="query")
@caseload.response(200, CaseloadLooksSchema)
def count_looks(asked: dict[str, Any]) -> dict[str, int]:
    """Count who moves, who is stuck, who was not met, and whose baseline is about to close."""
    return caseload_looks(current_actor(), asked["scope"], at=now())


@journeys.get("/<uuid:enrolment_id>")
@journeys.response(200, JourneySchema, headers={"ETag": {"schema": {"type": "string"}}})
@journeys.alt_response(304, description="The reader holds it already", success=True)
@journeys.alt_response(404, description="There is none, or it is out of sight")
def show_journey(enrolment_id: UUID) -> Response:
    """Show one person's journey; with `If-None-Match`, only where it has changed."""
    require_no_query()
    known = set(request.if_none_match.as_set(include_weak=True))
    journey = find_journey(current_actor(), enrolment_id, known=known, at=now())
    return packed_json(journey.text, journey.etag) if journey.text else unchanged(journey.etag)


@journeys.get("/<uuid:enrolment_id>/readers")
@journeys.arguments(JourneyReadersFilterSchema, location="query")
@journeys.response(200, JourneyReadersSchema)
@journeys.alt_response(404, description="There is none, or it is out of sight")
def list_readers(asked: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """List who has read a person's record, newest first."""
    return readers_of(current_actor(), enrolment_id, **asked)


@holdings.get("")
@holdings.response(200, HOLDINGS, headers={"ETag": {"schema": {"type": "string"}}})
@holdings.alt_response(304, description="Nothing has changed", success=True)
def list_holdings() -> Response:
    """List what this device may hold: the actor's own people, each journey with its revision."""
    require_no_query()
    held = holdings_of(current_actor())
    is_known = held.etag in request.if_none_match.as_set(include_weak=True)
    return unchanged(held.etag) if is_known else packed_json(held.text, held.etag)
