"""What is known of an instrument's error, and which of it a rating is judged by."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.instruments.models import CalibrationSource

LEAST_PAIRS = 30  # below, a calibration is looked at and pays nothing


class CalibrationState(StrEnum):
    """What may rest on the inputs that are known of an instrument's error."""

    SHADOW = "shadow"  # nothing that is paid
    PROVISIONAL = "provisional"  # signed by the commissioner for a time
    CALIBRATED = "calibrated"


def state_of(inputs: "ErrorInputs | None") -> CalibrationState:
    """Return what may rest on inputs, or on none."""
    return CalibrationState.SHADOW if inputs is None else inputs.state


@dataclass(frozen=True, kw_only=True)
class ErrorInputs:
    """What is known of an instrument's error, for one version, rater, language and set of ladders.

    Attributes:
        calibration: The id of the calibration that these are, as text.
        rater: `participant`, `worker` or `second-rater`.
        ladders: Codes of the calibrated set, in their order.
        sd: Between people, of the composite over the set, in points.
        r: Test–retest correlation or ICC as it was estimated, 0 to 1.
        r_lower: Its lower one-sided 95 % limit: the one that is used. Of provisional inputs r itself.
        n: Pairs of ratings that they rest on; 0 of provisional ones.
        reference: Where they come from, in words.
        valid_until: The last day; None where they stand until better ones come.
    """

    calibration: str
    instrument: str
    instrument_version: int
    scale_min: int
    scale_max: int
    rater: str
    language: str
    ladders: tuple[str, ...]
    sd: Decimal
    r: Decimal
    r_lower: Decimal
    n: int
    source: CalibrationSource
    reference: str
    valid_from: date
    valid_until: date | None = None

    @property
    def state(self) -> CalibrationState:
        """What may rest on them: fewer than 30 pairs are looked at, and pay nothing."""
        if self.source is CalibrationSource.PROVISIONAL:
            return CalibrationState.PROVISIONAL
        return CalibrationState.CALIBRATED if self.n >= LEAST_PAIRS else CalibrationState.SHADOW

    def holds_on(self, day: date) -> bool:
        """Whether a rating of that day may be judged by these inputs."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def inputs_for(known: Iterable[ErrorInputs], ladders: Collection[str], on: date) -> ErrorInputs | None:
    """Return the inputs to judge a set of ladders by on a day: the set's own, or else those of a wider set.

    Args:
        known: Of one instrument version, rater and language.
        ladders: The set that was answered throughout.
        on: The day of the rating that is judged.

    Returns:
        Those that may pay before those that may not; then the narrowest set; then calibrated before
        provisional; then the newest. None where no set holds these ladders.
    """
    wanted = set(ladders)
    fitting = [inputs for inputs in known if inputs.holds_on(on) and wanted and wanted <= set(inputs.ladders)]
    return max(fitting, key=_fitness, default=None)


def _fitness(inputs: ErrorInputs) -> tuple[bool, int, bool, date, str]:
    return (
        inputs.state is not CalibrationState.SHADOW,
        -len(inputs.ladders),
        inputs.state is CalibrationState.CALIBRATED,
        inputs.valid_from,
        inputs.calibration,
    )
