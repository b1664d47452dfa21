"""The arithmetic of the spine: content hashes, London days, lateness."""

import hashlib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.errors import DomainError
from app.core.json import canonical, to_wire
from app.core.permissions import Actor
from app.records.models import RecordKind

LONDON = ZoneInfo("Europe/London")
MARKED_AFTER_DAYS = 7
REASON_AFTER_DAYS = 28
SHORTEST_MARKED_OFFSET_SECONDS = 120
# A broken clock shows any year. Within these it is reckoned with as it stands, beyond them by whole spans.
EARLIEST_CLOCK = datetime(1969, 12, 31, tzinfo=UTC)  # where an empty clock begins, in any time zone
LATEST_CLOCK = datetime(2090, 1, 1, tzinfo=UTC)
_SPAN = timedelta(days=10_227)  # 28 years: days of the week and leap years fall alike
_CALENDAR = timedelta(days=146_097)  # 400 years, after which it repeats
_FAR_YEAR = re.compile(r"([+-]\d{6}|0000)(?=-)")  # as JavaScript writes those that Python does not know
# Beside the day of the fact: the days of details that cannot lie ahead.
PAST_DAYS = ("dated_on", "obtained_on", "started_on", "ended_on")
NOBODY = UUID(int=0)  # the person stands in the address, or beside the body, and is filled in from there


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A record as whoever records it hands it in.

    Attributes:
        id: Made by whoever records; UUIDv7.
        detail: The columns of the kind's own table, JSON-ready.
        texts: Free text by field; kept beside the record.
        supersedes_id: The version this one corrects, with `texts["reason"]` saying why.
        is_withdrawn: A correction without content: the fact is taken back.
        recorded_at: The device's clock, already corrected by `clock_offset_seconds` where that is set.
        said_days: By field, the days as they were said, where they were put right with the clock.
    """

    id: UUID
    enrolment_id: UUID
    occurred_on: date
    recorded_at: datetime
    detail: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    supersedes_id: UUID | None = None
    is_withdrawn: bool = False
    device_id: UUID | None = None
    clock_offset_seconds: int | None = None
    said_days: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def id_text(self) -> str:
        """The record's id as JSON writes it; many rows name it."""
        return str(self.id)

    @property
    def said_at(self) -> datetime:
        """The device's time as it was said: what is hashed, so that a repeat has the same hash."""
        offset = self.clock_offset_seconds
        return self.recorded_at - timedelta(seconds=offset) if offset else self.recorded_at


@dataclass(frozen=True)
class Place:
    """Where a record belongs: its enrolment inside both walls."""

    enrolment_id: UUID
    contract_id: UUID
    provider_id: UUID

    # Written out once, for many rows name the same.
    @cached_property
    def enrolment_text(self) -> str:
        """The enrolment's id as JSON writes it."""
        return str(self.enrolment_id)

    @cached_property
    def contract_text(self) -> str:
        """The contract's id as JSON writes it."""
        return str(self.contract_id)

    @cached_property
    def provider_text(self) -> str:
        """The provider's id as JSON writes it."""
        return str(self.provider_id)


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """The taking back of a fact: a correction without content.

    Attributes:
        id: Of the new version, made by whoever withdraws.
        subject_id: The newest version of the fact.
        occurred_on: The day of the fact; None to keep the one it has.
    """

    id: UUID
    subject_id: UUID
    reason: str
    occurred_on: date | None
    recorded_at: datetime
    device_id: UUID | None = None
    clock_offset_seconds: int | None = None


class Result(StrEnum):
    """What became of one draft."""

    RECORDED = "recorded"
    ALREADY_RECORDED = "already-recorded"
    CONFLICT = "conflict"
    REFUSED = "refused"


class Receipt(NamedTuple):
    """The proof of what was received, and when; a repeat gets the original one."""

    record_id: UUID
    content_hash: str
    received_at: datetime


class Outcome(NamedTuple):
    """The answer to one draft."""

    id: UUID
    result: Result
    receipt: Receipt | None = None
    error: DomainError | None = None


def london_day(moment: datetime) -> date:
    """Return the London calendar day of a moment."""
    return moment.astimezone(LONDON).date()


def lateness_days(occurred_on: date, received_at: datetime) -> int:
    """Return how many days lie between what is told of and its arrival."""
    return (london_day(received_at) - occurred_on).days


def is_marked_late(occurred_on: date, received_at: datetime) -> bool:
    """Whether testimony of this age is marked."""
    return lateness_days(occurred_on, received_at) > MARKED_AFTER_DAYS


def needs_late_reason(occurred_on: date, received_at: datetime) -> bool:
    """Whether a verifier of testimony this old must say why it is accepted."""
    return lateness_days(occurred_on, received_at) > REASON_AFTER_DAYS


