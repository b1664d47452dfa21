"""Making the file of an export: in a file beside, on the disk, kept whole, then noted."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO
from uuid import UUID

from app.accounts.models import Membership, User
from app.core.database import db, transaction
from app.core.permissions import Actor, Role
from app.core.storage import Storage
from app.exports.actions.files import Workshop, settle
from app.exports.models import Export
from app.exports.queries.asked import find_export

Progress = Callable[[int, int], None]
Writes = Callable[[BinaryIO, Export], str]
"""Writes an export's file and returns the name under which it is handed out."""


@dataclass(frozen=True)
class Workplace:
    """Where exports are made and kept, and how long they may be fetched."""

    workshop: Workshop
    storage: Storage
    keep: timedelta


def build_export(place: Workplace, export_id: UUID, write: Writes, *, at: datetime) -> bool:
    """Make an export's file and return whether there was anything to make.

    What was cut short is begun anew: nothing of it was to be seen. The bytes are kept before the row says
    so, hence whoever reads that it is done finds it whole.
    """
    export = find_export(export_id)
    if export is None or (export.finished_at is not None and place.storage.has(export.storage_key)):
        return False
    with place.workshop.new_file() as (path, stream):
        file_name = write(stream, export)
        size_bytes, sha256 = settle(path, stream)
        place.storage.put(export.storage_key, path)
    with transaction() as session:
        kept = session.get(Export, export_id, populate_existing=True)
        if kept is None:  # it expired meanwhile
            place.storage.delete(f"exports/{export_id}")
            return False
        kept.finished_at, kept.expires_at = at, at + place.keep
        kept.file_name, kept.size_bytes, kept.sha256 = file_name, size_bytes, sha256
    return True


def asker_of(export: Export) -> Actor | None:
    """Return whoever asked for an export as they may act now; None where they have left since."""
    found = db.session().execute(
        db.select(Membership, User.language)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.user_id == export.asked_by_id,
            Membership.organisation_id == export.organisation_id,
            Membership.ended_at.is_(None),
        )
    )
    row = found.one_or_none()
    if row is None:
        return None
    membership, language = row
    return Actor(
        user_id=membership.user_id,
        membership_id=membership.id,
        organisation_id=membership.organisation_id,
        roles=frozenset(Role(role) for role in membership.roles),
        language=language,
    )


def write_beside(out: Path, write: Callable[[BinaryIO], object]) -> str:
    """Write a file whole or not at all, where somebody names it, and return its SHA-256."""
    out = out.absolute()
    number, name = mkstemp(dir=out.parent, prefix=f".{out.name}.")
    beside = Path(name)
    try:
        with os.fdopen(number, "w+b") as stream:
            write(stream)
            _, sha256 = settle(beside, stream)
        beside.replace(out)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return sha256
