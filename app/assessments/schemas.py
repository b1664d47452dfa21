"""Assessments on the wire."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from app.assessments.models import Help, Rater, SittingKind
from app.assessments.rules import FOCUS_LADDERS
from app.records.schemas import TEXT_MAX, Id, RecordSchema, words

LADDER_CODE = r"^[a-z0-9][a-z0-9-]{0,59}$"
LADDERS_MAX = 60
SCORE_MAX = 1_000


class AssessmentSchema(RecordSchema):
    """One rater's answers in one sitting; null says "I'd rather not say", on every ladder "I chose not to".

    What was left out of version 1 of this body stays optional: an app that has not been updated goes on.
    """

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
        validate=validate.Length(max=LADDERS_MAX),
        metadata={"description": "At least one, unless the person is in crisis"},
    )
    help = fields.Enum(
        Help, by_value=True, load_default=Help.NONE, metadata={"description": "How this rater was helped"}
    )
    focus = fields.List(
        fields.String(validate=validate.Regexp(LADDER_CODE)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(equal=FOCUS_LADDERS),
        metadata={
            "description": "The three ladders that matter most to the person, said once they have rated; "
            "only in their own first baseline"
        },
    )
    is_crisis = fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        metadata={
            "description": "The person is in crisis: nobody has to rate, and the sitting counts nowhere"
        },
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
        if not values["scores"] and not values["is_crisis"]:
            raise ValidationError("Give one or more; null says “I'd rather not say”.", "scores")
        _check_focus(values)
        names = ("sitting_id", "sitting_kind", "rater", "instrument_id", "language", "scores")
        return {
            **{name: values[name] for name in names},
            "is_original": values["supersedes_id"] is None,
            **said_later(values),
        }

    def texts_of(self, values: dict[str, Any]) -> dict[str, str | None]:
        """Return the notes by ladder, and the rater's own words."""
        notes = {f"note.{ladder}": note for ladder, note in values["notes"].items()}
        return {"own_words": values["own_words"], **notes}


def said_later(values: dict[str, Any]) -> dict[str, Any]:
    """Return what version 1 of the body had not, where it says something; else the content has it not."""
    found: dict[str, Any] = {}
    if values["help"] is not Help.NONE:
        found["help"] = values["help"]
    if values["focus"] is not None:
        found["focus"] = sorted(values["focus"])
    if values["is_crisis"]:
        found["is_crisis"] = True
    return found


def _check_focus(values: dict[str, Any]) -> None:
    focus = values["focus"]
    if focus is None:
        return
    if values["rater"] is not Rater.PARTICIPANT or values["sitting_kind"] is not SittingKind.BASELINE:
        raise ValidationError("The person names them, in the first baseline.", "focus")
    if len(set(focus)) != FOCUS_LADDERS or not set(focus) <= values["scores"].keys():
        raise ValidationError("Name three ladders of this sitting, each once.", "focus")
