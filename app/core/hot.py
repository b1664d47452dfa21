"""Statements asked on nearly every request: written out once, and on PostgreSQL one round trip each.

Through a session a statement costs three round trips (begin, ask, roll back) and 0.4 ms of processor time,
four times what the driver itself needs. So the few hot reads go to the driver, each a transaction of its
own, on connections kept for them. Inside an open transaction they go over the session's own connection,
likewise by the driver alone; on SQLite they are the session's.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ClauseElement,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Text,
    bindparam,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.core.database import db, is_in_transaction, is_postgresql, reading
from app.core.json import write_json
from app.core.lines import Line, lines_of

_DIALECT = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


class HotStatement:
    """One statement with named parameters; whoever asks names the same ones each time.

    Values go to the driver as they are: ids, days, moments, texts and numbers. What comes back is the
    driver's too: an enumeration is its plain value.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement: Any = statement
        self._written: tuple[bytes, list[tuple[str, Any]]] | None = None

    def one_or_none(self, values: Mapping[str, Any]) -> Any | None:
        """Return the one row that answers, its columns as attributes, or None."""
        rows = self.all(values)
        return rows[0] if rows else None

    def all(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return every row that answers, their columns as attributes."""
        engine = db.engine
        if engine.dialect.name != "postgresql":
            session = db.session()
            session.flush()
            return session.connection().execute(self._statement, dict(values)).all()
        if self._written is None:
            self._written = self._write_out(values)
        text, parameters = self._written
        given = (values.get(name, fixed) for name, fixed in parameters)
        ordered = [_array(value) if type(value) is list else value for value in given]
        # Tests put a connection in the engine's place, to roll everything back.
        if isinstance(engine, Engine) and not is_in_transaction():
            return lines_of(engine).ask(text, ordered)
        return ask_within(text, ordered)

    def _write_out(self, values: Mapping[str, Any]) -> tuple[bytes, list[tuple[str, Any]]]:
        """Return the text, and each parameter in its order: its name and, where it is fixed, its value."""
        compiled: SQLCompiler = self._statement.compile(dialect=_DIALECT)
        state = compiled.construct_expanded_state(dict(values))
        fixed = []
        for name in state.positiontup or ():
            convert: Any = state.processors.get(name)
            value = state.parameters[name]
            fixed.append((name, convert(value) if convert else value))
        return state.statement.encode(), fixed


def _stands_alone(engine: Engine | Connection) -> bool:
    """Whether a statement asked now is a transaction of its own."""
    # Tests put a connection in the engine's place, to roll everything back.
    return isinstance(engine, Engine) and is_postgresql() and not is_in_transaction()


def ask_within(text: bytes, values: Sequence[Any]) -> Sequence[Any]:
    """Ask over the session's own connection, in its transaction; on PostgreSQL alone.

    Raises:
        DBAPIError: the database refused.
    """
    session = db.session()
    session.flush()
    connection = session.connection()
    known = connection.info
    if "line" not in known:
        known["line"] = Line(connection.connection.driver_connection)  # type: ignore[arg-type]
    line: Line = known["line"]
    return line.ask_within(text, values)


def alone_or_reading() -> AbstractContextManager[Any]:
    """Stand around a hot statement that also writes a trace, and commit it where it does not stand alone."""
    return nullcontext() if _stands_alone(db.engine) else reading()


class _Ids(TypeDecorator[Sequence[UUID]]):
    """Several ids as one value: an array on PostgreSQL, a list in JSON on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.ARRAY(postgresql.UUID(as_uuid=True)))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[UUID] | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else write_json(value)


def _array(ids: Sequence[UUID]) -> str:
    """Return ids as PostgreSQL writes an array; the driver takes thrice as long for a list."""
    return "{" + ",".join(map(str, ids)) + "}"


class _Condition(FunctionElement[bool]):
    inherit_cache = True
    type = Boolean()

    def self_group(self, against: OperatorType | None = None) -> ClauseElement:  # type: ignore[override]
        """Stand in every condition as it is: `… = 1`, as for other truths, makes SQLite read whole tables."""
        return self


class _IsAmong(_Condition):
    inherit_cache = True
    name = "is_among"


@compiles(_IsAmong, "postgresql")
def _among_postgresql(element: _IsAmong, compiler: SQLCompiler, **kw: Any) -> str:
    column, ids = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} = ANY({ids})"


@compiles(_IsAmong, "sqlite")
def _among_sqlite(element: _IsAmong, compiler: SQLCompiler, **kw: Any) -> str:
    column, ids = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - names and parameters of our own


def is_among(column: Any, name: str = "ids") -> ColumnElement[bool]:
    """Return the condition that an id is one of those in a parameter, a list.

    However many there are the statement's text stays the same, so that it is compiled and planned once.
    """
    return _IsAmong(column, bindparam(name, type_=_Ids()))


class _IsSet(_Condition):
    inherit_cache = True
    name = "is_set"


@compiles(_IsSet)
def _set(element: _IsSet, compiler: SQLCompiler, **kw: Any) -> str:
    (column,) = element.clauses
    return compiler.process(column, **kw)


def is_set(column: Any) -> ColumnElement[bool]:
    """Return the condition that a truth holds, as partial indexes write it, so that SQLite finds them."""
    return _IsSet(column)


class _IsUnset(_Condition):
    inherit_cache = True
    name = "is_unset"


@compiles(_IsUnset)
def _unset(element: _IsUnset, compiler: SQLCompiler, **kw: Any) -> str:
    (column,) = element.clauses
    return f"NOT {compiler.process(column, **kw)}"


def is_unset(column: Any) -> ColumnElement[bool]:
    """Return the condition that a truth does not hold, as partial indexes write it."""
    return _IsUnset(column)
