"""What chance explains of one ladder: the band that pictures draw, so that noise looks like noise.

Nothing is paid by it, for only the composite may pay. It is told to whoever oversees, never to whoever rates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.instruments.rules.inputs import CalibrationState, ErrorInputs, inputs_for
from app.instruments.rules.measurement import (
    CONTEXT,
    difference_error,
    needed_change,
    rounded,
    standard_error,
    worse_z,
)

EXAMPLE_SD, EXAMPLE_R = Decimal(2), Decimal("0.8")  # one ladder of 0 to 10, as the worked values have it


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a ladder's band rests on.

    Attributes:
        error: The signed inputs; None where nobody has signed any, and an example stands in.
        is_shared: The error is that of a whole set, taken to be the same for each of its ladders.
        is_later: They were signed after the rating that they are shown beside, so nothing rests on them.
    """

    error: ErrorInputs | None
    is_shared: bool = False
    is_later: bool = False

    @property
    def state(self) -> CalibrationState:
        """What may rest on it."""
        if self.error is None or self.is_later:
            return CalibrationState.SHADOW
        return self.error.state

    @property
    def sem(self) -> Decimal:
        """Return the standard error of one rating of one ladder, in points, not rounded.

        Its own where the ladder was calibrated by itself. Of a set of m it is ``SEM·√m``: what each ladder
        errs by where all err alike and independently, and more than that where they err together.

        Source:
            docs/measurement.md#one-ladder
        """
        if self.error is None:
            return standard_error(EXAMPLE_SD, EXAMPLE_R)
        own = standard_error(self.error.sd, self.error.r_lower)
        return CONTEXT.multiply(own, CONTEXT.sqrt(Decimal(len(self.error.ladders))))


@dataclass(frozen=True, kw_only=True)
class LadderChance:
    """One rater's change on one ladder beside what chance explains.

    Attributes:
        half_width: How far either way of the beginning chance explains a rating, in points, four places.
        moved: From the middle of the beginning to now, in points, four places.
    """

    basis: Basis
    half_width: Decimal
    moved: Decimal

    @property
    def is_sure(self) -> bool:
        """Whether it is at least as far from the beginning as chance hardly ever goes."""
        return abs(self.moved) >= self.half_width


def basis_for(known: Iterable[ErrorInputs], ladder: str, *, on: date, today: date) -> Basis:
    """Return what to judge a ladder's course by: what held at its last rating, else what holds now.

    Args:
        known: Of one instrument version, rater and language.
        ladder: Its code.
        on: The day of the last rating.
        today: In London.
    """
    signed = list(known)
    then = inputs_for(signed, [ladder], on)
    error = then or inputs_for(signed, [ladder], today)
    if error is None:
        return Basis(error=None)
    return Basis(error=error, is_shared=len(error.ladders) > 1, is_later=then is None)


def ladder_chance(basis: Basis, before: Sequence[int], now: int, *, tested: int) -> LadderChance:
    """Return one rater's change on one ladder beside what chance explains of it.

    Args:
        basis: Of this rater and ladder.
        before: Their answers where it began: one, or two of a double baseline.
        now: Their last one.
        tested: How many ladders are looked at together; 5 % are shared out over them (Bonferroni).

    Raises:
        ValueError: there is no answer to begin with, or nothing is tested.
    """
    sdiff = difference_error(basis.sem, len(before), 1)
    began = CONTEXT.divide(Decimal(sum(before)), Decimal(len(before)))
    return LadderChance(
        basis=basis,
        half_width=rounded(needed_change(sdiff, worse_z(tested))),
        moved=rounded(CONTEXT.subtract(Decimal(now), began)),
    )
