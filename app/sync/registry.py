"""What a device may send: by action the schema of its body, and the plural action that records it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from marshmallow import Schema, ValidationError

from app.assessments.actions import record_assessments
from app.assessments.schemas import AssessmentSchema
from app.core.errors import Invalid
from app.core.permissions import Actor
from app.core.problems import flatten
from app.disagreements.actions import record_disagreements
from app.disagreements.schemas import DisagreementSchema
from app.employment.actions import record_employment
from app.employment.schemas import EmploymentSchema
from app.enrolments.actions import record_ends, record_starts
from app.enrolments.schemas import EndSchema, StartSchema
from app.enrolments.withdrawals import withdraw_records
from app.evidence.actions import record_evidence, record_verifications
from app.evidence.schemas import EvidenceSchema, VerificationSchema
from app.interventions.actions import record_contacts, record_interventions
from app.interventions.schemas import ContactSchema, InterventionSchema
from app.milestones.actions import record_milestones
from app.milestones.schemas import MilestoneSchema
from app.plans.actions import record_action_plans
from app.plans.schemas import ActionPlanSchema
from app.records.models import RecordKind
from app.records.rules import Draft, Outcome, Withdrawal
from app.records.schemas import WithdrawalSchema
from app.sync.rules import SCHEMA_VERSIONS
from app.sync.schemas.batches import NUMBER_MAX, ItemSchema
from app.sync.schemas.reading import UUID_LENGTH, read_id, read_quickly

Entry = Draft | Withdrawal
Record = Callable[..., list[Outcome]]


@dataclass(frozen=True)
class Action:
    """One thing that can be recorded.

    Attributes:
        name: As items call it.
        schema: Of the body, as the single POST takes it.
        record: The plural action.
        owner: What the body names beside: the person (`enrolment_id`) or a record (`subject_id`).
        stands_alone: It moves nobody and looks for nothing that other items bring, so that such actions
            are recorded together.
    """

    name: str
    schema: Schema
    record: Record
    owner: str = "enrolment_id"
    stands_alone: bool = False

    def run(self, actor: Actor, entries: Sequence[Entry], *, at: datetime) -> list[Outcome]:
        """Record entries of this action; one answer an entry."""
        return self.record(actor, entries, at=at)


# In the order in which one may depend on another: who started can be recorded for, what stands be verified.
ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action("start", StartSchema(), record_starts),
        Action("action-plan", ActionPlanSchema(), record_action_plans, stands_alone=True),
        Action("contact", ContactSchema(), record_contacts, stands_alone=True),
        Action("assessment", AssessmentSchema(), record_assessments, stands_alone=True),
        Action("intervention", InterventionSchema(), record_interventions, stands_alone=True),
        Action("milestone", MilestoneSchema(), record_milestones, stands_alone=True),
        Action("employment", EmploymentSchema(), record_employment, stands_alone=True),
        Action("end", EndSchema(), record_ends),
        Action("evidence", EvidenceSchema(), record_evidence, "subject_id"),
        Action("verification", VerificationSchema(), record_verifications, "subject_id"),
        Action("disagreement", DisagreementSchema(), record_disagreements, "subject_id"),
        Action("withdrawal", WithdrawalSchema(), withdraw_records, "subject_id"),
    )
}

# Kinds that a correction by address can be of.
CORRECTABLE: dict[RecordKind, Action] = {
    RecordKind(name): action
    for name, action in ACTIONS.items()
    if name in frozenset(RecordKind) - {RecordKind.VERIFICATION, RecordKind.DISAGREEMENT}
}


class Item(NamedTuple):
    """One thing a device sent, read: which action, and the entry for it."""

    action: Action
    entry: Entry


def read_item(raw: Any) -> Item:
    """Read one item of a batch.

    Raises:
        Invalid: what is wrong with it, field by field; it changes nothing and holds up no neighbour.
    """
    return _read_plain(raw) or _read_strictly(raw)


def _read_plain(raw: Any) -> Item | None:
    """Return a well-formed item, looked at once; None where the schemas must say what is wrong with it."""
    try:
        if not _NEEDED <= raw.keys() <= _TAKEN or not _has_place(raw):
            return None
        action, body = ACTIONS[raw["action"]], raw["body"].copy()
        if body.setdefault("id", raw["id"]) != raw["id"] or ("recorded_at" in raw and "recorded_at" in body):
            return None
        if "recorded_at" in raw:
            body["recorded_at"] = raw["recorded_at"]
        owner_id, device_id = read_id(body.pop(action.owner)), read_id(raw["device"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    if action.owner == "enrolment_id":
        entry = read_quickly(action.schema, body, device_id=device_id, enrolment_id=owner_id)
        return entry and Item(action, entry)
    entry = read_quickly(action.schema, body, device_id=device_id)
    return entry and Item(action, place_entry(action, entry, owner_id))


def _has_place(raw: Mapping[str, Any]) -> bool:
    numbers = (raw["epoch"], raw["sequence"])
    if type(raw["schema"]) is not int or raw["schema"] not in SCHEMA_VERSIONS:
        return False
    return all(type(number) is int and 0 <= number <= NUMBER_MAX for number in numbers)


def _read_strictly(raw: Any) -> Item:
    envelope = load(_ENVELOPE, raw, "")
    action = ACTIONS[envelope["action"]]
    body = {"id": raw["id"], **envelope["body"]}
    if body["id"] != raw["id"]:
        raise Invalid.field("body.id", "not-valid", "Send the item's own id, or leave it out.")
    if "recorded_at" in raw:
        body.setdefault("recorded_at", raw["recorded_at"])
    owner_id = _owner(body.pop(action.owner, None), f"body.{action.owner}")
    entry = place_entry(action, read_body(action, body, "body"), owner_id)
    return Item(action, replace(entry, device_id=envelope["device"]))


def read_body(action: Action, body: Mapping[str, Any], path: str = "") -> Entry:
    """Read the body of one record by its action's schema.

    Raises:
        Invalid: what is wrong with it, field by field.
    """
    entry: Entry = load(action.schema, body, path)
    return entry


def place_entry(action: Action, entry: Entry, owner_id: UUID) -> Entry:
    """Return an entry that knows its owner: the person, or the record it speaks of."""
    if isinstance(entry, Withdrawal):
        return replace(entry, subject_id=owner_id)
    if action.owner == "subject_id":
        return replace(entry, detail={**entry.detail, "subject_id": owner_id})
    return replace(entry, enrolment_id=owner_id)


_ENVELOPE = ItemSchema()
_TAKEN = frozenset(_ENVELOPE.fields)
_NEEDED = frozenset(name for name, field in _ENVELOPE.fields.items() if field.required)


def _owner(value: Any, field: str) -> UUID:
    if isinstance(value, str) and len(value) == UUID_LENGTH:
        try:
            return UUID(value)
        except ValueError:
            pass
    code = "missing" if value is None else "not-valid"
    raise Invalid.field(field, code, "Say by its id which one it belongs to.")


def load(schema: Schema, value: Any, path: str = "") -> Any:
    """Return what a schema makes of a value.

    Raises:
        Invalid: what is wrong with it, field by field.
    """
    try:
        found = read_quickly(schema, value)
        return found if found is not None else schema.load(value)
    except ValidationError as error:
        faults = flatten(error.messages, path)
        raise Invalid(f"{len(faults)} fields need correcting.", faults) from error
