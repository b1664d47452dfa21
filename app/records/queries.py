"""Which version of a fact counts today."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from app.records.models import Record, RecordKind

_Newer = aliased(Record)


def is_current() -> ColumnElement[bool]:
    """Return the condition that a record has not been superseded (a withdrawal is itself current)."""
    return ~exists().where(_Newer.supersedes_id == Record.id)


def stands() -> ColumnElement[bool]:
    """Return the condition that a record counts: the newest version, and not a withdrawal."""
    return is_current() & ~Record.is_withdrawn


def standing_records(kind: RecordKind, enrolment_ids: list[UUID]) -> Select[tuple[Record]]:
    """Return the records of a kind that count for these enrolments."""
    return select(Record).where(Record.kind == kind, Record.enrolment_id.in_(enrolment_ids), stands())
