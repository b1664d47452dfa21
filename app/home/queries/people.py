"""Sections that name people: the worker's day, the manager's gaps, the adviser's changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from app.accounts.models import User
from app.assessments.models import Assessment
from app.core.database import db
from app.core.hot import is_set
from app.core.model import alias_of
from app.core.permissions import Actor
from app.enrolments.models import LIVE_STATES, Enrolment, EnrolmentState
from app.enrolments.queries.sight import in_sight
from app.evidence.models import Decision, EvidenceItem, Verification
from app.evidence.queries.queue import verification_queue
from app.home.rules import ROWS_SHOWN, Section, SectionCode, monday_of
from app.journeys.queries.names import person_name, staff_name
from app.journeys.rules import end_of_week
from app.milestones.models import Milestone, MilestoneKind
from app.participants.models import Participant, PersonDetails
from app.records.models import Record, RecordKind, RecordText
from app.records.queries import is_current, stands
from app.records.rules import LONDON
from app.signals.queries.signals import count_unanswered

TOLD = (
    RecordKind.START,
    RecordKind.END,
    RecordKind.ASSESSMENT,
    RecordKind.MILESTONE,
    RecordKind.EMPLOYMENT,
    RecordKind.ACTION_PLAN,
)

_Subject, _Later, _Item, _Corrected = alias_of(Record), alias_of(Record), alias_of(Record), alias_of(Record)
_Newest = alias_of(Verification)
_Rating, _OtherRating = alias_of(Assessment), alias_of(Assessment)


def worker_sections(actor: Actor, today: date) -> list[Section]:
    """Return a worker's day: planned contacts, reviews due by Sunday, and what came back to them."""
    mine = Enrolment.worker_id == actor.user_id
    return [
        _planned(actor, mine, today),
        _reviews(actor, mine, today),
        _returned(actor, SectionCode.NEEDS_YOU, mine),
    ]


def manager_sections(actor: Actor, today: date) -> list[Section]:
    """Return what waits at a provider: referrals, verification, returns, and reviews overdue by worker."""
    own = Enrolment.provider_id == actor.organisation_id
    return [
        _referrals(actor, own),
        _to_verify(actor, today),
        _returned(actor, SectionCode.RETURNED, own),
        _overdue(actor, own, today),
        _signals(actor),
    ]


def _signals(actor: Actor) -> Section:
    """Return what stood out in the own records and waits for an answer, by contract and kind."""
    rows = [
        {"contract_id": row.contract_id, "contract": row.contract, "code": row.kind.value, "count": row.count}
        for row in count_unanswered(actor)
    ]
    return Section(SectionCode.SIGNALS, sum(row["count"] for row in rows), rows)


def adviser_sections(actor: Actor, today: date) -> list[Section]:
    """Return an adviser's people, and what became of them since Monday."""
    return [_mine(actor, today), _since(actor, monday_of(today))]


def _mine(actor: Actor, today: date) -> Section:
    """Return an adviser's people with what is due of each; a second baseline only until it is locked."""
    marks = {
        "baseline": Enrolment.baseline_due_on,
        "second-baseline": case((Enrolment.baseline_locks_on >= today, Enrolment.second_baseline_due_on)),
        "review": Enrolment.review_due_on,
        "plan": Enrolment.plan_due_on,
    }
    people = _people(actor, Enrolment.state.in_(LIVE_STATES)).add_columns(
        Enrolment.attention_on.label("on"),
        Enrolment.needs_you_on.is_not(None).label("is_sent_back"),
        *(day.label(code) for code, day in marks.items()),
    )
    section = _section(SectionCode.MY_PEOPLE, people.order_by(Enrolment.attention_on, Enrolment.id))
    return replace(section, rows=[_with_what_is_due(row, tuple(marks)) for row in section.rows])


