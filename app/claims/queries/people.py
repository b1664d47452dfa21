"""Who recorded and who verified what lines rest on, for a whole claim in one query."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.claims.models import ClaimLine, ClaimLineRecord
from app.claims.rules.people import People
from app.core.database import db
from app.records.models import Record, RecordKind


def people_of_lines(which: ColumnElement[bool]) -> dict[UUID, People]:
    """Return the people behind each line that a condition on `ClaimLine` chooses, by line id."""
    rows = db.session().execute(
        select(ClaimLineRecord.line_id, Record.kind, Record.author_id)
        .join(ClaimLine, ClaimLine.id == ClaimLineRecord.line_id)
        .join(Record, Record.id == ClaimLineRecord.record_id)
        .where(which)
    )
    recorded: dict[UUID, set[UUID]] = defaultdict(set)
    verified: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        (verified if row.kind is RecordKind.VERIFICATION else recorded)[row.line_id].add(row.author_id)
    return {
        line_id: People(frozenset(recorded[line_id]), frozenset(verified[line_id]))
        for line_id in recorded.keys() | verified.keys()
    }
