"""Reads of statements, always bounded by the actor: a provider sees its own entries alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor, Role
from app.statements.models import Statement, StatementEntry, StatementState
from app.statements.policies import READERS
from app.statements.queries.entries import (
    EntryRow,
    RejectedRow,
    RemittanceRow,
    entries_of,
    rejected_in,
    remittances_of,
)


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
