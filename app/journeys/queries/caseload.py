"""The caseload: one statement that returns a page of rows as the JSON to send."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.audit.actions import trace_read
from app.core.database import reading
from app.core.json import as_text, json_list, json_object
from app.core.model import Id, Moment
from app.core.paging import decode_cursor, encode_cursor
from app.core.permissions import Actor, Role
from app.enrolments.models import LIVE_STATES, Enrolment, EnrolmentState
from app.enrolments.queries import hidden_from, reach_of
from app.enrolments.rules import UNMET_AFTER_DAYS
from app.journeys.queries.names import person_name, staff_name
from app.journeys.rules import Needs, Scope, end_of_week, fold
from app.milestones.models import MilestoneKind
from app.organisations.models import Organisation
from app.participants.models import Participant, PersonDetails
from app.records.rules import LONDON, london_day

SEARCH_ROWS = 50
LIVE, CLOSED = "live", "closed"
STATES = (LIVE, CLOSED, *(state.value for state in EnrolmentState))

# Said in the words of the partial indexes, not by parameters: only so may a prepared statement use them.
_LISTED = ", ".join(f"'{state.value}'" for state in LIVE_STATES)
_IS_LIVE = text(f"enrolment.state IN ({_LISTED})")
_IS_CLOSED = text(f"enrolment.state NOT IN ({_LISTED})")

_USER = bindparam("user_id", type_=Id())
_ORGANISATION = bindparam("organisation_id", type_=Id())
_TODAY_LESS_21 = bindparam("unmet_since", type_=Date())
_WEEK_END = bindparam("week_end", type_=Date())
_WEEK_END_AT = bindparam("week_end_at", type_=Moment())
_LIMIT = bindparam("limit", type_=Integer())

_Worker = aliased(User)


@dataclass(frozen=True)
class Filter:
    """Which rows of a caseload are asked for."""

    scope: Scope = Scope.MINE
    state: str = LIVE
    needs: Needs | None = None


def caseload_page(actor: Actor, wanted: Filter, *, after: str | None, limit: int, at: datetime) -> str:
    """Return a page of the caseload as JSON text: `items`, the cursor of the `next` page, the whole `count`.

    Leaves one audit row with the number of people it named.

    Raises:
        Invalid: the cursor is not one of ours.
    """
    values = _values(actor, at) | {"limit": limit, "state": wanted.state}
    if after is not None:
        values |= _after(after)
    statement = _page_statement(_kinds(actor), wanted, after is not None)
    with reading() as session:
        row = session.connection().execute(statement, values).one()
        named = min(row.named, limit)
        trace_read(session, actor, "caseload.read", at=at, count=named, scope=wanted.scope.value)
    cursor = encode_cursor(row.last_on, row.last_id) if row.named > limit else None
    return f'{{"items":{row.items},"next":{json.dumps(cursor)},"count":{row.total}}}'


def search_caseload(actor: Actor, words: str, scope: Scope, *, at: datetime) -> str:
    """Return up to 50 people whose name or reference holds these words, in whatever state, as JSON text."""
    values = _values(actor, at) | {
        "limit": SEARCH_ROWS,
        "name": f"%{_escaped(fold(words))}%",
        "reference": f"%{_escaped(''.join(words.split()).upper())}%",
    }
    with reading() as session:
        row = session.connection().execute(_search_statement(_kinds(actor), scope), values).one()
        named = min(row.named, SEARCH_ROWS)
        trace_read(session, actor, "caseload.searched", at=at, count=named, scope=scope.value)
    return f'{{"items":{row.items},"next":null,"count":{row.total}}}'


def caseload_counts(actor: Actor, *, at: datetime) -> dict[str, dict[str, int]]:
    """Return how many people stand in each group, for each scope; it names nobody, so nothing is audited."""
    with reading() as session:
        rows = session.connection().execute(_counts_statement(_kinds(actor)), _values(actor, at)).all()
    return {
        row.scope: {
            "count": row.total,
            "needs_you": row.needs_you,
            "this_week": row.this_week,
            "not_met": row.not_met,
            "nothing": row.total - row.needs_you - row.this_week - row.not_met,
        }
        for row in rows
    }


def _kinds(actor: Actor) -> frozenset[Role]:
    """Return those of the actor's roles that reach people, so that few statements are ever built."""
    found = actor.roles & {Role.ADVISER}
    return found | {Role.WORKER} if actor.roles & {Role.WORKER, Role.MANAGER} else frozenset(found)


