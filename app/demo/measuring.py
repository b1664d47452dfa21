"""The commissioner signs what the ladders err by: change is in shadow before, provisional after."""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
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
SD, R = Decimal("0.90"), Decimal("0.70")
REFERENCE = "Made-up figures of the demonstration; no trial stands behind them"


def calendar(setting: Setting, diary: Diary) -> Iterable[tuple[datetime, Callable[[], None]]]:
    """Yield when the inputs are signed: some ten months ago, or in the middle of a shorter world."""
    span = (diary.today - diary.first_day).days
    at = moment(next_working_day(diary.day(min(SIGNED_DAYS_AGO, span // 2))), time(11, 20))
    yield at, lambda: sign(setting, at)


def sign(setting: Setting, at: datetime) -> None:
    """Sign provisional inputs for each rater of the ladders, in English."""
    day = london_day(at)
    install_calibrations(
        setting.organisations[SIGNED_BY],
        [
            NewInputs(
                instrument_id=setting.instrument_id,
                rater=rater.value,
                language="en",
                ladders=LADDERS,
                source=CalibrationSource.PROVISIONAL,
                sd=SD,
                r=R,
                r_lower=R,
                n=0,
                reference=REFERENCE,
                valid_from=day,
                valid_until=months_later(day, MONTHS) - timedelta(days=1),
            )
            for rater in Rater
        ],
        at=at,
        today=day,
    )
