"""The door of devices: batches of records; and corrections and withdrawals by address."""

import re
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from flask_smorest import Blueprint
from marshmallow import INCLUDE
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from app.core.errors import Invalid, NotFound
from app.core.json import write_json
from app.core.problems import problem_of
from app.core.storage import Storage
from app.core.web import current_actor, now, require_no_query
from app.devices.actions.contacts import greet_device
from app.evidence.schemas import SHA256
from app.records.rules import Withdrawal
from app.records.schemas import RecordedSchema, WithdrawalSchema, answer_to
from app.sync.actions import accepting, batches, deliveries, uploads
from app.sync.actions.deliveries import Answered, Answers, Delivery, receive_delivery
from app.sync.actions.seal_keys import current_seal_key
from app.sync.rules import CHUNK_MAX
from app.sync.schemas.batches import BatchSchema, CorrectionSchema, OutcomesSchema, RescueSchema
from app.sync.schemas.files import ChunkHeaderSchema, FileSchema, ProgressSchema
from app.sync.schemas.seals import SealKeySchema, SealQuerySchema
from app.sync.seals.at_rest import SealSecrets
from app.sync.seals.cipher import write_base64url

blueprint = Blueprint("sync", __name__, url_prefix="/api", description="What devices send")


@blueprint.post("/sync/batches")
@blueprint.arguments(BatchSchema)
@blueprint.response(200, OutcomesSchema)
def receive_batch(batch: dict[str, Any]) -> Any:
    """Record a batch: one answer an item, in the order sent, given after the commit."""
    require_no_query()
    items = batch["items"]
    delivery = Delivery(items, batch["sent_at"], batch["device_state"])
    answers = receive_delivery(
        current_actor(), delivery, seal_secrets(), read_json=current_app.json.loads, at=now()
    )
    return _told(items, answers)


@blueprint.post("/sync/rescues")
@blueprint.arguments(RescueSchema)
@blueprint.response(200, OutcomesSchema)
def receive_rescue(rescue: dict[str, Any]) -> Any:
    """Take items from a rescue file: one's own are recorded, a colleague's wait for a manager."""
    require_no_query()
    items = rescue["items"]
    rescued = [_with_author(raw) for raw in items]
    answers = deliveries.receive_rescue(
        current_actor(), rescued, seal_secrets(), read_json=current_app.json.loads, at=now()
    )
    return _told(items, answers)


def _with_author(raw: Any) -> tuple[Any, UUID | None]:
    """Return an item without its author, and who that is."""
    if not isinstance(raw, dict):
        return raw, None
    try:
        author = UUID(raw["user"])
    except (KeyError, ValueError, AttributeError, TypeError):
        author = None
    return {key: value for key, value in raw.items() if key != "user"}, author


def _told(items: list[Any], answers: Answers) -> Any:
    told = [_answer(raw, answer) for raw, answer in zip(items, answers.items, strict=True)]
    device = {"revoked": answers.is_revoked}
    text = write_json({"outcomes": told, "server_time": now(), "device": device})
    return Response(text, mimetype="application/json")


@blueprint.post("/parked-items/<uuid:parked_id>/acceptance")
@blueprint.response(200, RecordedSchema)
def accept_item(parked_id: UUID) -> Any:
    """Record a quarantined item under its author's name."""
    require_no_query()
    body, _ = answer_to(accepting.accept_item(current_actor(), parked_id, at=now()))
    return body


@blueprint.get("/sync/seal")
@blueprint.arguments(SealQuerySchema, location="query")
@blueprint.response(200, SealKeySchema)
def show_seal(asked: dict[str, Any]) -> Any:
    """Give the key that devices seal to; kept on the device, it serves offline too."""
    actor = current_actor()
    key = current_seal_key(seal_secrets(), at=now())
    told = {
        "key_id": key.id,
        "public_key": write_base64url(key.public_point),
        "user_id": actor.user_id,
        "server_time": now(),
    }
    if asked["device"] is None:
        return told
    return told | {"device_revoked": greet_device(actor, asked["device"], at=now())}


def seal_secrets() -> SealSecrets:
    """Return the secrets under which the seal's keys lie here, with what they opened already."""
    known: SealSecrets | None = current_app.extensions.get("seal_secrets")
    if known is None:
        known = SealSecrets(current_app.config["WAYMARK"].seal_secrets)
    kept: SealSecrets = current_app.extensions.setdefault("seal_secrets", known)
    return kept


def _answer(raw: Any, outcome: Answered) -> dict[str, Any]:
    sent_id = raw.get("id") if isinstance(raw, dict) else None
    answer: dict[str, Any] = {
        "id": sent_id if isinstance(sent_id, str) else None,
        "outcome": outcome.handed,
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
    declared = uploads.Declared(file["size_bytes"], file["media_type"], _seal(file))
    progress = uploads.declare_file(
        current_actor(), _storage(), _hash(sent_sha256), declared, secrets=seal_secrets(), at=now()
    )
    return _shown(progress)


def _seal(file: dict[str, Any]) -> dict[str, Any] | None:
    if "sealed" not in file:
        return None
    if "device" not in file:
        raise Invalid.field("device", "missing", "Say which device sealed it.")
    author_id = file.get("user_id", current_actor().user_id)
    return uploads.declared_seal(file["sealed"], file["device"], author_id)


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
    piece = (header["upload_offset"], request.get_data())
    progress = uploads.receive_chunk(
        current_actor(), _storage(), _hash(sent_sha256), piece, secrets=seal_secrets(), at=now()
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
