"""Caseloads over HTTP."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.journeys.queries.caseload import Filter, caseload_counts, caseload_page, search_caseload
from app.journeys.schemas import (
    CaseloadCountsSchema,
    CaseloadFilterSchema,
    CaseloadSchema,
    CaseloadSearchSchema,
)

caseload = Blueprint("caseload", __name__, url_prefix="/api/caseload")
BLUEPRINTS = (caseload,)


def ready_json(text: str) -> Response:
    """Answer JSON that the database has written."""
    return Response(text, mimetype="application/json")


@caseload.get("")
@caseload.arguments(CaseloadFilterSchema, location="query")
@caseload.response(200, CaseloadSchema)
def list_caseload(asked: dict[str, Any]) -> Response:
    """List the people whom the actor works with, what needs doing first."""
    wanted = Filter(asked["scope"], asked["state"], asked["needs"])
    return ready_json(
        caseload_page(current_actor(), wanted, after=asked["after"], limit=asked["limit"], at=now())
    )


@caseload.post("/search")
@caseload.arguments(CaseloadSearchSchema)
@caseload.response(200, CaseloadSchema)
def find_people(asked: dict[str, Any]) -> Response:
    """Find people by a part of their name or reference; a POST, so that no name stands in an address."""
    return ready_json(search_caseload(current_actor(), asked["text"], asked["scope"], at=now()))


@caseload.get("/counts")
@caseload.response(200, CaseloadCountsSchema)
def count_caseload() -> dict[str, dict[str, int]]:
    """Count the people of each scope by what they need."""
    require_no_query()
    return caseload_counts(current_actor(), at=now())
