"""Calibration over HTTP."""

from typing import Any

from flask_smorest import Blueprint

from app.calibrations import actions, queries
from app.calibrations.rules import Named
from app.calibrations.schemas import (
    CalibrationListSchema,
    CalibrationSchema,
    RoutineCalibrationSchema,
    SignedInputsSchema,
    listed,
    shown,
)
from app.core.web import current_actor, now, require_no_query
from app.instruments.actions import sign_calibrations
from app.instruments.rules.signing import NewInputs
from app.records.rules import london_day

blueprint = Blueprint(
    "calibrations",
    __name__,
    url_prefix="/api/calibrations",
    description="How far a rating wobbles by itself, and what a commissioner signed for it",
)


@blueprint.get("")
@blueprint.response(200, CalibrationListSchema)
def list_calibrations() -> dict[str, Any]:
    """List the state of each instrument, rater and language with the commissioners of the own contracts."""
    require_no_query()
    actor = current_actor()
    items = [listed(standing) for standing in queries.standings(actor, today=london_day(now()))]
    signed = [shown(one) for one in queries.signed_calibrations(actor)]
    return {"items": items, "signed": signed, "count": len(items)}


@blueprint.post("")
@blueprint.arguments(SignedInputsSchema)
@blueprint.response(201, CalibrationSchema)
def sign_calibration(inputs: NewInputs) -> dict[str, Any]:
    """Sign provisional or published inputs; they are a new version and hold from their first day."""
    require_no_query()
    at = now()
    (signed,) = sign_calibrations(current_actor(), [inputs], at=at, today=london_day(at))
    return shown(signed)


@blueprint.post("/routine")
@blueprint.arguments(RoutineCalibrationSchema)
@blueprint.response(201, CalibrationSchema)
def adopt_estimate(named: Named) -> dict[str, Any]:
    """Sign what the pairs of ratings taken anyway say; 30 people are the least."""
    require_no_query()
    at = now()
    return shown(actions.adopt_estimate(current_actor(), named, at=at, today=london_day(at)))


BLUEPRINTS = (blueprint,)
