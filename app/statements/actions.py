"""Entering what was decided, closing a month, and following the money."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.actions import trace
from app.claims.models import ClaimLine, LineState
from app.claims.rules.states import (
    after_acceptance,
    after_clawback,
    after_rejection,
    first_of_month,
    next_month,
)
from app.contracts.models import Contract
from app.core.database import transaction
from app.core.errors import Invalid, NotFound
from app.core.ids import new_id
from app.core.json import insert_rows
from app.core.permissions import Actor, require
from app.records.rules import london_day
from app.statements import policies
from app.statements.errors import MoneyOutOfOrder, StatementClosed
from app.statements.models import EntryKind, Remittance, Statement, StatementEntry, StatementState
from app.statements.queries.statements import get_statement


@after_acceptance
def enter_payments(actor: Actor, lines: Sequence[ClaimLine], at: datetime) -> None:
    """Enter accepted lines as payments on the statement of the month of decision, or the next open one."""
    _enter(actor, lines, EntryKind.PAYMENT, 1, None, at)


@after_clawback
def enter_clawbacks(actor: Actor, lines: Sequence[ClaimLine], at: datetime) -> None:
    """Enter lines that fell after payment as negative amounts on the next open statement."""
    _enter(actor, lines, EntryKind.CLAWBACK, -1, "record-corrected", at)


@after_rejection
def open_for_rejections(_actor: Actor, lines: Sequence[ClaimLine], at: datetime) -> None:
    """See that the month has a statement, which shows what was rejected beside what was paid."""
    with transaction() as session:
        for contract_id in sorted({line.contract_id for line in lines}):
            _make(session, contract_id, first_of_month(london_day(at)), at)


def _enter(
    actor: Actor,
    lines: Sequence[ClaimLine],
    kind: EntryKind,
    sign: int,
    reason: str | None,
    at: datetime,
) -> None:
    with transaction() as session:
        for contract_id in sorted({line.contract_id for line in lines}):
            statement_id = _open_statement(session, contract_id, first_of_month(london_day(at)), at)
            insert_rows(
                session,
                StatementEntry,
                [
                    {
                        "contract_id": contract_id,
                        "provider_id": line.provider_id,
                        "statement_id": statement_id,
                        "line_id": line.id,
                        "kind": kind,
                        "amount_pence": sign * line.price_pence,
                        "provider_share_pence": sign * line.provider_share_pence,
                        "reason": reason,
                        "made_at": at,
                        "made_by_id": actor.user_id,
                    }
                    for line in lines
                    if line.contract_id == contract_id
                ],
            )


def _make(session: Session, contract_id: UUID, month: date, at: datetime) -> None:
    row = {"id": new_id(), "contract_id": contract_id, "month": month, "created_at": at}
    insert_rows(session, Statement, [{**row, "state": StatementState.OPEN}])


def _open_statement(session: Session, contract_id: UUID, month: date, at: datetime) -> UUID:
    """Return the statement of a month, or the first open one after it; made where there is none."""
    while True:
        _make(session, contract_id, month, at)
        # A share lock: many may enter at once, and nobody closes it meanwhile.
        statement = session.scalars(
            select(Statement)
            .where(Statement.contract_id == contract_id, Statement.month == month)
            .with_for_update(read=True)
            .execution_options(populate_existing=True)
        ).one()
        if statement.state is StatementState.OPEN:
            return statement.id
        month = next_month(month)


def close_statement(actor: Actor, statement_id: UUID, *, at: datetime) -> Statement:
    """Close a month's account; what is decided later stands on the next one.

    Raises:
        NotFound: there is no such statement in sight.
        Forbidden: the actor approves no claims for its prime.
        StatementClosed: it is closed already.
    """
    with transaction() as session:
        statement = get_statement(actor, statement_id, for_update=True)
        require(policies.can_close_statement, actor, session.get_one(Contract, statement.contract_id))
        if statement.state is StatementState.CLOSED:
            raise StatementClosed("It is closed already.")
        statement.state, statement.closed_at = StatementState.CLOSED, at
        trace(actor, "statement.closed", at=at, subject_id=statement.id, contract_id=statement.contract_id)
    return statement


def note_remittance(
    actor: Actor,
    statement_id: UUID,
    provider_id: UUID,
    *,
    prime_paid_on: date | None,
    passed_on_on: date | None,
    at: datetime,
) -> Remittance:
    """Note when the prime was paid for a provider's lines, and when it passed the money on.

    Raises:
        NotFound: there is no such statement in sight, or the provider has no entry on it.
        Forbidden: the actor claims nothing for its prime.
        Invalid: a date lies in the future.
        MoneyOutOfOrder: money is passed on before it came.
    """
    with transaction() as session:
        statement = get_statement(actor, statement_id)
        require(policies.can_note_remittance, actor, session.get_one(Contract, statement.contract_id))
        remittance = _remittance(session, statement, provider_id)
        remittance.prime_paid_on = _past("prime_paid_on", prime_paid_on, at) or remittance.prime_paid_on
        remittance.passed_on_on = _past("passed_on_on", passed_on_on, at) or remittance.passed_on_on
        if remittance.passed_on_on and not remittance.prime_paid_on:
            raise MoneyOutOfOrder("Say first when the prime was paid.")
        if remittance.prime_paid_on:
            _mark_paid(session, statement.id, provider_id)
        trace(
            actor,
            "remittance.noted",
            at=at,
            subject_id=statement.id,
            contract_id=statement.contract_id,
            provider_id=provider_id,
        )
    return remittance


def confirm_arrival(actor: Actor, statement_id: UUID, *, arrived_on: date, at: datetime) -> Remittance:
    """Confirm, for the provider, that its money of a statement arrived.

    Raises:
        NotFound: there is no such statement in sight, or none of its money is the actor's organisation's.
        Forbidden: the actor manages nobody there.
        Invalid: the date lies in the future.
        MoneyOutOfOrder: nothing was passed on yet.
    """
    with transaction() as session:
        statement = get_statement(actor, statement_id)
        require(policies.can_confirm_arrival, actor, actor.organisation_id)
        remittance = _remittance(session, statement, actor.organisation_id)
        if remittance.passed_on_on is None:
            raise MoneyOutOfOrder("The prime has not said yet that it passed the money on.")
        remittance.arrived_on = _past("arrived_on", arrived_on, at)
        trace(
            actor,
            "remittance.confirmed",
            at=at,
            subject_id=statement.id,
            contract_id=statement.contract_id,
        )
    return remittance


def _past(field: str, day: date | None, at: datetime) -> date | None:
    if day is not None and day > london_day(at):
        raise Invalid.field(field, "in-future", "Choose today or an earlier day.")
    return day


def _remittance(session: Session, statement: Statement, provider_id: UUID) -> Remittance:
    has_entry = select(StatementEntry.id).where(
        StatementEntry.statement_id == statement.id, StatementEntry.provider_id == provider_id
    )
    if session.scalar(has_entry.limit(1)) is None:
        raise NotFound("This provider has no entry on the statement.")
    row = {
        "contract_id": statement.contract_id,
        "provider_id": provider_id,
        "statement_id": statement.id,
    }
    insert_rows(session, Remittance, [row])
    return session.scalars(
        select(Remittance)
        .where(Remittance.statement_id == statement.id, Remittance.provider_id == provider_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _mark_paid(session: Session, statement_id: UUID, provider_id: UUID) -> None:
    paid = select(StatementEntry.line_id).where(
        StatementEntry.statement_id == statement_id,
        StatementEntry.provider_id == provider_id,
        StatementEntry.kind == EntryKind.PAYMENT,
    )
    session.execute(
        update(ClaimLine)
        .where(ClaimLine.id.in_(paid), ClaimLine.state == LineState.ACCEPTED)
        .values(state=LineState.PAID)
        .execution_options(synchronize_session=False)
    )
