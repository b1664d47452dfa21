"""Reads of statements, always bounded by the actor: a provider sees its own entries alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.claims.models import Claim, ClaimLine, LineDecision
from app.claims.rules.states import line_number, next_month
from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor, Role
from app.organisations.models import Organisation
from app.participants.models import Participant
from app.ratecards.models import Rate
from app.records.rules import LONDON, london_day
from app.statements.models import EntryKind, Remittance, Statement, StatementEntry, StatementState
from app.statements.policies import READERS


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


@dataclass(frozen=True)
class Totals:
    """What entries come to."""

    amount_pence: int
    provider_share_pence: int
    entry_count: int


@dataclass(frozen=True, kw_only=True)
class StatementView:
    """A statement as its reader may see it."""

    id: UUID
    contract_id: UUID
    contract: str
    label: str
    month: date
    state: StatementState
    closed_at: datetime | None
    prime: str
    commissioner: str
    totals: Totals
    entries: list[EntryRow]
    rejected: list[RejectedRow]
    remittances: list[RemittanceRow]


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    """A statement in a list."""

    id: UUID
    contract_id: UUID
    contract: str
    label: str
    month: date
    state: StatementState
    totals: Totals


def _delivers(actor: Actor) -> Select[UUID]:
    return select(Subcontract.contract_id).where(Subcontract.provider_id == actor.organisation_id)


def _sees_all(actor: Actor) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = []
    if not actor.roles.isdisjoint(READERS):
        ways.append(Contract.prime_id == actor.organisation_id)
    if Role.ASSESSOR in actor.roles:
        ways.append(Contract.commissioner_id == actor.organisation_id)
    return or_(*ways) if ways else false()


def visible_statements(actor: Actor) -> Select[Statement]:
    """Return the statements in the actor's sight."""
    ways = [_sees_all(actor)]
    if Role.MANAGER in actor.roles:
        ways.append(Contract.id.in_(_delivers(actor)))
    return select(Statement).join(Contract, Contract.id == Statement.contract_id).where(or_(*ways))


def get_statement(actor: Actor, statement_id: UUID, *, for_update: bool = False) -> Statement:
    """Return one statement in the actor's sight.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    query = visible_statements(actor).where(Statement.id == statement_id)
    if for_update:
        query = query.with_for_update(of=Statement).execution_options(populate_existing=True)
    found = db.session().scalar(query)
    if found is None:
        raise NotFound
    return found


def own_provider(actor: Actor, contract: Contract) -> UUID | None:
    """Return whose entries alone the actor sees; None for all."""
    is_prime = actor.holds(*READERS, at=contract.prime_id)
    sees_all = is_prime or actor.holds(Role.ASSESSOR, at=contract.commissioner_id)
    return None if sees_all else actor.organisation_id


def list_statements(
    actor: Actor, *, contract_id: UUID | None, before: UUID | None, limit: int
) -> list[StatementRow]:
    """Return the statements in the actor's sight, the newest first, with what they come to for them."""
    query = visible_statements(actor)
    if contract_id is not None:
        query = query.where(Statement.contract_id == contract_id)
    if before is not None:
        query = query.where(Statement.id < before)
    statements = list(db.session().scalars(query.order_by(Statement.id.desc()).limit(limit)))
    contracts = _contracts(statements)
    found: list[StatementRow] = []
    for statement in statements:
        contract = contracts[statement.contract_id]
        found.append(
            StatementRow(
                id=statement.id,
                contract_id=contract.id,
                contract=contract.title,
                label=label_of(contract, statement),
                month=statement.month,
                state=statement.state,
                totals=_totals(statement.id, own_provider(actor, contract)),
            )
        )
    return found


def label_of(contract: Contract, statement: Statement) -> str:
    """Return the number people quote for a statement: ``NME-2025-03``."""
    return f"{contract.code}-{statement.month:%Y-%m}"


def _contracts(statements: Sequence[Statement]) -> dict[UUID, Contract]:
    rows = db.session().scalars(
        select(Contract).where(Contract.id.in_([statement.contract_id for statement in statements]))
    )
    return {row.id: row for row in rows}


def _totals(statement_id: UUID, provider_id: UUID | None) -> Totals:
    query = select(
        func.coalesce(func.sum(StatementEntry.amount_pence), 0),
        func.coalesce(func.sum(StatementEntry.provider_share_pence), 0),
        func.count(),
    ).where(StatementEntry.statement_id == statement_id)
    if provider_id is not None:
        query = query.where(StatementEntry.provider_id == provider_id)
    row = db.session().execute(query).one()
    return Totals(int(row[0]), int(row[1]), row[2])


def view_statement(actor: Actor, statement_id: UUID) -> StatementView:
    """Return a statement with its entries, what was rejected in its month, and where the money is.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    statement = get_statement(actor, statement_id)
    contract = (
        db.session()
        .scalars(
            select(Contract)
            .where(Contract.id == statement.contract_id)
            .options(joinedload(Contract.prime), joinedload(Contract.commissioner))
        )
        .one()
    )
    provider_id = own_provider(actor, contract)
    return StatementView(
        id=statement.id,
        contract_id=contract.id,
        contract=contract.title,
        label=label_of(contract, statement),
        month=statement.month,
        state=statement.state,
        closed_at=statement.closed_at,
        prime=contract.prime.short_name,
        commissioner=contract.commissioner.short_name if contract.commissioner else "",
        totals=_totals(statement.id, provider_id),
        entries=entries_of(statement.id, provider_id),
        rejected=rejected_in(contract.id, statement.month, provider_id),
        remittances=remittances_of(statement.id, provider_id),
    )


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