def _values(actor: Actor, at: datetime) -> dict[str, Any]:
    today = london_day(at)
    sunday = end_of_week(today)
    return {
        "user_id": actor.user_id,
        "organisation_id": actor.organisation_id,
        "unmet_since": today - timedelta(days=UNMET_AFTER_DAYS),
        "week_end": sunday,
        "week_end_at": datetime.combine(sunday + timedelta(days=1), time(), LONDON).astimezone(UTC),
    }


def _after(cursor: str) -> dict[str, Any]:
    day, enrolment_id = decode_cursor(cursor, 2)
    try:
        return {"after_on": date.fromisoformat(day), "after_id": UUID(enrolment_id)}
    except ValueError:
        decode_cursor("", 2)  # refuses, in the words of every cursor that is not ours
        raise


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _within(kinds: frozenset[Role], scope: Scope) -> ColumnElement[bool]:
    """Return whose people a scope holds; whoever only advises has the same people in each."""
    if scope is Scope.ALL or (scope is Scope.TEAM and Role.WORKER not in kinds):
        return reach_of(kinds, _USER, _ORGANISATION)
    if scope is Scope.TEAM:
        return reach_of({Role.WORKER}, _USER, _ORGANISATION)
    ways = [reach_of(kinds & {Role.ADVISER}, _USER, _ORGANISATION)] if Role.ADVISER in kinds else []
    if Role.WORKER in kinds:
        ways.append(and_(Enrolment.worker_id == _USER, Enrolment.provider_id == _ORGANISATION))
    return or_(*ways) if ways else false()


def _in_state(state: str) -> ColumnElement[bool]:
    if state == LIVE:
        return _IS_LIVE  # type: ignore[return-value]
    if state == CLOSED:
        return _IS_CLOSED  # type: ignore[return-value]
    live = _IS_LIVE if EnrolmentState(state) in LIVE_STATES else _IS_CLOSED
    return and_(live, Enrolment.state == EnrolmentState(state))


_NEEDS_YOU = Enrolment.needs_you_on.is_not(None)
_WAITS = or_(
    Enrolment.state.in_([EnrolmentState.REFERRED, EnrolmentState.ACCEPTED]),
    Enrolment.next_planned_at < _WEEK_END_AT,
    Enrolment.baseline_due_on <= _WEEK_END,
    Enrolment.review_due_on <= _WEEK_END,
    Enrolment.plan_due_on <= _WEEK_END,
)
# A comparison with null is null, so each half is made to answer yes or no before it is denied.
_THIS_WEEK = and_(~_NEEDS_YOU, func.coalesce(_WAITS, false()))
_UNMET = func.coalesce(Enrolment.last_met_on, Enrolment.started_on, Enrolment.referred_on) <= _TODAY_LESS_21
_NOT_MET = and_(~_NEEDS_YOU, ~func.coalesce(_WAITS, false()), _UNMET)
_NOTHING = and_(~_NEEDS_YOU, ~func.coalesce(_WAITS, false()), ~_UNMET)
_GROUPS = {
    Needs.NEEDS_YOU: _NEEDS_YOU,
    Needs.THIS_WEEK: _THIS_WEEK,
    Needs.NOT_MET: _NOT_MET,
    Needs.NOTHING: _NOTHING,
}


@cache
def _page_statement(kinds: frozenset[Role], wanted: Filter, is_later: bool) -> Select[*tuple[Any, ...]]:
    """Return the page's statement; parameters fill it, so it is built and compiled once."""
    narrowed = [_within(kinds, wanted.scope), _in_state(wanted.state)]
    if wanted.needs is not None:
        narrowed.append(_GROUPS[wanted.needs])
    rows = _rows().where(*narrowed)
    if is_later:
        place = tuple_(bindparam("after_on", type_=Date()), bindparam("after_id", type_=Id()))
        rows = rows.where(tuple_(Enrolment.attention_on, Enrolment.id) > place)
    return _answer(rows, _count(narrowed))


@cache
def _search_statement(kinds: frozenset[Role], scope: Scope) -> Select[*tuple[Any, ...]]:
    found = or_(
        PersonDetails.search_name.like(bindparam("name", type_=Text()), escape="\\"),
        Participant.reference.like(bindparam("reference", type_=Text()), escape="\\"),
    )
    rows = _rows().where(_within(kinds, scope), found)
    matching = (
        select(func.count())
        .select_from(Enrolment)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(PersonDetails, PersonDetails.id == Enrolment.participant_id)
        .where(_within(kinds, scope), found, Enrolment.participant_id.not_in(hidden_from(_USER)))
    )
    return _answer(rows, matching.scalar_subquery())


