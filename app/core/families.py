"""Rows of several tables that belong together, inserted at once: on PostgreSQL by one statement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.hot import ask_within
from app.core.json import insert_rows, recordset, write_json
from app.core.model import Base


@dataclass(frozen=True)
class Rows:
    """Rows for one table; every row names the same columns, its `id` among them.

    Attributes:
        same: Further columns, with what is the same in every row.
        belongs_by: The column that names the row of the first table; for the first table itself `id`.
    """

    model: type[Base]
    rows: Sequence[Mapping[str, Any]]
    same: Mapping[str, Any] = field(default_factory=dict)
    belongs_by: str = "id"

    @property
    def shape(self) -> "_Shape":
        """What the statement's text depends on."""
        return self.model, tuple(self.rows[0]), tuple(self.same), self.belongs_by


_Shape = tuple[type[Base], tuple[str, ...], tuple[str, ...], str]


def insert_family(session: Session, first: Rows, *others: Rows) -> list[set[UUID]]:
    """Insert rows with what belongs to them, and return the ids that were new, a set a table.

    A row that stands already is passed over, and what belongs to a row that was not new is not inserted.
    Columns of `belongs_by` hold ids as text.
    """
    family = [first, *(other for other in others if other.rows)]
    if not first.rows:
        return [set() for _ in (first, *others)]
    if session.connection().dialect.name == "postgresql":
        made: dict[int, set[UUID]] = {number: set() for number in range(len(family))}
        for number, new_id in ask_within(_insertion(_shapes(family)), _written(family)):
            made[number].add(new_id)
    else:
        made = _insert_in_turn(session, family)
    by_model = {part.model: made[number] for number, part in enumerate(family)}
    return [by_model.get(part.model, set()) for part in (first, *others)]


def insert_new_family(session: Session, *parts: Rows) -> bool:
    """Insert rows of which none stands yet; return whether all of them were new.

    Whoever is told that they were not rolls back: some may have been inserted. To the database it is a third
    less work than `insert_family`, for it looks for no row that may stand.
    """
    family = [part for part in parts if part.rows]
    if not family:
        return True
    if session.connection().dialect.name != "postgresql":
        made = _insert_in_turn(session, family)
        return all(len(made[number]) == len(part.rows) for number, part in enumerate(family))
    try:
        ask_within(_new_insertion(_shapes(family)), _written(family))
    except IntegrityError:
        return False
    return True


def _shapes(family: Sequence[Rows]) -> tuple[_Shape, ...]:
    return tuple(part.shape for part in family)


def _written(family: Sequence[Rows]) -> list[str]:
    given = (values for part in family for values in (part.rows, part.same) if values)
    return [write_json(values) for values in given]


def _insert_in_turn(session: Session, family: Sequence[Rows]) -> dict[int, set[UUID]]:
    first, *others = family
    made = {0: insert_rows(session, first.model, [{**row, **first.same} for row in first.rows])}
    kept = {str(new_id) for new_id in made[0]}
    for number, part in enumerate(others, 1):
        rows = [{**row, **part.same} for row in part.rows if row[part.belongs_by] in kept]
        made[number] = insert_rows(session, part.model, rows)
    return made


@lru_cache(maxsize=256)
def _insertion(shapes: tuple[_Shape, ...]) -> bytes:
    parts, places = [], count(1)
    for number, shape in enumerate(shapes):
        belonging = f' WHERE one."{shape[3]}" IN (SELECT id FROM made_0)' if number else ""  # noqa: S608
        insertion = f"{_insert(shape, places)}{belonging} ON CONFLICT DO NOTHING RETURNING id"
        parts.append(f"made_{number} AS ({insertion})")
    answers = " UNION ALL ".join(f"SELECT {number}, id FROM made_{number}" for number in range(len(shapes)))  # noqa: S608
    return f"WITH {', '.join(parts)} {answers}".encode()


@lru_cache(maxsize=256)
def _new_insertion(shapes: tuple[_Shape, ...]) -> bytes:
    places = count(1)
    parts = [f"made_{number} AS ({_insert(shape, places)})" for number, shape in enumerate(shapes)]
    return f"WITH {', '.join(parts)} SELECT 1".encode()


def _insert(shape: _Shape, places: Iterator[int]) -> str:
    """Return the insertion of one table's rows, made of names of our own tables and columns alone."""
    model, names, same, _ = shape
    table: Any = model.__table__
    columns = ", ".join(f'"{name}"' for name in (*names, *same))
    values = ", ".join([*(f'one."{name}"' for name in names), *(f'same."{name}"' for name in same)])
    source = f"{recordset(table, f'${next(places)}::text')} AS one"
    if same:
        source += f", {recordset(table, f'${next(places)}::text', 'json_populate_record')} AS same"
    return f'INSERT INTO "{table.name}" ({columns}) SELECT {values} FROM {source}'  # noqa: S608
