"""The plan that counts, and what it contributes to the standing of an enrolment."""

from uuid import UUID

from sqlalchemy import select

from app.core.hot import HotStatement, is_among
from app.enrolments.rules import Marks, contributes
from app.plans.models import ActionPlan
from app.plans.rules import plan_due_on
from app.records.models import Record, RecordKind
from app.records.queries import stands


@contributes(RecordKind.ACTION_PLAN, plan_due_on=None)
def plan_marks(enrolment_ids: list[UUID]) -> Marks:
    """Return when each person's newest plan is due."""
    rows = _PLANS.all({"ids": enrolment_ids})
    newest = {enrolment_id: (review_on, steps) for enrolment_id, review_on, steps in rows}
    return {enrolment_id: {"plan_due_on": plan_due_on(*plan)} for enrolment_id, plan in newest.items()}


# The plan that counts comes last: agreed last, and of that day recorded last.
_PLANS = HotStatement(
    select(Record.enrolment_id, ActionPlan.review_on, ActionPlan.steps)
    .join(ActionPlan, ActionPlan.id == Record.id)
    .where(
        is_among(Record.enrolment_id),
        Record.kind == RecordKind.ACTION_PLAN,
        stands(),
    )
    .order_by(Record.occurred_on, Record.recorded_at, Record.id)
)
