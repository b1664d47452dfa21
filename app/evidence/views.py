"""Evidence and its files, verification and its queue."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response, current_app
from flask_smorest import Blueprint

from app.core.errors import Invalid
from app.core.web import current_actor, now, require_no_query
from app.evidence import actions
from app.evidence.queries.queue import Waiting, other_verifiers
from app.evidence.queries.supports import reused_by
from app.evidence.rules.supports import late_mark
from app.evidence.schemas import (
    EvidenceRecordedSchema,
    EvidenceSchema,
    OutsideVerificationSchema,
    VerificationCountSchema,
    VerificationQueueSchema,
    VerificationSchema,
)
from app.records.rules import Draft
from app.records.schemas import RecordedSchema, answer_to

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}

blueprint = Blueprint("evidence", __name__, url_prefix="/api", description="Evidence and verification")


def _about(draft: Draft, record_id: UUID) -> Draft:
    """Return a draft about the record of the address."""
    if draft.detail["subject_id"] not in {None, record_id}:
        raise Invalid.field("subject_id", "not-valid", "The address says which record; leave it out.")
    return replace(draft, detail={**draft.detail, "subject_id": record_id})


@blueprint.post("/records/<uuid:record_id>/evidence")
@blueprint.arguments(EvidenceSchema)
@blueprint.response(201, EvidenceRecordedSchema)
@blueprint.alt_response(200, schema=EvidenceRecordedSchema, description="The same item again", success=True)
def record_evidence(draft: Draft, record_id: UUID) -> Any:
    """Add an evidence item to a record; its file is sent to /api/sync/files, before or after."""
    require_no_query()
    drafts = [_about(draft, record_id)]
    body, status = answer_to(actions.record_evidence(current_actor(), drafts, at=now())[0])
    return {**body, "reused": reused_by(draft.id)}, status


@blueprint.post("/records/<uuid:record_id>/verification")
@blueprint.arguments(VerificationSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same judgement again", success=True)
def record_verification(draft: Draft, record_id: UUID) -> Any:
    """Verify a version of a record, or return it with a reason; never one's own work."""
    require_no_query()
    drafts = [_about(draft, record_id)]
    return answer_to(actions.record_verifications(current_actor(), drafts, at=now())[0])


@blueprint.post("/records/<uuid:record_id>/outside-verification")
@blueprint.response(200, OutsideVerificationSchema)
def send_outside(record_id: UUID) -> Any:
    """Send a record to the organisation's outside verifier, who sees nothing else."""
    require_no_query()
    request, verifier = actions.send_outside(current_actor(), record_id, at=now())
    return {
        "record_id": request.subject_root_id,
        "verifier": verifier.short_name,
        "sent_at": request.sent_at,
    }


@blueprint.get("/verification-queue")
@blueprint.response(200, VerificationQueueSchema)
def list_verification_queue() -> Any:
    """List what waits: what can be paid for, a sample of the rest, and what was sent to somebody outside."""
    require_no_query()
    actor = current_actor()
    waiting = actions.read_queue(actor, at=now())
    return {
        "items": [_shown(one) for one in waiting],
        "next": None,
        "count": len(waiting),
        "others": other_verifiers(actor, waiting),
    }


@blueprint.get("/verification-queue/count")
@blueprint.response(200, VerificationCountSchema)
def count_verification_queue() -> Any:
    """Count what waits for one to verify; null where that is not one's work."""
    require_no_query()
    return {"waiting": actions.count_queue(current_actor(), at=now())}


def _shown(one: Waiting) -> dict[str, Any]:
    record = one.record
    return {
        "id": record.id,
        "root_id": record.root_id,
        "enrolment_id": record.enrolment_id,
        "kind": record.kind.value,
        "title": one.title,
        "occurred_on": record.occurred_on,
        "recorded_at": record.recorded_at,
        "received_at": record.received_at,
        "late": late_mark(record.kind, record.occurred_on, record.received_at, one.supports),
        "reference": one.reference,
        "person": one.person,
        "author": one.author,
        "detail": one.detail,
        "texts": one.texts,
        "evidence": one.supports,
        "own": one.own_reason is not None,
        "own_reason": one.own_reason,
        "is_outside": one.is_outside,
        "at_stake_pence": one.priority.at_stake_pence if one.priority and not one.is_outside else None,
    }


@blueprint.get("/evidence/<uuid:record_id>/file")
@blueprint.response(200, content_type="image/jpeg")
@blueprint.alt_response(200, content_type="image/png", description="A picture", success=True)
@blueprint.alt_response(200, content_type="application/pdf", description="A document", success=True)
def show_file(record_id: UUID) -> Response:
    """Show the file of an evidence item; the reader is noted."""
    require_no_query()
    file = actions.open_file(current_actor(), record_id, at=now())
    content = current_app.extensions["storage"].get(file.storage_key)
    response = current_app.response_class(content, mimetype=file.media_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Content-Disposition"] = f'inline; filename="evidence.{ENDINGS[file.media_type]}"'
    return response


BLUEPRINTS = (blueprint,)
