"""What a verifier looks at first: what a live rate can pay for, and a random one in ten of the rest."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.permissions import Actor
from app.records.models import RecordKind

# The only kinds a rate can pay for; of which of them one does, those above say.
PAYABLE_KINDS = (RecordKind.START, RecordKind.MILESTONE, RecordKind.EMPLOYMENT)
PAYABLE = frozenset(PAYABLE_KINDS)
# A content hash is as good as random: those from here on are one in ten (0x19A of 0x1000).
SAMPLE_FROM = "e66"


@dataclass(frozen=True)
class Priority:
    """What rests on a fact: money at stake in pence, until when it can be claimed if known."""

    at_stake_pence: int
    closes_on: date | None = None


Prioritise = Callable[[list[UUID], date], dict[UUID, Priority]]
PRIORITIES: list[Prioritise] = []


def prioritises(compute: Prioritise) -> Prioritise:
    """Register from above what a live rate can pay for on a day, by root; the rest is sampled."""
    PRIORITIES.append(compute)
    return compute


def is_looked_at(root_id: UUID, content_hash: str, stakes: Mapping[UUID, Priority]) -> bool:
    """Whether a record comes before a verifier: a live rate can pay for it, or it is one of the sample."""
    return root_id in stakes or content_hash >= SAMPLE_FROM


def own_reason(user_id: UUID, authors: Set[UUID], helpers: Set[UUID]) -> str | None:
    """Return the code of why somebody may not verify a record themselves, or None."""
    if user_id in authors:
        return "you-recorded-it"
    return "you-gave-its-evidence" if user_id in helpers else None


def order_of(priority: Priority | None, received_on: date) -> tuple[int, date, date]:
    """Return the sort key of a queue: most money first, then least time, then what waits longest."""
    if priority is None:
        return (0, date.max, received_on)
    return (-priority.at_stake_pence, priority.closes_on or date.max, received_on)


Admits = Callable[[Actor, UUID], bool]
ADMISSIONS: list[Admits] = []


def admits(policy: Admits) -> Admits:
    """Register from above who else may open a fact's files, by its root: an assessor, of a sampled line."""
    ADMISSIONS.append(policy)
    return policy
