"""Writing the audit trail: always in the transaction of what it tells of."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Select,
    Subquery,
    Table,
    Text,
    bindparam,
    func,
    insert,
    null,
    select,
    true,
)
from sqlalchemy import (
    cast as as_type,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.database import is_postgresql, joined, reading
from app.core.hot import HotStatement, alone_or_reading
from app.core.ids import new_id
from app.core.json import insert_rows, to_wire
from app.core.permissions import Actor

_TABLE = cast(Table, AuditEvent.__table__)
_COLUMNS = [bindparam(column.name, type_=column.type) for column in _TABLE.columns]
_INSERT = insert(_TABLE).from_select(_TABLE.columns.keys(), select(*_COLUMNS))


def _late() -> Subquery:
    """Return a row, on PostgreSQL, whose reading lets the transaction's commit not wait for the disk."""
    return select(func.set_config("synchronous_commit", "off", true()).label("setting")).subquery("late")


_LATE = _late()
_INSERT_LATE = insert(_TABLE).from_select(
    _TABLE.columns.keys(), select(*_COLUMNS).select_from(_LATE).where(_LATE.c.setting == "off")
)


def trace(
    actor: Actor | None,
    name: str,
    *,
    at: datetime,
    subject_id: UUID | None = None,
    contract_id: UUID | None = None,
    enrolment_id: UUID | None = None,
    **detail: Any,
) -> None:
    """Note one act or read, in the caller's transaction.

    Args:
        actor: Who did it; None for the installation itself.
        name: ``noun.verb-in-the-past``: "claim.submitted", "journey.read".
        at: When.
        subject_id: What it was done to.
        contract_id: The contract it belongs to, so that a prime can find it.
        enrolment_id: The enrolment whose person it concerns.
        **detail: Ids, codes and counts only, never words about a person.
    """
    with joined() as session:
        session.flush()
        session.connection().execute(
            _INSERT,
            {
                "id": new_id(),
                **_columns(actor, name, at),
                "subject_id": subject_id,
                "contract_id": contract_id,
                "enrolment_id": enrolment_id,
                "detail": _plain(detail),
            },
        )


def trace_read(
    session: Session,
    actor: Actor,
    name: str,
    *,
    at: datetime,
    contract_id: UUID | None = None,
    enrolment_id: UUID | None = None,
    **detail: Any,
) -> None:
    """Note one read of people inside `reading()`: the row of `trace`, by one round trip and no savepoint.

    Args:
        session: The open one that `reading()` gave.
        actor: Who read.
        name: What was read: "journey.read", "caseload.read".
        at: When.
        contract_id: The contract of the person who was read about.
        enrolment_id: Whose record it was; None for a list.
        **detail: Codes and counts; a list says how many people it named.
    """
    connection = session.connection()
    connection.execute(
        _INSERT_LATE if connection.dialect.name == "postgresql" else _INSERT,
        {
            "id": new_id(),
            **_columns(actor, name, at),
            "subject_id": enrolment_id,
            "contract_id": contract_id,
            "enrolment_id": enrolment_id,
            "detail": _plain(detail),
        },
    )


class TracedRead:
    """A read of people that answers one row, and the trace of it: on PostgreSQL one statement does both.

    So no answer leaves without its trace, and a hot read costs one round trip. What the trace says of the
    answer it takes from the answer's own columns, where it has them: `contract_id` and `enrolment_id` of the
    person, `named` for how many people a list named.

    Args:
        answer: The read, with named parameters.
        name: What is read: "journey.read", "caseload.read".
    """

    def __init__(self, answer: Select[*tuple[Any, ...]], name: str) -> None:
        self._answer = answer
        self._name = name
        self._columns = frozenset(answer.selected_columns.keys())
        self._both = HotStatement(_with_trace(answer))

    def one_or_none(
        self, values: Mapping[str, Any], actor: Actor, *, at: datetime, **detail: Any
    ) -> Any | None:
        """Return the answer, noted; None, and nothing noted, where there is none.

        Args:
            values: The answer's parameters.
            actor: Who reads.
            at: When.
            **detail: Codes, the same in the log as here.
        """
        if not is_postgresql():
            return self._apart(values, actor, at, detail)
        noted = {f"trace_{key}": value for key, value in _columns(actor, self._name, at).items()}
        more = {"trace_id": new_id(), "trace_detail": json.dumps(detail)}
        with alone_or_reading():
            return self._both.one_or_none({**values, **noted, **more})

    def one(self, values: Mapping[str, Any], actor: Actor, *, at: datetime, **detail: Any) -> Any:
        """Return the answer of a read that always has one, as an aggregate does."""
        return self.one_or_none(values, actor, at=at, **detail)

    def _apart(
        self, values: Mapping[str, Any], actor: Actor, at: datetime, detail: dict[str, Any]
    ) -> Any | None:
        with reading() as session:
            row = session.connection().execute(self._answer, dict(values)).one_or_none()
            if row is not None:
                subject = {key: getattr(row, key) for key in _SUBJECT & self._columns}
                count = {"count": row.named} if "named" in self._columns else {}
                trace_read(session, actor, self._name, at=at, **subject, **detail, **count)
        return row


