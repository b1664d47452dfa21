"""What devices handed in, as plain items: seals opened, hashes held against what arrived."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeGuard
from uuid import UUID

from app.core.errors import DomainError, Invalid
from app.devices.actions.contacts import Place
from app.records.rules import read_clock
from app.sync.errors import SchemaRetired
from app.sync.registry import load
from app.sync.rules import is_version_accepted
from app.sync.schemas.batches import NUMBER_MAX, SealedItemSchema
from app.sync.schemas.reading import read_id
from app.sync.schemas.seals import HASH_WORDS, SHA256
from app.sync.seals.opening import Opener, check_plain

_SEALED = SealedItemSchema()
_BESIDE = frozenset({"content_sha256", "replaces"})  # of the envelope alone: no part of what is recorded


@dataclass(frozen=True)
class Sent:
    """One item as it was handed in.

    Attributes:
        raw: As it came; anything at all.
        place: Where it stands in its author's outbox; None where that cannot be read.
        plain: The item to record; None where it could not be opened.
        replaces: The parked item that gives way to it.
        error: Why it could not be opened.
    """

    raw: Any
    place: Place | None = None
    plain: Any = None
    replaces: UUID | None = None
    error: DomainError | None = None

    @cached_property
    def recorded_at(self) -> datetime | None:
        """The device's time as it was said, where one can be read."""
        said = _said_at(self.plain)
        try:
            return read_clock(said) if isinstance(said, str) else None
        except (ValueError, OverflowError):
            return None

    @property
    def content(self) -> dict[str, Any]:
        """What is kept of it where it is not recorded: opened, or as it came."""
        source = self.raw if self.plain is None else self.plain
        return {key: value for key, value in source.items() if key not in _PLACE}


def _said_at(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return None
    body = plain.get("body")
    if isinstance(body, dict) and "recorded_at" in body:
        return body["recorded_at"]
    return plain.get("recorded_at")


_PLACE = frozenset({"id", "device", "epoch", "sequence"})


def seal_keys_of(raw_items: Iterable[Any]) -> set[UUID]:
    """Return the keys that items were sealed to, as far as they can be read."""
    found = set()
    for raw in raw_items:
        sealed = raw.get("sealed") if isinstance(raw, dict) else None
        key_id = sealed.get("key_id") if isinstance(sealed, dict) else None
        if isinstance(key_id, str):
            try:
                found.add(UUID(key_id))
            except ValueError:
                continue
    return found


def open_sent(raw: Any, author_id: UUID, opener: Opener, today: date) -> Sent:
    """Return an item with its seal opened and its hash compared; what is wrong with it stands beside it."""
    if not isinstance(raw, dict):
        return Sent(raw, plain=raw)
    place = _place_of(raw, author_id)
    try:
        replaces = _replaced(raw)
    except Invalid as error:
        return Sent(raw, place, error=error)
    try:
        _check_version(raw.get("schema"), today)
        return Sent(raw, place, _plain(raw, author_id, opener), replaces)
    except DomainError as error:
        return Sent(raw, place, replaces=replaces, error=error)


def _place_of(raw: Mapping[str, Any], author_id: UUID) -> Place | None:
    epoch, sequence = raw.get("epoch"), raw.get("sequence")
    if not (_is_number(epoch) and _is_number(sequence)):
        return None
    try:
        return Place(read_id(raw["id"]), author_id, read_id(raw["device"]), epoch, sequence)
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def _is_number(value: Any) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= NUMBER_MAX


def _plain(raw: Mapping[str, Any], author_id: UUID, opener: Opener) -> Any:
    if "sealed" in raw:
        envelope = {key: value for key, value in raw.items() if key != "replaces"}
        return opener.open_item(load(_SEALED, envelope), author_id)
    if raw.keys().isdisjoint(_BESIDE):
        return raw
    check_plain(raw, _hash(raw))
    return {key: value for key, value in raw.items() if key not in _BESIDE}


def _hash(raw: Mapping[str, Any]) -> str | None:
    if "content_sha256" not in raw:
        return None
    given = raw["content_sha256"]
    if not isinstance(given, str) or not re.fullmatch(SHA256, given):
        raise Invalid.field("content_sha256", "not-valid", HASH_WORDS)
    return given


def _replaced(raw: Mapping[str, Any]) -> UUID | None:
    given = raw.get("replaces")
    if given is None:
        return None
    try:
        return UUID(given)
    except (ValueError, AttributeError, TypeError) as error:
        raise Invalid.field("replaces", "not-valid", "Name the parked item by its id.") from error


def _check_version(version: Any, today: date) -> None:
    if type(version) is int and not is_version_accepted(version, today):
        raise SchemaRetired
