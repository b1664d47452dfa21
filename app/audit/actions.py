"""Writing the audit trail: always in the transaction of what it tells of."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, func, insert, select, true
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.database import db, joined, transaction
from app.core.ids import new_id
from app.core.json import insert_rows
from app.core.permissions import Actor

_TABLE = cast(Table, AuditEvent.__table__)
_COLUMNS = [bindparam(column.name, type_=column.type) for column in _TABLE.columns]
_INSERT = insert(_TABLE).from_select(_TABLE.columns.keys(), select(*_COLUMNS))
# The same on PostgreSQL, and the transaction's commit need not wait for the disk.
_LATE = select(func.set_config("synchronous_commit", "off", true()).label("setting")).subquery("late")
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
    with transaction() as session:
        session.execute(
            insert(AuditEvent).values(
                **_columns(actor, name, at),
                subject_id=subject_id,
                contract_id=contract_id,
                enrolment_id=enrolment_id,
                detail=_plain(detail),
            )
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


def trace_many(
    actor: Actor, name: str, *, at: datetime, rows: Iterable[Mapping[str, Any]], **detail: Any
) -> None:
    """Note the same act on many subjects by one insert.

    Args:
        actor: Who did it.
        name: The act.
        at: When.
        rows: ``subject_id``, ``contract_id`` and ``enrolment_id`` of each.
        **detail: What is the same for all: codes and counts.
    """
    with joined():
        insert_rows(
            db.session(),
            AuditEvent,
            [
                {
                    **_columns(actor, name, at),
                    "subject_id": row.get("subject_id"),
                    "contract_id": row.get("contract_id"),
                    "enrolment_id": row.get("enrolment_id"),
                    "detail": _plain(detail),
                }
                for row in rows
            ],
        )


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
