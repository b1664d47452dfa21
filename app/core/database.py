"""The database handle, and `transaction()`: the only place that commits."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from app.core.model import Base

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

_OPEN = "waymark.transaction"
_writing: ContextVar[bool] = ContextVar("waymark.writing", default=False)


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit on success, roll back on any error; nested use is a savepoint.

    The outermost one starts afresh, so that on SQLite it takes the write lock at once (a read that
    turns into a write later would fail when somebody else wrote in between).
    """
    session = db.session()
    if session.info.get(_OPEN):
        with session.begin_nested():
            yield session
        return
    session.rollback()
    session.info[_OPEN] = True
    token = _writing.set(True)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_OPEN, None)
        _writing.reset(token)


@contextmanager
def joined() -> Iterator[Session]:
    """Go on in the open transaction without a savepoint; alone it is a transaction.

    For the inner steps of a write whose error nobody catches half way: a batch is made of dozens of them,
    and each savepoint would be two more round trips.
    """
    session = db.session()
    if session.info.get(_OPEN):
        yield session
        return
    with transaction():
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """Read what is audited, and commit the audit row with it.

    Unlike `transaction()` it goes on in what the request has begun to read, so that a hot read costs few
    round trips; on PostgreSQL its commit may reach the disk a moment later than the answer, for what is
    lost then in a crash is the trace of a mere read, never a fact (`audit.actions.trace_read` asks for it).
    SQLite needs the write lock first.
    """
    session = db.session()
    if session.info.get(_OPEN) or not is_postgresql():
        with transaction():
            yield session
        return
    session.info[_OPEN] = True
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_OPEN, None)


def is_in_transaction() -> bool:
    """Whether whoever asks stands inside `transaction()` or `reading()`."""
    return db.session.registry.has() and bool(db.session().info.get(_OPEN))


def is_postgresql() -> bool:
    """Whether the application stands on PostgreSQL."""
    return db.engine.dialect.name == "postgresql"


def listen_to(engine: Engine) -> None:
    """Give each new connection of an engine the settings Waymark relies on."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)


@contextmanager
def unhurried_disk() -> Iterator[None]:
    """Let commits on SQLite not wait for the disk: only for what is simply made again after a power cut."""
    engine = db.engine
    if not isinstance(engine, Engine) or engine.dialect.name != "sqlite":
        yield
        return
    db.session().rollback()  # it gives its connection back, and takes one anew
    event.listen(engine, "checkout", _wait_for_no_disk)
    try:
        yield
    finally:
        event.remove(engine, "checkout", _wait_for_no_disk)
        db.session().rollback()
        engine.dispose()  # nobody else is to get these connections


def _wait_for_no_disk(connection: sqlite3.Connection, _record: Any, _proxy: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 15000",
        "cache_size = -65536",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    autocommit = connection.autocommit
    connection.autocommit = True
    connection.execute("SET TIME ZONE 'UTC'")
    connection.autocommit = autocommit
    # Hot statements are prepared under names of their own, which a rollback would have the driver forget.
    connection.prepare_threshold = None
