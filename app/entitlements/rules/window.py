"""Days and prices: from when a thing can be claimed, until when, and for how much."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import holidays

from app.entitlements.rules.facts import EnrolmentFacts, RateTerms
from app.ratecards.rules import price_in_year

CURE_DAYS = 30
SATURDAY = 5


@lru_cache(maxsize=256)
def _bank_holidays(nation: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=nation, years=year))


def is_working_day(day: date, nation: str) -> bool:
    """Whether people in this nation work on a day.

    Args:
        day: The day.
        nation: ENG, SCT, WLS or NIR.
    """
    return day.weekday() < SATURDAY and day not in _bank_holidays(nation, day.year)


def add_working_days(day: date, count: int, nation: str) -> date:
    """Return the day that lies a number of working days after another; the day itself for none."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, nation)
    return day


def stood_still_days(waits: Iterable[tuple[date, date]], claimable_from: date) -> int:
    """Return on how many days a window did not run, each counted once.

    Args:
        waits: From which day to which somebody else was waited for; the last day is not one of them.
        claimable_from: Nothing stands still before the window runs.
    """
    days, reached = 0, claimable_from
    for since, until in sorted(waits):
        days += max((until - max(since, reached)).days, 0)
        reached = max(reached, until)
    return days


def closes_on(claimable_from: date, window_days: int, stood_still_days: int, cures: int) -> date:
    """Return the last day on which a line can be submitted.

    Args:
        claimable_from: The first day.
        window_days: How long the card leaves.
        stood_still_days: Days on which the window did not run.
        cures: How many curable rejections there were; each makes the window 30 days longer.
    """
    return claimable_from + timedelta(days=window_days + stood_still_days + CURE_DAYS * cures)


def price_pence(rate: RateTerms, enrolment: EnrolmentFacts, event_on: date, contract_starts_on: date) -> int:
    """Return the price of one occurrence, rounded half up once.

    The day that decides is the start, unless the rate prices by the event.
    """
    day = event_on if rate.price_on == "event" or enrolment.started_on is None else enrolment.started_on
    return price_in_year(rate.price_pence, rate.percents, contract_starts_on, day)
