"""Reads of claims: those in sight, one of them, what was left out, what an assessor has to judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.claims.models import (
    Claim,
    ClaimLine,
    ClaimLineRecord,
    ClaimState,
    Exclusion,
    LineState,
)
from app.claims.policies import CLAIMS_STAFF, can_read_claims
from app.claims.queries.lines import LineRow, Sums, line_row, select_lines, sums_of
from app.claims.rules.people import staff_reference
from app.claims.rules.states import HANDED_IN, IN_CLAIM, PAYABLE, UNDECIDED
from app.contracts.models import Contract
from app.core.database import db
from app.core.errors import NotFound
from app.core.model import alias_of
from app.core.permissions import Actor, Role, require
from app.disagreements.models import Disagreement
from app.disagreements.queries import is_open
from app.records.models import Record


def visible_claims(actor: Actor) -> Select[Claim]:
    """Return the claims in the actor's sight: the prime's own; those handed to the commissioner."""
    ways = []
    if not actor.roles.isdisjoint(CLAIMS_STAFF):
        ways.append(Contract.prime_id == actor.organisation_id)
    if Role.ASSESSOR in actor.roles:
        ways.append((Contract.commissioner_id == actor.organisation_id) & Claim.state.in_(HANDED_IN))
    query = select(Claim).join(Contract, Contract.id == Claim.contract_id)
    return query.where(or_(*ways) if ways else false())


def get_claim(actor: Actor, claim_id: UUID, *, for_update: bool = False) -> Claim:
    """Return one claim in the actor's sight, with its contract.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    query = visible_claims(actor).where(Claim.id == claim_id)
    if for_update:
        query = query.with_for_update(of=Claim).execution_options(populate_existing=True)
    claim = db.session().scalar(query.options(joinedload(Claim.contract).joinedload(Contract.prime)))
    if claim is None:
        raise NotFound
    return claim


def get_contract(actor: Actor, contract_id: UUID) -> Contract:
    """Return a contract whose claims the actor may come near.

    Raises:
        NotFound: it is another prime's and another commissioner's.
    """
    contract = db.session().get(Contract, contract_id)
    if contract is None or actor.organisation_id not in {contract.prime_id, contract.commissioner_id}:
        raise NotFound
    return contract


@dataclass(frozen=True, kw_only=True)
class ClaimView:
    """A claim as its page shows it."""

    claim: Claim
    sums: Sums
    contract: Contract
    prepared_by: str
    locked_by: str | None
    approved_by: str | None
    submitted_by: str | None
    decided_count: int
    accepted_pence: int
    rejected_pence: int
    rejected_count: int
    corrected: list[LineRow]
    exclusion_count: int


def view_of(actor: Actor, claim: Claim) -> ClaimView:
    """Return a claim with its three figures; staff by name to their own house, else by reference."""
    names = _names(claim, is_own=actor.organisation_id == claim.contract.prime_id)
    judged = {LineState.REJECTED, *PAYABLE}
    decided = (
        db.session()
        .execute(
            select(
                func.count(case((ClaimLine.state.in_(judged), 1))),
                _pence(ClaimLine.state.in_(PAYABLE)),
                _pence(ClaimLine.state == LineState.REJECTED),
                func.count(case((ClaimLine.state == LineState.REJECTED, 1))),
            ).where(ClaimLine.claim_id == claim.id)
        )
        .one()
    )
    exclusions = select(func.count()).where(Exclusion.claim_id == claim.id)
    return ClaimView(
        claim=claim,
        sums=sums_of(claim.id),
        contract=claim.contract,
        prepared_by=names[claim.prepared_by_id],
        locked_by=names.get(claim.locked_by_id) if claim.locked_by_id else None,
        approved_by=names.get(claim.approved_by_id) if claim.approved_by_id else None,
        submitted_by=names.get(claim.submitted_by_id) if claim.submitted_by_id else None,
        decided_count=decided[0],
        accepted_pence=int(decided[1]),
        rejected_pence=int(decided[2]),
        rejected_count=decided[3],
        corrected=corrected_lines(claim.id) if claim.state in _WARNED else [],
        exclusion_count=db.session().scalar(exclusions) or 0,
    )


def _pence(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, ClaimLine.price_pence), else_=0)), 0)


_Newer = alias_of(Record)
_WARNED = frozenset({ClaimState.LOCKED, ClaimState.APPROVED})


