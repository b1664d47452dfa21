"""The commissioner signs what the ladders err by: change is in shadow before, provisional after."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from app.assessments.models import Rater
from app.demo.diary import Diary, moment, next_working_day
from app.demo.plots.ratings import LADDERS
from app.demo.setting import Setting
from app.instruments.actions import install_calibrations
from app.instruments.models import CalibrationSource
from app.instruments.rules.signing import NewInputs, months_later
from app.records.rules import london_day

SIGNED_BY = "northmoor"
SIGNED_DAYS_AGO = 300
MONTHS = 12
SD, SD_OF_ONE, R = Decimal("0.90"), Decimal("1.30"), Decimal("0.70")
REFERENCE = "Made-up figures of the demonstration; no trial stands behind them"
LANGUAGE = "en"  # whoever rates in another is still in shadow: a translation errs by itself


def calendar(setting: Setting, diary: Diary) -> Iterable[tuple[datetime, Callable[[], None]]]:
    """Yield when the inputs are signed: some ten months ago, or in the middle of a shorter world."""
    span = (diary.today - diary.first_day).days
    at = moment(next_working_day(diary.day(min(SIGNED_DAYS_AGO, span // 2))), time(11, 20))
    yield at, lambda: sign(setting, at, [(rater, LANGUAGE) for rater in Rater])


def sign(setting: Setting, at: datetime, who: Sequence[tuple[Rater, str]]) -> None:
    """Sign provisional inputs of the whole set, which may pay, and of each ladder alone, never paid for.

    Args:
        setting: Of the world.
        at: When.
        who: The raters, each with the language they rate in.
    """
    day = london_day(at)
    install_calibrations(
        setting.organisations[SIGNED_BY],
        [
            _inputs(setting, rater, language, ladders, day)
            for rater, language in who
            for ladders in (LADDERS, *((ladder,) for ladder in LADDERS))
        ],
        at=at,
        today=day,
    )


def _inputs(setting: Setting, rater: Rater, language: str, ladders: tuple[str, ...], day: date) -> NewInputs:
    return NewInputs(
        instrument_id=setting.instrument_id,
        rater=rater.value,
        language=language,
        ladders=ladders,
        source=CalibrationSource.PROVISIONAL,
        sd=SD if len(ladders) > 1 else SD_OF_ONE,
        r=R,
        r_lower=R,
        n=0,
        reference=REFERENCE,
        valid_from=day,
        valid_until=months_later(day, MONTHS) - timedelta(days=1),
    )
