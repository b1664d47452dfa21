"""The library of milestone kinds, and single milestones; the app sends its own through /api/sync/batches."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.milestones.actions import record_milestones
from app.milestones.models import MilestoneKind
from app.milestones.queries import kind_words, milestone_kinds
from app.milestones.schemas import MilestoneKindSchema, MilestoneKindsSchema, MilestoneSchema
from app.records.rules import Draft
from app.records.schemas import RecordedSchema, answer_to

blueprint = Blueprint("milestones", __name__, url_prefix="/api", description="Observable events")


@blueprint.get("/milestone-kinds")
@blueprint.response(200, MilestoneKindsSchema)
def list_milestone_kinds() -> Any:
    """List the kinds of milestone in the library's order and the reader's language."""
    require_no_query()
    words = kind_words(current_actor().language)
    kinds = [_said(kind, words.get(kind.code, {})) for kind in milestone_kinds()]
    return {"items": kinds, "next": None, "count": len(kinds)}


def _said(kind: MilestoneKind, words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: words.get(name, getattr(kind, name)) for name in MilestoneKindSchema().fields}


@blueprint.post("/enrolments/<uuid:enrolment_id>/milestones")
@blueprint.arguments(MilestoneSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same record again", success=True)
def record_milestone(draft: Draft, enrolment_id: UUID) -> Any:
    """Record an observable event."""
    require_no_query()
    drafts = [replace(draft, enrolment_id=enrolment_id)]
    return answer_to(record_milestones(current_actor(), drafts, at=now())[0])


BLUEPRINTS = (blueprint,)
