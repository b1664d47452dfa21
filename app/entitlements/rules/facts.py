"""What the rules are given and what they answer: frozen values. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.entitlements.models import EntitlementState
from app.entitlements.rules.evidence_facts import EvidenceFact, Verified
from app.entitlements.rules.sittings import MeasuredFacts
from app.evidence.models import EvidenceKind
from app.records.models import RecordKind

__all__ = ["EvidenceFact", "Verified"]  # part of what the rules are given


class Fixer(StrEnum):
    """Who can put right what is missing."""

    WORKER = "worker"
    MANAGER = "manager"
    PRIME = "prime"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A record that stands, with what supports it."""

    record_id: UUID
    root_id: UUID
    occurred_on: date
    received_on: date
    author_id: UUID
    evidence: tuple[EvidenceFact, ...] = ()
    verifications: tuple[Verified, ...] = ()
    is_returned: bool = False


@dataclass(frozen=True, kw_only=True)
class StartFact(Fact):
    """The start on the programme."""

    notice_given_on: date | None


@dataclass(frozen=True, kw_only=True)
class PlanFact(Fact):
    """An action plan."""


@dataclass(frozen=True, kw_only=True)
class MilestoneFact(Fact):
    """An observable event, with what its kind takes as evidence."""

    kind_code: str
    title: str
    counts: frozenset[EvidenceKind]


@dataclass(frozen=True, kw_only=True)
class SpellFact(Fact):
    """A spell of paid work; open where it has not ended."""

    started_on: date
    ended_on: date | None
    weekly_minutes: int


@dataclass(frozen=True, kw_only=True)
class RateTerms:
    """A rate as the card states it."""

    rate_id: UUID
    position: int
    code: str
    title: str
    price_pence: int
    trigger: dict[str, Any]
    evidence: dict[str, Any]
    percents: tuple[int, ...] = ()
    price_on: str = "start"
    max_per_person: int | None = None
    requires: tuple[str, ...] = ()
    claim_lag_working_days: int = 0

    @property
    def kind(self) -> str:
        """The trigger's name."""
        return str(self.trigger["kind"])


@dataclass(frozen=True, kw_only=True)
class CardTerms:
    """The card that applies to an enrolment by its start."""

    card_id: UUID
    claim_window_days: int
    rates: tuple[RateTerms, ...]
    cap_per_person_pence: int | None = None


@dataclass(frozen=True, kw_only=True)
class EnrolmentFacts:
    """An enrolment and the records on it that stand."""

    enrolment_id: UUID
    provider_id: UUID
    share_basis_points: int
    referred_on: date
    started_on: date | None
    ended_on: date | None = None
    terms: CardTerms | None = None
    starts: tuple[StartFact, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    spells: tuple[SpellFact, ...] = ()
    measured: MeasuredFacts | None = None


@dataclass(frozen=True, kw_only=True)
class StandingLine:
    """A live claim line: its number is taken, and its records are used up.

    Attributes:
        root_ids: What no other line of the rate may use.
        used_root_ids: Everything that the line rests on.
    """

    participant_id: UUID
    rate_code: str
    occurrence: int
    price_pence: int
    root_ids: frozenset[UUID]
    used_root_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A line that a commissioner rejected: a curable one has its window longer, another is barred."""

    participant_id: UUID
    rate_code: str
    root_ids: frozenset[UUID]
    is_curable: bool


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Days on which events waited for others in a line that is over: for the prime, then the commissioner.

    Attributes:
        since: The day the prime put the line into a claim.
        until: The day it was let out, fell, or was decided.
    """

    participant_id: UUID
    rate_code: str
    root_ids: frozenset[UUID]
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """A record with which the person disagrees, and has not taken that back."""

    record_id: UUID
    kind: RecordKind
    occurred_on: date


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """All that is known of one participant on one contract."""

    participant_id: UUID
    nation: str
    contract_starts_on: date
    contract_ends_on: date
    enrolments: tuple[EnrolmentFacts, ...]
    lines: tuple[StandingLine, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    waits: tuple[Wait, ...] = ()
    disputed: tuple[Disputed, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition of a rate, whether it is met, and by what.

    Attributes:
        code: Stable, kebab-case.
        condition: As the card states it, in words.
        found: What the records show.
        needed: What would meet it.
        who: Who can put it right; None where it is met, or where nobody can.
        by: Until when.
        task: What a worker can do, without money or thresholds; None where it is not theirs.
        record_ids: The records that show it.
        said: What its sentences are made of, so that they can be said in another language.
    """

    code: str
    condition: str
    met: bool
    found: str
    needed: str
    who: Fixer | None = None
    by: date | None = None
    task: str | None = None
    record_ids: tuple[UUID, ...] = ()
    said: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One event that counts towards a rate: a start, a milestone, a spell of work.

    Attributes:
        key: Two units with one key count once.
        reached_on: The day of the event itself, or on which its period is over.
        ready_on: The day on which the last condition was met; None while one is missing.
        record_ids: The records that it rests on.
        rank: Of several of one key that are as complete, the highest counts.
        spent_root_ids: Events that no other rate can be paid for once this one is.
        measurement: How a change was measured, as JSON holds it.
    """

    enrolment: EnrolmentFacts
    rate: RateTerms
    root_id: UUID
    key: str
    reached_on: date
    conditions: tuple[Condition, ...]
    ready_on: date | None
    record_ids: tuple[UUID, ...]
    rank: int = 0
    spent_root_ids: tuple[UUID, ...] = ()
    measurement: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Owed:
    """The answer for one occurrence of one rate.

    Attributes:
        claimable_from: Of a complete one; of another the first day on which it could be.
        closes_on: The last day to submit it, or to complete it where something is missing.
    """

    rate: RateTerms
    enrolment: EnrolmentFacts
    occurrence: int
    state: EntitlementState
    price_pence: int
    claimable_from: date | None
    closes_on: date | None
    conditions: tuple[Condition, ...]
    record_ids: tuple[UUID, ...] = ()
    consumed_root_ids: tuple[UUID, ...] = ()
    spent_root_ids: tuple[UUID, ...] = ()
    measurement: Mapping[str, Any] | None = None
    is_claimed: bool = False

    @property
    def missing(self) -> Condition | None:
        """The first condition that is not met."""
        return next((condition for condition in self.conditions if not condition.met), None)
