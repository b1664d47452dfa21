"""People who did not change, or changed by so much, and how two raters would rate them.

The model is the one of the worked values in docs/measurement.md: eight ladders, each with an sd of 2 rungs
and r .8, whose mean has an sd of 1.5 and r .9. From that follows how much of a ladder's error it shares with
the others of the same sitting (18 %), and how much people's true ladders go together (58 %).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from app.instruments.models import CalibrationSource
from app.instruments.rules.inputs import ErrorInputs

LADDERS = tuple("abcdefgh")
COUNT = len(LADDERS)
RATERS = ("participant", "worker")
LADDER_SD, LADDER_R = 2.0, 0.8
MEAN_SD, MEAN_R = 1.5, 0.9
ERROR = LADDER_SD**2 * (1 - LADDER_R)
TRUE = LADDER_SD**2 * LADDER_R
SEM = MEAN_SD * (1 - MEAN_R) ** 0.5
SHARED_ERROR = (MEAN_SD**2 * (1 - MEAN_R) * COUNT - ERROR) / (COUNT - 1)
SHARED_TRUE = (MEAN_SD**2 * MEAN_R * COUNT - TRUE) / (COUNT - 1)
MDC = 1.96 * 2**0.5 * SEM
EVEN = (1.0,) * COUNT

Points = npt.NDArray[np.int32]  # people × raters × ladders


@dataclass(frozen=True)
class Scale:
    """What the raters write down.

    Attributes:
        name: In words, for the report.
        unit: Points of one rung. 1,000 is as good as no rounding; 1 is whole rungs.
        has_ends: Whether the scale ends at 0 and 10.
        start: The rung at which people begin, on average.
    """

    name: str
    unit: int
    has_ends: bool
    start: float = 4.0

    @property
    def rounding(self) -> float:
        """The part of a ladder's error that is its rounding, in rungs squared; r holds it already."""
        return 1 / (12 * self.unit**2)


FINE = Scale("errors of any size", unit=1000, has_ends=False)
WHOLE = Scale("whole rungs from 0 to 10", unit=1, has_ends=True)


@dataclass(frozen=True)
class Raters:
    """Two raters and their errors.

    Attributes:
        correlation: Of the two raters' errors in one sitting.
        weights: How much each ladder errs, against the others; 1 each where they err alike.
    """

    scale: Scale
    correlation: float
    weights: tuple[float, ...] = EVEN

    def error(self, ladders: tuple[str, ...] = LADDERS) -> ErrorInputs:
        """Return the true inputs of a set of ladders, in the scale's points: nothing is estimated here."""
        weights = [self.weights[LADDERS.index(code)] for code in ladders]
        of_each, shared = sum(weight**2 for weight in weights), sum(weights) ** 2
        sem2 = ((ERROR - SHARED_ERROR) * of_each + SHARED_ERROR * shared) / len(weights) ** 2
        true2 = (TRUE - SHARED_TRUE) / len(weights) + SHARED_TRUE
        unit = self.scale.unit
        r = Decimal(repr(round(true2 / (true2 + sem2), 12)))
        return ErrorInputs(
            calibration="simulated",
            instrument="open-ladders",
            instrument_version=1,
            scale_min=0 if self.scale.has_ends else -1_000_000,
            scale_max=10 if self.scale.has_ends else 1_000_000,
            rater=RATERS[0],
            language="en",
            ladders=ladders,
            sd=Decimal(repr(round((true2 + sem2) ** 0.5, 12))) * unit,
            r=r,
            r_lower=r,
            n=1000,
            source=CalibrationSource.PUBLISHED,
            reference="the model of the simulation",
            valid_from=date(2026, 1, 1),
        )


@dataclass
class Group:
    """Some people with their true rungs; each sitting has errors of its own."""

    raters: Raters
    true: npt.NDArray[np.float64]
    chance: np.random.Generator

    def sitting(self, gain: float = 0.0) -> Points:
        """Return what both raters write down when each true ladder has risen by `gain` rungs."""
        scale = self.raters.scale
        own = ERROR - SHARED_ERROR - scale.rounding
        error = self._of_raters(1) * SHARED_ERROR**0.5 + self._of_raters(COUNT) * own**0.5
        points = np.rint((self.true + gain + error * np.array(self.raters.weights)) * scale.unit)
        if scale.has_ends:
            points = np.clip(points, 0, 10 * scale.unit)
        return points.astype(np.int32)

    def _of_raters(self, ladders: int) -> npt.NDArray[np.float64]:
        both = self.raters.correlation
        size = len(self.true)
        alike = self.chance.standard_normal((size, 1, ladders))
        apart = self.chance.standard_normal((size, len(RATERS), ladders))
        mixed: npt.NDArray[np.float64] = both**0.5 * alike + (1 - both) ** 0.5 * apart
        return mixed


def groups(raters: Raters, people: int, seed: int, size: int = 50_000) -> Iterator[Group]:
    """Give people in groups that fit the memory; the same seed gives the same people."""
    chance = np.random.default_rng(seed)
    for begun in range(0, people, size):
        count = min(size, people - begun)
        alike = chance.standard_normal((count, 1, 1)) * SHARED_TRUE**0.5
        apart = chance.standard_normal((count, 1, COUNT)) * (TRUE - SHARED_TRUE) ** 0.5
        yield Group(raters, raters.scale.start + alike + apart, chance)
