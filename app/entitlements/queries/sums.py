"""What the claimable board comes to: by list, by rate, by what is missing, by month."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, case, func, select

from app.core.database import db, is_postgresql
from app.entitlements.models import Entitlement, EntitlementState
from app.entitlements.queries.board import BoardState, Scope, in_state
from app.entitlements.rules.welsh import missing_title
from app.entitlements.rules.words import MISSING
from app.organisations.models import Organisation
from app.ratecards.models import Rate

FIXERS = {"verified": "manager", "different-people": "manager"}
EVERYTHING_ELSE = "worker"


@dataclass(frozen=True)
class Sum:
    """How many, and what they come to."""

    count: int = 0
    amount_pence: int = 0
    provider_share_pence: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(
            self.count + other.count,
            self.amount_pence + other.amount_pence,
            self.provider_share_pence + other.provider_share_pence,
        )


@dataclass(frozen=True)
class RateSum:
    """The claimable of one rate."""

    rate_code: str
    rate_title: str
    sum: Sum


@dataclass(frozen=True)
class ProviderCount:
    """How many of one provider."""

    name: str
    count: int


@dataclass(frozen=True)
class MissingSum:
    """What is incomplete for one reason: who can put it right, and the first day on which one closes."""

    missing_code: str
    title: str
    who: str
    sum: Sum
    first_closes_on: date
    providers: list[ProviderCount]


@dataclass(frozen=True)
class WaitingSum:
    """What is not there yet for one reason, and nobody is asked to put right today."""

    missing_code: str
    title: str
    sum: Sum


@dataclass(frozen=True)
class MonthSum:
    """What a month can be expected to bring; None where a date cannot be told yet."""

    month: date | None
    sum: Sum


@dataclass(frozen=True)
class Summary:
    """The board in sums."""

    claimable: Sum
    incomplete: Sum
    closed: Sum
    not_yet: Sum
    by_rate: list[RateSum]
    missing: list[MissingSum]
    waiting: list[WaitingSum]
    expected: list[MonthSum]


_SUMS = (
    func.count(Entitlement.id).label("found"),
    func.coalesce(func.sum(Entitlement.price_pence), 0).label("amount"),
    func.coalesce(func.sum(Entitlement.provider_share_pence), 0).label("share"),
)


def summarise(scope: Scope, *, today: date, language: str = "en") -> Summary:
    """Return the board in sums, as it stands today."""
    lists = {state: _sum_of(scope, state, today) for state in BoardState}
    return Summary(
        claimable=lists[BoardState.CLAIMABLE],
        incomplete=lists[BoardState.INCOMPLETE],
        closed=lists[BoardState.CLOSED],
        not_yet=lists[BoardState.NOT_YET],
        by_rate=_by_rate(scope, today),
        missing=_by_reason(scope, today, language),
        waiting=_waiting(scope, today, language),
        expected=_by_month(scope, today),
    )


def _sum(row: Any) -> Sum:
    return Sum(row.found, int(row.amount), int(row.share))


def _sum_of(scope: Scope, state: BoardState, today: date) -> Sum:
    return _sum(db.session().execute(select(*_SUMS).where(scope.condition(), in_state(state, today))).one())


def _by_rate(scope: Scope, today: date) -> list[RateSum]:
    rows = db.session().execute(
        select(Entitlement.rate_code, func.min(Rate.title).label("title"), *_SUMS)
        .join(Rate, Rate.id == Entitlement.rate_id)
        .where(scope.condition(), in_state(BoardState.CLAIMABLE, today))
        .group_by(Entitlement.rate_code)
        .order_by(func.min(Rate.position), Entitlement.rate_code)
    )
    return [RateSum(row.rate_code, row.title, _sum(row)) for row in rows]


def _by_reason(scope: Scope, today: date, language: str) -> list[MissingSum]:
    rows = db.session().execute(
        select(
            Entitlement.missing_code,
            Organisation.short_name,
            func.min(Entitlement.closes_on).label("first"),
            *_SUMS,
        )
        .join(Organisation, Organisation.id == Entitlement.provider_id)
        .where(scope.condition(), in_state(BoardState.INCOMPLETE, today))
        .group_by(Entitlement.missing_code, Organisation.short_name)
    )
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.missing_code].append(row)
    found = [_reason(code, parts, language) for code, parts in groups.items()]
    return sorted(found, key=lambda one: (-one.sum.count, one.missing_code))


def _reason(code: str, parts: list[Any], language: str) -> MissingSum:
    ordered = sorted(parts, key=lambda row: (-row.found, row.short_name))
    return MissingSum(
        missing_code=code,
        title=missing_title(language, code, MISSING[code]),
        who=FIXERS.get(code, EVERYTHING_ELSE),
        sum=_total(_sum(row) for row in parts),
        first_closes_on=min(row.first for row in parts),
        providers=[ProviderCount(row.short_name, row.found) for row in ordered],
    )


def _waiting(scope: Scope, today: date, language: str) -> list[WaitingSum]:
    rows = db.session().execute(
        select(Entitlement.missing_code, *_SUMS)
        .where(scope.condition(), in_state(BoardState.NOT_YET, today), Entitlement.missing_code.is_not(None))
        .group_by(Entitlement.missing_code)
    )
    found = [
        WaitingSum(
            row.missing_code, missing_title(language, row.missing_code, MISSING[row.missing_code]), _sum(row)
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.sum.count, one.missing_code))


def _total(sums: Iterable[Sum]) -> Sum:
    return sum(sums, Sum())


def _by_month(scope: Scope, today: date) -> list[MonthSum]:
    """Return what each month can bring: what is claimable counts for this one, the rest for its own."""
    this_month = today.replace(day=1)
    unsure = (Entitlement.state == EntitlementState.INCOMPLETE) & (Entitlement.claimable_from <= today)
    month = case(
        (unsure, None),
        (Entitlement.claimable_from <= today, f"{this_month:%Y-%m}"),
        else_=_month_of(Entitlement.claimable_from),
    ).label("month")
    waiting = [EntitlementState.COMPLETE, EntitlementState.INCOMPLETE]
    rows = db.session().execute(
        select(month, *_SUMS)
        .where(
            scope.condition(),
            Entitlement.state.in_(waiting),
            ~Entitlement.is_claimed,
            Entitlement.closes_on >= today,
        )
        .group_by(month)
    )
    found = [
        MonthSum(date.fromisoformat(f"{row.month}-01") if row.month else None, _sum(row)) for row in rows
    ]
    return sorted(found, key=lambda one: one.month or date.max)


def _month_of(day: Any) -> Any:
    if is_postgresql():
        return func.to_char(day, "YYYY-MM", type_=String)
    return func.strftime("%Y-%m", day, type_=String)
