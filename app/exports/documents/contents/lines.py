"""What the evidence record of one claim line says."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar


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
