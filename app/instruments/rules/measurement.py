"""The formulas of reliable change: how far apart two scores must be before they are not the same.

**One number type**: `Decimal`, 28 digits. Scores are whole numbers and inputs are written in decimals, so a
figure that was frozen as text is read back as exactly itself, on any machine and in any language.
**One rounding**: half up to four places (`rounded`), once, on each figure that is shown or decided on; no
figure is worked out from a rounded one. A decision compares the figure as it is shown, so that what stands on
paper and what was decided never differ.

Units: everything is in points of the instrument's scale, except r (0 to 1), RCI and z (standard errors).

Source:
    docs/measurement.md#formulas; Jacobson & Truax 1991; Christensen & Mendoza 1986 (the √2).
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from statistics import NormalDist

Scores = Mapping[str, int | None]  # {"confidence": 4, "health": None}; None: chose not to rate it

PRECISION_DIGITS = 28
CONTEXT = Context(prec=PRECISION_DIGITS, rounding=ROUND_HALF_UP)
PLACES = Decimal("0.0001")

Z_MDC = Decimal("1.96")  # 95 %, two-sided
Z_IMPROVED = Decimal("2.24")  # each rater's, for `reliable-improvement`
Z_HELD = Decimal("1.5")  # each rater's, for `held`
WORSE_ALPHA = 0.05  # two-sided, shared out over all the ladders tested

LEAST_SHARE = (3, 4)  # of the ladders asked: 6 of 8


def rounded(value: Decimal) -> Decimal:
    """Return a figure as it is shown and decided on: four places, half up."""
    return value.quantize(PLACES, context=CONTEXT)


def standard_error(sd: Decimal, r: Decimal, *, calibrated: int = 1, used: int = 1) -> Decimal:
    """Return ``SEM = sd·√(1−r)·(calibrated/used)^1.5``, in points of the scale, not rounded.

    The last factor is 1 where the set of ladders was calibrated itself. A shorter mean errs by at most
    ``calibrated/used`` times as much while the errors of the ladders are not negatively related, for those
    left out could only have added to the sum; its root more makes sure that leaving out the ladders that rose
    least, chosen after having seen the review, does not pay either (docs/measurement.md#leaving-ladders-out).

    Args:
        sd: Standard deviation between people of the composite over the calibrated set.
        r: Its test–retest correlation or ICC, 0 to 1 (the lower limit where it was estimated); never
            Cronbach's alpha.
        calibrated: How many ladders the calibrated set holds.
        used: How many of them were answered on every occasion.

    Raises:
        ValueError: sd is not more than 0, r is not from 0 to below 1, or more ladders were used.

    Source:
        docs/measurement.md#formulas
    """
    if sd <= 0 or not 0 <= r < 1:
        message = f"An error needs an sd above 0 and an r from 0 to below 1; these are {sd} and {r}."
        raise ValueError(message)
    if not 1 <= used <= calibrated:
        message = f"{used} ladders cannot stand on a calibration of {calibrated}."
        raise ValueError(message)
    spread = CONTEXT.multiply(sd, CONTEXT.sqrt(CONTEXT.subtract(Decimal(1), r)))
    share = CONTEXT.divide(Decimal(calibrated), Decimal(used))
    return CONTEXT.multiply(spread, CONTEXT.multiply(share, CONTEXT.sqrt(share)))


def difference_error(sem: Decimal, before: int, after: int) -> Decimal:
    """Return ``Sdiff = SEM·√(1/k₁ + 1/k₂)``, in points, not rounded.

    Args:
        sem: Standard error of one rating.
        before: k₁, how many ratings are averaged on the first side (2 with a double baseline).
        after: k₂, on the second side.

    Raises:
        ValueError: a side has no rating.

    Source:
        Christensen & Mendoza 1986, for one rating each (√2).
    """
    if before < 1 or after < 1:
        message = "Each side needs a rating."
        raise ValueError(message)
    share = CONTEXT.divide(Decimal(before + after), Decimal(before * after))
    return CONTEXT.multiply(sem, CONTEXT.sqrt(share))


def change_index(change: Decimal, sdiff: Decimal) -> Decimal:
    """Return ``RCI = (x₂−x₁)/Sdiff``, in standard errors of the difference, not rounded.

    Source:
        Jacobson & Truax 1991.
    """
    return CONTEXT.divide(change, sdiff)


def needed_change(sdiff: Decimal, z: Decimal) -> Decimal:
    """Return the least change with ``RCI ≥ z``, in points, not rounded: ``z·Sdiff``."""
    return CONTEXT.multiply(z, sdiff)


def detectable_change(sem: Decimal) -> Decimal:
    """Return ``MDC95 = 1.96·√2·SEM``: the minimal detectable change of one rating each, in points."""
    return needed_change(difference_error(sem, 1, 1), Z_MDC)


def least_ladders(asked: int) -> int:
    """Return how many of the ladders asked a rater must have answered throughout: 6 of 8, 3 of 3."""
    part, whole = LEAST_SHARE
    return -(-asked * part // whole)


def common_ladders(ratings: Collection[Scores]) -> tuple[str, ...]:
    """Return the ladders that were answered in each of these ratings, in the order of their codes."""
    answered = [{code for code, score in scores.items() if score is not None} for scores in ratings]
    return tuple(sorted(set.intersection(*answered))) if answered else ()


def composite(ratings: Sequence[Scores], ladders: Sequence[str]) -> Decimal:
    """Return the mean of these ladders, averaged over one side's ratings, in points, not rounded.

    Never prorated: a ladder without an answer is no part of the set on any side.

    Args:
        ratings: The scores of one side, one or more.
        ladders: Answered in each of them. On every ladder a higher score is better.

    Raises:
        ValueError: there is no rating or no ladder, or one is not answered.
    """
    if not ratings or not ladders:
        message = "A composite needs a rating and a ladder."
        raise ValueError(message)
    points = 0
    for scores in ratings:
        for code in ladders:
            score = scores.get(code)
            if score is None:
                message = f"The ladder {code} is not answered in every rating."
                raise ValueError(message)
            points += score
    return CONTEXT.divide(Decimal(points), Decimal(len(ratings) * len(ladders)))


def worse_z(ladders: int) -> Decimal:
    """Return how many standard errors one of several ladders must fall to be reliably worse.

    Bonferroni: 5 %, two-sided, shared out over all the ladders tested: 1.96 for one, 2.7344 for eight.

    Raises:
        ValueError: no ladder is tested.
    """
    if ladders < 1:
        message = "Nothing is tested."
        raise ValueError(message)
    return rounded(Decimal(NormalDist().inv_cdf(1 - WORSE_ALPHA / (2 * ladders))))
