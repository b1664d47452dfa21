"""The arithmetic of outboxes: gaps in their numbers, the median of their clocks, marks, and cases."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median_low
from typing import Any, NamedTuple
from uuid import UUID

from app.core.json import to_wire

GAP_HOURS = 48
GAPS_MAX = 100  # beyond that they are told as one: whoever sends such numbers counts nothing
CLOCK_TOLERANCE = timedelta(seconds=120)


@dataclass(frozen=True)
class Numbers:
    """Which numbers of an outbox have arrived.

    Attributes:
        last: The highest one.
        missing: The gaps below it: first, last, and since when each is known.
        doubled: How many numbers came again for another item.
    """

    last: int
    missing: list[list[Any]]
    doubled: int = 0


def note_numbers(
    known: Numbers | None, arrived: Iterable[int], fresh: Iterable[int], at: datetime
) -> Numbers:
    """Return the numbers after some more of them arrived.

    Args:
        known: What had arrived before; None for an outbox never seen, whose numbers begin at 1.
        arrived: Of every item that came, whatever became of it.
        fresh: Of those that were recorded for the first time; one that was known already came twice.
        at: When.
    """
    before = known or Numbers(0, [])
    came = sorted(set(arrived))
    missing = [gap for old in before.missing for gap in _less(old, came)]
    last = before.last
    for number in came:
        if number > last + 1:
            missing.append([last + 1, number - 1, to_wire(at)])
        last = max(last, number)
    again = [
        one for one in fresh if one <= before.last and not any(a <= one <= b for a, b, _ in before.missing)
    ]
    return Numbers(last, _few(missing), before.doubled + len(again))


def _less(gap: Sequence[Any], came: Sequence[int]) -> list[list[Any]]:
    """Return what is left of a gap."""
    first, last, since = gap
    left = []
    for number in came:
        if first <= number <= last:
            if first < number:
                left.append([first, number - 1, since])
            first = number + 1
    return [*left, [first, last, since]] if first <= last else left


def _few(gaps: list[list[Any]]) -> list[list[Any]]:
    if len(gaps) <= GAPS_MAX:
        return gaps
    rest = gaps[GAPS_MAX - 1 :]
    return [*gaps[: GAPS_MAX - 1], [rest[0][0], rest[-1][1], rest[0][2]]]


def median_offset(offsets: Iterable[int | None]) -> int | None:
    """Return the median of the last contacts' clock offsets, in seconds; None where there is none."""
    known = [offset for offset in offsets if offset is not None]
    return median_low(known) if known else None


@dataclass(frozen=True)
class Told:
    """What the server knew of an outbox before this contact.

    Attributes:
        tellings: When it was answered, and the last number it had given out then: whatever has a higher one
            was made after that.
        last_sequence: The highest number that arrived.
        latest_at: The time of the item with that number, put right.
    """

    tellings: tuple[tuple[datetime, int], ...] = ()
    last_sequence: int = 0
    latest_at: datetime | None = None

    def before(self, sequence: int) -> datetime | None:
        """Return the last that the device was told before it made the item of a number."""
        return max((at for at, last in self.tellings if sequence > last), default=None)


class Stamped(NamedTuple):
    """An item's number, and its device's time put right."""

    item_id: UUID
    sequence: int
    at: datetime
    is_replacement: bool = False


class Doubt(NamedTuple):
    """By how much a device's time cannot be.

    Attributes:
        seconds: By how many it lies too early at least; 0 where nothing says how many.
        told_at: What the device had been told before it made the item, where that is what says so.
    """

    seconds: int = 0
    told_at: datetime | None = None


def doubtful_clocks(items: Iterable[Stamped], told: Told, at: datetime) -> dict[UUID, Doubt]:
    """Return the items whose time cannot be: it lies before what came before it.

    What a device was told before bounds its time; the item made before may have been the one that was wrong.
    A replacement may carry the time of what it replaces.

    Args:
        items: Their times put right by what is known of the device's clock.
        told: What the server knew of the outbox.
        at: When they arrived; none was made after that.
    """
    found: dict[UUID, Doubt] = {}
    latest, behind = told.latest_at, timedelta()
    for item in sorted(items, key=lambda one: one.sequence):
        if item.is_replacement:
            continue
        is_new, right = item.sequence > told.last_sequence, item.at
        earliest = told.before(item.sequence)
        if earliest and item.at < earliest - CLOCK_TOLERANCE:
            # Between two items of one wrong clock as much time passed as it says.
            if not earliest <= item.at + behind <= at:
                behind = timedelta(seconds=math.ceil((earliest - item.at).total_seconds()))
            found[item.item_id] = Doubt(round(behind.total_seconds()), earliest)
            right = item.at + behind
        elif is_new and latest and item.at < latest - CLOCK_TOLERANCE:
            found[item.item_id] = Doubt()
        if is_new:
            latest = max(latest or right, right)
    return found


def latest_of(items: Iterable[Stamped], told: Told, at: datetime) -> datetime | None:
    """Return the time that the next item should not lie before; never later than now."""
    times = [item.at for item in items if item.sequence > told.last_sequence and not item.is_replacement]
    newest = max([*times, *([told.latest_at] if told.latest_at else [])], default=None)
    return min(newest, at) if newest else None


def old_gaps(missing: Iterable[Sequence[Any]], at: datetime) -> list[tuple[int, int, str]]:
    """Return the gaps that have stood for 48 hours."""
    limit = at - timedelta(hours=GAP_HOURS)
    return [
        (first, last, since)
        for first, last, since in missing
        if datetime.fromisoformat(since).astimezone(UTC) <= limit
    ]


def is_filled(detail: Mapping[str, Any], missing: Iterable[Sequence[Any]]) -> bool:
    """Whether nothing of the gap that a case tells of is missing any more."""
    first, last = detail["first"], detail["last"]
    return not any(begin <= last and end >= first for begin, end, _ in missing)
