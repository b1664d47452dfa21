"""Identifiers: time-ordered UUIDs, and short references a person can read aloud."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from uuid import UUID

import uuid_utils.compat

# No 0/O, 1/I/L, or U: a reference is read over the telephone and never spells a word by chance.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class IdSource(Protocol):
    """Where identifiers come from while a world is made that must come out the same again."""

    def new_id(self) -> UUID:
        """Return the next id."""

    def new_reference(self) -> str:
        """Return the next reference."""

    def new_salt(self) -> str:
        """Return the next salt."""


_source: ContextVar[IdSource | None] = ContextVar("waymark.ids", default=None)


@contextmanager
def ids_from(source: IdSource) -> Iterator[None]:
    """Draw identifiers from a source of the caller's; only the demo world needs that."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def new_id() -> UUID:
    """Return a UUIDv7, so that index pages fill in the order rows are made.

    Source:
        RFC 9562, section 5.7
    """
    source = _source.get()
    return source.new_id() if source else uuid_utils.compat.uuid7()


def new_reference() -> str:
    """Return a pseudonymous reference such as ``WM-4Q7K9D``; the caller checks that it is free."""
    source = _source.get()
    if source:
        return source.new_reference()
    return "WM-" + "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(6))


def new_salt() -> str:
    """Return 128 random bits, hexadecimal, that keep a digest from being guessed back."""
    source = _source.get()
    return source.new_salt() if source else secrets.token_hex(16)
