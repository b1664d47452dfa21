"""What a claim's schedule and its identity sheet say."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar


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
