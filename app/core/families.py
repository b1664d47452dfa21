"""Rows of several tables that belong together, inserted at once: on PostgreSQL by one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.hot import ask_within
from app.core.json import insert_rows, recordset, write_json
from app.core.model import Base


@dataclass(frozen=True)
class Rows:
    """Rows for one table; every row names the same columns, its `id` among them.

    Attributes:
        belongs_by: The column that names the row of the first table; for the first table itself `id`.
    """

    model: type[Base]
    rows: Sequence[Mapping[str, Any]]
    belongs_by: str = "id"


def insert_family(session: Session, first: Rows, *others: Rows) -> list[set[UUID]]:
    """Insert rows with what belongs to them, and return the ids that were new, a set a table.

    A row that stands already is passed over, and what belongs to a row that was not new is not inserted.
    Columns of `belongs_by` hold ids as text.
    """
    family = [first, *(other for other in others if other.rows)]
    if not first.rows:
        return [set() for _ in (first, *others)]
    if session.connection().dialect.name == "postgresql":
        shape = tuple((part.model, tuple(part.rows[0]), part.belongs_by) for part in family)
        found = ask_within(_insertion(shape), [write_json(part.rows) for part in family])
        made: dict[int, set[UUID]] = {number: set() for number in range(len(family))}
        for number, new_id in found:
            made[number].add(new_id)
    else:
        made = _insert_in_turn(session, family)
    by_model = {part.model: made[number] for number, part in enumerate(family)}
    return [by_model.get(part.model, set()) for part in (first, *others)]


def _insert_in_turn(session: Session, family: Sequence[Rows]) -> dict[int, set[UUID]]:
    first, *others = family
    made = {0: insert_rows(session, first.model, first.rows)}
    kept = {str(new_id) for new_id in made[0]}
    for number, part in enumerate(others, 1):
        rows = [row for row in part.rows if row[part.belongs_by] in kept]
        made[number] = insert_rows(session, part.model, rows)
    return made


# The text is made of names of our own tables and columns alone.
@lru_cache(maxsize=256)
def _insertion(shape: tuple[tuple[type[Base], tuple[str, ...], str], ...]) -> bytes:
    parts = []
    for number, (model, names, belongs_by) in enumerate(shape):
        table: Any = model.__table__
        columns = ", ".join(f'"{name}"' for name in names)
        rows = f"SELECT {columns} FROM {recordset(table, f'${number + 1}::text')}"  # noqa: S608
        if number:
            rows += f' WHERE "{belongs_by}" IN (SELECT id FROM made_0)'  # noqa: S608
        insertion = f'INSERT INTO "{table.name}" ({columns}) {rows} ON CONFLICT DO NOTHING RETURNING id'
        parts.append(f"made_{number} AS ({insertion})")
    answers = " UNION ALL ".join(f"SELECT {number}, id FROM made_{number}" for number in range(len(shape)))  # noqa: S608
    return f"WITH {', '.join(parts)} {answers}".encode()
