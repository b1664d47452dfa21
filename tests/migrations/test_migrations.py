"""The migrations: up, down, up with data, equal to the models; and what the database itself refuses."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import DBAPIError

from app import create_app
from app.core.database import db
from app.core.model import Base
from app.records.models import DETAIL_MODELS, Record
from tests.conftest import Databases, let_go, test_config
from tests.probe.world import make_world

VERSIONS = Path(__file__).parent.parent.parent / "migrations" / "versions"
APPEND_ONLY = (
    "record",
    "start",
    "ending",
    "assessment",
    "milestone",
    "intervention",
    "contact",
    "employment",
    "action_plan",
    "evidence_item",
    "verification",
    "enrolment_event",
    "line_decision",
    "statement_entry",
    "audit_event",
    "calibration",
    "signal_look",
    "signal",
    "signal_answer",
    "disagreement",
)


@pytest.fixture(scope="module")
def full(database: str, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give an application whose database was migrated and has a row in every table."""
    app = create_app(test_config(databases.empty(database), tmp_path_factory.mktemp("migrations")))
    with app.app_context():
        upgrade()
        make_world("full")
        db.session.remove()
        yield app
    let_go(app)


def counts() -> dict[str, int]:
    """Return how many rows each table holds, of those that stand."""
    with db.engine.connect() as connection:
        standing = set(sa.inspect(connection).get_table_names())
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name in standing
        }


def refuses(statement: str) -> bool:
    """Whether the database says that a table is append-only; whatever happens is undone."""
    with db.engine.connect() as connection, connection.begin() as attempt:
        try:
            connection.execute(sa.text(statement))
        except DBAPIError as error:
            return "append-only" in str(error.orig)
        finally:
            attempt.rollback()
    return False


def test_every_kind_of_record_is_among_the_append_only_tables() -> None:
    kinds = {model.__tablename__ for model in DETAIL_MODELS.values()}

    assert kinds | {Record.__tablename__} <= set(APPEND_ONLY)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_refuses_to_change_or_delete_what_was_appended(
    full: Flask, table: str, database: str
) -> None:
    assert counts()[table] > 0
    assert refuses(f"UPDATE {table} SET id = id")
    assert refuses(f"DELETE FROM {table}")
    if database == "postgresql":
        assert refuses(f"TRUNCATE {table} CASCADE")


def test_what_is_no_fact_may_change(full: Flask) -> None:
    assert not refuses("UPDATE enrolment SET revision = revision + 1")


def test_the_models_equal_what_the_migrations_made(full: Flask) -> None:
    with db.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert found == []


def test_the_triggers_go_and_come_back_and_no_row_is_lost(full: Flask) -> None:
    before = counts()
    assert min(before.values()) > 0

    downgrade(revision="0001_tables")
    assert not refuses("UPDATE record SET id = id")
    first = counts()
    assert first.items() <= before.items()

    upgrade()
    assert refuses("UPDATE record SET id = id")
    assert first.items() <= counts().items()


def test_all_the_way_down_and_up_again_leaves_the_same_empty_tables(full: Flask) -> None:
    made = set(Base.metadata.tables) | {"alembic_version"}

    downgrade(revision="base")
    assert set(sa.inspect(db.engine).get_table_names()) == {"alembic_version"}

    upgrade()
    assert set(sa.inspect(db.engine).get_table_names()) == made
    assert set(counts().values()) == {0}


@pytest.mark.parametrize("name", sorted(name for name in os.listdir(VERSIONS) if name.endswith(".py")))
def test_a_migration_stands_alone(name: str) -> None:
    tree = ast.parse((VERSIONS / name).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {module.partition(".")[0] for module in imported} <= {"sqlalchemy", "alembic", "migrations"}
