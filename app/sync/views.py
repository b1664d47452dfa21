"""The door of devices: batches of records; and corrections and withdrawals by address."""

import re
from typing import Any
from uuid import UUID

from flask import current_app, request
from flask_smorest import Blueprint
from marshmallow import INCLUDE
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from app.core.errors import NotFound
from app.core.problems import problem_of
from app.core.storage import Storage
from app.core.web import current_actor, now, require_no_query
from app.evidence.schemas import SHA256
from app.records.rules import Outcome, Withdrawal
from app.records.schemas import RecordedSchema, WithdrawalSchema, answer_to
from app.sync.actions import batches, uploads
from app.sync.rules import CHUNK_MAX
from app.sync.schemas import (
    BatchSchema,
    ChunkHeaderSchema,
    CorrectionSchema,
    FileSchema,
    OutcomesSchema,
    ProgressSchema,
)

blueprint = Blueprint("sync", __name__, url_prefix="/api", description="What devices send")


@blueprint.post("/sync/batches")
@blueprint.arguments(BatchSchema)
@blueprint.response(200, OutcomesSchema)
def receive_batch(batch: dict[str, Any]) -> Any:
    """Record a batch: one answer an item, in the order sent, given after the commit."""
    require_no_query()
    items = batch["items"]
    outcomes = batches.receive_batch(current_actor(), items, at=now(), sent_at=batch["sent_at"])
    answers = [_answer(raw, outcome) for raw, outcome in zip(items, outcomes, strict=True)]
    return current_app.json.response({"outcomes": answers})


def _answer(raw: Any, outcome: Outcome) -> dict[str, Any]:
    sent_id = raw.get("id") if isinstance(raw, dict) else None
    answer: dict[str, Any] = {
        "id": sent_id if isinstance(sent_id, str) else None,
        "outcome": outcome.result,
    }
    if outcome.receipt is not None:
        answer["receipt"] = {
            "record_id": outcome.receipt.record_id,
            "content_hash": outcome.receipt.content_hash,
            "received_at": outcome.receipt.received_at,
        }
    if outcome.error is not None:
        answer["problem"] = problem_of(outcome.error)
    return answer


@blueprint.post("/records/<uuid:record_id>/withdrawal")
@blueprint.arguments(WithdrawalSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same withdrawal again", success=True)
def withdraw_record(withdrawal: Withdrawal, record_id: UUID) -> Any:
    """Take a record back, with the reason; every version stays readable."""
    require_no_query()
    return answer_to(batches.withdraw_record(current_actor(), record_id, withdrawal, at=now()))


@blueprint.post("/records/<uuid:record_id>/correction")
@blueprint.arguments(CorrectionSchema, unknown=INCLUDE)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same correction again", success=True)
def correct_record(body: dict[str, Any], record_id: UUID) -> Any:
    """Correct a record: the kind's own body, with the reason; what was said before stays readable."""
    require_no_query()
    return answer_to(batches.correct_record(current_actor(), record_id, body, at=now()))


@blueprint.put("/sync/files/<string(length=64):sent_sha256>")
@blueprint.arguments(FileSchema)
@blueprint.response(200, ProgressSchema)
def declare_file(file: dict[str, Any], sent_sha256: str) -> Any:
    """Say that a file will be sent; one that is here already is complete."""
    require_no_query()
    return _shown(uploads.declare_file(current_actor(), _storage(), _hash(sent_sha256), at=now(), **file))


@blueprint.get("/sync/files/<string(length=64):sent_sha256>")
@blueprint.response(200, ProgressSchema)
def show_file(sent_sha256: str) -> Any:
    """Say how far a file has come."""
    require_no_query()
    return _shown(uploads.get_progress(current_actor(), _hash(sent_sha256)))


@blueprint.patch("/sync/files/<string(length=64):sent_sha256>")
@blueprint.arguments(ChunkHeaderSchema, location="headers")
@blueprint.response(200, ProgressSchema)
@blueprint.doc(
    requestBody={
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
)
def receive_chunk(header: dict[str, Any], sent_sha256: str) -> Any:
    """Take the next piece of a file, up to 1 MiB; on 409 go on from `received_bytes`."""
    require_no_query()
    if request.mimetype != "application/octet-stream":
        raise UnsupportedMediaType
    if (request.content_length or 0) > CHUNK_MAX:
        raise RequestEntityTooLarge
    offset, chunk = header["upload_offset"], request.get_data()
    progress = uploads.receive_chunk(
        current_actor(), _storage(), _hash(sent_sha256), offset=offset, chunk=chunk, at=now()
    )
    return _shown(progress)


def _hash(sent_sha256: str) -> str:
    if not re.fullmatch(SHA256, sent_sha256):
        raise NotFound("A file is named by its SHA-256 in 64 lower-case hexadecimal digits.")
    return sent_sha256


def _storage() -> Storage:
    storage: Storage = current_app.extensions["storage"]
    return storage


def _shown(progress: uploads.Progress) -> dict[str, Any]:
    shown: dict[str, Any] = {"received_bytes": progress.received_bytes, "complete": progress.complete}
    return shown | ({"refusal": progress.refusal} if progress.refusal else {})


BLUEPRINTS = (blueprint,)
