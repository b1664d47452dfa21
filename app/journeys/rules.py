"""The arithmetic of the read model: groups of the caseload, seals, folding, and what changed in words."""

from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from unicodedata import combining, normalize
from uuid import UUID

CHANCE_RUNGS = 3.0
"""How many rungs a single ladder must move to leave what chance explains.

Of 0 to 10, at sd 2 and r .8, eight ladders looked at together.

Provisional until a contract's own calibration stands: ± 2.73 × Sdiff, as the paper journey draws it.

Source:
    docs/charts.md; Jacobson & Truax 1991
"""
SAME_RUNGS = 1.0  # less than a rung either way is "about the same"
FOLDED_DAYS_BEFORE_REVIEW = 7
SEALED_DAYS = 14  # two ratings further apart than this are no pair, so nothing is left to protect
RESULTS_VERSION = 1  # of the journey's shape; part of its ETag


class Scope(StrEnum):
    """Whose people a list shows."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class Needs(StrEnum):
    """The groups of a caseload, in the order of what needs doing; everybody is in exactly one."""

    NEEDS_YOU = "needs-you"
    THIS_WEEK = "this-week"
    NOT_MET = "not-met"
    NOTHING = "nothing"


class Change(StrEnum):
    """What became of one ladder between where somebody began and now."""

    CLEARLY_HIGHER = "clearly-higher"
    GOING_UP = "going-up"
    ABOUT_THE_SAME = "about-the-same"
    GOING_DOWN = "going-down"
    CLEARLY_LOWER = "clearly-lower"
    NOT_SAID = "not-said"
    FIRST_TIME = "first-time"


def end_of_week(day: date) -> date:
    """Return the Sunday of a day's week."""
    return day + timedelta(days=6 - day.weekday())


def etag_of(enrolment_id: UUID, revision: int, *viewer: str, day: date) -> str:
    """Return the tag of one journey as one viewer reads it on one day.

    The day counts because seals open and results fold by date, without a change of the revision.
    """
    parts = (str(enrolment_id), str(revision), *viewer, day.isoformat(), str(RESULTS_VERSION))
    return sha256("|".join(parts).encode()).hexdigest()[:32]


def is_folded(review_due_on: date | None, has_sealed_sitting: bool, today: date) -> bool:
    """Whether a rater's results fold away: from a week before a review until both ratings are in."""
    if has_sealed_sitting:
        return True
    return review_due_on is not None and today >= review_due_on - timedelta(days=FOLDED_DAYS_BEFORE_REVIEW)


def fold(words: str) -> str:
    """Return a name as it is searched for: lower case, no accents, single blanks."""
    letters = (letter for letter in normalize("NFKD", words.casefold()) if not combining(letter))
    return " ".join("".join(letters).split())
