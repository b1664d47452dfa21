"""What contacts contribute to the standing of an enrolment."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import case, func, select

from app.core.database import db
from app.core.hot import HotStatement, is_among
from app.enrolments.rules import Marks, contributes
from app.interventions.models import Contact, ContactOutcome
from app.interventions.rules import WAS_MET, Step, next_planned
from app.records.models import Record, RecordKind
from app.records.queries import stands


@contributes(
    RecordKind.CONTACT, first_met_on=None, last_met_on=None, last_tried_on=None, next_planned_at=None
)
def contact_marks(enrolment_ids: list[UUID]) -> Marks:
    """Return when each person was met and tried, and when the next contact is planned."""
    rows = _MEETINGS.all({"ids": enrolment_ids})
    marks: Marks = {}
    planned: list[UUID] = []
    for enrolment_id, first_met_on, last_met_on, last_tried_on, plans in rows:
        marks[enrolment_id] = {
            "first_met_on": first_met_on,
            "last_met_on": last_met_on,
            "last_tried_on": last_tried_on,
        }
        if plans:
            planned.append(enrolment_id)
    for enrolment_id, steps in _diaries(planned).items():
        marks[enrolment_id]["next_planned_at"] = next_planned(steps)
    return marks


_MET_ON = case((Contact.outcome.in_(WAS_MET), Record.occurred_on))
_MEETINGS = HotStatement(
    select(
        Record.enrolment_id,
        func.min(_MET_ON).label("first_met_on"),
        func.max(_MET_ON).label("last_met_on"),
        func.max(case((Contact.outcome == ContactOutcome.TRIED, Record.occurred_on))).label("last_tried_on"),
        func.count(Contact.planned_at).label("plans"),
    )
    .join(Contact, Contact.id == Record.id)
    .where(
        is_among(Record.enrolment_id),
        Record.kind == RecordKind.CONTACT,
        stands(),
    )
    .group_by(Record.enrolment_id)
)


def _diaries(enrolment_ids: list[UUID]) -> dict[UUID, list[Step]]:
    """Return the contacts that can settle a plan, in the order they were recorded."""
    diaries: dict[UUID, list[Step]] = defaultdict(list)
    if not enrolment_ids:
        return diaries
    rows = db.session().execute(
        select(Record.enrolment_id, Contact.outcome, Record.occurred_on, Contact.planned_at)
        .join(Contact, Contact.id == Record.id)
        .where(
            Record.enrolment_id.in_(enrolment_ids),
            Record.kind == RecordKind.CONTACT,
            Contact.outcome != ContactOutcome.TRIED,
            stands(),
        )
        .order_by(Record.recorded_at, Record.id)
    )
    for enrolment_id, outcome, occurred_on, planned_at in rows:
        diaries[enrolment_id].append(Step(outcome, occurred_on, planned_at))
    return diaries
