"""Five ways to decide that somebody improved: ours, and four that are in use.

Ours is Waymark's own rule, made quick: the rules are asked once for the least number of points that reaches
their threshold, and then whole numbers are compared. `by_rules` asks the rules themselves, person by person.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from app.instruments.rules.change import Rating, all_reached, change_between
from app.instruments.rules.inputs import ErrorInputs
from app.instruments.rules.measurement import (
    CONTEXT,
    change_index,
    difference_error,
    needed_change,
    rounded,
    standard_error,
)
from tests.simulation.people import COUNT, ERROR, LADDERS, RATERS, SEM, Points

Verdict = npt.NDArray[np.bool_]
DAY = date(2026, 1, 5)
Z_USUAL = 1.96


def least_points(error: ErrorInputs, baselines: int, z: Decimal, used: int) -> int:
    """Return the least rise in points, summed over ladders and baselines, that the rules let through."""
    sdiff = _sdiff(error, baselines, used)
    parts = baselines * used
    points = int(needed_change(sdiff, z) * parts) - 2
    while rounded(change_index(CONTEXT.divide(Decimal(points), Decimal(parts)), sdiff)) < z:
        points += 1
    return points


def most_points(error: ErrorInputs, baselines: int, z: Decimal, used: int) -> int:
    """Return the highest baseline in points, summed likewise, from which a change that counts can be seen."""
    parts = baselines * used
    limit = error.scale_max - rounded(needed_change(_sdiff(error, baselines, used), z))
    points = int(limit * parts) + 2
    while rounded(CONTEXT.divide(Decimal(points), Decimal(parts))) > limit:
        points -= 1
    return points


def _sdiff(error: ErrorInputs, baselines: int, used: int) -> Decimal:
    sem = standard_error(error.sd, error.r_lower, calibrated=len(error.ladders), used=used)
    return difference_error(sem, baselines, 1)


def ours(
    before: Sequence[Points], after: Points, error: ErrorInputs, z: Decimal, kept: Points | None = None
) -> Verdict:
    """Return who improved by our rule: both raters' composites, and not from the ceiling.

    Args:
        before: The baseline, one sitting or two.
        after: The review.
        error: Of the set that was answered before.
        z: What each rater's RCI is held against.
        kept: 1 where a rater answered the ladder throughout, 0 where it was left out at the review; each
            rater of each person left out equally many.
    """
    mask = np.ones((1, 1, COUNT), np.int32) if kept is None else kept
    used = int(mask[0, 0].sum())
    start = (total(before) * mask).sum(axis=2)
    rise = len(before) * (after * mask).sum(axis=2) - start
    verdict: Verdict = (
        (rise >= least_points(error, len(before), z, used))
        & (start <= most_points(error, len(before), z, used))
    ).all(axis=1)
    return verdict


def total(sittings: Sequence[Points]) -> Points:
    """Return the sum of several sittings, by person, rater and ladder."""
    return np.asarray(np.sum(sittings, axis=0), dtype=np.int32)


def by_rules(
    before: Sequence[Points], after: Points, error: ErrorInputs, z: Decimal, kept: Points | None = None
) -> Verdict:
    """Return the same, asked of Waymark's rules one person at a time."""

    def rating(sitting: Points, person: int, rater: int, days: int, mask: Points | None) -> Rating:
        scores = {
            code: int(sitting[person, rater, place]) if mask is None or mask[person, rater, place] else None
            for place, code in enumerate(LADDERS)
            if code in error.ladders
        }
        return Rating(occurred_on=DAY + timedelta(days=days), scores=scores)

    found = []
    for person in range(len(after)):
        changes = []
        for place, rater in enumerate(RATERS):
            first = [rating(one, person, place, days, None) for days, one in enumerate(before)]
            later = [rating(after, person, place, 90, kept)]
            known = [ErrorInputs(**{**vars(error), "rater": rater})]
            change = change_between(known, first, later, z=z)
            assert change is not None
            changes.append(change)
        found.append(all_reached(changes) and not any(change.is_at_ceiling for change in changes))
    return np.array(found, dtype=np.bool_)


# --- what others do: the person's own rating (the first rater's), as a rule ---


def any_ladder_up(before: Sequence[Points], after: Points, unit: int) -> Verdict:
    """Return whose rating of any ladder rose by a rung."""
    return _own(before, after).max(axis=1) >= unit


def any_ladder_index(before: Sequence[Points], after: Points, unit: int) -> Verdict:
    """Return whose rating of any ladder rose by 1.96 of its own standard errors."""
    sdiff = (ERROR * (1 + 1 / len(before))) ** 0.5
    return _own(before, after).max(axis=1) >= Z_USUAL * sdiff * unit


def one_rater_index(before: Sequence[Points], after: Points, unit: int) -> Verdict:
    """Return whose own composite rose by 1.96 of its standard errors."""
    sdiff = SEM * (1 + 1 / len(before)) ** 0.5
    return _own(before, after).mean(axis=1) >= Z_USUAL * sdiff * unit


def mean_up(before: Sequence[Points], after: Points, unit: int) -> Verdict:
    """Return whose own mean of the ladders rose by a rung."""
    return _own(before, after).mean(axis=1) >= unit


def _own(before: Sequence[Points], after: Points) -> npt.NDArray[np.float64]:
    difference = after[:, 0] - np.mean([one[:, 0] for one in before], axis=0)
    return np.asarray(difference, dtype=np.float64)


OTHERS = {
    "any ladder +1": any_ladder_up,
    "any ladder, RCI 1.96": any_ladder_index,
    "composite of one rater, RCI 1.96": one_rater_index,
    "mean +1": mean_up,
}
OURS = "Waymark: both raters' composites, RCI 2.24"
RULES = (*OTHERS, OURS)
