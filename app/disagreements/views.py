"""One disagreement at a time; the app sends its own through /api/sync/batches."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from app.core.errors import Invalid
from app.core.web import current_actor, now, require_no_query
from app.disagreements.actions import record_disagreements
from app.disagreements.schemas import DisagreementSchema
from app.records.rules import Draft
from app.records.schemas import RecordedSchema, answer_to

blueprint = Blueprint(
    "disagreements", __name__, url_prefix="/api", description="What the person says is not so"
)


@blueprint.post("/records/<uuid:record_id>/disagreement")
@blueprint.arguments(DisagreementSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same disagreement again", success=True)
def record_disagreement(draft: Draft, record_id: UUID) -> Any:
    """Record that the person disagrees with a record, or that they take it back; what rests on it is held."""
    require_no_query()
    if draft.detail["subject_id"] not in {None, record_id}:
        raise Invalid.field("subject_id", "not-valid", "The address says which record; leave it out.")
    drafts = [replace(draft, detail={**draft.detail, "subject_id": record_id})]
    return answer_to(record_disagreements(current_actor(), drafts, at=now())[0])


BLUEPRINTS = (blueprint,)
