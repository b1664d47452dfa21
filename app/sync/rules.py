"""In which portions a group of entries is recorded, and a file is put together."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from app.records.rules import Draft, Withdrawal

CHUNK_MAX = 1024 * 1024

E = TypeVar("E", bound=tuple[int, Draft | Withdrawal])


def waves(entries: Sequence[E]) -> list[list[E]]:
    """Return entries in portions, so that none repeats or corrects another of the same portion.

    A repeat, and a correction of what came with it, must find the first one recorded.
    """
    found: list[list[E]] = []
    wave_of: dict[UUID, int] = {}
    for numbered in entries:
        entry = numbered[1]
        parent_id = entry.supersedes_id if isinstance(entry, Draft) else entry.subject_id
        before = [wave_of[known] for known in (entry.id, parent_id) if known in wave_of]
        wave = max(before) + 1 if before else 0
        if wave == len(found):
            found.append([])
        found[wave].append(numbered)
        wave_of[entry.id] = wave
    return found


def chunk_keys(keys: Iterable[str]) -> list[str]:
    """Return the chunks' keys in the order of their offsets, which end them, padded with noughts."""
    return sorted(keys)
