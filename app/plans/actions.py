"""Recording action plans, and a start together with its plan."""

from collections.abc import Sequence
from datetime import datetime

from app.core.database import transaction
from app.core.permissions import Actor
from app.enrolments.actions import one_change, record_facts, record_starts
from app.enrolments.rules import RECORDABLE
from app.plans.models import ActionPlan
from app.records.models import RecordKind
from app.records.rules import Draft, Outcome


def record_action_plans(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record plans as they were agreed; the newest one counts."""
    return record_facts(actor, RecordKind.ACTION_PLAN, ActionPlan, drafts, at=at, states=RECORDABLE)


def start_with_plan(actor: Actor, start: Draft, plan: Draft, *, at: datetime) -> tuple[Outcome, Outcome]:
    """Record a start and its action plan, both or neither.

    Raises:
        DomainError: one of them is refused, or conflicts with what stands.
    """
    with transaction(), one_change():
        (started,) = record_starts(actor, [start], at=at)
        if started.error is not None:
            raise started.error
        (planned,) = record_action_plans(actor, [plan], at=at)
        if planned.error is not None:
            raise planned.error
    return started, planned
