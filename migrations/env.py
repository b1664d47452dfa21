"""Run migrations on the database that the application is configured with."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.sql import sqltypes

from app.core.model import Id, Moment

db = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our column types by the names of `migrations.columns`, so that a migration imports no app."""
    if kind != "type":
        return False
    if isinstance(item, Id):
        return "columns.ID"
    if isinstance(item, Moment):
        return "columns.MOMENT"
    if isinstance(item, sqltypes.Enum):
        return f"sa.String({item.length})"
    if isinstance(item, sqltypes.JSON):
        return "columns.JSON"
    return False


def run() -> None:
    """Migrate in one transaction."""
    with db.engine.connect() as connection, connection.begin():
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            compare_type=False,
            transaction_per_migration=False,
        )
        context.run_migrations()


run()
