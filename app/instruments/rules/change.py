"""One rater's change between two sides, with everything that it was worked out from.

A `Change` carries its inputs. Frozen as text (`frozen`) it can be worked out again with nothing of ours: see
the ten lines in docs/measurement.md#working-it-out-again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.instruments.rules.inputs import ErrorInputs, inputs_for
from app.instruments.rules.measurement import (
    CONTEXT,
    Scores,
    change_index,
    common_ladders,
    composite,
    detectable_change,
    difference_error,
    least_ladders,
    needed_change,
    rounded,
    standard_error,
)

FORMAT = "waymark-change-1"
FORMULA = (
    "SEM = sd*sqrt(1-r_lower)*(len(calibrated_ladders)/len(ladders))^1.5; "
    "Sdiff = SEM*sqrt(1/k1+1/k2); RCI = (mean after - mean before)/Sdiff; "
    "needed = z*Sdiff; MDC95 = 1.96*sqrt(2)*SEM; each rounded half up to 4 places, once"
)


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One rater's answers on one day."""

    occurred_on: date
    scores: Scores

    def only(self, ladders: Sequence[str]) -> dict[str, int]:
        """Return the answers to these ladders, each of which has one."""
        return {code: score for code in ladders if (score := self.scores[code]) is not None}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One rater's change, and whether it is more than the error of measuring it.

    Attributes:
        error: The inputs, that travel with the result.
        ladders: Answered in each rating of both sides; the composite is their mean.
        z: What RCI is held against.
        sem, sdiff, mdc95, needed, baseline, later, change: In points of the scale, four places.
        rci: In standard errors of the difference, four places; negative where it is worse.
    """

    error: ErrorInputs
    ladders: tuple[str, ...]
    before: tuple[Rating, ...]
    after: tuple[Rating, ...]
    z: Decimal
    sem: Decimal
    sdiff: Decimal
    mdc95: Decimal
    needed: Decimal
    baseline: Decimal
    later: Decimal
    change: Decimal
    rci: Decimal

    @property
    def is_reached(self) -> bool:
        """Whether it improved by at least what counts."""
        return self.rci >= self.z

    @property
    def is_worse(self) -> bool:
        """Whether it fell by at least as much."""
        return self.rci <= -self.z

    @property
    def is_at_ceiling(self) -> bool:
        """Whether the baseline stood so high that a change that counts cannot be measured."""
        return self.baseline > self.error.scale_max - self.needed

    @property
    def is_at_floor(self) -> bool:
        """Whether the baseline stood so low that a fall that counts cannot be measured."""
        return self.baseline < self.error.scale_min + self.needed

    def frozen(self) -> dict[str, Any]:
        """Return all of it as JSON holds it: every figure as text, so that none changes on the way."""
        error = self.error
        return {
            "format": FORMAT,
            "formula": FORMULA,
            "calibration": error.calibration,
            "instrument": error.instrument,
            "instrument_version": error.instrument_version,
            "scale_min": error.scale_min,
            "scale_max": error.scale_max,
            "rater": error.rater,
            "language": error.language,
            "calibrated_ladders": list(error.ladders),
            "sd": str(error.sd),
            "r": str(error.r),
            "r_lower": str(error.r_lower),
            "n": error.n,
            "source": error.source.value,
            "reference": error.reference,
            "valid_from": error.valid_from.isoformat(),
            "valid_until": error.valid_until.isoformat() if error.valid_until else None,
            "ladders": list(self.ladders),
            "before": self._side(self.before),
            "after": self._side(self.after),
            "z": str(self.z),
            **{name: str(getattr(self, name)) for name in FIGURES},
            "reached": self.is_reached,
        }

    def _side(self, ratings: tuple[Rating, ...]) -> list[dict[str, Any]]:
        return [
            {"occurred_on": rating.occurred_on.isoformat(), "scores": rating.only(self.ladders)}
            for rating in ratings
        ]


FIGURES = ("sem", "sdiff", "mdc95", "needed", "baseline", "later", "change", "rci")


def ladders_answered(before: Iterable[Rating], after: Iterable[Rating]) -> tuple[str, ...]:
    """Return the ladders that a rater answered every time, on both sides."""
    return common_ladders([rating.scores for rating in (*before, *after)])


def has_enough(ladders: Collection[str], asked: Collection[str]) -> bool:
    """Whether so many of the ladders asked were answered throughout that a composite may be made of them."""
    return len(set(ladders) & set(asked)) >= least_ladders(len(asked))


def change_between(
    known: Iterable[ErrorInputs], before: Sequence[Rating], after: Sequence[Rating], *, z: Decimal
) -> Change | None:
    """Return one rater's change by the inputs that hold; None where none do.

    The set is the one that the rater answered **before**: it was fixed when nobody knew how the review would
    end. A ladder left out afterwards widens the error (`standard_error`), so leaving out what fell never
    helps. Whether enough is left to make a composite is asked first, of `has_enough`.

    Args:
        known: Of this rater, instrument version and language.
        before: The baseline, one rating or two.
        after: The review.
        z: What RCI is held against.
    """
    used = ladders_answered(before, after)
    if not used:
        return None
    error = inputs_for(known, ladders_answered(before, ()), max(rating.occurred_on for rating in after))
    return None if error is None else measure(before, after, error=error, z=z, ladders=used)


def measure(
    before: Sequence[Rating],
    after: Sequence[Rating],
    *,
    error: ErrorInputs,
    z: Decimal,
    ladders: Sequence[str] | None = None,
) -> Change:
    """Return one rater's change over the ladders answered throughout.

    Args:
        before: The baseline, one rating or two (averaged).
        after: The review.
        error: Of this rater, instrument version and language; its set holds the ladders (`inputs_for`).
        z: What RCI is held against: `Z_IMPROVED`, `Z_HELD`, or `worse_z` for a single ladder.
        ladders: Only these, each answered throughout; all that were answered where it is None.

    Raises:
        ValueError: a side has no rating, no ladder is common to all, one is not in the calibrated set, or a
            side is later than the other.
    """
    used = tuple(sorted(ladders)) if ladders is not None else ladders_answered(before, after)
    strangers = set(used) - set(error.ladders)
    if strangers:
        message = f"The error of these ladders is not known: {', '.join(sorted(strangers))}."
        raise ValueError(message)
    if before and after and max(r.occurred_on for r in before) > min(r.occurred_on for r in after):
        message = "The baseline is later than the review."
        raise ValueError(message)
    baseline = composite([rating.scores for rating in before], used)
    later = composite([rating.scores for rating in after], used)
    sem = standard_error(error.sd, error.r_lower, calibrated=len(error.ladders), used=len(used))
    sdiff = difference_error(sem, len(before), len(after))
    change = CONTEXT.subtract(later, baseline)
    return Change(
        error=error,
        ladders=used,
        before=tuple(before),
        after=tuple(after),
        z=z,
        sem=rounded(sem),
        sdiff=rounded(sdiff),
        mdc95=rounded(detectable_change(sem)),
        needed=rounded(needed_change(sdiff, z)),
        baseline=rounded(baseline),
        later=rounded(later),
        change=rounded(change),
        rci=rounded(change_index(change, sdiff)),
    )


def all_reached(changes: Iterable[Change]) -> bool:
    """Whether each of two or more raters saw a change that counts; in which order they stand is the same."""
    seen = list(changes)
    raters = {change.error.rater for change in seen}
    return len(raters) > 1 and len(raters) == len(seen) and all(change.is_reached for change in seen)


def reliably_worse(by_rater: Sequence[Mapping[str, Change]]) -> tuple[str, ...]:
    """Return the single ladders that each of two raters saw fall by more than their error.

    Args:
        by_rater: For each rater the change of each single ladder (`measure` with one ladder and
            `worse_z` of how many are tested).
    """
    if len(by_rater) < 2:  # noqa: PLR2004  (one rater alone never says that somebody is worse)
        return ()
    shared = set.intersection(*(set(changes) for changes in by_rater))
    return tuple(sorted(code for code in shared if all(changes[code].is_worse for changes in by_rater)))
