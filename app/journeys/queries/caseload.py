"""The caseload: one statement that returns a page of rows as the JSON to send."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    func,
    null,
    or_,
    select,
    tuple_,
    union_all,
)

from app.accounts.models import User
from app.audit.actions import TracedRead
from app.core.hot import HotStatement
from app.core.json import as_text, json_rows, moment_text
from app.core.model import Id, alias_of
from app.core.paging import decode_cursor, encode_cursor
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.enrolments.queries.sight import hidden_from
from app.enrolments.rules import UNMET_AFTER_DAYS
from app.journeys.queries.groups import (
    GROUPS,
    LIVE,
    LOOKS,
    NEEDS_YOU,
    NOT_MET,
    THIS_WEEK,
    USER,
    WEEK_END,
    in_state,
    reach_kinds,
    within,
)
from app.journeys.queries.names import person_name, staff_name
from app.journeys.rules import (
    CLOSES_WITHIN_DAYS,
    MOVED_WITHIN_DAYS,
    Look,
    Needs,
    Scope,
    end_of_week,
    fold,
)
from app.milestones.models import MilestoneKind
from app.milestones.queries import kind_title, kind_words
from app.organisations.models import Organisation
from app.participants.models import Participant, PersonDetails
from app.records.rules import LONDON, london_day

SEARCH_ROWS = 50
DAY = len("2025-03-04")
_LIMIT = bindparam("limit", type_=Integer())

_Worker = alias_of(User)


@dataclass(frozen=True)
class Filter:
    """Which rows of a caseload are asked for."""

    scope: Scope = Scope.MINE
    state: str = LIVE
    needs: Needs | None = None
    look: Look | None = None


def caseload_page(actor: Actor, wanted: Filter, *, after: str | None, limit: int, at: datetime) -> str:
    """Return a page of the caseload as JSON text: `items`, the cursor of the `next` page, the whole `count`.

    Leaves one audit row with the number of people it named.

    Raises:
        Invalid: the cursor is not one of ours.
    """
    values = _values(actor, at) | {"limit": limit}
    if after is not None:
        values |= _after(after)
    row = _page_read(reach_kinds(actor), wanted, after is not None).one(
        values, actor, at=at, scope=wanted.scope.value
    )
    is_last = (row.total if row.left is None else row.left) <= limit
    cursor = None if is_last else encode_cursor(row.place[:DAY], row.place[DAY:])
    return f'{{"items":{_titled(row.items, actor)},"next":{json.dumps(cursor)},"count":{row.total}}}'


def search_caseload(actor: Actor, words: str, scope: Scope, *, at: datetime) -> str:
    """Return up to 50 people whose name or reference holds these words, in whatever state, as JSON text."""
    values = _values(actor, at) | {
        "limit": SEARCH_ROWS,
        "name": f"%{_escaped(fold(words))}%",
        "reference": f"%{_escaped(''.join(words.split()).upper())}%",
    }
    row = _search_read(reach_kinds(actor), scope).one(values, actor, at=at, scope=scope.value)
    return f'{{"items":{_titled(row.items, actor)},"next":null,"count":{row.total}}}'


def _titled(items: str, actor: Actor) -> str:
    """Return the page with the milestones' titles in the reader's language."""
    if not kind_words(actor.language):
        return items
    rows = json.loads(items)
    for row in rows:
        code, title = row["evidence_missing_kind"], row["evidence_missing_title"]
        row["evidence_missing_title"] = title and kind_title(actor.language, code, title)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def caseload_counts(actor: Actor, *, at: datetime) -> dict[str, dict[str, int]]:
    """Return how many people stand in each group, for each scope; it names nobody, so nothing is audited."""
    kinds = reach_kinds(actor)
    rows = _counts_statement(kinds).all(_values(actor, at))
    counted = {
        row.scope: {
            "count": row.total,
            "needs_you": row.needs_you,
            "this_week": row.this_week,
            "not_met": row.not_met,
            "nothing": row.total - row.needs_you - row.this_week - row.not_met,
        }
        for row in rows
    }
    for scope in Scope:
        counted.setdefault(scope.value, counted[_same_as(kinds, scope).value])
    return counted


def caseload_looks(actor: Actor, scope: Scope, *, at: datetime) -> dict[str, int]:
    """Return how many people of a scope are found by each look; it names nobody, so nothing is audited."""
    row = _looks_statement(reach_kinds(actor), scope).one_or_none(_values(actor, at))
    return {look.name.lower(): getattr(row, look.name.lower()) if row else 0 for look in Look}


@cache
def _looks_statement(kinds: frozenset[Role], scope: Scope) -> HotStatement:
    counts = [func.count().filter(found).label(look.name.lower()) for look, found in LOOKS.items()]
    return HotStatement(
        select(*counts)
        .select_from(Enrolment)
        .where(within(kinds, scope), in_state(LIVE), Enrolment.participant_id.not_in(hidden_from(USER)))
    )


def _same_as(kinds: frozenset[Role], scope: Scope) -> Scope:
    """Return a scope that holds the same people: without an adviser's, a team is all there is."""
    return Scope.TEAM if scope is Scope.ALL and Role.ADVISER not in kinds else scope


