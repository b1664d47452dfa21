"""The claimable board, and what one person's records earn."""

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from app.audit.actions import trace
from app.core.database import reading
from app.core.web import current_actor, now, require_no_query
from app.entitlements.actions import settle_contract
from app.entitlements.queries.board import Filter, find_page, scope_of
from app.entitlements.queries.person import entitlements_of, get_place
from app.entitlements.queries.sums import Summary, summarise
from app.entitlements.rules.today import state_today
from app.entitlements.schemas import (
    BoardQuerySchema,
    BoardSchema,
    PersonEntitlementsSchema,
    SummaryQuerySchema,
    SummarySchema,
)
from app.records.rules import london_day

blueprint = Blueprint(
    "entitlements", __name__, url_prefix="/api", description="What is owed, and what is missing"
)


@blueprint.get("/claimable")
@blueprint.arguments(BoardQuerySchema, location="query")
@blueprint.response(200, BoardSchema)
def show_claimable(query: dict[str, Any]) -> Response:
    """List what is claimable, incomplete, closed or not yet due on a contract, least time first.

    The prime sees the whole contract, a provider's manager its own people.
    """
    actor = current_actor()
    contract_id = query.pop("contract_id")
    scope = scope_of(actor, contract_id)
    settle_contract(contract_id, at=now())
    wanted = Filter(query["state"], query.get("missing_code"))
    page = find_page(actor, scope, wanted, at=now(), after=query.get("after"), limit=query["limit"])
    return Response(page.text, mimetype="application/json")


@blueprint.get("/claimable/summary")
@blueprint.arguments(SummaryQuerySchema, location="query")
@blueprint.response(200, SummarySchema)
def show_claimable_summary(query: dict[str, Any]) -> Summary:
    """Show the board in sums: by list, by rate, by what is missing and who can put it right, by month."""
    actor = current_actor()
    scope = scope_of(actor, query["contract_id"])
    settle_contract(query["contract_id"], at=now())
    return summarise(scope, today=london_day(now()), language=actor.language)


@blueprint.get("/enrolments/<uuid:enrolment_id>/entitlements")
@blueprint.response(200, PersonEntitlementsSchema)
def show_entitlements(enrolment_id: UUID) -> dict[str, Any]:
    """Show what one person's records earn of each rate, condition by condition; never to a worker."""
    require_no_query()
    actor = current_actor()
    place = get_place(actor, enrolment_id)
    settle_contract(place.contract_id, at=now())
    with reading():
        found = entitlements_of(actor, place)
        trace(
            actor,
            "entitlements.read",
            at=now(),
            subject_id=enrolment_id,
            enrolment_id=enrolment_id,
            contract_id=place.contract_id,
        )
    today = london_day(now())
    items = [{**vars(one), "state": state_today(one.entitlement, today)} for one in found]
    return {"items": items, "next": None, "count": len(items)}


BLUEPRINTS = (blueprint,)
