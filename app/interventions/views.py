"""Single contacts and interventions; the app sends its own through /api/sync/batches."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.interventions.actions import record_contacts, record_interventions
from app.interventions.schemas import ContactSchema, InterventionSchema
from app.records.rules import Draft
from app.records.schemas import RecordedSchema, answer_to

blueprint = Blueprint("interventions", __name__, url_prefix="/api", description="Contacts and support")


@blueprint.post("/enrolments/<uuid:enrolment_id>/contacts")
@blueprint.arguments(ContactSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same record again", success=True)
def record_contact(draft: Draft, enrolment_id: UUID) -> Any:
    """Record a contact: planned, kept, moved, missed, tried or met."""
    require_no_query()
    drafts = [replace(draft, enrolment_id=enrolment_id)]
    return answer_to(record_contacts(current_actor(), drafts, at=now())[0])


@blueprint.post("/enrolments/<uuid:enrolment_id>/interventions")
@blueprint.arguments(InterventionSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same record again", success=True)
def record_intervention(draft: Draft, enrolment_id: UUID) -> Any:
    """Record support given."""
    require_no_query()
    drafts = [replace(draft, enrolment_id=enrolment_id)]
    return answer_to(record_interventions(current_actor(), drafts, at=now())[0])


BLUEPRINTS = (blueprint,)