def _values(actor: Actor, at: datetime) -> dict[str, Any]:
    today = london_day(at)
    sunday = end_of_week(today)
    return {
        "user_id": actor.user_id,
        "organisation_id": actor.organisation_id,
        "unmet_since": today - timedelta(days=UNMET_AFTER_DAYS),
        "today": today,
        "moved_since": today - timedelta(days=MOVED_WITHIN_DAYS),
        "closes_until": today + timedelta(days=CLOSES_WITHIN_DAYS),
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


@cache
def _page_read(kinds: frozenset[Role], wanted: Filter, is_later: bool) -> TracedRead:
    """Return the read of a page; parameters fill it, so it is built and written out once."""
    return TracedRead(_page_statement(kinds, wanted, is_later), "caseload.read")


def _page_statement(kinds: frozenset[Role], wanted: Filter, is_later: bool) -> Select[*tuple[Any, ...]]:
    narrowed = [within(kinds, wanted.scope), in_state(wanted.state)]
    if wanted.needs is not None:
        narrowed.append(GROUPS[wanted.needs])
    if wanted.look is not None:
        narrowed.append(LOOKS[wanted.look])
    if not is_later:
        return _answer(_rows().where(*narrowed), _count(narrowed))
    place = tuple_(bindparam("after_on", type_=Date()), bindparam("after_id", type_=Id()))
    later = [*narrowed, tuple_(Enrolment.attention_on, Enrolment.id) > place]
    return _answer(_rows().where(*later), _count(narrowed), _count(later))


@cache
def _search_read(kinds: frozenset[Role], scope: Scope) -> TracedRead:
    found = or_(
        PersonDetails.search_name.like(bindparam("name", type_=Text()), escape="\\"),
        Participant.reference.like(bindparam("reference", type_=Text()), escape="\\"),
    )
    rows = _rows().where(within(kinds, scope), found)
    matching = (
        select(func.count())
        .select_from(Enrolment)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(PersonDetails, PersonDetails.id == Enrolment.participant_id)
        .where(within(kinds, scope), found, Enrolment.participant_id.not_in(hidden_from(USER)))
    )
    return TracedRead(_answer(rows, matching.scalar_subquery()), "caseload.searched")


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
            moment_text(Enrolment.next_planned_at).label("next_planned_at"),
            Enrolment.baseline_due_on,
            Enrolment.second_baseline_due_on,
            Enrolment.baseline_locks_on,
            Enrolment.review_due_on,
            Enrolment.plan_due_on,
            Enrolment.last_met_on,
            Enrolment.last_tried_on,
            Enrolment.moved_on,
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
        .where(Enrolment.participant_id.not_in(hidden_from(USER)))
    )


def _answer(
    rows: Select[*tuple[Any, ...]], total: ColumnElement[int], left: ColumnElement[int] | None = None
) -> Select[*tuple[Any, ...]]:
    """Return the page as JSON text, how many rows it has, the place of the last, and the counts.

    `left` counts from this page on; on the first page it is null, for there it is the total.
    """
    page = rows.order_by(Enrolment.attention_on, Enrolment.id).limit(_LIMIT).subquery("person")
    # ISO days and UUIDs sort as text as they do by themselves, so the greatest place is the last one.
    place = cast(page.c.attention_on, Text) + cast(page.c.enrolment_id, Text)
    return select(
        as_text(json_rows(page)).label("items"),
        func.count().label("named"),
        func.max(place).label("place"),
        total.label("total"),
        (null() if left is None else left).label("left"),
    ).select_from(page)


def _count(narrowed: list[ColumnElement[bool]]) -> ColumnElement[int]:
    """Return how many rows there are: all within reach, from an index, less the few who are hidden."""
    everybody = select(func.count()).select_from(Enrolment).where(*narrowed).scalar_subquery()
    return everybody - _hidden(narrowed)


def _hidden(narrowed: list[ColumnElement[bool]]) -> ColumnElement[int]:
    hidden = hidden_from(USER).subquery()
    return (
        select(func.count())
        .select_from(hidden)
        .join(Enrolment, Enrolment.participant_id == hidden.c.id)
        .where(*narrowed)
        .scalar_subquery()
    )


@cache
def _counts_statement(kinds: frozenset[Role]) -> HotStatement:
    """Return one row a scope: whoever needs something by Sunday is looked at, the rest only counted."""
    return HotStatement(
        union_all(*(_counts_of(kinds, scope) for scope in Scope if _same_as(kinds, scope) is scope))
    )


def _counts_of(kinds: frozenset[Role], scope: Scope) -> Select[*tuple[Any, ...]]:
    narrowed = [within(kinds, scope), in_state(LIVE)]
    return (
        select(
            bindparam(f"scope_{scope.value}", scope.value, type_=Text()).label("scope"),
            _count(narrowed).label("total"),
            func.count().filter(NEEDS_YOU).label("needs_you"),
            func.count().filter(THIS_WEEK).label("this_week"),
            func.count().filter(NOT_MET).label("not_met"),
        )
        .select_from(Enrolment)
        .where(
            *narrowed,
            Enrolment.attention_on <= WEEK_END,
            Enrolment.participant_id.not_in(hidden_from(USER)),
        )
    )
