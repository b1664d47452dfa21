"""Instruments over HTTP."""

from typing import Any

from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.instruments import actions, queries
from app.instruments.models import Instrument
from app.instruments.schemas import InstrumentListSchema, InstrumentTextSchema

blueprint = Blueprint(
    "instruments", __name__, url_prefix="/api/instruments", description="Ladders, their anchors and versions"
)


@blueprint.get("")
@blueprint.response(200, InstrumentListSchema)
def list_instruments() -> dict[str, Any]:
    """List every instrument with its ladders, the newest version of each first."""
    require_no_query()
    return _listed(queries.all_instruments())


@blueprint.post("")
@blueprint.arguments(InstrumentTextSchema)
@blueprint.response(201, InstrumentListSchema)
def load_instruments(values: dict[str, Any]) -> dict[str, Any]:
    """Load instruments; each fault names its line, and nothing is kept then."""
    require_no_query()
    return _listed(actions.load_instruments(current_actor(), values["yaml"], at=now()))


def _listed(instruments: list[Instrument]) -> dict[str, Any]:
    return {"items": instruments, "count": len(instruments)}


BLUEPRINTS = (blueprint,)
