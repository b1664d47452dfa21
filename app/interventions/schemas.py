"""Contacts and interventions on the wire."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from app.interventions.models import ContactChannel, ContactOutcome, InterventionKind
from app.records.schemas import Clock, RecordSchema, words

DAY_MINUTES = 24 * 60
GROUP_MAX = 200
WITH_A_PLAN = frozenset({ContactOutcome.PLANNED, ContactOutcome.MOVED})


class ContactSchema(RecordSchema):
    """Ten seconds: planned, kept, moved, missed, tried or met."""

    outcome = fields.Enum(ContactOutcome, by_value=True, required=True)
    channel = fields.Enum(ContactChannel, by_value=True, required=True)
    planned_at = Clock(load_default=None, metadata={"description": "When it is to be; planned and moved"})
    note = words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `contact`."""
        needs_plan = values["outcome"] in WITH_A_PLAN
        if needs_plan and values["planned_at"] is None:
            raise ValidationError("Say when the contact is planned for.", "planned_at")
        if not needs_plan and values["planned_at"] is not None:
            raise ValidationError("Only a contact that is planned or moved has a time to come.", "planned_at")
        return {name: values[name] for name in ("outcome", "channel", "planned_at")}


class InterventionSchema(RecordSchema):
    """Support given: how long, and among how many."""

    kind = fields.Enum(InterventionKind, by_value=True, required=True)
    duration_minutes = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=1, max=DAY_MINUTES)
    )
    group_size = fields.Integer(load_default=1, strict=True, validate=validate.Range(min=1, max=GROUP_MAX))
    note = words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `intervention`."""
        return {name: values[name] for name in ("kind", "duration_minutes", "group_size")}
