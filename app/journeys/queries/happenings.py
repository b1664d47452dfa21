"""What the database writes of a journey as JSON: every record with its detail, the ladders, the steps.

Which version of a record stands, what supports it and what became of it is told from them in `telling`:
asked of the database, the same took eight unions and ten times as long.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, String, and_, bindparam, case, literal_column, select
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.assessments.models import Assessment
from app.core.hot import HotStatement
from app.core.json import as_text, json_list, json_object, json_rows, moment_bare
from app.core.model import Id
from app.disagreements.models import Disagreement
from app.employment.models import Employment
from app.enrolments.models import End, EnrolmentEvent, Start
from app.evidence.models import EvidenceItem, StoredFile, Verification
from app.instruments.models import Instrument, Ladder
from app.instruments.rules.renderings import find_rendering
from app.interventions.models import Contact, Intervention
from app.journeys.queries.names import staff_name
from app.milestones.models import Milestone, MilestoneKind
from app.plans.models import ActionPlan
from app.records.models import Record, RecordKind, RecordText

ENROLMENT = bindparam("enrolment_id", type_=Id())

_By, _Other = aliased(User), aliased(User)


def records() -> ColumnElement[Any]:
    """Return every version of every record of the person, oldest first, each with what its kind holds."""
    # Each from its key, record by record: no join that a plan could begin at the wrong end.
    texts = select(RecordText.texts).where(RecordText.id == Record.id).scalar_subquery()
    author = select(User.name).where(User.id == Record.author_id).scalar_subquery()
    rows = (
        select(
            Record.id.label("record_id"),
            Record.root_id,
            Record.supersedes_id,
            Record.is_withdrawn,
            Record.kind,
            Record.occurred_on,
            moment_bare(Record.recorded_at).label("recorded_at"),
            moment_bare(Record.received_at).label("received_at"),
            Record.author_id,
            author.label("author"),
            texts.label("texts"),
            _detail().label("detail"),
        )
        .where(Record.enrolment_id == ENROLMENT)
        .order_by(Record.occurred_on, Record.recorded_at, Record.id)
        .subquery("happening")
    )
    return select(json_rows(rows)).scalar_subquery()


def _detail() -> ColumnElement[Any]:
    """Return what a record's kind holds; only that kind's table is looked into."""
    details = {
        RecordKind.ASSESSMENT: _of(Assessment, _rating()),
        RecordKind.MILESTONE: _milestone(),
        RecordKind.CONTACT: _of(
            Contact,
            json_object(code=Contact.outcome, channel=Contact.channel, planned_at=Contact.planned_at),
        ),
        RecordKind.INTERVENTION: _of(
            Intervention,
            json_object(
                code=Intervention.kind,
                minutes=Intervention.duration_minutes,
                group_size=Intervention.group_size,
            ),
        ),
        RecordKind.EVIDENCE: _evidence(),
        RecordKind.VERIFICATION: _of(Verification, _judgement()),
        RecordKind.EMPLOYMENT: _of(Employment, _work()),
        RecordKind.ACTION_PLAN: _of(
            ActionPlan, json_object(review_on=ActionPlan.review_on, steps=ActionPlan.steps)
        ),
        RecordKind.DISAGREEMENT: _of(
            Disagreement,
            json_object(
                subject_id=Disagreement.subject_id,
                subject_root_id=Disagreement.subject_root_id,
                way=Disagreement.way,
                present=Disagreement.present,
            ),
        ),
        RecordKind.START: _of(Start, json_object(manner=Start.notice_manner)),
        RecordKind.END: _of(End, json_object(code=End.reason)),
    }
    whens = [(Record.kind == _word(kind), detail) for kind, detail in details.items()]
    found: ColumnElement[Any] = case(*whens)
    return found


def _word(kind: RecordKind) -> ColumnElement[str]:
    # In words, so that the statement carries few parameters.
    return literal_column(f"'{kind.value}'", String())


def _of(model: Any, detail: ColumnElement[Any]) -> ScalarSelect[Any]:
    return select(detail).where(model.id == Record.id).scalar_subquery()


def _rating() -> ColumnElement[Any]:
    return json_object(
        sitting_id=Assessment.sitting_id,
        sitting_kind=Assessment.sitting_kind,
        rater=Assessment.rater,
        instrument_id=Assessment.instrument_id,
        language=Assessment.language,
        scores=Assessment.scores,
        help=Assessment.help,
        focus=Assessment.focus,
        is_crisis=Assessment.is_crisis,
    )


def _judgement() -> ColumnElement[Any]:
    return json_object(
        subject_id=Verification.subject_id,
        decision=Verification.decision,
        reason=Verification.reason,
        is_outside=Verification.is_outside,
    )


def _work() -> ColumnElement[Any]:
    return json_object(
        code=Employment.kind,
        started_on=Employment.started_on,
        ended_on=Employment.ended_on,
        weekly_minutes=Employment.weekly_minutes,
    )


def _milestone() -> ScalarSelect[Any]:
    detail = json_object(code=Milestone.kind_code, title=MilestoneKind.title, counts=MilestoneKind.counts)
    return (
        select(detail)
        .select_from(Milestone)
        .join(MilestoneKind, MilestoneKind.code == Milestone.kind_code)
        .where(Milestone.id == Record.id)
        .scalar_subquery()
    )


def _evidence() -> ScalarSelect[Any]:
    detail = json_object(
        subject_root_id=EvidenceItem.subject_root_id,
        kind=EvidenceItem.kind,
        dated_on=EvidenceItem.dated_on,
        obtained_on=EvidenceItem.obtained_on,
        covers_from=EvidenceItem.covers_from,
        covers_until=EvidenceItem.covers_until,
        needs_file=EvidenceItem.sent_sha256.is_not(None),
        has_file=StoredFile.id.is_not(None),
        media_type=StoredFile.media_type,
    )
    return (
        select(detail)
        .select_from(EvidenceItem)
        .outerjoin(
            StoredFile,
            and_(
                StoredFile.provider_id == EvidenceItem.provider_id,
                StoredFile.sent_sha256 == EvidenceItem.sent_sha256,
                StoredFile.disposed_at.is_(None),
            ),
        )
        .where(EvidenceItem.id == Record.id)
        .scalar_subquery()
    )


_LADDERS = HotStatement(
    select(
        as_text(
            json_list(
                select(
                    json_object(
                        instrument_id=Instrument.id,
                        instrument=Instrument.title,
                        instrument_code=Instrument.code,
                        scale_min=Instrument.scale_min,
                        scale_max=Instrument.scale_max,
                        is_context=Instrument.is_context,
                        code=Ladder.code,
                        title=Ladder.title,
                        short_title=Ladder.short_title,
                        is_higher_better=Ladder.is_higher_better,
                    ).label("ladder")
                )
                .select_from(Instrument)
                .outerjoin(Ladder, Ladder.instrument_id == Instrument.id)
                .where(Instrument.id == bindparam("instrument_id", type_=Id()))
                .order_by(Ladder.position)
            )
        ).label("ladders"),
        select(Instrument.version)
        .where(Instrument.id == bindparam("instrument_id", type_=Id()))
        .scalar_subquery()
        .label("version"),
    )
)


@dataclass(frozen=True)
class Rungs:
    """An instrument that somebody was rated on, as every journey shows it."""

    place: tuple[bool, str, int]
    title: str
    ladders: list[dict[str, Any]]


@lru_cache(maxsize=200)
def rungs_of(instrument_id: str, language: str) -> Rungs:
    """Return an instrument's ladders in a language, or in their own where they have no other.

    They are kept, for once somebody was rated on an instrument, it is never changed.
    """
    row = _LADDERS.one_or_none({"instrument_id": UUID(instrument_id)})
    found = json.loads(row.ladders if row else "[]")
    first = found[0]
    place = (first["is_context"], first["instrument_code"], row.version if row else 0)
    ladders = [one for one in found if one["code"] is not None]
    rendering = find_rendering(place[1], place[2], language)
    if rendering is None:
        return Rungs(place, first["instrument"], ladders)
    for ladder in ladders:
        words = rendering.ladders[ladder["code"]]
        ladder.update(instrument=rendering.title, title=words.title, short_title=words.short_title)
    return Rungs(place, rendering.title, ladders)


def steps() -> ColumnElement[Any]:
    """Return the steps of the enrolment's own life, newest first, and who took each."""
    row = json_object(
        name=EnrolmentEvent.name,
        happened_on=EnrolmentEvent.happened_on,
        at=EnrolmentEvent.at,
        by=staff_name(_By.name),
        reason=EnrolmentEvent.reason,
        worker=staff_name(_Other.name),
    )
    return json_list(
        select(row.label("row"))
        .select_from(EnrolmentEvent)
        .outerjoin(_By, _By.id == EnrolmentEvent.user_id)
        .outerjoin(_Other, _Other.id == EnrolmentEvent.other_id)
        .where(EnrolmentEvent.enrolment_id == ENROLMENT)
        .order_by(EnrolmentEvent.at.desc(), EnrolmentEvent.id.desc())
    )
