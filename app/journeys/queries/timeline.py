"""The parts of a journey that the database writes as JSON: what happened, and what was put right."""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    String,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.types import JSON

from app.accounts.models import User
from app.assessments.models import Assessment, Rater
from app.core.json import json_array, json_list, json_object
from app.core.model import Base, Id
from app.employment.models import Employment
from app.enrolments.models import End, EnrolmentEvent, Start
from app.evidence.models import EvidenceItem, StoredFile, Verification
from app.instruments.models import Instrument, Ladder
from app.interventions.models import Contact, Intervention
from app.journeys.queries.names import staff_name
from app.milestones.models import Milestone, MilestoneKind
from app.plans.models import ActionPlan
from app.records.models import Record, RecordKind, RecordText
from app.records.queries import stands

ENROLMENT = bindparam("enrolment_id", type_=Id())
WAITED_FOR = (RecordKind.START, RecordKind.MILESTONE, RecordKind.EMPLOYMENT)  # somebody will look at them

_Author = aliased(User)
_Older = aliased(Record)


def _facts() -> CTE:
    """Return every record of the person that stands, its texts, and who wrote it."""
    return (
        select(
            Record.id,
            Record.root_id,
            Record.kind,
            Record.occurred_on,
            Record.recorded_at,
            Record.received_at,
            Record.author_id,
            Record.supersedes_id,
            RecordText.texts,
            staff_name(_Author.name).label("author"),
        )
        .join(_Author, _Author.id == Record.author_id)
        .outerjoin(RecordText, RecordText.id == Record.id)
        .where(Record.enrolment_id == ENROLMENT, stands())
        .cte("fact")
    )


FACT = _facts()


def said(field: str) -> ColumnElement[str]:
    """Return one free text of a fact; null where it was not given or is forgotten."""
    text: ColumnElement[str] = FACT.c.texts[field].as_string()
    return text


def _evidence() -> CTE:
    """Return what supports each fact, oldest first, and when the newest of it came."""
    item = (
        select(
            EvidenceItem.subject_root_id,
            FACT.c.received_at,
            json_object(
                record_id=FACT.c.id,
                kind=EvidenceItem.kind,
                dated_on=EvidenceItem.dated_on,
                obtained_on=EvidenceItem.obtained_on,
                covers_from=EvidenceItem.covers_from,
                covers_until=EvidenceItem.covers_until,
                note=said("note"),
                author_id=FACT.c.author_id,
                author=FACT.c.author,
                needs_file=EvidenceItem.sent_sha256.is_not(None),
                has_file=StoredFile.id.is_not(None),
                media_type=StoredFile.media_type,
            ).label("item"),
        )
        .select_from(FACT)
        .join(EvidenceItem, EvidenceItem.id == FACT.c.id)
        .outerjoin(
            StoredFile,
            and_(
                StoredFile.provider_id == EvidenceItem.provider_id,
                StoredFile.sent_sha256 == EvidenceItem.sent_sha256,
                StoredFile.disposed_at.is_(None),
            ),
        )
        .where(FACT.c.kind == _kind(RecordKind.EVIDENCE))
        .order_by(FACT.c.received_at, FACT.c.id)
        .subquery("item")
    )
    return (
        select(
            item.c.subject_root_id,
            func.max(item.c.received_at).label("newest_at"),
            json_array(item.c.item).label("items"),
        )
        .group_by(item.c.subject_root_id)
        .cte("support")
    )


def _judgements() -> CTE:
    """Return the newest judgement of each version of a fact."""
    newest = func.row_number().over(
        partition_by=Verification.subject_id, order_by=(FACT.c.received_at.desc(), FACT.c.id.desc())
    )
    return (
        select(
            Verification.subject_id,
            Verification.decision,
            Verification.reason,
            Verification.is_outside,
            said("words").label("words"),
            FACT.c.author,
            FACT.c.received_at,
            newest.label("place"),
        )
        .select_from(FACT)
        .join(Verification, Verification.id == FACT.c.id)
        .where(FACT.c.kind == _kind(RecordKind.VERIFICATION))
        .cte("judgement")
    )


