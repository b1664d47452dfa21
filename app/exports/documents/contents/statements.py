"""What the month's account says."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal


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
        """The lines of one outcome, in the order of their numbers."""
        return tuple(sorted((d for d in self.decisions if d.outcome == outcome), key=lambda d: d.line))
