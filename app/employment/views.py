"""Single spells of work; the app sends its own through /api/sync/batches."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.employment import actions
from app.employment.schemas import EmploymentSchema
from app.records.rules import Draft
from app.records.schemas import RecordedSchema, answer_to

blueprint = Blueprint("employment", __name__, url_prefix="/api", description="Work that has begun")


@blueprint.post("/enrolments/<uuid:enrolment_id>/employment")
@blueprint.arguments(EmploymentSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same record again", success=True)
def record_employment(draft: Draft, enrolment_id: UUID) -> Any:
    """Record a spell of work, or with supersedes_id its end."""
    require_no_query()
    drafts = [replace(draft, enrolment_id=enrolment_id)]
    return answer_to(actions.record_employment(current_actor(), drafts, at=now())[0])


BLUEPRINTS = (blueprint,)