def _kind(kind: RecordKind) -> ColumnElement[str]:
    # In words, so that the statement carries few parameters.
    return literal_column(f"'{kind.value}'", String())


SUPPORT = _evidence()
JUDGEMENT = _judgements()

STATE = case(
    (
        and_(
            JUDGEMENT.c.decision == literal_column("'returned'", String()),
            SUPPORT.c.newest_at > JUDGEMENT.c.received_at,
        ),
        literal_column("'waiting'"),
    ),
    (JUDGEMENT.c.decision.is_not(None), JUDGEMENT.c.decision),
    (FACT.c.kind.in_([_kind(kind) for kind in WAITED_FOR]), literal_column("'waiting'")),
    else_=literal_column("'received'"),
)
"""What became of a fact: verified, returned, waiting for somebody to look, or simply received.

Evidence that came after a return puts it right until somebody looks again.
"""


def entries() -> Select[*tuple[Any, ...]]:
    """Return everything that happened, newest first, as one JSON object each."""
    met = {"code": Contact.outcome, "channel": Contact.channel, "planned_at": Contact.planned_at}
    support = {
        "code": Intervention.kind,
        "minutes": Intervention.duration_minutes,
        "group_size": Intervention.group_size,
    }
    work = {
        "code": Employment.kind,
        "employer": said("employer"),
        "started_on": Employment.started_on,
        "ended_on": Employment.ended_on,
        "weekly_minutes": Employment.weekly_minutes,
    }
    happened = union_all(
        _entries(RecordKind.START, Start, words=said("note"), manner=Start.notice_manner),
        _entries(RecordKind.END, End, words=said("note"), code=End.reason),
        _milestones(),
        _entries(RecordKind.INTERVENTION, Intervention, words=said("note"), **support),
        _entries(RecordKind.CONTACT, Contact, words=said("note"), **met),
        _entries(RecordKind.EMPLOYMENT, Employment, words=said("note"), **work),
        _entries(RecordKind.ACTION_PLAN, ActionPlan, words=said("goal"), review_on=ActionPlan.review_on),
        _sittings(),
    ).subquery("entry")
    return select(happened.c.entry).order_by(
        happened.c.occurred_on.desc(), happened.c.recorded_at.desc(), happened.c.id.desc()
    )


def _entries(kind: RecordKind, detail: type[Base], **fields: Any) -> Select[*tuple[Any, ...]]:
    rows = FACT.join(detail, detail.id == FACT.c.id)
    return _select_entries(kind, rows, **fields)


def _milestones() -> Select[*tuple[Any, ...]]:
    rows = FACT.join(Milestone, Milestone.id == FACT.c.id).join(
        MilestoneKind, MilestoneKind.code == Milestone.kind_code
    )
    return _select_entries(
        RecordKind.MILESTONE,
        rows,
        words=said("description"),
        code=Milestone.kind_code,
        title=MilestoneKind.title,
    )


def _select_entries(kind: RecordKind, rows: FromClause, **fields: Any) -> Select[*tuple[Any, ...]]:
    judged = json_object(
        decision=JUDGEMENT.c.decision,
        reason=JUDGEMENT.c.reason,
        words=JUDGEMENT.c.words,
        by=JUDGEMENT.c.author,
        at=JUDGEMENT.c.received_at,
        is_outside=JUDGEMENT.c.is_outside,
    )
    entry = json_object(
        **_common(),
        state=STATE,
        evidence=func.coalesce(SUPPORT.c["items"], literal_column("'[]'"), type_=JSON()),
        verification=case((JUDGEMENT.c.decision.is_not(None), judged), else_=None),
        **fields,
    )
    return (
        select(FACT.c.occurred_on, FACT.c.recorded_at, FACT.c.id, entry.label("entry"))
        .select_from(rows)
        .outerjoin(SUPPORT, SUPPORT.c.subject_root_id == FACT.c.root_id)
        .outerjoin(
            JUDGEMENT, and_(JUDGEMENT.c.subject_id == FACT.c.id, JUDGEMENT.c.place == literal_column("1"))
        )
        .where(FACT.c.kind == _kind(kind))
    )


