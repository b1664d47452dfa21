"""Where a provider's money is: its own share at each step, from what can be claimed to what arrived."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select

from app.claims.models import ClaimLine, LineState
from app.claims.rules.states import UNDECIDED
from app.core.database import db
from app.entitlements.models import Entitlement
from app.entitlements.queries.board import BoardState, Scope, in_state
from app.statements.models import EntryKind, Remittance, StatementEntry


class Step(StrEnum):
    """Where money is; each pound is at one step alone."""

    CLAIMABLE = "claimable"
    IN_CLAIM = "in-claim"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    PAID = "paid"
    PASSED_ON = "passed-on"
    ARRIVED = "arrived"


@dataclass(frozen=True)
class StepSum:
    """What stands at one step: how many lines, how many of them were taken back, and the provider's share."""

    step: Step
    count: int
    taken_back_count: int
    provider_share_pence: int


_STEP_OF_STATE = {LineState.INCLUDED: Step.IN_CLAIM} | dict.fromkeys(UNDECIDED, Step.SUBMITTED)
_Row = tuple[Step, int, int, int]


def money_path(contract_id: UUID, provider_id: UUID, *, today: date) -> list[StepSum]:
    """Return a provider's share at every step of a contract, of all its lines.

    What was accepted is counted from the statements, so that a line taken back is taken off again; where
    the money of an entry is, the remittance of its statement says.
    """
    found: dict[Step, list[int]] = defaultdict(lambda: [0, 0, 0])
    for step, *figures in (
        *_claimable(contract_id, provider_id, today),
        *_in_claims(contract_id, provider_id),
        *_on_statements(contract_id, provider_id),
    ):
        found[step] = [one + other for one, other in zip(found[step], figures, strict=True)]
    return [StepSum(step, *found[step]) for step in Step]


def _claimable(contract_id: UUID, provider_id: UUID, today: date) -> Iterable[_Row]:
    row = (
        db.session()
        .execute(
            select(func.count(), func.coalesce(func.sum(Entitlement.provider_share_pence), 0)).where(
                Scope(contract_id, provider_id).condition(), in_state(BoardState.CLAIMABLE, today)
            )
        )
        .one()
    )
    yield Step.CLAIMABLE, row[0], 0, int(row[1])


def _in_claims(contract_id: UUID, provider_id: UUID) -> Iterable[_Row]:
    rows = db.session().execute(
        select(ClaimLine.state, func.count(), func.sum(ClaimLine.provider_share_pence))
        .where(
            ClaimLine.contract_id == contract_id,
            ClaimLine.provider_id == provider_id,
            ClaimLine.state.in_(_STEP_OF_STATE),
        )
        .group_by(ClaimLine.state)
    )
    for state, count, share in rows:
        yield _STEP_OF_STATE[state], count, 0, int(share)


def _on_statements(contract_id: UUID, provider_id: UUID) -> Iterable[_Row]:
    step: Any = case(
        (Remittance.arrived_on.is_not(None), Step.ARRIVED.value),
        (Remittance.passed_on_on.is_not(None), Step.PASSED_ON.value),
        (Remittance.prime_paid_on.is_not(None), Step.PAID.value),
        else_=Step.ACCEPTED.value,
    )
    rows = db.session().execute(
        select(step, StatementEntry.kind, func.count(), func.sum(StatementEntry.provider_share_pence))
        .outerjoin(
            Remittance,
            (Remittance.statement_id == StatementEntry.statement_id)
            & (Remittance.provider_id == StatementEntry.provider_id),
        )
        .where(StatementEntry.contract_id == contract_id, StatementEntry.provider_id == provider_id)
        .group_by(step, StatementEntry.kind)
    )
    for reached, kind, count, share in rows:
        paid = count if kind is EntryKind.PAYMENT else 0
        back = count if kind is EntryKind.CLAWBACK else 0
        yield Step(reached), paid, back, int(share)
