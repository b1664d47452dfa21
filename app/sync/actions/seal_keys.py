"""The life of the keys that devices seal to: made, retired, destroyed; and kept under a newer secret."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.audit.actions import trace
from app.core.database import transaction
from app.core.ids import new_id
from app.sync import queries
from app.sync.models import SealKey
from app.sync.seals.at_rest import SealSecrets
from app.sync.seals.cipher import new_pair
from app.sync.seals.opening import unwrap

KEPT_DAYS = 180
"""How long an old key still opens what was sealed to it, as long as an old app may send.

A tablet that was not seen for longer has lost what it held.
"""


def current_seal_key(secrets: SealSecrets, *, at: datetime) -> SealKey:
    """Return the key that devices seal to today; the first one is made when it is first asked for."""
    return queries.find_newest_seal_key() or rotate_seal_key(secrets, at=at)


def rotate_seal_key(secrets: SealSecrets, *, at: datetime) -> SealKey:
    """Make a new key for devices to seal to; the ones before it open for 180 days more.

    Raises:
        SealSecretMissing: Waymark was given no secret to keep it under.
    """
    pair = new_pair(new_id())
    wrapped = secrets.wrap(pair)
    with transaction() as session:
        session.execute(update(SealKey).where(SealKey.retired_at.is_(None)).values(retired_at=at))
        key = SealKey(
            id=pair.key_id,
            public_point=pair.public_point,
            private_cipher=wrapped.cipher,
            secret_id=wrapped.secret_id,
            created_at=at,
        )
        session.add(key)
        session.flush()
        trace(None, "seal-key.made", at=at, subject_id=key.id)
    return key


def destroy_old_seal_keys(*, at: datetime) -> int:
    """Destroy the private part of the keys that were retired 180 days ago; return how many."""
    with transaction() as session:
        old = session.scalars(
            select(SealKey).where(
                SealKey.destroyed_at.is_(None), SealKey.retired_at < at - timedelta(days=KEPT_DAYS)
            )
        ).all()
        for key in old:
            key.private_cipher, key.destroyed_at = None, at
            trace(None, "seal-key.destroyed", at=at, subject_id=key.id)
    return len(old)


def rewrap_seal_keys(secrets: SealSecrets, *, at: datetime) -> int:
    """Keep every key under the newest secret, so that an older one can be taken away; return how many.

    Raises:
        SealSecretMissing: a key lies under a secret that is not among those given.
    """
    with transaction() as session:
        older = session.scalars(
            select(SealKey).where(SealKey.destroyed_at.is_(None), SealKey.secret_id != secrets.newest_id)
        ).all()
        for key in older:
            wrapped = secrets.wrap(unwrap(secrets, key))
            key.private_cipher, key.secret_id = wrapped.cipher, wrapped.secret_id
            trace(None, "seal-key.rewrapped", at=at, subject_id=key.id)
    return len(older)
