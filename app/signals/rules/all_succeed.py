"""Everything succeeds: nearly everybody who was reviewed improved reliably, by both raters."""

from collections.abc import Iterator, Sequence

from app.signals.rules.facts import Case
from app.signals.rules.null import Null
from app.signals.rules.reviews import Review

# Half of the people of a good team within a year; of some teams a good deal more.
NULL = Null(mean=0.5, spread=0.03)


def cases(reviews: Sequence[Review]) -> Iterator[Case]:
    """Yield each person from their first review on, and when they had improved."""
    first: dict[str, Review] = {}
    last: dict[str, Review] = {}
    for one in reviews:
        first.setdefault(one.enrolment_id, one)
        last[one.enrolment_id] = one
    for person, one in last.items():
        seen_on = one.received_on if one.is_reached else None
        yield Case(one.worker_id, one.record_id, min(first[person].received_on, one.received_on), seen_on)
