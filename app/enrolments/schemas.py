"""Starts and ends on the wire."""

from typing import Any

from marshmallow import fields

from app.enrolments.models import EndReason
from app.records.schemas import RecordSchema, words


class StartSchema(RecordSchema):
    """Somebody started; the notice they were given is taken from the enrolment."""

    note = words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return nothing: the action adds the notice."""
        return {}


class EndSchema(RecordSchema):
    """Somebody left, with the reason in a word."""

    REASON_FIELD = "correction_reason"

    reason: fields.Field[Any] = fields.Enum(EndReason, by_value=True, required=True)
    correction_reason = words()
    note = words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `ending`."""
        return {"reason": values["reason"]}
