"""What devices handed in, as plain items: seals opened, hashes held against what arrived."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import DomainError, Invalid
from app.sync.errors import SchemaRetired
from app.sync.registry import load
from app.sync.rules import is_version_accepted
from app.sync.schemas.batches import SealedItemSchema
from app.sync.schemas.seals import HASH_WORDS, SHA256
from app.sync.seals.opening import Opener, check_plain

_SEALED = SealedItemSchema()
_BESIDE = frozenset({"content_sha256", "replaces"})  # of the envelope alone: no part of what is recorded


@dataclass(frozen=True)
class Sent:
    """One item as it was handed in.

    Attributes:
        raw: As it came; anything at all.
        plain: The item to record; None where it could not be opened.
        replaces: The parked item that gives way to it.
        error: Why it could not be opened.
    """

    raw: Any
    plain: Any = None
    replaces: UUID | None = None
    error: DomainError | None = None


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
        return Sent(raw, raw)
    try:
        replaces = _replaced(raw)
    except Invalid as error:
        return Sent(raw, error=error)
    try:
        _check_version(raw.get("schema"), today)
        return Sent(raw, _plain(raw, author_id, opener), replaces)
    except DomainError as error:
        return Sent(raw, replaces=replaces, error=error)


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
