"""Drafting a claim: making it, adding what is claimable, leaving a line out with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.actions import trace, trace_many
from app.claims import policies
from app.claims.actions.including import AT_ONCE, insert_lines, references
from app.claims.actions.releasing import LeftOut, exclude_lines, forget_exclusions, left_out
from app.claims.errors import ClaimNotInState, ClaimOvertaken, NoClaimsHere, TooLateToContest
from app.claims.models import (
    Claim,
    ClaimLine,
    ClaimState,
    Exclusion,
)
from app.claims.queries.claims import get_claim, get_contract
from app.claims.queries.exclusions import get_exclusion
from app.claims.rules.left_out import LeftOutReason, Why
from app.claims.rules.states import ExclusionReason, first_of_month
from app.core.database import db, transaction
from app.core.errors import Invalid, NotFound
from app.core.ids import new_id
from app.core.json import insert_rows
from app.core.permissions import Actor, require
from app.entitlements.actions import settle_contract
from app.entitlements.models import Entitlement
from app.entitlements.queries.board import BoardState, in_state
from app.records.rules import london_day


@dataclass(frozen=True)
class Added:
    """What became of adding lines: how many were, and what was left out."""

    added_count: int
    left_out: list[LeftOut]


def draft_claim(actor: Actor, contract_id: UUID, month: date, *, at: datetime) -> Claim:
    """Begin a claim for a month; its number is the next free one of that month.

    Raises:
        NotFound: the actor has no part in the contract.
        Forbidden: the actor prepares no claims for its prime.
        NoClaimsHere: nobody pays by results on it.
        Invalid: the month is not one to claim for.
        ClaimOvertaken: somebody else took the number at the same moment.
    """
    with transaction() as session:
        contract = get_contract(actor, contract_id)
        require(policies.can_prepare_claim, actor, contract)
        if contract.is_own_programme:
            raise NoClaimsHere("Nobody pays by results on a provider’s own programme.")
        if month.day != 1:
            raise Invalid.field("month", "not-first-day", "Give the first day of the month.")
        if not first_of_month(contract.starts_on) <= month <= first_of_month(london_day(at)):
            detail = "Choose a month since the contract began, this month or earlier."
            raise Invalid.field("month", "month-outside", detail)
        query = select(func.max(Claim.number)).where(Claim.contract_id == contract_id, Claim.month == month)
        claim_id = new_id()
        row = {
            "id": claim_id,
            "contract_id": contract_id,
            "month": month,
            "number": (session.scalar(query) or 0) + 1,
            "state": ClaimState.DRAFT,
            "prepared_by_id": actor.user_id,
            "created_at": at,
            "version": 1,
        }
        if not insert_rows(session, Claim, [row]):
            raise ClaimOvertaken("Somebody else began a claim for this month a moment ago; look again.")
        claim = get_claim(actor, claim_id)
        trace(actor, "claim.drafted", at=at, subject_id=claim.id, contract_id=contract_id)
    return claim


def add_lines(
    actor: Actor, claim_id: UUID, entitlement_ids: Sequence[UUID] | Literal["all"], *, at: datetime
) -> Added:
    """Put what is claimable into a draft; whatever cannot go in is named and left out.

    "All" is what nobody left out of this draft before; that goes in when it is named itself.

    Raises:
        NotFound: there is no such claim in sight, or an entitlement is not of its contract.
        Forbidden: the actor prepares no claims for its prime.
        ClaimNotInState: the claim is no draft.
    """
    settle_contract(get_claim(actor, claim_id).contract_id, at=at)
    with transaction() as session:
        claim = get_draft(actor, claim_id)
        require(policies.can_prepare_claim, actor, claim.contract)
        chosen = _chosen(session, claim, entitlement_ids, london_day(at))
        today = london_day(at)
        refused = (
            _let_be(session, claim, chosen) if entitlement_ids == "all" else _refused(session, chosen, today)
        )
        barred = {one.entitlement_id for one in refused}
        fitting = [entitlement for entitlement in chosen if entitlement.id not in barred]
        for begin in range(0, len(fitting), AT_ONCE):
            refused += insert_lines(session, claim, fitting[begin : begin + AT_ONCE], at)
        barred = {one.entitlement_id for one in refused}
        added = [entitlement for entitlement in fitting if entitlement.id not in barred]
        forget_exclusions(session, claim.id, [entitlement.id for entitlement in added])
        trace_many(
            actor,
            "claim-line.added",
            at=at,
            rows=[
                {"subject_id": one.id, "contract_id": claim.contract_id, "enrolment_id": one.enrolment_id}
                for one in added
            ],
            claim_id=claim.id,
        )
    return Added(len(added), refused)


def exclude_line(
    actor: Actor, claim_id: UUID, line_id: UUID, reason: ExclusionReason, words: str, *, at: datetime
) -> None:
    """Leave a line out of a draft, with a reason that its provider sees and may contest.

    Raises:
        NotFound: there is no such claim in sight, or no such line in it.
        Forbidden: the actor prepares no claims for its prime.
        ClaimNotInState: the claim is no draft.
    """
    with transaction() as session:
        claim = get_draft(actor, claim_id)
        require(policies.can_prepare_claim, actor, claim.contract)
        line = session.scalar(
            select(ClaimLine).where(
                ClaimLine.id == line_id, ClaimLine.claim_id == claim_id, ClaimLine.released_at.is_(None)
            )
        )
        if line is None:
            raise NotFound
        exclude_lines(session, actor, claim, [(line, Why(reason.value, words))], at=at)
        trace(
            actor,
            "claim-line.excluded",
            at=at,
            subject_id=line.id,
            contract_id=claim.contract_id,
            enrolment_id=line.enrolment_id,
            reason=reason.value,
        )


def contest_exclusion(actor: Actor, exclusion_id: UUID, words: str, *, at: datetime) -> Exclusion:
    """Say, for the provider, why a line should not have been left out.

    Raises:
        NotFound: it is no line of the actor's organisation.
        Forbidden: the actor manages nobody there.
        TooLateToContest: the claim is locked, or it was contested before.
    """
    with transaction():
        exclusion = get_exclusion(actor, exclusion_id, for_update=True)
        require(policies.can_follow_lines, actor)
        claim = db.session().get_one(Claim, exclusion.claim_id)
        if claim.state is not ClaimState.DRAFT:
            raise TooLateToContest("It can be contested only while the claim is a draft.")
        if exclusion.contested_at is not None:
            raise TooLateToContest("It was contested before; the prime has your words.")
        exclusion.contested_at, exclusion.contested_by_id = at, actor.user_id
        exclusion.contest_words = words
        trace(
            actor,
            "exclusion.contested",
            at=at,
            subject_id=exclusion.id,
            contract_id=exclusion.contract_id,
        )
    return exclusion


def get_draft(actor: Actor, claim_id: UUID) -> Claim:
    """Return a draft, locked for this transaction.

    Raises:
        NotFound: there is no such claim in sight.
        ClaimNotInState: it is no draft.
    """
    claim = get_claim(actor, claim_id, for_update=True)
    if claim.state is not ClaimState.DRAFT:
        raise ClaimNotInState(claim, ClaimState.DRAFT)
    return claim


def _chosen(
    session: Session, claim: Claim, entitlement_ids: Sequence[UUID] | Literal["all"], today: date
) -> list[Entitlement]:
    query = select(Entitlement).where(Entitlement.contract_id == claim.contract_id)
    if entitlement_ids == "all":
        query = query.where(in_state(BoardState.CLAIMABLE, today))
    else:
        query = query.where(Entitlement.id.in_(set(entitlement_ids)))
    found = list(
        session.scalars(
            query.order_by(Entitlement.id).with_for_update().execution_options(populate_existing=True)
        )
    )
    if entitlement_ids != "all" and len(found) != len(set(entitlement_ids)):
        raise NotFound("One of these entitlements is not on this contract.")
    return found


def _let_be(session: Session, claim: Claim, chosen: Sequence[Entitlement]) -> list[LeftOut]:
    """Name those that somebody left out of the draft, with their words."""
    query = select(Exclusion).where(
        Exclusion.claim_id == claim.id, Exclusion.reason.in_([reason.value for reason in ExclusionReason])
    )
    whys = {one.entitlement_id: Why(one.reason, one.words) for one in session.scalars(query)}
    some = [one for one in chosen if one.id in whys]
    people = references(session, some)
    return [
        LeftOut(
            entitlement_id=one.id,
            person=people[one.participant_id],
            rate_code=one.rate_code,
            why=whys[one.id],
        )
        for one in some
    ]


def _refused(session: Session, chosen: Sequence[Entitlement], today: date) -> list[LeftOut]:
    """Name those that cannot be claimed today."""
    open_ids = set(
        session.scalars(
            select(Entitlement.id).where(
                Entitlement.id.in_([one.id for one in chosen]), in_state(BoardState.CLAIMABLE, today)
            )
        )
    )
    closed = [one for one in chosen if one.id not in open_ids]
    people = references(session, closed)
    return [
        left_out(
            LeftOutReason.ALREADY_CLAIMED if one.is_claimed else LeftOutReason.NOT_CLAIMABLE,
            entitlement_id=one.id,
            person=people[one.participant_id],
            rate_code=one.rate_code,
        )
        for one in closed
    ]
