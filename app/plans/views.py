"""Starts with their plan, and single action plans; the app sends its own through /api/sync/batches."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.plans.actions import record_action_plans, start_with_plan
from app.plans.schemas import ActionPlanSchema, StartedSchema, StartWithPlanSchema
from app.records.rules import Draft, Result
from app.records.schemas import RecordedSchema, answer_to

blueprint = Blueprint("plans", __name__, url_prefix="/api", description="Starts and action plans")


@blueprint.post("/enrolments/<uuid:enrolment_id>/action-plans")
@blueprint.arguments(ActionPlanSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same record again", success=True)
def record_action_plan(draft: Draft, enrolment_id: UUID) -> Any:
    """Record an action plan as it was agreed."""
    require_no_query()
    drafts = [replace(draft, enrolment_id=enrolment_id)]
    return answer_to(record_action_plans(current_actor(), drafts, at=now())[0])


@blueprint.post("/enrolments/<uuid:enrolment_id>/start")
@blueprint.arguments(StartWithPlanSchema)
@blueprint.response(201, StartedSchema)
@blueprint.alt_response(200, schema=StartedSchema, description="The same start again", success=True)
def start(drafts: tuple[Draft, Draft], enrolment_id: UUID) -> Any:
    """Start somebody with an action plan, both or neither."""
    require_no_query()
    started, plan = (replace(draft, enrolment_id=enrolment_id) for draft in drafts)
    outcomes = start_with_plan(current_actor(), started, plan, at=now())
    bodies = [answer_to(outcome)[0] for outcome in outcomes]
    is_new = any(outcome.result is Result.RECORDED for outcome in outcomes)
    return {**bodies[0], "plan": bodies[1]}, 201 if is_new else 200


BLUEPRINTS = (blueprint,)
