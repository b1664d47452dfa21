"""What stands on a statement: money, what was rejected in its month, and where the money is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.claims.models import Claim, ClaimLine, LineDecision
from app.claims.rules.states import line_number, next_month
from app.contracts.models import Contract
from app.core.database import db
from app.organisations.models import Organisation
from app.participants.models import Participant
from app.ratecards.models import Rate
from app.records.rules import LONDON, london_day
from app.statements.models import EntryKind, Remittance, StatementEntry


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """Money on a statement, signed."""

    id: UUID
    on: date
    kind: EntryKind
    line_id: UUID | None
    line: str | None
    person: str | None
    rate_code: str | None
    rate_title: str | None
    provider_id: UUID
    provider: str
    amount_pence: int
    provider_share_pence: int
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class RejectedRow:
    """A line that was rejected in the statement's month: no money, and why."""

    line_id: UUID
    line: str
    person: str
    rate_code: str
    rate_title: str
    provider_id: UUID
    provider: str
    price_pence: int
    provider_share_pence: int
    on: date
    reason: str | None
    words: str | None
    is_curable: bool | None


@dataclass(frozen=True, kw_only=True)
class RemittanceRow:
    """Where one provider's money of a statement is."""

    provider_id: UUID
    provider: str
    provider_share_pence: int
    prime_paid_on: date | None
    passed_on_on: date | None
    arrived_on: date | None


_LINE: tuple[Any, ...] = (
    Contract.code,
    Claim.month,
    Claim.number,
    ClaimLine.position,
    Participant.reference,
    ClaimLine.rate_code,
    Rate.title,
    Organisation.short_name,
)


def _line_label(row: Any) -> str:
    return f"{row.code}-{row.month:%Y-%m}-{row.number}/{line_number(row.position)}"


def entries_of(statement_id: UUID, provider_id: UUID | None) -> list[EntryRow]:
    """Return a statement's entries in the order in which they were made; of one provider, or all."""
    query = (
        select(StatementEntry, *_LINE)
        .join(Organisation, Organisation.id == StatementEntry.provider_id)
        .join(Contract, Contract.id == StatementEntry.contract_id)
        .outerjoin(ClaimLine, ClaimLine.id == StatementEntry.line_id)
        .outerjoin(Claim, Claim.id == ClaimLine.claim_id)
        .outerjoin(Participant, Participant.id == ClaimLine.participant_id)
        .outerjoin(Rate, Rate.id == ClaimLine.rate_id)
        .where(StatementEntry.statement_id == statement_id)
        .order_by(StatementEntry.id)
    )
    if provider_id is not None:
        query = query.where(StatementEntry.provider_id == provider_id)
    return [_entry(row) for row in db.session().execute(query)]


def _entry(row: Any) -> EntryRow:
    entry: StatementEntry = row.StatementEntry
    return EntryRow(
        id=entry.id,
        on=london_day(entry.made_at),
        kind=entry.kind,
        line_id=entry.line_id,
        line=_line_label(row) if entry.line_id else None,
        person=row.reference,
        rate_code=row.rate_code,
        rate_title=row.title,
        provider_id=entry.provider_id,
        provider=row.short_name,
        amount_pence=entry.amount_pence,
        provider_share_pence=entry.provider_share_pence,
        reason=entry.reason,
    )


def rejected_in(contract_id: UUID, month: date, provider_id: UUID | None) -> list[RejectedRow]:
    """Return the lines of a contract that were rejected in a month, read from the decisions."""
    since = datetime(month.year, month.month, 1, tzinfo=LONDON)
    after = next_month(month)
    until = datetime(after.year, after.month, 1, tzinfo=LONDON)
    query = (
        select(LineDecision, ClaimLine, *_LINE)
        .join(ClaimLine, ClaimLine.id == LineDecision.line_id)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .join(Contract, Contract.id == ClaimLine.contract_id)
        .join(Participant, Participant.id == ClaimLine.participant_id)
        .join(Rate, Rate.id == ClaimLine.rate_id)
        .join(Organisation, Organisation.id == ClaimLine.provider_id)
        .where(
            LineDecision.contract_id == contract_id,
            LineDecision.is_accepted.is_(False),
            LineDecision.decided_at >= since,
            LineDecision.decided_at < until,
        )
        .order_by(LineDecision.id)
    )
    if provider_id is not None:
        query = query.where(LineDecision.provider_id == provider_id)
    return [_rejected(row) for row in db.session().execute(query)]


def _rejected(row: Any) -> RejectedRow:
    decision: LineDecision = row.LineDecision
    line: ClaimLine = row.ClaimLine
    return RejectedRow(
        line_id=line.id,
        line=_line_label(row),
        person=row.reference,
        rate_code=line.rate_code,
        rate_title=row.title,
        provider_id=line.provider_id,
        provider=row.short_name,
        price_pence=line.price_pence,
        provider_share_pence=line.provider_share_pence,
        on=london_day(decision.decided_at),
        reason=decision.reason.value if decision.reason else None,
        words=decision.words,
        is_curable=decision.is_curable,
    )


def remittances_of(statement_id: UUID, provider_id: UUID | None) -> list[RemittanceRow]:
    """Return, for each provider on a statement, what it is owed and where the money is."""
    share = func.sum(StatementEntry.provider_share_pence).label("share")
    query = (
        select(
            StatementEntry.provider_id,
            Organisation.short_name,
            share,
            func.min(Remittance.prime_paid_on).label("prime_paid_on"),
            func.min(Remittance.passed_on_on).label("passed_on_on"),
            func.min(Remittance.arrived_on).label("arrived_on"),
        )
        .join(Organisation, Organisation.id == StatementEntry.provider_id)
        .outerjoin(
            Remittance,
            (Remittance.statement_id == StatementEntry.statement_id)
            & (Remittance.provider_id == StatementEntry.provider_id),
        )
        .where(StatementEntry.statement_id == statement_id)
        .group_by(StatementEntry.provider_id, Organisation.short_name)
        .order_by(Organisation.short_name)
    )
    if provider_id is not None:
        query = query.where(StatementEntry.provider_id == provider_id)
    return [
        RemittanceRow(
            provider_id=row.provider_id,
            provider=row.short_name,
            provider_share_pence=int(row.share),
            prime_paid_on=row.prime_paid_on,
            passed_on_on=row.passed_on_on,
            arrived_on=row.arrived_on,
        )
        for row in db.session().execute(query)
    ]
