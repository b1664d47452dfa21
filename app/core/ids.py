"""Identifiers: time-ordered UUIDs, and short references a person can read aloud."""

import secrets
from uuid import UUID

import uuid_utils.compat

# No 0/O, 1/I/L, or U: a reference is read over the telephone and never spells a word by chance.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> UUID:
    """Return a UUIDv7, so that index pages fill in the order rows are made.

    Source:
        RFC 9562, section 5.7
    """
    return uuid_utils.compat.uuid7()


def new_reference() -> str:
    """Return a pseudonymous reference such as ``WM-4Q7K9D``; the caller checks that it is free."""
    return "WM-" + "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(6))
