import pytest
from flask import Flask
from sqlalchemy import Integer, bindparam, select, text
from sqlalchemy.exc import DBAPIError

from app.core.database import db, is_postgresql, transaction
from app.core.hot import HotStatement

TWICE = HotStatement(select((bindparam("number", type_=Integer()) * 2).label("twice")))


def test_a_hot_statement_answers_by_name_outside_and_inside_a_transaction(migrated_app: Flask) -> None:
    with migrated_app.app_context():
        alone = TWICE.one_or_none({"number": 21})
        with transaction():
            inside = TWICE.one_or_none({"number": 4})
        many = TWICE.one_or_none({"number": 1_000_000})  # no longer fits what 21 was sent as

    assert alone is not None
    assert inside is not None
    assert many is not None
    assert (alone.twice, inside.twice, many.twice) == (42, 8, 2_000_000)


def test_a_connection_that_the_database_closed_is_replaced(migrated_app: Flask) -> None:
    with migrated_app.app_context():
        if not is_postgresql():
            pytest.skip("SQLite has no server that could restart")
        asked = HotStatement(select(text("pg_backend_pid() AS pid")))
        before = asked.one_or_none({})
        assert before is not None
        with db.engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": before.pid})

        after = asked.one_or_none({})

    assert after is not None
    assert after.pid != before.pid


def test_a_refusal_comes_in_the_classes_of_every_other(migrated_app: Flask) -> None:
    with migrated_app.app_context(), pytest.raises(DBAPIError):
        HotStatement(select(text("nothing FROM nowhere"))).one_or_none({})
