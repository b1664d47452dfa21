"""The states of an enrolment, and the arithmetic of its standing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.enrolments.models import EnrolmentState
from app.records.models import RecordKind

UNMET_AFTER_DAYS = 21
BASELINE_WITHIN_DAYS = 28  # of the first meeting
SECOND_BASELINE_DAYS = (7, 28)  # after the first: from when it counts, and when it is due
BASELINE_LOCKS_DAYS = 56  # after the first, where no second one was taken
BASELINE_LOCKS_EXTENDED_DAYS = 84
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


@dataclass(frozen=True)
class Clock:
    """How time runs for one person: it stands still while they are away.

    Attributes:
        pauses: First day away and first day back of each, oldest first; None while they are away.
        is_extended: The time for the second baseline was made longer, with a reason.
    """

    pauses: tuple[tuple[date, date | None], ...] = ()
    is_extended: bool = False

    def days_between(self, since: date, until: date) -> int:
        """Return how many days ran from one day to another."""
        stood_still = sum(
            max(0, (min(back or until, until) - max(away, since)).days) for away, back in self.pauses
        )
        return (until - since).days - stood_still

    def after(self, day: date, days: int) -> date | None:
        """Return the day on which so many days have run since another; None while they cannot run on."""
        due = day + timedelta(days=days)
        for away, back in self.pauses:
            if (back is not None and back <= day) or away >= due:
                continue
            if back is None:
                return None
            due += back - max(away, day)
        return due

    def locks_on(self, baseline_on: date) -> date | None:
        """Return the day on which a baseline is locked where no second one was taken."""
        return self.after(
            baseline_on, BASELINE_LOCKS_EXTENDED_DAYS if self.is_extended else BASELINE_LOCKS_DAYS
        )


def read_clock(steps: Iterable[tuple[str, date]]) -> Clock:
    """Return how time runs by the steps of an enrolment's life: (name, day), oldest first."""
    pauses: list[tuple[date, date | None]] = []
    is_extended = False
    for name, day in steps:
        if name == "paused":
            pauses.append((day, None))
        elif name == "resumed" and pauses:
            pauses[-1] = (pauses[-1][0], day)
        is_extended = is_extended or name == "baseline-extended"
    return Clock(tuple(pauses), is_extended)


CLOCK_STEPS = ("paused", "resumed", "baseline-extended")


def due_days(started_on: date | None, marks: dict[str, Any], clock: Clock) -> dict[str, date | None]:
    """Return the columns of the standing that say by when somebody should sit together.

    Args:
        started_on: Counts as the first meeting where none is recorded.
        marks: The standing's other dates.
        clock: How time runs for the person.
    """
    first, second = marks.get("baseline_on"), marks.get("second_baseline_on")
    last = marks.get("last_sitting_on")
    begins = marks.get("first_met_on") or started_on
    waits_for_first = started_on is not None and begins is not None and first is None
    waits_for_second = first is not None and second is None and last == first
    return {
        "baseline_due_on": clock.after(begins, BASELINE_WITHIN_DAYS) if waits_for_first and begins else None,
        "second_baseline_due_on": clock.after(first, SECOND_BASELINE_DAYS[1])
        if waits_for_second and first
        else None,
        "baseline_locks_on": second or (clock.locks_on(first) if first else None),
        "review_due_on": clock.after(last, REVIEW_EVERY_DAYS) if last else None,
    }


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
                marks.get("second_baseline_due_on"),
                marks.get("review_due_on"),
                marks.get("plan_due_on"),
                met + timedelta(days=UNMET_AFTER_DAYS),
            ]
        )
    )


def _days(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]
