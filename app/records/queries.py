"""Which version of a fact counts today, and what all its versions said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from app.core.database import db
from app.core.model import alias_of
from app.records.models import DETAIL_MODELS, Record, RecordKind, RecordText

_Newer = alias_of(Record)
_WALLS = frozenset({"id", "contract_id", "provider_id"})


def is_current() -> ColumnElement[bool]:
    """Return the condition that a record has not been superseded (a withdrawal is itself current)."""
    return ~exists().where(_Newer.supersedes_id == Record.id)


def stands() -> ColumnElement[bool]:
    """Return the condition that a record counts: the newest version, and not a withdrawal."""
    return is_current() & ~Record.is_withdrawn


@dataclass(frozen=True)
class Subject:
    """What a child needs to know of the record it speaks of; `is_current` is false once it was corrected."""

    id: UUID
    root_id: UUID
    enrolment_id: UUID
    kind: RecordKind
    author_id: UUID
    occurred_on: date
    received_at: datetime
    is_withdrawn: bool
    is_current: bool


def subjects(ids: Collection[UUID]) -> dict[UUID, Subject]:
    """Return the records with these ids, whoever's they are; the caller bounds them by their enrolment."""
    if not ids:
        return {}
    rows = db.session().execute(
        select(
            Record.id,
            Record.root_id,
            Record.enrolment_id,
            Record.kind,
            Record.author_id,
            Record.occurred_on,
            Record.received_at,
            Record.is_withdrawn,
            is_current().label("is_current"),
        ).where(Record.id.in_(set(ids)))
    )
    return {row.id: Subject(*row) for row in rows}


def authors_of(root_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return by root who wrote any version of a fact."""
    found: dict[UUID, set[UUID]] = {root_id: set() for root_id in root_ids}
    if root_ids:
        rows = db.session().execute(
            select(Record.root_id, Record.author_id).where(Record.root_id.in_(found)).distinct()
        )
        for root_id, author_id in rows:
            found[root_id].add(author_id)
    return found


def details_of(kind: RecordKind, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the columns of the kind's own table, by record.

    A column that came later is left out where it says nothing, for then it was no part of what was hashed.
    """
    model = DETAIL_MODELS[kind]
    columns = [column for column in model.__table__.columns if column.name not in _WALLS]
    later = {column.name for column in columns if column.info.get("added_later")}
    rows = db.session().execute(select(model.__table__.c.id, *columns).where(model.__table__.c.id.in_(ids)))
    return {
        row[0]: {
            column.name: value
            for column, value in zip(columns, row[1:], strict=True)
            if value is not None or column.name not in later
        }
        for row in rows
    }


@dataclass(frozen=True)
class Version:
    """One version of a fact: what was said, when, by whom, and why it was changed."""

    record: Record
    detail: dict[str, Any]
    texts: dict[str, Any]


def history(root_id: UUID) -> list[Version]:
    """Return every version of a fact, oldest first; the caller has seen to it that it is in sight."""
    rows = (
        db.session()
        .execute(
            select(Record, RecordText.texts)
            .outerjoin(RecordText, RecordText.id == Record.id)
            .where(Record.root_id == root_id)
            .order_by(Record.received_at, Record.id)
        )
        .all()
    )
    if not rows:
        return []
    details = details_of(rows[0][0].kind, [record.id for record, _ in rows])
    return [Version(record, details[record.id], texts or {}) for record, texts in rows]
