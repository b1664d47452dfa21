"""The claimable board: one statement a page, which returns the answer's JSON."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, func, literal, or_, select, tuple_

from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.errors import Invalid, NotFound
from app.core.json import as_text, json_list, json_object
from app.core.model import Id
from app.core.paging import decode_cursor, encode_cursor
from app.core.permissions import Actor, require
from app.entitlements.models import Entitlement, EntitlementState
from app.entitlements.policies import CLAIMS_STAFF, can_read_claimable
from app.organisations.models import Organisation
from app.participants.models import Participant
from app.ratecards.models import Rate

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
    contract = db.session().get(Contract, contract_id)
    delivers = select(Subcontract.id).where(
        Subcontract.contract_id == contract_id, Subcontract.provider_id == actor.organisation_id
    )
    is_provider = contract is not None and db.session().scalar(delivers) is not None
    if contract is None or not (is_provider or contract.prime_id == actor.organisation_id):
        raise NotFound
    require(can_read_claimable, actor, contract.prime_id, is_provider)
    if actor.holds(*CLAIMS_STAFF, at=contract.prime_id):
        return Scope(contract_id, None)
    return Scope(contract_id, actor.organisation_id)


def in_state(state: BoardState, today: date) -> ColumnElement[bool]:
    """Return the condition that an unclaimed entitlement is on one list of the board today."""
    complete = Entitlement.state == EntitlementState.COMPLETE
    free = ~Entitlement.is_claimed
    has_come = Entitlement.claimable_from <= today
    if state is BoardState.CLAIMABLE:
        return and_(complete, free, has_come, Entitlement.closes_on >= today)
    lacking = Entitlement.state == EntitlementState.INCOMPLETE
    if state is BoardState.CLOSED:
        # Also what was missing and can no longer be put right.
        return or_(*(and_(one, free, Entitlement.closes_on < today) for one in (complete, lacking)))
    if state is BoardState.INCOMPLETE:
        return and_(lacking, free, has_come, Entitlement.closes_on >= today)
    waits = Entitlement.state.in_([EntitlementState.NOT_YET, EntitlementState.NOT_EVALUATED])
    to_come = (complete & ~has_come) | (lacking & ~has_come & (Entitlement.closes_on >= today))
    return and_(or_(waits & (Entitlement.occurrence == 1), to_come), free)


@dataclass(frozen=True)
class Page:
    """A page of the board as it is sent."""

    text: str
    count: int


def find_page(
    scope: Scope,
    state: BoardState,
    *,
    today: date,
    missing_code: str | None = None,
    after: str | None = None,
    limit: int,
) -> Page:
    """Return one page of the board, least time first (of what is closed, the newest first).

    Raises:
        Invalid: `after` is no cursor of this list.
    """
    page = _ids(scope, state, today=today, missing_code=missing_code, after=after, limit=limit + 1).cte(
        "page"
    )
    order = _order(state, page.c.closes_on, page.c.id)
    placed = select(page, func.row_number().over(order_by=order).label("place")).cte("placed")
    last = select(placed.c.closes_on, placed.c.id).where(placed.c.place == limit).subquery()
    row = (
        db.session()
        .execute(
            select(
                as_text(json_list(_rows(placed, limit))).label("items"),
                select(func.count()).select_from(page).scalar_subquery().label("found"),
                select(last.c.closes_on).scalar_subquery().label("closes_on"),
                select(last.c.id).scalar_subquery().label("id"),
            )
        )
        .one()
    )
    cursor = f'"{encode_cursor(row.closes_on, row.id)}"' if row.found > limit else "null"
    count = min(row.found, limit)
    return Page(f'{{"items":{row.items},"next":{cursor},"count":{count}}}', count)


def _order(state: BoardState, *keys: Any) -> list[Any]:
    return [key.desc() for key in keys] if state is BoardState.CLOSED else list(keys)


def _ids(
    scope: Scope, state: BoardState, *, today: date, missing_code: str | None, after: str | None, limit: int
) -> Select[Any]:
    closes_on: Any = Entitlement.closes_on
    if state is BoardState.NOT_YET:
        closes_on = func.coalesce(Entitlement.closes_on, literal(FAR, Date), type_=Date)
    query = select(Entitlement.id, closes_on.label("closes_on")).where(
        scope.condition(), in_state(state, today)
    )
    if missing_code is not None:
        query = query.where(Entitlement.missing_code == missing_code)
    if after is not None:
        place = tuple_(*_place(after))
        here = tuple_(closes_on, Entitlement.id)
        query = query.where(here < place if state is BoardState.CLOSED else here > place)
    return query.order_by(*_order(state, closes_on, Entitlement.id)).limit(limit)


def _place(after: str) -> list[ColumnElement[Any]]:
    day, entitlement_id = decode_cursor(after, KEYS)
    try:
        return [literal(date.fromisoformat(day), Date), literal(UUID(entitlement_id), Id())]
    except ValueError as error:
        raise Invalid.field(
            "after", "cursor-unknown", "Leave `after` out to begin at the first page."
        ) from error


def _rows(placed: Any, limit: int) -> Select[Any]:
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