def _names(claim: Claim, *, is_own: bool) -> dict[UUID, str]:
    ids = {claim.prepared_by_id, claim.locked_by_id, claim.approved_by_id, claim.submitted_by_id} - {None}
    if not is_own:
        return {user_id: staff_reference(claim.contract_id, user_id) for user_id in ids if user_id}
    users = db.session().scalars(select(User).where(User.id.in_(ids)))
    return {user.id: user.short_name for user in users}


def corrected_lines(claim_id: UUID) -> list[LineRow]:
    """Return the lines of a claim that rest on a record corrected since, or disagreed with."""
    corrected = select(ClaimLineRecord.line_id).join(
        _Newer, _Newer.supersedes_id == ClaimLineRecord.record_id
    )
    rows = db.session().execute(
        select_lines()
        .where(
            ClaimLine.claim_id == claim_id,
            ClaimLine.state.in_(IN_CLAIM),
            ClaimLine.id.in_(corrected) | ClaimLine.id.in_(_disputed()),
        )
        .order_by(ClaimLine.position)
    )
    return [line_row(row) for row in rows]


def disputed_lines(claim_id: UUID) -> set[UUID]:
    """Return the lines of a claim that rest on a record with which the person disagrees."""
    rows = db.session().scalars(
        select(ClaimLine.id).where(ClaimLine.claim_id == claim_id, ClaimLine.id.in_(_disputed()))
    )
    return set(rows)


def _disputed() -> Select[UUID]:
    return (
        select(ClaimLineRecord.line_id)
        .join(Disagreement, Disagreement.subject_id == ClaimLineRecord.record_id)
        .join(Record, Record.id == Disagreement.id)
        .where(ClaimLineRecord.released_at.is_(None), is_open())
    )


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """A claim in a list."""

    id: UUID
    contract_id: UUID
    contract: str
    label: str
    month: date
    number: int
    state: ClaimState
    prime: str
    submitted_at: datetime | None
    sums: Sums
    undecided_count: int


def list_claims(actor: Actor, *, contract_id: UUID | None, before: UUID | None, limit: int) -> list[ClaimRow]:
    """Return the claims in the actor's sight, the newest first, with their figures, in one query.

    Raises:
        Forbidden: the actor's roles show no claims.
    """
    require(can_read_claims, actor)
    query = visible_claims(actor)
    if contract_id is not None:
        query = query.where(Claim.contract_id == contract_id)
    if before is not None:
        query = query.where(Claim.id < before)
    chosen = query.with_only_columns(Claim.id).order_by(Claim.id.desc()).limit(limit).subquery()
    figures = (
        select(
            ClaimLine.claim_id,
            func.count(case((ClaimLine.state.in_(IN_CLAIM), 1))).label("found"),
            _pence(ClaimLine.state.in_(IN_CLAIM)).label("amount"),
            func.coalesce(
                func.sum(case((ClaimLine.state.in_(IN_CLAIM), ClaimLine.provider_share_pence), else_=0)), 0
            ).label("share"),
            func.count(case((ClaimLine.state.in_(UNDECIDED), 1))).label("undecided"),
        )
        .where(ClaimLine.claim_id.in_(select(chosen.c.id)))
        .group_by(ClaimLine.claim_id)
        .subquery()
    )
    rows = db.session().execute(
        select(Claim, figures)
        .join(chosen, chosen.c.id == Claim.id)
        .outerjoin(figures, figures.c.claim_id == Claim.id)
        .options(joinedload(Claim.contract).joinedload(Contract.prime))
        .order_by(Claim.id.desc())
    )
    return [_claim_row(row) for row in rows]


def _claim_row(row: Any) -> ClaimRow:
    claim: Claim = row.Claim
    return ClaimRow(
        id=claim.id,
        contract_id=claim.contract_id,
        contract=claim.contract.title,
        label=claim.label,
        month=claim.month,
        number=claim.number,
        state=claim.state,
        prime=claim.contract.prime.short_name,
        submitted_at=claim.submitted_at,
        sums=Sums(row.found or 0, int(row.amount or 0), int(row.share or 0)),
        undecided_count=row.undecided or 0,
    )


def undecided_lines(claim_ids: Sequence[UUID]) -> int:
    """Return how many lines of these claims wait for a decision."""
    query = select(func.count()).where(ClaimLine.claim_id.in_(claim_ids), ClaimLine.state.in_(UNDECIDED))
    return db.session().scalar(query) or 0
