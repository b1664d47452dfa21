"""What the signals are worked out from; no name, no word, nothing that a person said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


class RatingFact(NamedTuple):
    """One rater's answers that stand. A key worker holds the tablet for both raters, so both are theirs."""

    record_id: str
    enrolment_id: str
    worker_id: str  # its author
    sitting_id: str
    sitting_kind: str
    rater: str
    instrument_id: str
    language: str
    scores: Mapping[str, int | None]
    device_id: str | None
    occurred_on: date
    recorded_at: datetime
    received_on: date


class ItemFact(NamedTuple):
    """A piece of evidence that stands, and where the confirmation of a person came from."""

    record_id: str
    person: str  # the human, however many enrolments they have
    worker_id: str  # whoever recorded what it supports
    kind: str
    sent_sha256: str | None
    occurred_on: date
    received_on: date
    is_away: bool  # it says that it came from elsewhere, or somebody else recorded it
    # Minutes to the nearest fact of this worker about this person on the same device; None: another device.
    beside_minutes: float | None = None


class ErrorFact(NamedTuple):
    """The error of one rating of a whole set of ladders, in points."""

    sem: float
    ladders: frozenset[str]


@dataclass(frozen=True)
class TeamFacts:
    """All that a look is given of one team.

    Attributes:
        errors: By instrument, rater and language; empty where nothing may be paid for yet.
    """

    ratings: Sequence[RatingFact] = ()
    items: Sequence[ItemFact] = ()
    errors: Mapping[tuple[str, str, str], ErrorFact] = field(default_factory=dict)


class Case(NamedTuple):
    """One occasion on which the thing could have been seen, and when it was; None where it was not.

    A case counts from the day on which it came; what was seen of it later counts from then on. So a look sees
    what it would have seen on its day, and nothing of what came after.
    """

    worker_id: str
    record_id: str
    received_on: date
    seen_on: date | None
