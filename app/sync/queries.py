"""Reads of what the door of devices stands on: the seal's keys."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.sync.models import SealKey


def find_newest_seal_key() -> SealKey | None:
    """Return the key that devices seal to today."""
    return db.session().scalar(
        select(SealKey)
        .where(SealKey.retired_at.is_(None))
        .order_by(SealKey.created_at.desc(), SealKey.id.desc())
        .limit(1)
    )


def find_seal_keys(key_ids: Iterable[UUID]) -> dict[UUID, SealKey]:
    """Return those of these keys that still open something, by id."""
    wanted = set(key_ids)
    if not wanted:
        return {}
    rows = db.session().scalars(select(SealKey).where(SealKey.id.in_(wanted), SealKey.destroyed_at.is_(None)))
    return {row.id: row for row in rows}
