"""The month's accounts, and where the money is."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from app.audit.actions import trace
from app.claims.policies import can_follow_lines
from app.core.database import reading
from app.core.paging import encode_cursor, id_after
from app.core.permissions import require
from app.core.web import current_actor, now, require_no_query
from app.entitlements.actions import settle_contract
from app.entitlements.queries.board import scope_of
from app.records.rules import london_day
from app.statements import actions, policies
from app.statements.queries.money_path import money_path
from app.statements.queries.statements import StatementView, list_statements, view_statement
from app.statements.schemas import (
    ArrivalSchema,
    MoneyPathQuerySchema,
    MoneyPathSchema,
    RemittanceNoteSchema,
    StatementListSchema,
    StatementSchema,
    StatementsQuerySchema,
)

blueprint = Blueprint("statements", __name__, url_prefix="/api", description="The month's accounts")


@blueprint.get("/statements")
@blueprint.arguments(StatementsQuerySchema, location="query")
@blueprint.response(200, StatementListSchema)
def show_statements(query: dict[str, Any]) -> dict[str, Any]:
    """List the accounts of your contracts, the newest first; a provider's are its own entries alone."""
    actor = current_actor()
    require(policies.can_read_statements, actor)
    limit = query["limit"]
    found = list_statements(
        actor, contract_id=query["contract_id"], before=id_after(query["after"]), limit=limit + 1
    )
    items = found[:limit]
    more = encode_cursor(items[-1].id) if len(found) > limit else None
    return {"items": items, "next": more, "count": len(items)}


@blueprint.get("/statements/<uuid:statement_id>")
@blueprint.response(200, StatementSchema)
def show_statement(statement_id: UUID) -> StatementView:
    """Show a month's account: entries, what was rejected, and where the money is."""
    require_no_query()
    return _view(statement_id)


@blueprint.post("/statements/<uuid:statement_id>/closure")
@blueprint.response(200, StatementSchema)
def close_statement(statement_id: UUID) -> StatementView:
    """Close a month's account; what is decided later stands on the next one."""
    require_no_query()
    actions.close_statement(current_actor(), statement_id, at=now())
    return _view(statement_id)


@blueprint.put("/statements/<uuid:statement_id>/remittances/<uuid:provider_id>")
@blueprint.arguments(RemittanceNoteSchema)
@blueprint.response(200, StatementSchema)
def note_remittance(values: dict[str, Any], statement_id: UUID, provider_id: UUID) -> StatementView:
    """Note when the prime was paid for a provider's lines, and when it passed the money on."""
    require_no_query()
    actions.note_remittance(current_actor(), statement_id, provider_id, **values, at=now())
    return _view(statement_id)


@blueprint.post("/statements/<uuid:statement_id>/arrival")
@blueprint.arguments(ArrivalSchema)
@blueprint.response(200, StatementSchema)
def confirm_arrival(values: dict[str, Any], statement_id: UUID) -> StatementView:
    """Confirm that your money of a statement arrived."""
    require_no_query()
    actions.confirm_arrival(current_actor(), statement_id, arrived_on=values["arrived_on"], at=now())
    return _view(statement_id)


@blueprint.get("/lines/money")
@blueprint.arguments(MoneyPathQuerySchema, location="query")
@blueprint.response(200, MoneyPathSchema)
def show_money_path(query: dict[str, Any]) -> dict[str, Any]:
    """Show where your organisation's money of a contract is, in sums of all its lines."""
    actor, contract_id = current_actor(), query["contract_id"]
    require(can_follow_lines, actor)
    scope_of(actor, contract_id)
    settle_contract(contract_id, at=now())
    return {"steps": money_path(contract_id, actor.organisation_id, today=london_day(now()))}


def _view(statement_id: UUID) -> StatementView:
    actor = current_actor()
    with reading():
        view = view_statement(actor, statement_id)
        count = len(view.entries) + len(view.rejected)
        trace(
            actor,
            "statement.read",
            at=now(),
            subject_id=statement_id,
            contract_id=view.contract_id,
            count=count,
        )
    return view


BLUEPRINTS = (blueprint,)
