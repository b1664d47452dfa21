"""Spells of work on the wire."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from app.core.schemas import Day
from app.employment.models import EmploymentKind
from app.records.schemas import LINE_MAX, RecordSchema, required_words, words

WEEK_MINUTES = 7 * 24 * 60


class EmploymentSchema(RecordSchema):
    """One spell of paid work; its end is a correction."""

    kind = fields.Enum(EmploymentKind, by_value=True, required=True)
    employer = required_words(LINE_MAX)
    started_on = Day(required=True)
    ended_on = Day(load_default=None)
    weekly_minutes = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=1, max=WEEK_MINUTES)
    )
    note = words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `employment`."""
        if values["ended_on"] is not None and values["ended_on"] < values["started_on"]:
            raise ValidationError("The end cannot lie before the start.", "ended_on")
        return {name: values[name] for name in ("kind", "started_on", "ended_on", "weekly_minutes")}

    def texts_of(self, values: dict[str, Any]) -> dict[str, str | None]:
        """Return the employer's name and the note."""
        return {"employer": values["employer"], "note": values["note"]}
