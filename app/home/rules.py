"""What a section of a home page is made of."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

ROWS_SHOWN = 10


class SectionCode(StrEnum):
    """The sections of the home pages; a role has a few of them, in this order."""

    TODAY = "today"
    REVIEWS = "reviews"
    NEEDS_YOU = "needs-you"
    REFERRALS = "referrals"
    TO_VERIFY = "to-verify"
    RETURNED = "returned"
    REVIEWS_OVERDUE = "reviews-overdue"
    BLOCKED = "blocked"
    EXPECTED = "expected"
    SIGNALS = "signals"
    MY_PEOPLE = "my-people"
    SINCE_MONDAY = "since-monday"
    CLAIMABLE = "claimable"
    INCOMPLETE = "incomplete"
    THIS_MONTH = "this-month"
    TO_APPROVE = "to-approve"
    PARTNERS = "partners"
    CLAIMS = "claims"
    PEOPLE = "people"
    DEVICES = "devices"
    INSTRUMENTS = "instruments"
    RATE_CARDS = "rate-cards"


@dataclass(frozen=True)
class Section:
    """One section: how many there are, the first of them, and what they come to where it is money.

    Attributes:
        rows: By name of field, as `HomeRowSchema` has them; a field that a section has not is left out.
        total_pence: Where the section is about money; the others do not speak of it.
    """

    code: SectionCode
    count: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    total_pence: int | None = None


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def claim_month(day: date) -> date:
    """Return the first day of the month that is claimed for now: the one before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def claim_deadline(month: date, claim_day: int) -> date:
    """Return the last day on which a month's claim can be submitted: `claim_day` of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=claim_day)
