"""The arithmetic of the spine: content hashes, London days, lateness."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.errors import DomainError
from app.core.json import canonical
from app.records.models import RecordKind

LONDON = ZoneInfo("Europe/London")
MARKED_AFTER_DAYS = 7
REASON_AFTER_DAYS = 28
SHORTEST_MARKED_OFFSET_SECONDS = 120


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


class Result(StrEnum):
    """What became of one draft."""

    RECORDED = "recorded"
    ALREADY_RECORDED = "already-recorded"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class Receipt:
    """The proof of what was received, and when; a repeat gets the original one."""

    record_id: UUID
    content_hash: str
    received_at: datetime


@dataclass(frozen=True)
class Outcome:
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
    content = {
        "kind": kind,
        "id": draft.id,
        "author_id": author_id,
        "enrolment_id": draft.enrolment_id,
        "occurred_on": draft.occurred_on,
        "recorded_at": draft.recorded_at,
        "supersedes_id": draft.supersedes_id,
        "is_withdrawn": draft.is_withdrawn,
        "detail": dict(draft.detail),
        "texts": text_digest(draft.texts, salt) if salt else None,
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def text_digest(texts: Mapping[str, str], salt: str) -> str:
    """Return the salted SHA-256 of a record's texts, hexadecimal."""
    return hashlib.sha256((salt + canonical(dict(texts))).encode()).hexdigest()