def _with_what_is_due(row: dict[str, Any], marks: Sequence[str]) -> dict[str, Any]:
    """Return a row that says one thing: that a record came back, or what is due first."""
    is_sent_back, days = row.pop("is_sent_back"), {code: row.pop(code) for code in marks}
    due = sorted((day, code) for code, day in days.items() if day)
    if is_sent_back:
        return {**row, "code": "sent-back"}
    return {**row, "code": due[0][1], "due_on": due[0][0]} if due else row


def _people(actor: Actor, *narrowed: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Enrolment.id.label("enrolment_id"),
            Participant.reference,
            person_name(PersonDetails.given_name, PersonDetails.family_name).label("person"),
            PersonDetails.access_needs.label("heads_up"),
        )
        .select_from(Enrolment)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(PersonDetails, PersonDetails.id == Enrolment.participant_id)
        .where(in_sight(actor), *narrowed)
    )


def _section(code: SectionCode, query: Select[*tuple[Any, ...]]) -> Section:
    rows = db.session().execute(query.limit(ROWS_SHOWN + 1)).all()
    is_whole = len(rows) <= ROWS_SHOWN
    count = len(rows) if is_whole else db.session().scalar(_counted(query)) or 0
    return Section(code, count, [dict(row._mapping) for row in rows[:ROWS_SHOWN]])


def _counted(query: Select[*tuple[Any, ...]]) -> Select[int]:
    return select(func.count()).select_from(query.order_by(None).subquery())


def _planned(actor: Actor, whose: ColumnElement[bool], today: date) -> Section:
    begins = datetime.combine(today, time(), LONDON).astimezone(UTC)
    ends = datetime.combine(today + timedelta(days=1), time(), LONDON).astimezone(UTC)
    query = _people(
        actor, whose, Enrolment.next_planned_at >= begins, Enrolment.next_planned_at < ends
    ).add_columns(Enrolment.next_planned_at.label("at"), Enrolment.review_due_on.label("due_on"))
    return _section(SectionCode.TODAY, query.order_by(Enrolment.next_planned_at, Enrolment.id))


def _reviews(actor: Actor, whose: ColumnElement[bool], today: date) -> Section:
    """Return whose sitting is due by Sunday; a second baseline only until the baseline is locked."""
    until = end_of_week(today)
    second = case((Enrolment.baseline_locks_on >= today, Enrolment.second_baseline_due_on))
    due_on = func.coalesce(Enrolment.baseline_due_on, second, Enrolment.review_due_on)
    query = _people(actor, whose, Enrolment.state == EnrolmentState.STARTED, due_on <= until).add_columns(
        due_on.label("due_on"),
        Enrolment.next_planned_at.label("at"),
        Enrolment.baseline_due_on.is_not(None).label("is_baseline"),
        second.is_not(None).label("is_second_baseline"),
    )
    return _section(SectionCode.REVIEWS, query.order_by(due_on, Enrolment.id))


def _returned(actor: Actor, code: SectionCode, whose: ColumnElement[bool]) -> Section:
    """Return what came back and was neither corrected nor given new evidence, oldest first."""
    is_overtaken = exists().where(
        _Newest.id == _Later.id,
        _Newest.subject_id == Verification.subject_id,
        or_(
            _Later.received_at > Record.received_at,
            and_(_Later.received_at == Record.received_at, _Later.id > Record.id),
        ),
    )
    is_supported = exists().where(
        EvidenceItem.id == _Item.id,
        EvidenceItem.subject_root_id == Verification.subject_root_id,
        _Item.received_at > Record.received_at,
    )
    query = (
        _people(actor, whose, Enrolment.needs_you_on.is_not(None))
        .join(Record, Record.enrolment_id == Enrolment.id)
        .join(Verification, Verification.id == Record.id)
        .join(_Subject, _Subject.id == Verification.subject_id)
        .join(User, User.id == Record.author_id)
        .outerjoin(RecordText, RecordText.id == Record.id)
        .outerjoin(Milestone, Milestone.id == _Subject.id)
        .outerjoin(MilestoneKind, MilestoneKind.code == Milestone.kind_code)
        .where(
            Verification.decision == Decision.RETURNED,
            stands(),
            ~_Subject.is_withdrawn,
            ~exists().where(_Corrected.supersedes_id == _Subject.id),
            ~is_overtaken,
            ~is_supported,
        )
        .add_columns(
            _Subject.id.label("record_id"),
            _Subject.kind.label("kind"),
            _Subject.occurred_on.label("on"),
            MilestoneKind.title,
            Verification.reason.label("code"),
            RecordText.texts["words"].as_string().label("words"),
            staff_name(User.name).label("by"),
        )
    )
    return _section(code, query.order_by(Record.received_at, Record.id))


