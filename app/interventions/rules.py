"""Which planned contact comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.interventions.models import ContactOutcome
from app.records.rules import london_day

SETTLED = frozenset({ContactOutcome.KEPT, ContactOutcome.MET, ContactOutcome.MISSED})
WAS_MET = frozenset({ContactOutcome.KEPT, ContactOutcome.MET})


@dataclass(frozen=True)
class Step:
    """One contact, as far as the diary is concerned."""

    outcome: ContactOutcome
    occurred_on: date
    planned_at: datetime | None


def next_planned(steps: Iterable[Step]) -> datetime | None:
    """Return when the next contact is planned; an old one that nobody settled stays, for it needs somebody.

    Args:
        steps: In the order they were recorded. One that was kept, met or missed settles what was planned up
            to its day; one that was moved takes the place of the earliest still open.
    """
    open_plans: list[datetime] = []
    for step in steps:
        if step.outcome in SETTLED:
            open_plans = [plan for plan in open_plans if london_day(plan) > step.occurred_on]
        elif step.planned_at is not None:
            if step.outcome is ContactOutcome.MOVED and open_plans:
                open_plans.remove(min(open_plans))
            open_plans.append(step.planned_at)
    return min(open_plans, default=None)
