"""Signals over HTTP."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.records.rules import london_day
from app.signals import actions
from app.signals.policies import can_answer_signal
from app.signals.queries import signals as queries
from app.signals.schemas import (
    NewSignalAnswerSchema,
    SignalListSchema,
    SignalRecordListSchema,
    SignalSchema,
    looked,
    shown,
)

blueprint = Blueprint(
    "signals",
    __name__,
    url_prefix="/api/signals",
    description="What stands out in a team's own records, and what the team says to it",
)
BLUEPRINTS = (blueprint,)


def _shown(one: queries.SignalShown) -> dict[str, Any]:
    return shown(one, can_answer=can_answer_signal(current_actor(), one.signal.provider_id))


@blueprint.get("")
@blueprint.response(200, SignalListSchema)
def list_signals() -> dict[str, Any]:
    """List what stands out: the own teams' to managers, what was told to the prime to its staff."""
    require_no_query()
    actor = current_actor()
    items = [_shown(one) for one in queries.list_signals(actor, today=london_day(now()))]
    looks = [looked(one) for one in queries.list_looks(actor)]
    return {"items": items, "looks": looks, "count": len(items)}


@blueprint.get("/<uuid:signal_id>/records")
@blueprint.response(200, SignalRecordListSchema)
def list_signal_records(signal_id: UUID) -> dict[str, Any]:
    """List what a signal was seen in, to the team's own managers."""
    require_no_query()
    items = actions.open_records(current_actor(), signal_id, at=now())
    return {"items": items, "count": len(items)}


@blueprint.post("/<uuid:signal_id>/answers")
@blueprint.arguments(NewSignalAnswerSchema)
@blueprint.response(201, SignalSchema)
def answer_signal(body: dict[str, Any], signal_id: UUID) -> dict[str, Any]:
    """Answer a signal; the prime then sees it, with the answer."""
    require_no_query()
    return _shown(actions.answer_signal(current_actor(), signal_id, body["words"], at=now()))
