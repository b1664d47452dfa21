"""Keyset pages: a cursor names the last row seen, so page 1,000 costs what page 1 costs."""

import base64
import json
from typing import Any
from uuid import UUID

from app.core.errors import Invalid

PAGE_SIZE = 50
PAGE_SIZE_MAX = 200


def encode_cursor(*keys: Any) -> str:
    """Return the opaque cursor that stands after a row with these order keys."""
    text = json.dumps([None if key is None else str(key) for key in keys], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[str]:
    """Return the order keys of a cursor.

    Raises:
        Invalid: it is not a cursor that `encode_cursor` made with so many keys.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        keys = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
    except (ValueError, UnicodeError) as error:
        raise _bad_cursor() from error
    if not isinstance(keys, list) or len(keys) != length or not all(isinstance(key, str) for key in keys):
        raise _bad_cursor()
    return keys


def id_after(cursor: str | None) -> UUID | None:
    """Return the id that a cursor of one id names; None for the first page.

    Raises:
        Invalid: it is no such cursor.
    """
    if cursor is None:
        return None
    try:
        return UUID(decode_cursor(cursor, 1)[0])
    except ValueError as error:
        raise _bad_cursor() from error


def _bad_cursor() -> Invalid:
    return Invalid.field("after", "cursor-unknown", "Leave `after` out to begin at the first page.")
