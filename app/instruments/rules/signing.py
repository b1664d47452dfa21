"""What the inputs of a standard error must be before a commissioner may put their name to them."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core.errors import FieldFault
from app.instruments.models import CalibrationSource, Instrument, InstrumentKind
from app.instruments.rules.inputs import LEAST_PAIRS

PROVISIONAL_R_MAX = Decimal("0.70")
PROVISIONAL_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class NewInputs:
    """Inputs to be signed; what each is, `ErrorInputs` says.

    Attributes:
        workings: What they were estimated from, with the intervals; empty where they were not.
    """

    instrument_id: UUID
    rater: str
    language: str
    ladders: tuple[str, ...]
    source: CalibrationSource
    sd: Decimal
    r: Decimal
    r_lower: Decimal
    n: int
    reference: str
    valid_from: date
    valid_until: date | None = None
    workings: dict[str, Any] = field(default_factory=dict)

    @property
    def ladder_codes(self) -> str:
        """The set as a column holds it."""
        return " ".join(sorted(self.ladders))


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day."""
    years, place = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, place + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def faults_of(inputs: NewInputs, instrument: Instrument | None, today: date) -> list[FieldFault]:
    """Return why inputs may not be signed on a day; none where they may."""
    if instrument is None or instrument.kind is not InstrumentKind.LADDERS or instrument.is_context:
        words = "Choose an instrument whose ladders show progress; a clinical scale never pays."
        return [FieldFault("instrument_id", "unknown-instrument", words)]
    return [
        *_set_faults(inputs, instrument),
        *_figure_faults(inputs, instrument),
        *_day_faults(inputs, today),
    ]


def _set_faults(inputs: NewInputs, instrument: Instrument) -> list[FieldFault]:
    asked = {ladder.code for ladder in instrument.ladders if ladder.is_higher_better}
    if not inputs.ladders or len(set(inputs.ladders)) < len(inputs.ladders) or set(inputs.ladders) - asked:
        words = "Name each ladder of the set once, by its code."
        return [FieldFault("ladders", "unknown-ladder", words)]
    return []


def _figure_faults(inputs: NewInputs, instrument: Instrument) -> list[FieldFault]:
    found: list[FieldFault] = []
    widest = Decimal(instrument.scale_max - instrument.scale_min) / 2
    if not 0 < inputs.sd <= widest:
        found.append(FieldFault("sd", "out-of-range", f"Give an sd above 0 and not above {widest} points."))
    if not 0 <= inputs.r_lower <= inputs.r < 1:
        words = "Give an r from 0 to below 1; its lower limit is not above it."
        found.append(FieldFault("r", "out-of-range", words))
    if inputs.source is CalibrationSource.PROVISIONAL:
        if inputs.r > PROVISIONAL_R_MAX:
            words = f"Provisional inputs have an r of {PROVISIONAL_R_MAX} at most."
            found.append(FieldFault("r", "r-too-high", words))
    elif inputs.n < LEAST_PAIRS:
        words = f"Say of how many pairs of ratings the figures come; {LEAST_PAIRS} at least."
        found.append(FieldFault("n", "too-few-pairs", words))
    return found


def _day_faults(inputs: NewInputs, today: date) -> list[FieldFault]:
    if inputs.valid_from < today:
        words = "They hold from today or later: a review that is known already is not judged anew."
        return [FieldFault("valid_from", "in-the-past", words)]
    if inputs.valid_until is None:
        if inputs.source is CalibrationSource.PROVISIONAL:
            return [FieldFault("valid_until", "required", "Provisional inputs end after 12 months at most.")]
        return []
    if inputs.valid_until < inputs.valid_from:
        return [FieldFault("valid_until", "before-it-begins", "Choose a day after the first one.")]
    last = months_later(inputs.valid_from, PROVISIONAL_MONTHS)
    if inputs.source is CalibrationSource.PROVISIONAL and inputs.valid_until >= last:
        words = "Provisional inputs end after 12 months at most; sign them anew then."
        return [FieldFault("valid_until", "too-long", words)]
    return []
