"""The states of an enrolment, and the arithmetic of its standing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.enrolments.models import EnrolmentState
from app.records.models import RecordKind

UNMET_AFTER_DAYS = 21
BASELINE_WITHIN_DAYS = 28
REVIEW_EVERY_DAYS = 84
NEVER = date(9999, 12, 31)

# From which states each step may be taken, and where it leads.
STEPS: dict[str, tuple[frozenset[EnrolmentState], EnrolmentState]] = {
    "accepted": (frozenset({EnrolmentState.REFERRED}), EnrolmentState.ACCEPTED),
    "declined": (frozenset({EnrolmentState.REFERRED, EnrolmentState.ACCEPTED}), EnrolmentState.DECLINED),
    "started": (frozenset({EnrolmentState.ACCEPTED}), EnrolmentState.STARTED),
    "never-started": (frozenset({EnrolmentState.ACCEPTED}), EnrolmentState.NEVER_STARTED),
    "paused": (frozenset({EnrolmentState.STARTED}), EnrolmentState.PAUSED),
    "resumed": (frozenset({EnrolmentState.PAUSED}), EnrolmentState.STARTED),
    "ended": (frozenset({EnrolmentState.STARTED, EnrolmentState.PAUSED}), EnrolmentState.ENDED),
    "reopened": (frozenset({EnrolmentState.ENDED}), EnrolmentState.STARTED),
    "transferred": (
        frozenset(
            {EnrolmentState.REFERRED, EnrolmentState.ACCEPTED, EnrolmentState.STARTED, EnrolmentState.PAUSED}
        ),
        EnrolmentState.TRANSFERRED,
    ),
}

ON_PROGRAMME = frozenset({EnrolmentState.STARTED, EnrolmentState.PAUSED})
# What happened before somebody left may arrive after: a tablet was offline.
RECORDABLE = ON_PROGRAMME | {EnrolmentState.ENDED, EnrolmentState.TRANSFERRED}
IN_TOUCH = frozenset({EnrolmentState.REFERRED, EnrolmentState.ACCEPTED}) | ON_PROGRAMME

Marks = dict[UUID, dict[str, Any]]


@dataclass(frozen=True)
class Contribution:
    """Columns of the standing that one kind of record decides, worked out for many enrolments at once."""

    kinds: frozenset[RecordKind]
    defaults: dict[str, Any]
    compute: Callable[[list[UUID]], Marks]


CONTRIBUTIONS: list[Contribution] = []


def contributes(
    *kinds: RecordKind, **defaults: Any
) -> Callable[[Callable[[list[UUID]], Marks]], Callable[[list[UUID]], Marks]]:
    """Register a function that works out standing columns from the records of these kinds.

    Args:
        *kinds: Kinds after which it must be worked out anew.
        **defaults: The columns it decides, with the value of an enrolment it does not mention.
    """

    def register(compute: Callable[[list[UUID]], Marks]) -> Callable[[list[UUID]], Marks]:
        CONTRIBUTIONS.append(Contribution(frozenset(kinds), defaults, compute))
        return compute

    return register


def baseline_due_on(started_on: date | None, marks: dict[str, Any]) -> date | None:
    """Return by when both raters should give the baseline; None once they have, or before the start."""
    if started_on is None or marks.get("baseline_on"):
        return None
    return (marks.get("first_met_on") or started_on) + timedelta(days=BASELINE_WITHIN_DAYS)


def attention_on(
    state: EnrolmentState, referred_on: date, started_on: date | None, marks: dict[str, Any]
) -> date:
    """Return the day from which a person needs attention: the earliest of their marks.

    Args:
        state: Where they stand.
        referred_on: A referral that nobody answered is itself a mark.
        started_on: Counts as the first meeting where none is recorded.
        marks: The standing's date columns.
    """
    if state in {EnrolmentState.REFERRED, EnrolmentState.ACCEPTED}:
        return min(_days([marks.get("needs_you_on"), referred_on]))
    if state not in ON_PROGRAMME:
        return NEVER
    met = marks.get("last_met_on") or started_on or referred_on
    planned = marks.get("next_planned_at")
    return min(
        _days(
            [
                marks.get("needs_you_on"),
                planned.date() if planned else None,
                marks.get("baseline_due_on"),
                marks.get("review_due_on"),
                marks.get("plan_due_on"),
                met + timedelta(days=UNMET_AFTER_DAYS),
            ]
        )
    )


def _days(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]
