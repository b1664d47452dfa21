"""What the paper of one person's journey says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from app.exports.documents.pictures import ZERO_TO_TEN, Scale

Rating = float | Literal["not-said", "not-asked"]
"""A rating, "I'd rather not say", or a sitting in which this rater was not asked."""


class Change(StrEnum):
    """What became of one ladder between its beginning and now."""

    CLEARLY_HIGHER = "clearly-higher"
    GOING_UP = "going-up"
    GOING_DOWN = "going-down"
    CLEARLY_LOWER = "clearly-lower"
    ABOUT_THE_SAME = "about-the-same"
    NOT_SAID = "not-said"
    FIRST_TIME = "first-time"


class EventKind(StrEnum):
    """The sign an event carries in the timeline."""

    RATING = "rating"
    MILESTONE = "milestone"
    SUPPORT = "support"
    WORK = "work"


class ReaderKind(StrEnum):
    """Who may read a journey; the words for each stand with the language."""

    PERSON = "person"
    WORKER = "worker"
    ADVISER = "adviser"
    CLAIMS = "claims"
    ASSESSOR = "assessor"
    WORK_COACH = "work-coach"
    EMPLOYERS = "employers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The person's own words and when they said them."""

    words: str
    said_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderPath:
    """One ladder from its beginning to now.

    `person` and `worker` hold one rating a sitting, in the order of the document's sittings. `began_*` is
    the middle of the baselines; `sure_*` says that this rater's change leaves what chance explains: False on
    the paper of whoever is not told. `in_words` is said beside the numbers.
    """

    title: str
    short_title: str
    in_words: str
    person: tuple[Rating, ...]
    worker: tuple[Rating, ...]
    began_person: Rating
    began_worker: Rating
    change: Change
    sure_person: bool = False
    sure_worker: bool = False
    half_width: float | None = None  # how far chance alone may move the person's rating, in steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, and what shows it."""

    on: date
    kind: EventKind
    what: str
    shown_by: str = ""
    is_disputed: bool = False  # the person disagrees; it is printed however old it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something somebody will do: a goal of the plan, or what is still needed."""

    what: str
    who: str
    by: date | None = None
    rhythm: str = ""  # "each Wednesday", where there is no single day
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who may or may not read the journey; `agreed` is the person's choice where they have one."""

    kind: ReaderKind
    name: str = ""
    organisation: str = ""
    agreed: bool | None = None
    said_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A record that was put right; both versions are kept."""

    what: str
    reason: str
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyDocument:
    """One person's journey on two or three pages, in the same words for the person and the adviser."""

    kind: ClassVar[str] = "journey"
    source_name: ClassVar[str] = ""

    reference: str
    name: str  # as the person is called: a first name
    worker: str  # "Amina O."
    worker_name: str  # "Amina"
    provider: str
    prime: str = ""  # empty for a provider's own programme
    began_on: date
    made_on: date
    said: Quote | None = None
    sittings: tuple[date, ...] = ()
    baselines: int = 0  # how many of the first sittings are where they began
    ladders: tuple[LadderPath, ...] = ()
    scale: Scale = ZERO_TO_TEN
    chance_says: tuple[str, ...] = ()  # which ladders moved more than chance explains
    chance_rests_on: tuple[str, ...] = ()  # what the bands rest on; empty where none are drawn
    shown: tuple[Event, ...] = ()  # the milestones named in short
    next_step: Step | None = None
    review_due_on: date | None = None
    events: tuple[Event, ...] = ()  # newest first
    earlier_events: int = 0  # left out of `events`
    needed: tuple[Step, ...] = ()
    plan: tuple[Step, ...] = ()
    readers: tuple[Reader, ...] = ()
    corrections: tuple[Correction, ...] = ()
    manager: str = ""
    manager_phone: str = ""
    prime_phone: str = ""
    large_print: bool = False
    specimen: bool = False  # invented people: said at the foot of every page

    @property
    def widths(self) -> tuple[float, ...]:
        """The narrowest and the widest half of a band that is drawn; one where they are the same."""
        found = {ladder.half_width for ladder in self.ladders if ladder.half_width is not None}
        return tuple(sorted({min(found), max(found)})) if found else ()