def read_clock(written: str) -> datetime:
    """Return what a device's clock showed, in UTC; nothing is refused for a wrong clock.

    A moment before 1970 or after 2089 is moved by whole spans of 28 years to the nearest within: times stay
    as far apart as the device said, so that its offset still puts them right, and they stay plainly wrong.

    Raises:
        ValueError: it is no moment, or one without its offset from UTC.
    """
    far = _FAR_YEAR.match(written)
    year = int(far[0]) if far else 2000
    known = f"{2000 + year % 400}{written[far.end() :]}" if far else written
    moment = datetime.fromisoformat(known)
    if moment.tzinfo is None:
        message = "A moment needs its offset from UTC."
        raise ValueError(message)
    return (moment + _to_reach(moment, _CALENDAR * (year // 400 - 5))).astimezone(UTC)


def _to_reach(moment: datetime, beyond: timedelta = timedelta()) -> timedelta:
    """Return by how much to move a moment that lies `beyond` what it says to one that is reckoned with."""
    after, before = moment - LATEST_CLOCK + beyond, moment - EARLIEST_CLOCK + beyond
    if after >= timedelta():
        return beyond - _SPAN * (after // _SPAN + 1)
    return beyond - _SPAN * (before // _SPAN) if before < timedelta() else timedelta()


def _day_in_reach(day: date) -> date:
    return day + _to_reach(datetime(day.year, day.month, day.day, tzinfo=UTC))


def corrected_clock(
    recorded_at: datetime, at: datetime, offset_seconds: int | None
) -> tuple[datetime, int | None]:
    """Return when something was recorded by a right clock, and the offset that marks it.

    Nothing is refused for a wrong clock. Where the device told its own time when it sent (the offset), that
    is taken off; a time that still lies in the future is drawn back to the moment of arrival.

    Args:
        recorded_at: By the device's clock.
        at: When it arrived.
        offset_seconds: What to add to the device's clock, where it is known.

    Returns:
        The moment, and the offset in seconds; None where the clock was right within tolerance.
    """
    offset = offset_seconds or 0
    if abs(offset) < SHORTEST_MARKED_OFFSET_SECONDS:
        offset = 0
    ahead = (recorded_at - at).total_seconds() + offset
    if ahead >= SHORTEST_MARKED_OFFSET_SECONDS:
        offset -= math.ceil(ahead)
    return (recorded_at + timedelta(seconds=offset), offset) if offset else (recorded_at, None)


def with_days_put_right(draft: Draft, told_on: date | None = None) -> Draft:
    """Move days that a wrong clock chose by as many days as it was wrong.

    "Today" and "yesterday", which a form offers with one touch, were said by that clock; and a day after the
    record was made can only be its mistake. Nothing is refused for a wrong clock. Other days were read off a
    calendar and stay, as do days that lay ahead by the device's own clock, too.

    Args:
        draft: Its clock put right already, see `corrected_clock`.
        told_on: Where the clock was put right by no more than what the device had been told: the day it was
            told. Such days are not put before it.
    """
    its_day, right_day = london_day(draft.said_at), london_day(draft.recorded_at)
    if its_day == right_day:
        return draft
    first = min(its_day - timedelta(days=1), right_day + timedelta(days=1))
    days = {"occurred_on": draft.occurred_on, **{name: draft.detail.get(name) for name in PAST_DAYS}}
    said = {
        name: day for name, day in days.items() if day is not None and first <= _day_in_reach(day) <= its_day
    }
    if not said:
        return draft
    behind = its_day - right_day
    right = {name: max(_day_in_reach(day) - behind, told_on or date.min) for name, day in said.items()}
    occurred_on = right.pop("occurred_on", draft.occurred_on)
    return replace(draft, occurred_on=occurred_on, detail={**draft.detail, **right}, said_days=said)


def content_hash(kind: RecordKind, author_id: UUID, draft: Draft, salt: str | None) -> str:
    """Return the SHA-256 of a record's content, hexadecimal.

    Covers everything the recorder said: kind, author, person, day, the device's time, the details, and
    the salted digest of the texts. Not what the server adds, so that a repeat has the same hash.

    Args:
        kind: The kind of record.
        author_id: Who recorded it.
        draft: What they said.
        salt: Of the texts; None where there are none.
    """
    # The canonical text of all this, written out: half of what hashing costs goes into sorting known names.
    detail = dict(draft.detail) | {
        name: draft.said_days[name] for name in draft.said_days.keys() & draft.detail.keys()
    }
    occurred_on = draft.said_days.get("occurred_on", draft.occurred_on)
    is_withdrawn = "true" if draft.is_withdrawn else "false"
    supersedes = f'"{draft.supersedes_id}"' if draft.supersedes_id else "null"
    texts = f'"{text_digest(draft.texts, salt)}"' if salt else "null"
    content = (
        f'{{"author_id":"{author_id}","detail":{canonical(detail)},"enrolment_id":"{draft.enrolment_id}",'
        f'"id":"{draft.id_text}","is_withdrawn":{is_withdrawn},"kind":"{kind}",'
        f'"occurred_on":"{occurred_on}","recorded_at":"{to_wire(draft.said_at)}",'
        f'"supersedes_id":{supersedes},"texts":{texts}}}'
    )
    return hashlib.sha256(content.encode()).hexdigest()


def text_digest(texts: Mapping[str, str], salt: str) -> str:
    """Return the salted SHA-256 of a record's texts, hexadecimal."""
    return hashlib.sha256((salt + canonical(dict(texts))).encode()).hexdigest()


Listener = Callable[[Actor, Sequence[UUID], datetime], None]
L = TypeVar("L", bound=Listener)

AFTER_CORRECTION: list[Listener] = []


def after_correction(listener: L) -> L:
    """Register who is told, by their roots, of facts that were corrected or withdrawn."""
    AFTER_CORRECTION.append(listener)
    return listener
