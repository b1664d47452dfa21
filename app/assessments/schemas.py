"""Assessments on the wire."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from app.assessments.models import Rater, SittingKind
from app.records.schemas import TEXT_MAX, Id, RecordSchema, words

LADDER_CODE = r"^[a-z0-9][a-z0-9-]{0,59}$"
LADDERS_MAX = 60
SCORE_MAX = 1_000


class AssessmentSchema(RecordSchema):
    """One rater's answers in one sitting; null says "I'd rather not say"."""

    sitting_id = Id(required=True, metadata={"description": "Made by the device; the raters share it"})
    sitting_kind = fields.Enum(SittingKind, by_value=True, required=True)
    rater = fields.Enum(Rater, by_value=True, required=True)
    instrument_id = Id(required=True)
    language = fields.String(load_default="en", validate=validate.Regexp(r"^[a-z]{2,3}$"))
    scores = fields.Dict(
        keys=fields.String(validate=validate.Regexp(LADDER_CODE)),
        values=fields.Integer(
            strict=True, allow_none=True, validate=validate.Range(min=-SCORE_MAX, max=SCORE_MAX)
        ),
        required=True,
        validate=validate.Length(min=1, max=LADDERS_MAX),
    )
    notes = fields.Dict(
        keys=fields.String(validate=validate.Regexp(LADDER_CODE)),
        values=fields.String(validate=validate.Length(max=TEXT_MAX)),
        load_default=dict,
        validate=validate.Length(max=LADDERS_MAX),
    )
    own_words = words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `assessment`."""
        strangers = values["notes"].keys() - values["scores"].keys()
        if strangers:
            raise ValidationError("A note goes with a ladder that is answered.", "notes")
        names = ("sitting_id", "sitting_kind", "rater", "instrument_id", "language", "scores")
        return {
            **{name: values[name] for name in names},
            "is_original": values["supersedes_id"] is None,
        }

    def texts_of(self, values: dict[str, Any]) -> dict[str, str | None]:
        """Return the notes by ladder, and the rater's own words."""
        notes = {f"note.{ladder}": note for ladder, note in values["notes"].items()}
        return {"own_words": values["own_words"], **notes}
