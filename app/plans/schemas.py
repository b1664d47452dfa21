"""Action plans on the wire."""

from dataclasses import replace
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from app.core.schemas import Day
from app.plans.models import StepOwner
from app.records.rules import NOBODY, Draft
from app.records.schemas import (
    Clock,
    Id,
    RecordedSchema,
    RecordSchema,
    required_words,
    words,
)

STEPS_MAX = 20
STEP_WORDS_MAX = 500


class PlanStepSchema(Schema):
    """One step: who does what by when."""

    key = fields.String(required=True, validate=validate.Regexp(r"^[a-z0-9][a-z0-9-]{0,39}$"))
    words = required_words(STEP_WORDS_MAX)
    owner = fields.Enum(StepOwner, by_value=True, required=True)
    due_on = Day(required=True)
    done_on = Day(load_default=None)


class ActionPlanSchema(RecordSchema):
    """The plan as agreed on a day: the person's own goal, and the steps towards it."""

    goal = required_words()
    review_on = Day(required=True)
    steps = fields.List(
        fields.Nested(PlanStepSchema), required=True, validate=validate.Length(min=1, max=STEPS_MAX)
    )

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `action_plan`."""
        keys = [step["key"] for step in values["steps"]]
        if len(set(keys)) != len(keys):
            raise ValidationError("Give each step a key of its own.", "steps")
        steps = [
            {name: step[name] for name in ("key", "owner", "due_on", "done_on")} for step in values["steps"]
        ]
        return {"review_on": values["review_on"], "steps": steps}

    def texts_of(self, values: dict[str, Any]) -> dict[str, str | None]:
        """Return the goal, and each step's words under its key."""
        return {"goal": values["goal"], **{f"step.{step['key']}": step["words"] for step in values["steps"]}}


class StartPlanSchema(ActionPlanSchema):
    """The plan that a start brings; its day and time are the start's."""

    class Meta:
        exclude = ("occurred_on", "recorded_at", "supersedes_id", "reason")


class StartWithPlanSchema(Schema):
    """A start, and the plan agreed on that day; each has an id of its own."""

    id = Id(required=True)
    occurred_on = Day(required=True)
    recorded_at = Clock(required=True)
    note = words()
    plan = fields.Nested(StartPlanSchema, required=True)

    @post_load
    def _make_drafts(self, values: dict[str, Any], **_: Any) -> tuple[Draft, Draft]:
        times = {"occurred_on": values["occurred_on"], "recorded_at": values["recorded_at"]}
        note = values["note"]
        start = Draft(id=values["id"], enrolment_id=NOBODY, texts={"note": note} if note else {}, **times)
        return start, replace(values["plan"], **times)


class StartedSchema(RecordedSchema):
    """The answer to a start with its plan."""

    plan = fields.Nested(RecordedSchema, required=True)
