"""Different humans: for one line those who recorded, verified, prepared, approved and assessed differ."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.core.ids import REFERENCE_ALPHABET

REFERENCE_LENGTH = 6

ACTS: dict[str, str] = {
    "recorded": "recorded or delivered it",
    "verified": "verified it",
    "prepared": "prepared the claim",
    "approved": "approves the claim",
    "assessed": "assesses it",
}


@dataclass(frozen=True)
class People:
    """Who recorded and who verified what one line rests on."""

    recorded: frozenset[UUID] = frozenset()
    verified: frozenset[UUID] = frozenset()


def clash(people: People, later: Mapping[str, UUID | None]) -> tuple[str, str] | None:
    """Return the first two acts of one human, or None where all differ.

    Args:
        people: Of the line's records.
        later: Who prepared, approves, assesses, by the act's name; None where nobody has yet.
    """
    parts: list[tuple[str, frozenset[UUID]]] = [("recorded", people.recorded), ("verified", people.verified)]
    parts += [(act, frozenset({human})) for act, human in later.items() if human is not None]
    for place, (act, humans) in enumerate(parts):
        for other, others in parts[place + 1 :]:
            if humans & others:
                return act, other
    return None


def clash_words(acts: tuple[str, str]) -> str:
    """Return a clash in words: ``recorded or delivered it, and verified it``."""
    return f"{ACTS[acts[0]]}, and {ACTS[acts[1]]}"


def staff_reference(contract_id: UUID, user_id: UUID) -> str:
    """Return how papers of one contract name a member of staff: the same everywhere on it, and no name."""
    digest = hashlib.sha256(b"staff:" + contract_id.bytes + user_id.bytes).digest()
    return "S-" + "".join(
        REFERENCE_ALPHABET[byte % len(REFERENCE_ALPHABET)] for byte in digest[:REFERENCE_LENGTH]
    )
