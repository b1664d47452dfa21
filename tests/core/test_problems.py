"""What the database cannot do at this moment is no error of ours, and what clashed is said so."""

import sqlite3

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg import errors
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.core.web import public


def fail_with(monkeypatch: pytest.MonkeyPatch, app: Flask, error: Exception) -> None:
    """Let the simplest address fail."""

    @public
    def fail() -> None:
        raise error

    (endpoint,) = (rule.endpoint for rule in app.url_map.iter_rules() if rule.rule == "/livez")
    monkeypatch.setitem(app.view_functions, endpoint, fail)


def wrapped(error: Exception, base: type[Exception] = psycopg.Error) -> DBAPIError:
    found = DBAPIError.instance("SELECT 1", None, error, base)
    assert isinstance(found, DBAPIError)
    return found


def locked() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


@pytest.mark.parametrize(
    "error",
    [
        wrapped(errors.DeadlockDetected("deadlock detected")),
        wrapped(errors.SerializationFailure("could not serialize access")),
        wrapped(errors.LockNotAvailable("could not obtain lock")),
        wrapped(errors.QueryCanceled("canceling statement due to lock timeout")),
        wrapped(errors.TooManyConnections("sorry, too many clients already")),
        wrapped(errors.AdminShutdown("terminating connection")),
        wrapped(locked(), sqlite3.Error),
        PoolTimeout("QueuePool limit reached"),
    ],
    ids=lambda error: type(getattr(error, "orig", error)).__name__,
)
def test_a_busy_database_asks_to_come_back(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    fail_with(monkeypatch, app, error)

    answer = client.get("/livez")

    assert (answer.status_code, answer.get_json()["code"]) == (503, "come-back-later")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_clash_that_no_action_foresaw_is_a_conflict(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = wrapped(errors.UniqueViolation("Key (email)=(somebody@example.org) already exists."))
    assert isinstance(error, IntegrityError)
    fail_with(monkeypatch, app, error)
    monkeypatch.setitem(app.config, "TESTING", False)

    answer = client.get("/livez")

    assert (answer.status_code, answer.get_json()["code"]) == (409, "conflict")
    assert "somebody" not in answer.get_data(as_text=True)


def test_a_fault_of_ours_is_told_without_its_words(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(monkeypatch, app, wrapped(errors.UndefinedColumn("column secret does not exist")))
    monkeypatch.setitem(app.config, "TESTING", False)

    answer = client.get("/livez")

    assert (answer.status_code, answer.get_json()["code"]) == (500, "unexpected")
    assert "secret" not in answer.get_data(as_text=True)
