"""Tries to sign in, counted by account and address in a table that every web process shares."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.accounts import rules
from app.accounts.models import SignInThrottle
from app.core.database import transaction
from app.core.errors import TooMany

Keys = tuple[tuple[bytes, int], tuple[bytes, int]]


def throttle_keys(email: str, address: str) -> Keys:
    """Return the two counters of a try with the failures each allows before it makes people wait."""
    account = hashlib.sha256(f"account:{email.strip().lower()}|{address}".encode()).digest()
    place = hashlib.sha256(f"address:{address}".encode()).digest()
    return (account, rules.FREE_TRIES_ACCOUNT), (place, rules.FREE_TRIES_ADDRESS)


def count_try(keys: Keys, *, at: datetime) -> None:
    """Count a try before it is made, so that many at once count as many.

    Raises:
        TooMany: it comes too early after those before it.
    """
    with transaction() as session:
        waits: list[timedelta] = []
        for key, free_tries in keys:
            row = session.scalar(
                select(SignInThrottle).where(SignInThrottle.key_hash == key).with_for_update()
            )
            if row is None:
                row = SignInThrottle(key_hash=key, failures=0, last_failed_at=at)
                session.add(row)
            if row.blocked_until is not None and row.blocked_until > at:
                waits.append(row.blocked_until - at)
                continue
            if at - row.last_failed_at > rules.FORGOTTEN_AFTER:
                row.failures = 0
            row.failures += 1
            row.last_failed_at = at
            row.blocked_until = at + rules.delay_after(row.failures, free_tries)
    if waits:
        seconds = int(max(waits).total_seconds()) + 1
        raise TooMany("Too many tries; wait a little, then try again.", seconds)


def forget_tries(keys: Keys) -> None:
    """Forget the failures of an account from an address: its owner has come."""
    (account, _), (place, _) = keys
    with transaction() as session:
        session.execute(delete(SignInThrottle).where(SignInThrottle.key_hash == account))
        session.execute(
            update(SignInThrottle)
            .where(SignInThrottle.key_hash == place)
            .values(failures=0, blocked_until=None)
        )
