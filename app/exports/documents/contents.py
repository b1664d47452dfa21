"""What each document says: plain, frozen values. Whoever fills them has already decided who may see what.

Days are London days, moments are aware and in UTC, money is whole pence. Text is as people wrote it: it is
made safe and escaped when the page is composed. Totals are never handed in; they are added up here, so
paper cannot disagree with itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition of the rate as the card states it, what was found, and the records that show it."""

    condition: str
    found: str
    records: str
    met: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterMeasurement:
    """How one rater's composite was judged: inputs, needed change and index, as frozen into the line."""

    rater: str
    pairs: int
    reliability: float
    reliability_used: float
    sd: float
    sem: float
    sdiff: float
    z: float
    ladders: str
    before: float
    now: float
    needed: float
    found: float
    index: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """The measurement of a line whose trigger measures change."""

    caption: str
    raters: tuple[RaterMeasurement, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecord:
    """A record the line rests on, with its three times; a clock that was set right is marked."""

    reference: str
    what: str
    occurred_on: date
    recorded_at: datetime
    received_at: datetime
    testimony: str
    sha256: str
    clock_corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEvidence:
    """An evidence item: its own date, how it was obtained, the hash of the kept file."""

    reference: str
    kind: str
    own_date: date | None
    obtained: str
    supports: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who did what to the line, by staff reference."""

    act: str
    role: str
    staff_reference: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDocument:
    """The evidence record of one claim line: first the judgement, then the proof. No names, no own words."""

    kind: ClassVar[str] = "line"
    source_name: ClassVar[str] = "claim-line.json"

    reference: str  # of the line: "NME-2025-03-1/017"
    claim_reference: str
    line_number: str
    person: str  # a pseudonymous reference
    rate_code: str
    rate_title: str
    occurrence: int
    amount_pence: int
    price_of: date  # the day whose price applies
    card: str
    month: date
    prime: str
    commissioner: str
    contract: str
    delivered_by: str
    claimable_from: date
    closes_on: date | None
    locked_at: datetime
    conditions: tuple[Condition, ...]
    measurement: Measurement | None = None
    records: tuple[LineRecord, ...]
    records_note: str = ""
    evidence: tuple[LineEvidence, ...]
    people: tuple[Act, ...]
    source: bytes = field(repr=False)  # claim-line.json, as frozen
    specimen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRate:
    """A rate as the schedule names it."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """One line of the claim."""

    number: str
    person: str
    provider: str
    rate_code: str
    claimable_from: date
    closes_on: date | None
    record_sha256: str
    amount_pence: int
    provider_pence: int
    verified_outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What was claimable and is not in the claim, why, and what would cure it."""

    person: str
    rate_code: str
    provider: str
    why: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The lines of one provider or rate, added up."""

    name: str
    lines: tuple[ScheduleLine, ...]

    @property
    def amount_pence(self) -> int:
        """What these lines claim."""
        return sum(line.amount_pence for line in self.lines)

    @property
    def provider_pence(self) -> int:
        """The providers' part of it."""
        return sum(line.provider_pence for line in self.lines)

    def count(self, rate_code: str) -> int:
        """How many of these lines claim one rate."""
        return sum(line.rate_code == rate_code for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDocument:
    """The whole claim: three figures, sums by provider and rate, what was left out, and every line."""

    kind: ClassVar[str] = "schedule"
    source_name: ClassVar[str] = "claim-schedule.csv"

    reference: str
    number: int
    month: date
    contract: str
    prime: str
    commissioner: str
    card: str
    state: str
    locked_by: str = ""
    locked_at: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    rates: tuple[ScheduleRate, ...]
    lines: tuple[ScheduleLine, ...]
    left_out: tuple[LeftOut, ...] = ()
    source: bytes = field(repr=False)  # claim-schedule.csv, as sent
    specimen: bool = False

    @property
    def whole(self) -> Sum:
        """All lines."""
        return Sum("", self.lines)

    def by_provider(self) -> Iterator[Sum]:
        """Yield the sum of each provider, in the order the lines first name them."""
        for name in dict.fromkeys(line.provider for line in self.lines):
            yield Sum(name, tuple(line for line in self.lines if line.provider == name))

    def by_rate(self) -> Iterator[Sum]:
        """Yield the sum of each rate that is claimed, in the order of the card."""
        for rate in self.rates:
            lines = tuple(line for line in self.lines if line.rate_code == rate.code)
            if lines:
                yield Sum(rate.code, lines)

    def title_of(self, rate_code: str) -> str:
        """What a rate pays for."""
        return next(rate.title for rate in self.rates if rate.code == rate_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a reference is. Nothing but the identity sheet holds this."""

    person: str
    names: str
    born_on: date | None
    nino: str
    lines: str  # "003, 017"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySheetDocument:
    """References and the people behind them, kept and sent apart from everything else."""

    kind: ClassVar[str] = "identity"
    source_name: ClassVar[str] = ""

    reference: str
    contract: str
    prime: str
    commissioner: str
    made_at: datetime
    people: tuple[Identity, ...]
    specimen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """Money that moved: a payment, clawback or adjustment, signed."""

    on: date
    kind: Literal["payment", "clawback", "adjustment"]
    line: str
    provider: str
    why: str
    amount_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDecision:
    """What became of a line that was submitted."""

    line: str
    person: str
    provider: str
    rate_code: str
    outcome: Literal["accepted", "rejected", "waiting"]
    why: str = ""
    curable: bool = False
    amount_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDocument:
    """The month's account between a prime and its commissioner."""

    kind: ClassVar[str] = "statement"
    source_name: ClassVar[str] = "statement.csv"

    reference: str
    month: date
    contract: str
    prime: str
    commissioner: str
    state: str
    made_at: datetime
    decisions: tuple[StatementDecision, ...]
    entries: tuple[StatementEntry, ...]
    source: bytes = field(default=b"", repr=False)  # statement.csv, where there is one
    specimen: bool = False

    @property
    def balance_pence(self) -> int:
        """What the month's entries come to."""
        return sum(entry.amount_pence for entry in self.entries)

    def decided_pence(self, outcome: str) -> int:
        """What the lines of one outcome claimed."""
        return sum(d.amount_pence for d in self.decisions if d.outcome == outcome)

    def decided(self, outcome: str) -> tuple[StatementDecision, ...]:
        """The lines of one outcome."""
        return tuple(d for d in self.decisions if d.outcome == outcome)


Document = JourneyDocument | LineDocument | ScheduleDocument | IdentitySheetDocument | StatementDocument