_SUBJECT = frozenset({"contract_id", "enrolment_id"})


def _with_trace(answer: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return a statement that answers the same and inserts its trace, on PostgreSQL."""
    rows, late = answer.cte("answer"), _late()
    given = {
        column.name: bindparam(f"trace_{column.name}", type_=column.type)
        for column in _TABLE.columns
        if column.name not in {"subject_id", "contract_id", "enrolment_id", "detail"}
    }
    detail: Any = as_type(bindparam("trace_detail", type_=Text()), JSONB)
    if "named" in rows.c:
        detail = detail.concat(func.jsonb_build_object("count", rows.c.named))
    told = {
        "subject_id": rows.c.get("enrolment_id", null()),
        "contract_id": rows.c.get("contract_id", null()),
        "enrolment_id": rows.c.get("enrolment_id", null()),
        "detail": detail,
    }
    values = given | told
    noted = (
        insert(_TABLE)
        .from_select(
            _TABLE.columns.keys(),
            select(*(values[column.name] for column in _TABLE.columns)).select_from(
                rows.join(late, late.c.setting == "off")
            ),
        )
        .returning(_TABLE.c.id)
        .cte("noted")
    )
    return select(*rows.c).add_cte(noted)


def trace_many(
    actor: Actor, name: str, *, at: datetime, rows: Iterable[Mapping[str, Any]], **detail: Any
) -> None:
    """Note acts of one moment on many subjects by one insert.

    Args:
        actor: Who did it.
        name: The act; a row may name its own.
        at: When.
        rows: ``subject_id``, ``contract_id`` and ``enrolment_id`` of each, and ``name`` where it differs.
        **detail: What is the same for all: codes and counts.
    """
    same = trace_columns(actor, at, **detail)
    with joined() as session:
        insert_rows(session, AuditEvent, [_row_of(name, row) | same for row in rows])


def _row_of(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    subject = {key: row.get(key) for key in ("subject_id", "contract_id", "enrolment_id")}
    return {"id": new_id(), "name": row.get("name", name), **subject}


def trace_columns(actor: Actor, at: datetime, **detail: Any) -> dict[str, Any]:
    """Return what is the same in the trail's rows for acts of one moment, for whoever inserts them.

    Each row has beside: ``id``, ``name``, ``subject_id``, ``contract_id`` and ``enrolment_id``.
    """
    # Written out once, for it is the same in every row.
    same = {key: value and to_wire(value) for key, value in _columns(actor, "", at).items() if key != "name"}
    return same | {"detail": _plain(detail)}


def trace_once(actor: Actor, name: str, *, at: datetime, rows: Iterable[Mapping[str, Any]]) -> set[UUID]:
    """Note reads that happened out of touch; one that is told again is noted once.

    Args:
        actor: Who read.
        name: What was read.
        at: When it was told of.
        rows: The `id` that the reader gave it, `subject_id`, `contract_id`, `enrolment_id` and `detail`.

    Returns:
        The ids of those that were new.
    """
    same = _columns(actor, name, at)
    with joined() as session:
        return insert_rows(session, AuditEvent, [same | dict(row) for row in rows])


def _columns(actor: Actor | None, name: str, at: datetime) -> dict[str, Any]:
    return {
        "at": at,
        "name": name,
        "user_id": actor.user_id if actor else None,
        "membership_id": actor.membership_id if actor else None,
        "organisation_id": actor.organisation_id if actor else None,
    }


def _plain(detail: Mapping[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, UUID) else value for key, value in detail.items()}