def _referrals(actor: Actor, own: ColumnElement[bool]) -> Section:
    query = _people(actor, own, Enrolment.state == EnrolmentState.REFERRED).add_columns(
        Enrolment.referred_on.label("on")
    )
    return _section(SectionCode.REFERRALS, query.order_by(Enrolment.referred_on, Enrolment.id))


def _to_verify(actor: Actor, today: date) -> Section:
    waiting = [one for one in verification_queue(actor, on=today) if one.own_reason is None]
    rows = [
        {
            "record_id": one.record.id,
            "enrolment_id": one.record.enrolment_id,
            "person": one.person,
            "reference": one.reference,
            "kind": one.record.kind.value,
            "title": one.title,
            "by": one.author,
            "on": one.record.occurred_on,
            "due_on": one.priority.closes_on if one.priority else None,
        }
        for one in waiting[:ROWS_SHOWN]
    ]
    return Section(SectionCode.TO_VERIFY, len(waiting), rows)


def _overdue(actor: Actor, own: ColumnElement[bool], today: date) -> Section:
    """Return the reviews that are overdue, by worker: how many, and since when the oldest."""
    rows = db.session().execute(
        select(
            Enrolment.worker_id,
            func.max(staff_name(User.name)).label("title"),
            func.count().label("count"),
            func.min(Enrolment.review_due_on).label("due_on"),
        )
        .select_from(Enrolment)
        .outerjoin(User, User.id == Enrolment.worker_id)
        .where(
            in_sight(actor),
            own,
            Enrolment.state == EnrolmentState.STARTED,
            Enrolment.review_due_on < today,
        )
        .group_by(Enrolment.worker_id)
        .order_by(func.min(Enrolment.review_due_on))
    )
    found: Sequence[dict[str, Any]] = [dict(row._mapping) for row in rows]
    return Section(SectionCode.REVIEWS_OVERDUE, sum(row["count"] for row in found), list(found[:ROWS_SHOWN]))


def _since(actor: Actor, monday: date) -> Section:
    """Return what was recorded of the actor's people since Monday, newest first; no words, no scores.

    A sitting stands there once, whoever rated in it.
    """
    since = datetime.combine(monday, time(), LONDON).astimezone(UTC)
    is_told_already = exists().where(
        _Rating.id == Record.id,
        _OtherRating.sitting_id == _Rating.sitting_id,
        is_set(_OtherRating.is_original),
        _OtherRating.id < _Rating.id,
    )
    query = (
        _people(actor)
        .join(Record, Record.enrolment_id == Enrolment.id)
        .outerjoin(Milestone, Milestone.id == Record.id)
        .outerjoin(MilestoneKind, MilestoneKind.code == Milestone.kind_code)
        .where(
            Record.received_at >= since,
            Record.kind.in_(TOLD),
            is_current(),
            ~Record.is_withdrawn,
            ~is_told_already,
        )
        .add_columns(
            Record.id.label("record_id"),
            Record.kind.label("kind"),
            Record.occurred_on.label("on"),
            Record.received_at.label("at"),
            MilestoneKind.title,
        )
    )
    return _section(SectionCode.SINCE_MONDAY, query.order_by(Record.received_at.desc(), Record.id.desc()))
