"""Connections of our own to PostgreSQL, for statements that come again and again.

The driver's cursor does for every statement what is the same each time: it looks whether it is prepared,
names its columns, and keeps what could be fetched later. Asked by the driver's own parts, `pq` and `adapt`,
an answer takes half the processor time.
"""

from collections import deque, namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.types.json import set_json_loads
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from app.core.json import read_json

_MakeRow = Callable[[Sequence[Any]], Any]


@dataclass(frozen=True)
class _Prepared:
    """A statement as one connection knows it."""

    name: bytes
    make_row: _MakeRow


class Line:
    """One connection on which every statement is prepared once.

    On a connection that is not kept for it alone, the driver may prepare nothing by itself: it would forget
    at every rollback whatever the connection knows prepared (`core.database` sees to that).
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._prepared: dict[tuple[bytes, tuple[int, ...]], _Prepared] = {}

    @property
    def is_dead(self) -> bool:
        """Whether the database has hung up."""
        return self._connection.pgconn.status != ConnStatus.OK

    def ask(self, text: bytes, values: Sequence[Any]) -> Sequence[Any]:
        """Return the rows that answer, their columns as attributes.

        Raises:
            psycopg.Error: the database refused, or has hung up.
        """
        adapter = Transformer(self._connection)
        given: Any = adapter.dump_sequence(values, [PyFormat.AUTO] * len(values))
        # A number goes as the smallest type that holds it, so one text may be prepared for several.
        types = adapter.types or ()
        statement = self._prepared.get((text, types)) or self._prepare(text, types)
        result = self._connection.pgconn.exec_prepared(statement.name, given, adapter.formats)
        adapter.set_pgresult(self._checked(result))
        return adapter.load_rows(0, result.ntuples, statement.make_row)

    def ask_within(self, text: bytes, values: Sequence[Any]) -> Sequence[Any]:
        """Return the same within the connection's own transaction, begun where it was not.

        Raises:
            DBAPIError: the database refused; in SQLAlchemy's classes, as everywhere else.
        """
        try:
            server = self._connection.pgconn
            if not self._connection.autocommit and server.transaction_status == TransactionStatus.IDLE:
                self._checked(server.exec_(b"BEGIN"))
            return self.ask(text, values)
        except psycopg.Error as error:
            raise _as_ours(error) from error

    def hang_up(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _prepare(self, text: bytes, types: tuple[int, ...]) -> _Prepared:
        name = b"hot_%d" % len(self._prepared)
        server = self._connection.pgconn
        self._checked(server.prepare(name, text, types))
        told = self._checked(server.describe_prepared(name))
        columns = tuple((told.fname(place) or b"").decode() for place in range(told.nfields))
        statement = self._prepared[text, types] = _Prepared(name, _row_of(columns))
        return statement

    def _checked(self, result: PGresult) -> PGresult:
        if result.status in _ANSWERED:
            return result
        if self.is_dead:
            raise psycopg.OperationalError("The database has hung up.")
        raise error_from_result(result)


_ANSWERED = frozenset({ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK})


@lru_cache(maxsize=256)
def _row_of(columns: tuple[str, ...]) -> _MakeRow:
    row = namedtuple("Row", columns, rename=True)  # type: ignore[misc]
    return row._make


class Lines:
    """Connections to one database, as many as there were threads that asked at once."""

    def __init__(self, engine: Engine) -> None:
        self._dial: Callable[[], Line] = _dialler(engine)
        self._idle: deque[Line] = deque()
        event.listen(engine, "engine_disposed", lambda _engine: self.hang_up())

    def ask(self, text: bytes, values: Sequence[Any]) -> Sequence[Any]:
        """Ask; where the connection proves dead (the database was restarted), once more on a new one.

        Raises:
            DBAPIError: the database refused; in SQLAlchemy's classes, as everywhere else.
        """
        try:
            try:
                line = self._idle.pop()
            except IndexError:
                line = self._dial()
            try:
                return self._ask(line, text, values)
            except psycopg.OperationalError:
                if not line.is_dead:
                    raise
            self.hang_up()
            return self._ask(self._dial(), text, values)
        except psycopg.Error as error:
            raise _as_ours(error) from error

    def _ask(self, line: Line, text: bytes, values: Sequence[Any]) -> Sequence[Any]:
        try:
            return line.ask(text, values)
        finally:
            if line.is_dead:
                line.hang_up()
            else:
                self._idle.append(line)

    def hang_up(self) -> None:
        """Close every connection that nobody uses."""
        while self._idle:
            self._idle.pop().hang_up()


def _as_ours(error: psycopg.Error) -> Exception:
    return DBAPIError.instance("a hot statement", None, error, psycopg.Error, True)


def _dialler(engine: Engine) -> Callable[[], Line]:
    arguments, options = engine.dialect.create_connect_args(engine.url)

    def dial() -> Line:
        connection: psycopg.Connection[Any] = psycopg.connect(*arguments, **options, autocommit=True)
        set_json_loads(read_json, connection)
        # Compiling a plan to machine code, or starting workers for it, takes longer than the reads.
        connection.execute("SET TIME ZONE 'UTC'")
        connection.execute("SET jit = off")
        connection.execute("SET max_parallel_workers_per_gather = 0")
        return Line(connection)

    return dial


_lines: WeakKeyDictionary[Engine, Lines] = WeakKeyDictionary()


def lines_of(engine: Engine) -> Lines:
    """Return the connections kept for an engine's database."""
    found = _lines.get(engine)
    return _lines.setdefault(engine, Lines(engine)) if found is None else found
