"""In which portions a group of entries is recorded, and a file is put together."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from app.records.rules import Draft, Withdrawal

CHUNK_MAX = 1024 * 1024

# By version of an item's body the day since when apps make a newer one; none for the newest.
SCHEMA_VERSIONS: dict[int, date | None] = {1: None}
OLD_VERSION_DAYS = 180


class Handed(StrEnum):
    """What became of one item that a device handed in."""

    RECORDED = "recorded"
    ALREADY_RECORDED = "already-recorded"
    CONFLICT = "conflict"
    REFUSED = "refused"
    QUARANTINED = "quarantined"  # kept for a manager to look at: the device was revoked


def is_version_accepted(version: int, today: date) -> bool:
    """Whether items of a version are still taken: the newest, and older ones for 180 days.

    What no version is, the schema refuses.
    """
    since = SCHEMA_VERSIONS.get(version)
    return since is None or today <= since + timedelta(days=OLD_VERSION_DAYS)


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
