"""The one selection of a claim's lines: screen, total, CSV, PDF and JSON are all made from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select

from app.claims.models import Claim, ClaimLine, ClaimLineRecord, ClaimState, ClawbackState, LineState
from app.claims.rules.states import IN_CLAIM, line_number
from app.contracts.models import Contract
from app.core.database import db
from app.entitlements.models import Entitlement, EntitlementState
from app.entitlements.rules.window import stood_still_days
from app.evidence.models import Verification
from app.organisations.models import Organisation
from app.participants.models import Participant
from app.ratecards.models import Rate
from app.records.rules import london_day

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """A claim line as every list, total, file and paper of its claim shows it.

    Attributes:
        verified_outside: Somebody outside the provider verified a record of it; it is always sampled.
    """

    line_id: UUID
    claim_id: UUID
    contract_id: UUID
    claim: str  # the claim's number: "NME-2025-03-1"
    month: date
    position: int
    entitlement_id: UUID
    enrolment_id: UUID
    participant_id: UUID
    person: str  # a pseudonymous reference
    provider_id: UUID
    provider: str
    rate_code: str
    rate_title: str
    occurrence: int
    price_pence: int
    provider_share_pence: int
    claimable_from: date
    closes_on: date
    state: LineState
    clawback: ClawbackState
    released_reason: str | None
    cures_line_id: UUID | None
    frozen: str | None
    frozen_sha256: str | None
    verified_outside: bool

    @property
    def number(self) -> str:
        """Its number within the claim: ``017``."""
        return line_number(self.position)

    @property
    def label(self) -> str:
        """The number people quote: ``NME-2025-03-1/017``."""
        return f"{self.claim}/{self.number}"


@dataclass(frozen=True)
class Sums:
    """The three figures of a claim."""

    line_count: int
    amount_pence: int
    provider_share_pence: int


_COLUMNS: tuple[Any, ...] = (
    ClaimLine.id.label("line_id"),
    ClaimLine.claim_id,
    ClaimLine.contract_id,
    Contract.code.label("contract_code"),
    Claim.month,
    Claim.number.label("claim_number"),
    ClaimLine.position,
    ClaimLine.entitlement_id,
    ClaimLine.enrolment_id,
    ClaimLine.participant_id,
    Participant.reference.label("person"),
    ClaimLine.provider_id,
    Organisation.short_name.label("provider"),
    ClaimLine.rate_code,
    Rate.title.label("rate_title"),
    ClaimLine.occurrence,
    ClaimLine.price_pence,
    ClaimLine.provider_share_pence,
    ClaimLine.claimable_from,
    ClaimLine.closes_on,
    ClaimLine.state,
    ClaimLine.clawback,
    ClaimLine.released_reason,
    ClaimLine.cures_line_id,
    ClaimLine.frozen,
    ClaimLine.frozen_sha256,
    exists()
    .where(
        ClaimLineRecord.line_id == ClaimLine.id,
        Verification.id == ClaimLineRecord.record_id,
        Verification.is_outside,
    )
    .correlate(ClaimLine)
    .label("verified_outside"),
)
_WINDOW: tuple[Any, ...] = (
    Claim.state.label("claim_state"),
    ClaimLine.created_at,
    Entitlement.state.label("owed_state"),
    Entitlement.closes_on.label("owed_closes_on"),
)


def select_lines() -> Select[*tuple[Any, ...]]:
    """Return the selection of lines with the columns of `LineRow`; the caller says which lines."""
    return (
        select(*_COLUMNS, *_WINDOW)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .join(Contract, Contract.id == ClaimLine.contract_id)
        .join(Participant, Participant.id == ClaimLine.participant_id)
        .join(Organisation, Organisation.id == ClaimLine.provider_id)
        .join(Rate, Rate.id == ClaimLine.rate_id)
        .join(Entitlement, Entitlement.id == ClaimLine.entitlement_id)
    )


def in_claim(claim_id: UUID) -> Select[*tuple[Any, ...]]:
    """Return the lines that are part of a claim: not those left out, nor those voided."""
    return select_lines().where(ClaimLine.claim_id == claim_id, ClaimLine.state.in_(IN_CLAIM))


def line_row(row: Any, *, on: date | None = None, without: Sequence[str] = ()) -> LineRow:
    """Return a selected row, typed.

    Args:
        row: One of `select_lines`.
        on: The day for which a draft's last days are told; those of other lines stand still where they are.
        without: Columns that were added to it.
    """
    columns = {name: value for name, value in row._mapping.items() if name not in without}
    code, number = columns.pop("contract_code"), columns.pop("claim_number")
    claim_state, put_in_at, owed_state, owed_closes_on = (columns.pop(one.key) for one in _WINDOW)
    is_waiting = claim_state is ClaimState.DRAFT and columns["state"] is LineState.INCLUDED
    if on and is_waiting and owed_closes_on and owed_state is EntitlementState.COMPLETE:
        stood_still = stood_still_days([(london_day(put_in_at), on)], columns["claimable_from"])
        columns["closes_on"] = owed_closes_on + timedelta(days=stood_still)
    return LineRow(**columns, claim=f"{code}-{columns['month']:%Y-%m}-{number}")


def lines_of(
    claim_id: UUID,
    *,
    on: date | None = None,
    state: LineState | None = None,
    after_position: int = 0,
    limit: int | None = None,
) -> Iterator[LineRow]:
    """Yield a claim's lines in the order of their numbers, a thousand at a time, so that memory stays flat.

    Args:
        claim_id: The claim, already in the reader's sight.
        on: The day for which a draft's last days are told.
        state: Those in this state alone; None for all.
        after_position: Begin after this line.
        limit: At most so many; None for all.
    """
    lines = in_claim(claim_id) if state is None else in_claim(claim_id).where(ClaimLine.state == state)
    left = limit
    while left is None or left > 0:
        size = ROWS_AT_ONCE if left is None else min(left, ROWS_AT_ONCE)
        rows = (
            db.session()
            .execute(
                lines.where(ClaimLine.position > after_position).order_by(ClaimLine.position).limit(size)
            )
            .all()
        )
        for row in rows:
            yield line_row(row, on=on)
        if len(rows) < size:
            return
        after_position = rows[-1].position
        left = None if left is None else left - size


def sums_of(claim_id: UUID) -> Sums:
    """Return a claim's three figures, added up over the very selection that `lines_of` yields."""
    lines = in_claim(claim_id).subquery()
    row = (
        db.session()
        .execute(
            select(
                func.count(),
                func.coalesce(func.sum(lines.c.price_pence), 0),
                func.coalesce(func.sum(lines.c.provider_share_pence), 0),
            ).select_from(lines)
        )
        .one()
    )
    return Sums(row[0], int(row[1]), int(row[2]))