def _common() -> dict[str, Any]:
    return {
        "kind": FACT.c.kind,
        "record_id": FACT.c.id,
        "root_id": FACT.c.root_id,
        "occurred_on": FACT.c.occurred_on,
        "recorded_at": FACT.c.recorded_at,
        "received_at": FACT.c.received_at,
        "author_id": FACT.c.author_id,
        "author": FACT.c.author,
        "is_corrected": FACT.c.supersedes_id.is_not(None),
    }


def _sittings() -> Select[*tuple[Any, ...]]:
    """Return one entry a sitting: who has rated, and the person's own words once both have."""
    answer = _answers()
    is_participant = answer.c.rater == literal_column("'participant'", String())
    raters = func.count().filter(answer.c.rater.in_([Rater.PARTICIPANT, Rater.WORKER]))
    own_words = func.max(case((is_participant, answer.c.own_words)))
    latest = func.max(answer.c.recorded_at)
    entry = json_object(
        kind=literal(RecordKind.ASSESSMENT.value, Text()),
        code=func.max(answer.c.sitting_kind),
        sitting_id=answer.c.sitting_id,
        occurred_on=func.max(answer.c.occurred_on),
        words=case((raters > literal_column("1"), own_words)),
        is_sealed=raters < literal_column("2"),
        title=func.max(answer.c.title),
    )
    return (
        select(
            func.max(answer.c.occurred_on).label("occurred_on"),
            latest.label("recorded_at"),
            answer.c.sitting_id.label("id"),
            entry.label("entry"),
        )
        .select_from(answer)
        .group_by(answer.c.sitting_id)
    )


