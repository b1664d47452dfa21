"""The door of devices: batches of records; and corrections and withdrawals by address."""

from typing import Any
from uuid import UUID

from flask import current_app
from flask_smorest import Blueprint
from marshmallow import INCLUDE

from app.core.problems import problem_of
from app.core.web import current_actor, now, require_no_query
from app.records.rules import Outcome, Withdrawal
from app.records.schemas import RecordedSchema, WithdrawalSchema, answer_to
from app.sync import actions
from app.sync.schemas import BatchSchema, CorrectionSchema, OutcomesSchema

blueprint = Blueprint("sync", __name__, url_prefix="/api", description="What devices send")


@blueprint.post("/sync/batches")
@blueprint.arguments(BatchSchema)
@blueprint.response(200, OutcomesSchema)
def receive_batch(batch: dict[str, Any]) -> Any:
    """Record a batch: one answer an item, in the order sent, given after the commit."""
    require_no_query()
    items = batch["items"]
    outcomes = actions.receive_batch(current_actor(), items, at=now(), sent_at=batch["sent_at"])
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
    return answer_to(actions.withdraw_record(current_actor(), record_id, withdrawal, at=now()))


@blueprint.post("/records/<uuid:record_id>/correction")
@blueprint.arguments(CorrectionSchema, unknown=INCLUDE)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same correction again", success=True)
def correct_record(body: dict[str, Any], record_id: UUID) -> Any:
    """Correct a record: the kind's own body, with the reason; what was said before stays readable."""
    require_no_query()
    return answer_to(actions.correct_record(current_actor(), record_id, body, at=now()))


BLUEPRINTS = (blueprint,)
