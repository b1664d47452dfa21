"""The states of a claim, the reasons for leaving a line out, and who is told of what is decided."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from app.claims.models import ClaimLine, ClaimState, LineState
from app.core.permissions import Actor

# From which states each step may be taken, and where it leads.
STEPS: dict[str, tuple[frozenset[ClaimState], ClaimState]] = {
    "locked": (frozenset({ClaimState.DRAFT}), ClaimState.LOCKED),
    "unlocked": (frozenset({ClaimState.LOCKED, ClaimState.APPROVED}), ClaimState.DRAFT),
    "approved": (frozenset({ClaimState.LOCKED}), ClaimState.APPROVED),
    "submitted": (frozenset({ClaimState.APPROVED}), ClaimState.SUBMITTED),
    "settled": (frozenset({ClaimState.SUBMITTED}), ClaimState.SETTLED),
}

HANDED_IN = frozenset({ClaimState.SUBMITTED, ClaimState.SETTLED})
# Lines that are part of their claim: what every list, total, file and paper of it is made from.
IN_CLAIM = frozenset(LineState) - {LineState.EXCLUDED, LineState.VOIDED}
UNDECIDED = frozenset({LineState.SUBMITTED, LineState.QUERIED, LineState.ANSWERED})
PAYABLE = frozenset({LineState.ACCEPTED, LineState.PAID})


class ExclusionReason(StrEnum):
    """Why somebody leaves a claimable line out of a draft."""

    EVIDENCE_UNCLEAR = "evidence-unclear"
    ASKED_THE_PROVIDER = "asked-the-provider"
    CLAIMED_LATER = "claimed-later"
    OTHER = "other"


def first_of_month(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def submit_by(month: date, claim_day: int) -> date:
    """Return the last day on which a month's claim is expected: a day of the next month."""
    return next_month(month).replace(day=min(claim_day, 28))


Told = Callable[[Actor, Sequence[ClaimLine], datetime], None]
T = TypeVar("T", bound=Told)

# What lies above is told in the same transaction, so that no money is decided without its entry.
AFTER_ACCEPTANCE: list[Told] = []
AFTER_REJECTION: list[Told] = []
AFTER_CLAWBACK: list[Told] = []


def after_acceptance(told: T) -> T:
    """Register who is told of lines that were accepted."""
    AFTER_ACCEPTANCE.append(told)
    return told


def after_rejection(told: T) -> T:
    """Register who is told of lines that were rejected."""
    AFTER_REJECTION.append(told)
    return told


def after_clawback(told: T) -> T:
    """Register who is told of paid lines that fell."""
    AFTER_CLAWBACK.append(told)
    return told


def tell(listeners: Sequence[Told], actor: Actor, lines: Sequence[ClaimLine], at: datetime) -> None:
    """Tell whoever registered."""
    for told in listeners:
        told(actor, lines, at)


def line_number(position: int) -> str:
    """Return a line's number as people quote it: ``017``."""
    return f"{position:03d}"