def _answers() -> FromClause:
    return (
        select(
            FACT.c.occurred_on,
            FACT.c.recorded_at,
            Assessment.sitting_id,
            Assessment.sitting_kind,
            Assessment.rater,
            Instrument.title,
            said("own_words").label("own_words"),
        )
        .select_from(FACT)
        .join(Assessment, Assessment.id == FACT.c.id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .where(FACT.c.kind == _kind(RecordKind.ASSESSMENT))
        .subquery("answer")
    )


def answers() -> ColumnElement[Any]:
    """Return all assessments that stand, oldest first; whoever reads them keeps the seals."""
    row = json_object(
        record_id=FACT.c.id,
        occurred_on=FACT.c.occurred_on,
        author=FACT.c.author,
        sitting_id=Assessment.sitting_id,
        sitting_kind=Assessment.sitting_kind,
        rater=Assessment.rater,
        instrument_id=Assessment.instrument_id,
        scores=Assessment.scores,
        texts=FACT.c.texts,
        is_corrected=FACT.c.supersedes_id.is_not(None),
    )
    return json_list(
        select(row.label("row"))
        .select_from(FACT)
        .join(Assessment, Assessment.id == FACT.c.id)
        .where(FACT.c.kind == _kind(RecordKind.ASSESSMENT))
        .order_by(FACT.c.occurred_on, FACT.c.recorded_at, FACT.c.id)
    )


def instruments() -> ColumnElement[Any]:
    """Return the ladders of every instrument that the person was rated on."""
    used = (
        select(Assessment.instrument_id)
        .select_from(FACT)
        .join(Assessment, Assessment.id == FACT.c.id)
        .where(FACT.c.kind == _kind(RecordKind.ASSESSMENT))
    )
    ladder = json_object(
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
    )
    return json_list(
        select(ladder.label("ladder"))
        .select_from(Ladder)
        .join(Instrument, Instrument.id == Ladder.instrument_id)
        .where(Instrument.id.in_(used))
        .order_by(Instrument.is_context, Instrument.code, Instrument.version, Ladder.position)
    )


def newest_plan() -> ColumnElement[Any]:
    """Return the plan that counts, in a list of one or none: agreed last, and of that day recorded last."""
    plan = json_object(
        record_id=FACT.c.id,
        agreed_on=FACT.c.occurred_on,
        author=FACT.c.author,
        review_on=ActionPlan.review_on,
        steps=ActionPlan.steps,
        texts=FACT.c.texts,
    )
    return json_list(
        select(plan.label("plan"))
        .select_from(FACT)
        .join(ActionPlan, ActionPlan.id == FACT.c.id)
        .where(FACT.c.kind == _kind(RecordKind.ACTION_PLAN))
        .order_by(FACT.c.occurred_on.desc(), FACT.c.recorded_at.desc(), FACT.c.id.desc())
        .limit(1)
    )


def milestones() -> ColumnElement[Any]:
    """Return the milestones with what each would count, and what it has."""
    row = json_object(
        record_id=FACT.c.id,
        occurred_on=FACT.c.occurred_on,
        author_id=FACT.c.author_id,
        title=MilestoneKind.title,
        counts=MilestoneKind.counts,
        evidence=func.coalesce(SUPPORT.c["items"], literal_column("'[]'"), type_=JSON()),
    )
    return json_list(
        select(row.label("row"))
        .select_from(FACT)
        .join(Milestone, Milestone.id == FACT.c.id)
        .join(MilestoneKind, MilestoneKind.code == Milestone.kind_code)
        .outerjoin(SUPPORT, SUPPORT.c.subject_root_id == FACT.c.root_id)
        .where(FACT.c.kind == _kind(RecordKind.MILESTONE))
        .order_by(FACT.c.occurred_on, FACT.c.id)
    )


def returned() -> ColumnElement[Any]:
    """Return what came back and was not put right, oldest first."""
    row = json_object(
        record_id=FACT.c.id,
        kind=FACT.c.kind,
        title=MilestoneKind.title,
        occurred_on=FACT.c.occurred_on,
        reason=JUDGEMENT.c.reason,
        words=JUDGEMENT.c.words,
        by=JUDGEMENT.c.author,
    )
    return json_list(
        select(row.label("row"))
        .select_from(FACT)
        .join(JUDGEMENT, and_(JUDGEMENT.c.subject_id == FACT.c.id, JUDGEMENT.c.place == literal_column("1")))
        .outerjoin(SUPPORT, SUPPORT.c.subject_root_id == FACT.c.root_id)
        .outerjoin(Milestone, Milestone.id == FACT.c.id)
        .outerjoin(MilestoneKind, MilestoneKind.code == Milestone.kind_code)
        .where(literal_column("'returned'", String()) == STATE)
        .order_by(JUDGEMENT.c.received_at, FACT.c.id)
    )


def corrections() -> ColumnElement[Any]:
    """Return what was corrected or taken back, newest first: when, by whom, why, and the day it had."""
    row = json_object(
        record_id=Record.id,
        supersedes_id=Record.supersedes_id,
        root_id=Record.root_id,
        kind=Record.kind,
        corrected_at=Record.received_at,
        by=staff_name(_Author.name),
        reason=RecordText.texts["reason"].as_string(),
        is_withdrawn=Record.is_withdrawn,
        was_on=_Older.occurred_on,
        occurred_on=Record.occurred_on,
    )
    return json_list(
        select(row.label("row"))
        .select_from(Record)
        .join(_Older, _Older.id == Record.supersedes_id)
        .join(_Author, _Author.id == Record.author_id)
        .outerjoin(RecordText, RecordText.id == Record.id)
        .where(Record.enrolment_id == ENROLMENT)
        .order_by(Record.received_at.desc(), Record.id.desc())
    )


def events() -> ColumnElement[Any]:
    """Return the steps of the enrolment's own life, newest first, and who took each."""
    other = aliased(User)
    row = json_object(
        name=EnrolmentEvent.name,
        happened_on=EnrolmentEvent.happened_on,
        at=EnrolmentEvent.at,
        by=staff_name(_Author.name),
        reason=EnrolmentEvent.reason,
        worker=staff_name(other.name),
    )
    return json_list(
        select(row.label("row"))
        .select_from(EnrolmentEvent)
        .outerjoin(_Author, _Author.id == EnrolmentEvent.user_id)
        .outerjoin(other, other.id == EnrolmentEvent.other_id)
        .where(EnrolmentEvent.enrolment_id == ENROLMENT)
        .order_by(EnrolmentEvent.at.desc(), EnrolmentEvent.id.desc())
    )
