"""The plan that counts, and what it contributes to the standing of an enrolment."""

from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.enrolments.rules import Marks, contributes
from app.plans.models import ActionPlan
from app.plans.rules import plan_due_on
from app.records.models import Record, RecordKind
from app.records.queries import stands


@contributes(RecordKind.ACTION_PLAN, plan_due_on=None)
def plan_marks(enrolment_ids: list[UUID]) -> Marks:
    """Return when each person's newest plan is due."""
    return {
        enrolment_id: {"plan_due_on": plan_due_on(plan.review_on, plan.steps)}
        for enrolment_id, plan in newest_plans(enrolment_ids).items()
    }


def newest_plans(enrolment_ids: list[UUID]) -> dict[UUID, ActionPlan]:
    """Return the plan that counts by enrolment: agreed last, and of that day recorded last."""
    rows = db.session().execute(
        select(Record.enrolment_id, ActionPlan)
        .join(ActionPlan, ActionPlan.id == Record.id)
        .where(Record.enrolment_id.in_(enrolment_ids), Record.kind == RecordKind.ACTION_PLAN, stands())
        .order_by(Record.occurred_on, Record.recorded_at, Record.id)
    )
    return {enrolment_id: plan for enrolment_id, plan in rows}
