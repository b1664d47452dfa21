"""When a signal is told to whom: the team first, the prime when the team has answered or has had its time."""

from datetime import UTC, date, datetime, time, timedelta

from app.records.rules import LONDON, london_day

OWN_DAYS = 28


def told_before(today: date) -> datetime:
    """Return the moment before which signals must have been found for the prime to be told today."""
    return datetime.combine(today - timedelta(days=OWN_DAYS - 1), time(), LONDON).astimezone(UTC)


def told_to_prime_on(found_at: datetime, first_answer_at: datetime | None) -> date:
    """Return the day from which the prime sees a signal: the 28th day after it was found, or of an answer."""
    in_time = london_day(found_at) + timedelta(days=OWN_DAYS)
    return min(in_time, london_day(first_answer_at)) if first_answer_at else in_time
