"""The claimable board: one statement a page, which returns the answer's JSON."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from app.audit.actions import TracedRead
from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.errors import Invalid, NotFound
from app.core.hot import HotStatement, is_unset
from app.core.json import as_text, json_list, json_object
from app.core.languages import LANGUAGES, spoken
from app.core.model import Id
from app.core.paging import decode_cursor, encode_cursor
from app.core.permissions import Actor, require
from app.entitlements.models import Entitlement, EntitlementState
from app.entitlements.policies import CLAIMS_STAFF, can_read_claimable
from app.entitlements.rules.saying import retold
from app.organisations.models import Organisation
from app.participants.models import Participant
from app.ratecards.models import Rate
from app.records.rules import london_day

FAR = date(9999, 12, 31)
KEYS = 2  # of a cursor: the closing day and the id


class BoardState(StrEnum):
    """A list of the board: what an entitlement is today."""

    CLAIMABLE = "claimable"
    INCOMPLETE = "incomplete"
    CLOSED = "closed"
    NOT_YET = "not-yet"


@dataclass(frozen=True)
class Scope:
    """Whose entitlements on a contract somebody sees: all of them, or one provider's."""

    contract_id: UUID
    provider_id: UUID | None

    def condition(self) -> ColumnElement[bool]:
        """Return the condition that an entitlement lies in it."""
        inside = Entitlement.contract_id == self.contract_id
        return inside if self.provider_id is None else inside & (Entitlement.provider_id == self.provider_id)


def scope_of(actor: Actor, contract_id: UUID) -> Scope:
    """Return which of a contract's entitlements the actor sees.

    Raises:
        NotFound: they have no part in the contract that shows them any.
        Forbidden: their organisation has, but their role shows no money.
    """
    found = _PARTIES.one_or_none({"contract_id": contract_id, "organisation_id": actor.organisation_id})
    if found is None or not (found.is_provider or found.prime_id == actor.organisation_id):
        raise NotFound
    require(can_read_claimable, actor, found.prime_id, bool(found.is_provider))
    if actor.holds(*CLAIMS_STAFF, at=found.prime_id):
        return Scope(contract_id, None)
    return Scope(contract_id, actor.organisation_id)


_PARTIES = HotStatement(
    select(
        Contract.prime_id,
        exists()
        .where(
            Subcontract.contract_id == Contract.id,
            Subcontract.provider_id == bindparam("organisation_id", type_=Id()),
        )
        .label("is_provider"),
    ).where(Contract.id == bindparam("contract_id", type_=Id()))
)


def _stands_at(state: EntitlementState) -> ColumnElement[bool]:
    # Written out, for the indexes of the lists hold their state.
    return Entitlement.state == literal(state, Entitlement.state.type, literal_execute=True)


