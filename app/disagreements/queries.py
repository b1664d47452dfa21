"""Which disagreements are open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from app.core.database import db
from app.core.hot import HotStatement, is_among
from app.core.model import alias_of
from app.disagreements.models import Disagreement
from app.records.models import Record, RecordKind
from app.records.queries import stands

_Corrected = alias_of(Record)
_Subject = alias_of(Record)


@dataclass(frozen=True)
class Open:
    """A disagreement that the person has not taken back, with a version that stands.

    Attributes:
        subject_id: The version they disagree with, which is the newest one.
    """

    record_id: UUID
    enrolment_id: UUID
    subject_id: UUID
    subject_root_id: UUID
    subject_kind: RecordKind
    subject_on: date


def is_open() -> ColumnElement[bool]:
    """Return the condition that a disagreement is open: not taken back, nor its record corrected since."""
    corrected = exists().where(_Corrected.supersedes_id == Disagreement.subject_id)
    return stands() & ~corrected


def open_disagreements(enrolment_ids: Sequence[UUID]) -> list[Open]:
    """Return the open disagreements of these people, whoever's they are; the caller bounds them."""
    rows = _OPEN.all({"ids": list(enrolment_ids)})
    return [
        Open(row.id, row.enrolment_id, row.subject_id, row.subject_root_id, RecordKind(row.kind), row.on)
        for row in rows
    ]


_OPEN = HotStatement(
    select(
        Record.id,
        Record.enrolment_id,
        Disagreement.subject_id,
        Disagreement.subject_root_id,
        _Subject.kind,
        _Subject.occurred_on.label("on"),
    )
    .join(Disagreement, Disagreement.id == Record.id)
    .join(_Subject, _Subject.id == Disagreement.subject_id)
    .where(is_among(Record.enrolment_id), Record.kind == RecordKind.DISAGREEMENT, is_open())
    .order_by(Record.id)
)


@dataclass(frozen=True)
class Said:
    """A disagreement that the person has not taken back, open or answered by a correction."""

    subject_id: UUID
    subject_root_id: UUID
    occurred_on: date


def disagreements_with(root_ids: Collection[UUID]) -> dict[UUID, Said]:
    """Return by fact the newest disagreement that was not taken back."""
    if not root_ids:
        return {}
    rows = db.session().execute(
        select(Disagreement.subject_id, Disagreement.subject_root_id, Record.occurred_on)
        .join(Record, Record.id == Disagreement.id)
        .where(Disagreement.subject_root_id.in_(set(root_ids)), stands())
        .order_by(Record.id)
    )
    return {row.subject_root_id: Said(*row) for row in rows}
