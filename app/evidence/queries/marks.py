"""What evidence and verification contribute to the standing of an enrolment."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.hot import HotStatement, is_among
from app.core.model import alias_of
from app.enrolments.rules import Marks, contributes
from app.evidence.models import Decision, Verification
from app.evidence.queries.supports import last_evidence_at, supports
from app.evidence.rules.supports import SUBJECT_KINDS
from app.milestones.models import Milestone, MilestoneKind
from app.records.models import Record, RecordKind
from app.records.queries import stands


@contributes(RecordKind.MILESTONE, RecordKind.EVIDENCE, evidence_missing_count=0, evidence_missing_kind=None)
def evidence_marks(enrolment_ids: list[UUID]) -> Marks:
    """Return how many milestones of each person have no evidence that counts, and the oldest one's kind."""
    rows = _MILESTONES.all({"ids": enrolment_ids})
    held = supports([row.root_id for row in rows])
    marks: Marks = {}
    for enrolment_id, root_id, kind_code, counts in rows:
        if any(support.counts and support.kind.value in counts for support in held[root_id]):
            continue
        mark = marks.setdefault(enrolment_id, {"evidence_missing_count": 0})
        mark["evidence_missing_count"] += 1
        mark["evidence_missing_kind"] = kind_code
    return marks


_MILESTONES = HotStatement(
    select(Record.enrolment_id, Record.root_id, Milestone.kind_code, MilestoneKind.counts)
    .join(Milestone, Milestone.id == Record.id)
    .join(MilestoneKind, MilestoneKind.code == Milestone.kind_code)
    .where(is_among(Record.enrolment_id), Record.kind == RecordKind.MILESTONE, stands())
    .order_by(Record.occurred_on.desc(), Record.root_id.desc())
)
_Judged, _Newer = alias_of(Record), alias_of(Record)
_JUDGEMENTS = HotStatement(
    select(
        Record.enrolment_id,
        Verification.subject_root_id,
        Verification.decision,
        Verification.reason,
        Record.occurred_on,
        Record.received_at,
    )
    .join(Verification, Verification.id == Record.id)
    .join(_Judged, _Judged.id == Verification.subject_id)
    .outerjoin(_Newer, _Newer.supersedes_id == _Judged.id)
    .where(
        is_among(Record.enrolment_id),
        Record.kind == RecordKind.VERIFICATION,
        _Newer.id.is_(None),
        ~_Judged.is_withdrawn,
        stands(),
    )
    .order_by(Record.received_at, Record.id)
)


def _returned(enrolment_ids: list[UUID]) -> list[Any]:
    """Return the newest judgement of each newest version that stands, where it is a return."""
    rows = _JUDGEMENTS.all({"ids": enrolment_ids})
    newest = {row.subject_root_id: row for row in rows}
    return [row for row in newest.values() if row.decision == Decision.RETURNED]


@contributes(
    *SUBJECT_KINDS,
    RecordKind.EVIDENCE,
    RecordKind.VERIFICATION,
    needs_you_on=None,
    needs_you_count=0,
    needs_you_reason=None,
)
def returned_marks(enrolment_ids: list[UUID]) -> Marks:
    """Return what came back and was not put right: neither corrected, nor given new evidence."""
    returned = _returned(enrolment_ids)
    if not returned:
        return {}
    answered = last_evidence_at([row.subject_root_id for row in returned])
    marks: Marks = {}
    for row in sorted(returned, key=lambda row: row.received_at):
        if row.subject_root_id in answered and answered[row.subject_root_id] > row.received_at:
            continue
        mark = marks.setdefault(row.enrolment_id, {"needs_you_on": row.occurred_on, "needs_you_count": 0})
        mark["needs_you_count"] += 1
        mark["needs_you_reason"] = row.reason
    return marks


@contributes(RecordKind.MILESTONE, RecordKind.EMPLOYMENT, moved_on=None)
def moved_marks(enrolment_ids: list[UUID]) -> Marks:
    """Return when each person last took a step that others could see; a rating alone is none."""
    return {row.enrolment_id: {"moved_on": row.moved_on} for row in _MOVES.all({"ids": enrolment_ids})}


_MOVES = HotStatement(
    select(Record.enrolment_id, func.max(Record.occurred_on).label("moved_on"))
    .where(
        is_among(Record.enrolment_id),
        Record.kind.in_([RecordKind.MILESTONE, RecordKind.EMPLOYMENT]),
        stands(),
    )
    .group_by(Record.enrolment_id)
)