def in_state(state: BoardState, today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that an unclaimed entitlement is on one list of the board today."""
    complete = _stands_at(EntitlementState.COMPLETE)
    free = is_unset(Entitlement.is_claimed)
    has_come = Entitlement.claimable_from <= today
    if state is BoardState.CLAIMABLE:
        return and_(complete, free, has_come, Entitlement.closes_on >= today)
    lacking = _stands_at(EntitlementState.INCOMPLETE)
    if state is BoardState.CLOSED:
        # Also what was missing and can no longer be put right.
        return or_(*(and_(one, free, Entitlement.closes_on < today) for one in (complete, lacking)))
    if state is BoardState.INCOMPLETE:
        return and_(lacking, free, has_come, Entitlement.closes_on >= today)
    waits = Entitlement.state.in_([EntitlementState.NOT_YET, EntitlementState.NOT_EVALUATED])
    to_come = (complete & ~has_come) | (lacking & ~has_come & (Entitlement.closes_on >= today))
    return and_(or_(waits & (Entitlement.occurrence == 1), to_come), free)


@dataclass(frozen=True)
class Filter:
    """Which list of the board is asked for; `missing_code` narrows it to what lacks one thing."""

    state: BoardState
    missing_code: str | None = None


@dataclass(frozen=True)
class Page:
    """A page of the board as it is sent."""

    text: str
    count: int


def find_page(
    actor: Actor,
    scope: Scope,
    wanted: Filter,
    *,
    at: datetime,
    after: str | None = None,
    limit: int,
) -> Page:
    """Return one page of the board, least time first (of what is closed, the newest first).

    Leaves one audit row with the number of entitlements it named.

    Raises:
        Invalid: `after` is no cursor of this list.
    """
    values = {
        "contract_id": scope.contract_id,
        "provider_id": scope.provider_id,
        "today": london_day(at),
        "missing_code": wanted.missing_code,
        "limit": limit,
        "more": limit + 1,
    }
    if after is not None:
        values |= _after(after)
    read = _page_read(
        scope.provider_id is None, wanted.state, wanted.missing_code is not None, after is not None
    )
    row = read.one(values, actor, at=at)
    cursor = f'"{encode_cursor(row.last_on, row.last_id)}"' if row.found > limit else "null"
    items = _said(row.items, spoken(actor.language))
    return Page(f'{{"items":{items},"next":{cursor},"count":{row.named}}}', row.named)


def _said(items: str, language: str) -> str:
    """Return the page in the reader's language; English stands in the rows as it is sent."""
    if language == LANGUAGES[0]:
        return items
    rows = json.loads(items)
    ids = [UUID(row["id"]) for row in rows]
    kept = select(Entitlement.id, Entitlement.sayings).where(Entitlement.id.in_(ids))
    sayings = {row.id: row.sayings for row in db.session().execute(kept)}
    told = [
        {**row, "conditions": retold(language, row["conditions"], sayings[UUID(row["id"])])} for row in rows
    ]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@cache
def _page_read(sees_all: bool, state: BoardState, is_narrowed: bool, is_later: bool) -> TracedRead:
    """Return the read of a page; parameters fill it, so it is built and written out once."""
    limit: Any = bindparam("limit", type_=Integer())
    page = _ids(sees_all, state, is_narrowed, is_later).cte("page")
    order = _order(state, page.c.closes_on, page.c.id)
    placed = select(page, func.row_number().over(order_by=order).label("place")).cte("placed")
    last = select(placed.c.closes_on, placed.c.id).where(placed.c.place == limit).subquery()
    found = select(func.count()).select_from(page).scalar_subquery()
    answer = select(
        as_text(json_list(_rows(placed, limit))).label("items"),
        found.label("found"),
        case((found > limit, limit), else_=found).label("named"),
        select(last.c.closes_on).scalar_subquery().label("last_on"),
        select(last.c.id).scalar_subquery().label("last_id"),
        bindparam("contract_id", type_=Id()).label("contract_id"),
    )
    return TracedRead(answer, "claimable.listed")


def _order(state: BoardState, *keys: Any) -> list[Any]:
    return [key.desc() for key in keys] if state is BoardState.CLOSED else list(keys)


def _ids(sees_all: bool, state: BoardState, is_narrowed: bool, is_later: bool) -> Select[Any]:
    """Return the ids of a page and of one row more, along an index of the list."""
    closes_on: Any = Entitlement.closes_on
    if state is BoardState.NOT_YET:
        closes_on = func.coalesce(Entitlement.closes_on, literal(FAR, Date), type_=Date)
    query = select(Entitlement.id, closes_on.label("closes_on")).where(
        Entitlement.contract_id == bindparam("contract_id", type_=Id()),
        in_state(state, bindparam("today", type_=Date())),
    )
    if not sees_all:
        query = query.where(Entitlement.provider_id == bindparam("provider_id", type_=Id()))
    if is_narrowed:
        query = query.where(Entitlement.missing_code == bindparam("missing_code", type_=Text()))
    if is_later:
        place = tuple_(bindparam("after_on", type_=Date()), bindparam("after_id", type_=Id()))
        here = tuple_(closes_on, Entitlement.id)
        query = query.where(here < place if state is BoardState.CLOSED else here > place)
    return query.order_by(*_order(state, closes_on, Entitlement.id)).limit(bindparam("more", type_=Integer()))


def _after(cursor: str) -> dict[str, Any]:
    day, entitlement_id = decode_cursor(cursor, KEYS)
    try:
        return {"after_on": date.fromisoformat(day), "after_id": UUID(entitlement_id)}
    except ValueError as error:
        raise Invalid.field(
            "after", "cursor-unknown", "Leave `after` out to begin at the first page."
        ) from error


def _rows(placed: Any, limit: Any) -> Select[Any]:
    """Return the rows of a page as JSON objects, in its order."""
    return (
        select(
            json_object(
                id=Entitlement.id,
                state=Entitlement.state,
                enrolment_id=Entitlement.enrolment_id,
                person=Participant.reference,
                provider_id=Entitlement.provider_id,
                provider=Organisation.short_name,
                rate_code=Entitlement.rate_code,
                rate_title=Rate.title,
                occurrence=Entitlement.occurrence,
                price_pence=Entitlement.price_pence,
                provider_share_pence=Entitlement.provider_share_pence,
                claimable_from=Entitlement.claimable_from,
                closes_on=Entitlement.closes_on,
                missing_code=Entitlement.missing_code,
                conditions=Entitlement.conditions,
            )
        )
        .select_from(placed)
        .join(Entitlement, Entitlement.id == placed.c.id)
        .join(Participant, Participant.id == Entitlement.participant_id)
        .join(Organisation, Organisation.id == Entitlement.provider_id)
        .join(Rate, Rate.id == Entitlement.rate_id)
        .where(placed.c.place <= limit)
        .order_by(placed.c.place)
    )
