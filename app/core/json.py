"""JSON built and read by the database: one statement answers, one statement inserts many rows.

Two constructs compile on both databases: `json_object` (an object a row) and `json_list` (an array
from a sub-select). `insert_rows` goes the other way. Time on hot paths goes into Python objects; this
is how the hot reads and the sync batch avoid making any.
"""

import enum
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Boolean, ColumnElement, Select, Subquery, Text, TextClause, cast, literal, select, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql import sqltypes
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.core.ids import new_id
from app.core.model import Base, Moment


class _JsonValue(FunctionElement[Any]):
    """A column as JSON shows it: moments in UTC with a Z, booleans as true and false, JSON as itself."""

    inherit_cache = True
    name = "json_value"


@compiles(_JsonValue, "postgresql")
def _value_postgresql(element: _JsonValue, compiler: SQLCompiler, **kw: Any) -> str:
    (column,) = element.clauses
    sql = compiler.process(column, **kw)
    if isinstance(column.type, Moment):
        return f"""to_char({sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return sql


@compiles(_JsonValue, "sqlite")
def _value_sqlite(element: _JsonValue, compiler: SQLCompiler, **kw: Any) -> str:
    (column,) = element.clauses
    sql = compiler.process(column, **kw)
    if isinstance(column.type, Boolean):
        return f"json(CASE WHEN {sql} THEN 'true' WHEN {sql} IS NULL THEN 'null' ELSE 'false' END)"
    if isinstance(column.type, sqltypes.JSON):
        return f"json({sql})"
    return sql


class _JsonObject(FunctionElement[Any]):
    inherit_cache = True
    type = sqltypes.JSON()
    name = "json_object_of"


@compiles(_JsonObject, "postgresql")
def _object_postgresql(element: _JsonObject, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_build_object({compiler.process(element.clauses, **kw)})"


@compiles(_JsonObject, "sqlite")
def _object_sqlite(element: _JsonObject, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_object({compiler.process(element.clauses, **kw)})"


class _JsonList(FunctionElement[Any]):
    inherit_cache = True
    type = sqltypes.JSON()
    name = "json_list_of"


@compiles(_JsonList, "postgresql")
def _list_postgresql(element: _JsonList, compiler: SQLCompiler, **kw: Any) -> str:
    return f"coalesce(json_agg({compiler.process(element.clauses, **kw)}), '[]'::json)"


@compiles(_JsonList, "sqlite")
def _list_sqlite(element: _JsonList, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_group_array(json({compiler.process(element.clauses, **kw)}))"


class _JsonRow(FunctionElement[Any]):
    inherit_cache = True
    type = sqltypes.JSON()
    name = "json_row_of"


@compiles(_JsonRow, "postgresql")
def _row_postgresql(element: _JsonRow, compiler: SQLCompiler, **kw: Any) -> str:
    column = next(iter(element.clauses))
    return f"row_to_json({compiler.preparer.quote(column.table.name)})"


@compiles(_JsonRow, "sqlite")
def _row_sqlite(element: _JsonRow, compiler: SQLCompiler, **kw: Any) -> str:
    values = ((column.key, _value_sqlite(_JsonValue(column), compiler, **kw)) for column in element.clauses)
    pairs = (f"'{key}', {value}" for key, value in values)
    return f"json_object({', '.join(pairs)})"


def json_row(rows: Subquery) -> ColumnElement[Any]:
    """Return a whole row of a named sub-select as one JSON object, its labels the keys.

    PostgreSQL writes it half as slowly again as `json_object`. A moment must be given as `moment_text`.
    """
    return _JsonRow(*rows.c)


def json_rows(rows: Subquery) -> ColumnElement[Any]:
    """Return all rows of a named sub-select as one JSON array, an aggregate to select from it."""
    return _JsonList(_JsonRow(*rows.c))


def json_array(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the JSON array of a JSON value over the rows of a group, an aggregate; ``[]`` for none."""
    return _JsonList(value)


def moment_text(column: Any) -> ColumnElement[Any]:
    """Return a moment as the text that JSON shows: ``2025-03-04T10:41:07.000000Z``."""
    return _JsonValue(column)


class _MomentBare(FunctionElement[Any]):
    inherit_cache = True
    name = "moment_bare"


@compiles(_MomentBare, "postgresql")
def _bare_postgresql(element: _MomentBare, compiler: SQLCompiler, **kw: Any) -> str:
    return f"{compiler.process(element.clauses, **kw)} AT TIME ZONE 'UTC'"


@compiles(_MomentBare, "sqlite")
def _bare_sqlite(element: _MomentBare, compiler: SQLCompiler, **kw: Any) -> str:
    return f"rtrim({compiler.process(element.clauses, **kw)}, 'Z')"


def moment_bare(column: Any) -> ColumnElement[Any]:
    """Return a moment in UTC without its Z, for `json_row`; whoever reads it puts the Z back.

    On PostgreSQL that takes a tenth of the time of `moment_text`, which counts where rows are many.
    """
    return _MomentBare(column)


