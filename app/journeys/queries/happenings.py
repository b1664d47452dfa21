"""What the database writes of a journey as JSON: every record with its detail, the ladders, the steps.

Which version of a record stands, what supports it and what became of it is told from them in `telling`:
asked of the database, the same took eight unions and ten times as long.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    literal_column,
    select,
)

from app.accounts.models import User
from app.assessments.models import Assessment
from app.core.hot import HotStatement
from app.core.json import as_text, json_list, json_object, json_row, json_rows, moment_bare, moment_text
from app.core.model import Id, alias_of
from app.disagreements.models import Disagreement
from app.employment.models import Employment
from app.enrolments.models import End, EnrolmentEvent, Start
from app.evidence.models import EvidenceItem, ObtainedHow, StoredFile, Verification
from app.instruments.models import Instrument, Ladder
from app.instruments.rules.renderings import find_rendering
from app.interventions.models import Contact, Intervention
from app.journeys.queries.names import staff_name
from app.milestones.models import Milestone, MilestoneKind
from app.plans.models import ActionPlan
from app.records.models import Record, RecordKind, RecordText

ENROLMENT = bindparam("enrolment_id", type_=Id())

_By, _Other = alias_of(User), alias_of(User)


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
        RecordKind.ASSESSMENT: _rating(),
        RecordKind.MILESTONE: _milestone(),
        RecordKind.CONTACT: select(
            Contact.outcome.label("code"),
            Contact.channel,
            moment_text(Contact.planned_at).label("planned_at"),
        ).where(Contact.id == Record.id),
        RecordKind.INTERVENTION: select(
            Intervention.kind.label("code"),
            Intervention.duration_minutes.label("minutes"),
            Intervention.group_size,
        ).where(Intervention.id == Record.id),
        RecordKind.EVIDENCE: _evidence(),
        RecordKind.VERIFICATION: select(
            Verification.subject_id, Verification.decision, Verification.reason, Verification.is_outside
        ).where(Verification.id == Record.id),
        RecordKind.EMPLOYMENT: select(
            Employment.kind.label("code"),
            Employment.started_on,
            Employment.ended_on,
            Employment.weekly_minutes,
        ).where(Employment.id == Record.id),
        RecordKind.ACTION_PLAN: select(ActionPlan.review_on, ActionPlan.steps).where(
            ActionPlan.id == Record.id
        ),
        RecordKind.DISAGREEMENT: select(
            Disagreement.subject_id, Disagreement.subject_root_id, Disagreement.way, Disagreement.present
        ).where(Disagreement.id == Record.id),
        RecordKind.START: select(Start.notice_manner.label("manner")).where(Start.id == Record.id),
        RecordKind.END: select(End.reason.label("code")).where(End.id == Record.id),
    }
    whens = [(Record.kind == _word(kind), _as_json(detail)) for kind, detail in details.items()]
    found: ColumnElement[Any] = case(*whens)
    return found


def _word(kind: RecordKind) -> ColumnElement[str]:
    # In words, so that the statement carries few parameters.
    return literal_column(f"'{kind.value}'", String())


def _as_json(detail: Select[*tuple[Any, ...]]) -> ScalarSelect[Any]:
    return select(json_row(detail.correlate(Record).subquery("told"))).scalar_subquery()


def _rating() -> Select[*tuple[Any, ...]]:
    return select(
        Assessment.sitting_id,
        Assessment.sitting_kind,
        Assessment.rater,
        Assessment.instrument_id,
        Assessment.language,
        Assessment.scores,
        Assessment.help,
        Assessment.focus,
        Assessment.is_crisis,
    ).where(Assessment.id == Record.id)


def _milestone() -> Select[*tuple[Any, ...]]:
    return (
        select(Milestone.kind_code.label("code"), MilestoneKind.title, MilestoneKind.counts)
        .select_from(Milestone)
        .join(MilestoneKind, MilestoneKind.code == Milestone.kind_code)
        .where(Milestone.id == Record.id)
    )


def _evidence() -> Select[*tuple[Any, ...]]:
    return (
        select(
            EvidenceItem.subject_root_id,
            EvidenceItem.kind,
            EvidenceItem.dated_on,
            EvidenceItem.obtained_on,
            EvidenceItem.covers_from,
            EvidenceItem.covers_until,
            EvidenceItem.sent_sha256.is_not(None).label("needs_file"),
            (EvidenceItem.obtained_how == ObtainedHow.WRITTEN_HERE).label("is_written_here"),
            StoredFile.id.is_not(None).label("has_file"),
            StoredFile.media_type,
        )
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
