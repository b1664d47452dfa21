"""What stands above: claim lines and rejections, told by whoever keeps them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from app.entitlements.rules.facts import Refusal, StandingLine, Wait


@dataclass(frozen=True)
class Standing:
    """The live lines of some participants, the rejections, and the waits of lines that are over."""

    lines: tuple[StandingLine, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    waits: tuple[Wait, ...] = ()


Teller = Callable[[Sequence[UUID]], Standing]
T = TypeVar("T", bound=Teller)

TELLERS: list[Teller] = []


def tells_standing(teller: T) -> T:
    """Register what tells the lines and rejections of participants, by their ids."""
    TELLERS.append(teller)
    return teller


def standing_of(participant_ids: Sequence[UUID]) -> Standing:
    """Return what stands above these participants' records."""
    found = [teller(participant_ids) for teller in TELLERS]
    return Standing(
        tuple(line for standing in found for line in standing.lines),
        tuple(refusal for standing in found for refusal in standing.refusals),
        tuple(wait for standing in found for wait in standing.waits),
    )
