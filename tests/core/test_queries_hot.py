from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Integer, Select, bindparam, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.core.database import db, is_postgresql, transaction
from app.core.hot import HotStatement, is_among, is_set, is_unset
from app.core.ids import new_id
from app.core.json import write_json
from app.entitlements.models import Entitlement
from app.records.models import Record

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


@pytest.mark.parametrize(
    "statement",
    [
        select(Record.kind).where(is_among(Record.id)),
        select(Record.content_hash).where(is_among(Record.enrolment_id), ~Record.is_withdrawn),
        select(Assessment.scores).where(is_among(Assessment.sitting_id), is_set(Assessment.is_original)),
        select(Entitlement.closes_on).where(
            is_among(Entitlement.contract_id), text("state = 'complete'"), is_unset(Entitlement.is_claimed)
        ),
    ],
    ids=["alone", "beside another", "among those that are", "among those that are not"],
)
def test_what_is_asked_for_by_ids_is_looked_up_in_an_index(session: Session, statement: Select[Any]) -> None:
    plan = explain(session, statement)

    table = statement.columns_clause_froms[0].description
    assert "Seq Scan" not in plan if is_postgresql() else f"SEARCH {table} USING INDEX" in plan


def explain(session: Session, statement: Select[Any]) -> str:
    """Return how the database would find what a statement asks for by ids, whatever its tables hold now."""
    connection = session.connection()
    asked = str(statement.compile(connection))
    if is_postgresql():
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        rows = connection.exec_driver_sql(f"EXPLAIN {asked}", {"ids": [new_id()]})
    else:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", (write_json([new_id()]),))
    return "\n".join(str(row[-1]) for row in rows)