def _rows() -> Select[*tuple[Any, ...]]:
    """Return what a row shows of everybody whom the actor may see; scores and money are not among it."""
    return (
        select(
            Enrolment.id.label("enrolment_id"),
            Enrolment.revision,
            Participant.reference,
            person_name(PersonDetails.given_name, PersonDetails.family_name).label("short_name"),
            PersonDetails.access_needs.label("heads_up"),
            Enrolment.state,
            Enrolment.attention_on,
            Enrolment.needs_you_on,
            Enrolment.needs_you_count,
            Enrolment.needs_you_reason,
            Enrolment.next_planned_at,
            Enrolment.baseline_due_on,
            Enrolment.review_due_on,
            Enrolment.plan_due_on,
            Enrolment.last_met_on,
            Enrolment.last_tried_on,
            Enrolment.evidence_missing_count,
            Enrolment.evidence_missing_kind,
            MilestoneKind.title.label("evidence_missing_title"),
            Enrolment.referred_on,
            Enrolment.started_on,
            Enrolment.ended_on,
            Enrolment.worker_id,
            staff_name(_Worker.name).label("worker"),
            Organisation.short_name.label("provider"),
        )
        .select_from(Enrolment)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(PersonDetails, PersonDetails.id == Enrolment.participant_id)
        .join(Organisation, Organisation.id == Enrolment.provider_id)
        .outerjoin(_Worker, _Worker.id == Enrolment.worker_id)
        .outerjoin(MilestoneKind, MilestoneKind.code == Enrolment.evidence_missing_kind)
        .where(Enrolment.participant_id.not_in(hidden_from(_USER)))
    )


def _answer(rows: Select[*tuple[Any, ...]], count: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    """Return the page as JSON text, how many rows were found beyond it, and the place of its last one.

    One row more than asked for is read, so that the last page knows it is the last.
    """
    page = rows.order_by(Enrolment.attention_on, Enrolment.id).limit(_LIMIT + 1).cte("page")
    in_order = (page.c.attention_on, page.c.enrolment_id)
    shown = select(json_object(**{column.key: column for column in page.c})).order_by(*in_order).limit(_LIMIT)
    last = select(page).order_by(*in_order).offset(_LIMIT - 1).limit(1).cte("last")
    return select(
        as_text(json_list(shown)).label("items"),
        _only(page, func.count()).label("named"),
        count.label("total"),
        _only(last, last.c.attention_on).label("last_on"),
        _only(last, last.c.enrolment_id).label("last_id"),
    )


def _only(source: CTE, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return select(column).select_from(source).scalar_subquery()


def _count(narrowed: list[ColumnElement[bool]]) -> ColumnElement[int]:
    """Return how many rows there are: all within reach, from an index, less the few who are hidden."""
    everybody = select(func.count()).select_from(Enrolment).where(*narrowed).scalar_subquery()
    return everybody - _hidden(narrowed)


def _hidden(narrowed: list[ColumnElement[bool]]) -> ColumnElement[int]:
    hidden = hidden_from(_USER).subquery()
    return (
        select(func.count())
        .select_from(hidden)
        .join(Enrolment, Enrolment.participant_id == hidden.c.id)
        .where(*narrowed)
        .scalar_subquery()
    )


@cache
def _counts_statement(kinds: frozenset[Role]) -> Any:
    """Return one row a scope: whoever needs something by Sunday is looked at, the rest only counted."""
    return union_all(*(_counts_of(kinds, scope) for scope in Scope))


def _counts_of(kinds: frozenset[Role], scope: Scope) -> Select[*tuple[Any, ...]]:
    narrowed = [_within(kinds, scope), _in_state(LIVE)]
    return (
        select(
            bindparam(f"scope_{scope.value}", scope.value, type_=Text()).label("scope"),
            _count(narrowed).label("total"),
            func.count().filter(_NEEDS_YOU).label("needs_you"),
            func.count().filter(_THIS_WEEK).label("this_week"),
            func.count().filter(_NOT_MET).label("not_met"),
        )
        .select_from(Enrolment)
        .where(
            *narrowed,
            Enrolment.attention_on <= _WEEK_END,
            Enrolment.participant_id.not_in(hidden_from(_USER)),
        )
    )
