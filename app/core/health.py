"""What Waymark stands on, asked at the start and by whoever watches."""

from functools import cache
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.core.database import db
from app.core.storage import Storage

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


@cache
def newest_revisions() -> frozenset[str]:
    """Return what the database's revision must be."""
    return frozenset(ScriptDirectory(str(MIGRATIONS)).get_heads())


def is_migrated() -> bool:
    """Whether the database is at the newest migration.

    Raises:
        SQLAlchemyError: it does not answer.
    """
    found = MigrationContext.configure(db.session().connection()).get_current_heads()
    return frozenset(found) == newest_revisions()


def unready_parts(app: Flask) -> list[str]:
    """Return which of database, migrations and storage are not as they should be."""
    missing = []
    try:
        if not is_migrated():
            missing.append("migrations")
    except SQLAlchemyError:
        missing.append("database")
    storage: Storage = app.extensions["storage"]
    try:
        storage.has("ready")
    except Exception:
        missing.append("storage")
    return missing
