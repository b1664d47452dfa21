"""Single assessments; the app sends its own through /api/sync/batches."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from app.assessments.actions import record_assessments
from app.assessments.schemas import AssessmentSchema
from app.core.web import current_actor, now, require_no_query
from app.records.rules import Draft
from app.records.schemas import RecordedSchema, answer_to

blueprint = Blueprint("assessments", __name__, url_prefix="/api", description="Ratings, one rater at a time")


@blueprint.post("/enrolments/<uuid:enrolment_id>/assessments")
@blueprint.arguments(AssessmentSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same record again", success=True)
def record_assessment(draft: Draft, enrolment_id: UUID) -> Any:
    """Record one rater's answers; nobody sees them before both raters have answered."""
    require_no_query()
    drafts = [replace(draft, enrolment_id=enrolment_id)]
    return answer_to(record_assessments(current_actor(), drafts, at=now())[0])


BLUEPRINTS = (blueprint,)
