"""Disagreements on the wire."""

from dataclasses import replace
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from app.disagreements.models import Present, Way
from app.records.rules import Draft
from app.records.schemas import Id, RecordSchema, words


class DisagreementSchema(RecordSchema):
    """The person disagrees with a record, in their own words or none; or takes that back, for no reason."""

    class Meta:
        exclude = ("reason",)

    subject_id = Id(
        load_default=None, metadata={"description": "The version they saw; the address says it as well"}
    )
    supersedes_id = Id(load_default=None, metadata={"description": "The disagreement that they take back"})
    is_withdrawn = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    way = fields.Enum(Way, by_value=True, required=True)
    present = fields.List(
        fields.Enum(Present, by_value=True),
        load_default=list,
        validate=validate.Length(max=len(Present)),
        metadata={"description": "Who was there besides the person"},
    )
    words = words(metadata={"description": "Their own; they need none"})

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `disagreement`; the action finds the subject's root."""
        said = {one.value for one in values["present"]}
        return {
            "subject_id": values["subject_id"],
            "way": values["way"],
            "present": [one.value for one in Present if one.value in said],
        }

    def texts_of(self, values: dict[str, Any]) -> dict[str, str | None]:
        """Return the person's own words."""
        return {"words": (values["words"] or "").strip() or None}

    def _correction_reason(self, values: dict[str, Any]) -> str | None:
        """Return none: nobody has to say why they take something back."""
        if values["is_withdrawn"] is (values["supersedes_id"] is None):
            message = "What is taken back is named, and only that."
            raise ValidationError(message, "supersedes_id")
        return None

    @post_load
    def make(self, values: dict[str, Any], **more: Any) -> Draft:
        """Make the draft, whose person is filled in from the record it speaks of."""
        draft: Draft = super().make(values, **more)
        return replace(draft, is_withdrawn=values["is_withdrawn"])