def json_object(**fields: Any) -> ColumnElement[Any]:
    """Return one JSON object built by the database; at most 50 fields.

    Values are columns, other constructs of this module, or plain literals.
    """
    clauses: list[Any] = []
    for key, value in fields.items():
        clauses.append(text(f"'{key}'"))
        if isinstance(value, _JsonObject | _JsonList):
            clauses.append(value)
        elif isinstance(value, ColumnElement) or hasattr(value, "__clause_element__"):
            column = value.__clause_element__() if hasattr(value, "__clause_element__") else value
            clauses.append(_JsonValue(column))
        else:
            clauses.append(literal(value))
    return _JsonObject(*clauses)


def json_list(rows: Select[Any]) -> ColumnElement[Any]:
    """Return the JSON array of a select's one column, in the select's own order; ``[]`` for none."""
    inner = rows.subquery()
    (column,) = inner.c
    return select(_JsonList(column)).scalar_subquery()


def as_text(value: ColumnElement[Any]) -> ColumnElement[str]:
    """Return a JSON construct as the text to send, so that no driver parses it."""
    return cast(value, Text)


def to_wire(value: Any) -> Any:
    """Return a value as JSON writes it in Waymark.

    Raises:
        TypeError: there is no such way.
    """
    if isinstance(value, UUID | Decimal):
        return str(value)  # a float would change a figure
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    message = f"{type(value).__name__} has no JSON form."
    raise TypeError(message)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        message = "A moment needs a time zone."
        raise ValueError(message)
    utc = value if value.tzinfo is UTC else value.astimezone(UTC)
    return utc.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: keys sorted, no blanks, UTF-8 kept.

    What is hashed and what is frozen is always this text.
    """
    return _CANONICAL.encode(value)


_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=to_wire
)


def insert_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Insert many rows by one statement and return the ids that were new.

    A row whose key (or other unique value) stands already is passed over, so a repeat is harmless.
    Every row names the same columns; `id` is made where it is missing.
    """
    if not rows:
        return set()
    full = rows if "id" in rows[0] else [{"id": new_id(), **row} for row in rows]
    session.flush()
    connection = session.connection()
    statement = _insertion(model, tuple(full[0]), connection.dialect.name)
    made = connection.execute(statement, {"rows": write_json(full)}).scalars()
    return {found if isinstance(found, UUID) else UUID(found) for found in made}


def update_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Change many rows by one statement, each found by its `id`; every row names the same columns."""
    if not rows:
        return
    session.flush()
    connection = session.connection()
    statement = _change(model, tuple(rows[0]), connection.dialect.name)
    connection.execute(statement, {"rows": write_json(rows)})


def write_json(value: Any) -> str:
    """Return a value as JSON for the database or a reader; what is hashed or frozen is `canonical`."""
    return orjson.dumps(value, to_wire, orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS).decode()


def read_json(text: str | bytes) -> Any:
    """Return what JSON of our own database says; what others send is read by `core.web.StrictJson`."""
    return orjson.loads(text)


# The texts are made of names of our own tables and columns alone.
@lru_cache(maxsize=256)
def _insertion(model: type[Base], names: tuple[str, ...], dialect: str) -> TextClause:
    table: Any = model.__table__
    columns = ", ".join(f'"{name}"' for name in names)
    source = f"SELECT {columns} FROM {recordset(table)}"  # noqa: S608
    if dialect != "postgresql":
        values = ", ".join(_extract(table.c[name]) for name in names)
        source = f"SELECT {values} FROM json_each(:rows) WHERE true"  # noqa: S608
    return text(f'INSERT INTO "{table.name}" ({columns}) {source} ON CONFLICT DO NOTHING RETURNING id')


@lru_cache(maxsize=256)
def _change(model: type[Base], names: tuple[str, ...], dialect: str) -> TextClause:
    table: Any = model.__table__
    changed = [name for name in names if name != "id"]
    if dialect == "postgresql":
        settings = ", ".join(f'"{name}" = new."{name}"' for name in changed)
        source, its_id = f"{recordset(table)} AS new", "new.id"
    else:
        settings = ", ".join(f'"{name}" = {_extract(table.c[name])}' for name in changed)
        source, its_id = "json_each(:rows)", _extract(table.c.id)
    return text(f'UPDATE "{table.name}" SET {settings} FROM {source} WHERE "{table.name}".id = {its_id}')  # noqa: S608


def recordset(table: Any, rows: str = ":rows", function: str = "json_populate_recordset") -> str:
    """Return what reads a table's rows from JSON on PostgreSQL; `rows` names the parameter."""
    return f'{function}(NULL::public."{table.name}", CAST({rows} AS json))'


def _extract(column: Any) -> str:
    name = column.name
    if isinstance(column.type, sqltypes.LargeBinary):
        message = f"{column} holds bytes; insert such rows one by one."
        raise TypeError(message)
    return f"json_extract(value, '$.{name}')"
