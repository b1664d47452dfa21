"""What an assessor decides about a submitted line."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import trace
from app.claims import policies
from app.claims.actions.releasing import release_lines
from app.claims.errors import LineNotInState, SameHuman
from app.claims.models import Claim, ClaimLine, ClaimState, LineDecision, LineState, RejectionReason
from app.claims.queries.claims import undecided_lines, visible_claims
from app.claims.queries.people import people_of_lines
from app.claims.rules.people import clash, clash_words
from app.claims.rules.states import (
    AFTER_ACCEPTANCE,
    AFTER_REJECTION,
    UNDECIDED,
    tell,
)
from app.contracts.models import Contract
from app.core.database import transaction
from app.core.errors import Invalid, NotFound
from app.core.permissions import Actor, require


def accept_line(actor: Actor, line_id: UUID, *, at: datetime) -> LineDecision:
    """Accept a submitted line: it is owed, and stands on the month's statement.

    Raises:
        NotFound: there is no such line in sight.
        Forbidden: the actor assesses nothing for the contract's commissioner.
        LineNotInState: it was decided before.
        SameHuman: the actor took another part in it.
    """
    with transaction() as session:
        claim, line = _take(session, actor, line_id)
        line.state = LineState.ACCEPTED
        decision = _decide(session, actor, line, _Verdict(is_accepted=True), at)
        session.flush()
        tell(AFTER_ACCEPTANCE, actor, [line], at)
        _settle(session, actor, claim, at)
    return decision


def reject_line(
    actor: Actor,
    line_id: UUID,
    *,
    reason: RejectionReason,
    words: str,
    is_curable: bool,
    at: datetime,
) -> LineDecision:
    """Reject a submitted line; its number is free again, and where it can be cured, its records too.

    Raises:
        NotFound: there is no such line in sight.
        Forbidden: the actor assesses nothing for the contract's commissioner.
        Invalid: there are no words.
        LineNotInState: it was decided before.
        SameHuman: the actor took another part in it.
    """
    if not words.strip():
        raise Invalid.field("words", "missing", "Say why, in words the provider can act on.")
    with transaction() as session:
        claim, line = _take(session, actor, line_id)
        verdict = _Verdict(is_accepted=False, reason=reason, words=words, is_curable=is_curable)
        decision = _decide(session, actor, line, verdict, at)
        release_lines(session, [line], state=LineState.REJECTED, reason="rejected", at=at)
        tell(AFTER_REJECTION, actor, [line], at)
        _settle(session, actor, claim, at)
    return decision


def _take(session: Session, actor: Actor, line_id: UUID) -> tuple[Claim, ClaimLine]:
    query = (
        visible_claims(actor)
        .join(ClaimLine, ClaimLine.claim_id == Claim.id)
        .where(ClaimLine.id == line_id)
        .with_for_update(of=Claim)
        .execution_options(populate_existing=True)
    )
    claim = session.scalar(query)
    if claim is None:
        raise NotFound
    require(policies.can_decide_line, actor, session.get_one(Contract, claim.contract_id))
    line = session.scalars(
        select(ClaimLine)
        .where(ClaimLine.id == line_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if line.state not in UNDECIDED:
        raise LineNotInState(line, "submitted")
    people = people_of_lines(ClaimLine.id == line_id).get(line_id)
    later = {
        "prepared": claim.prepared_by_id,
        "approved": claim.approved_by_id,
        "assessed": actor.user_id,
    }
    acts = clash(people, later) if people else None
    if acts is not None:
        raise SameHuman(f"One human {clash_words(acts)}. Somebody else has to assess this line.")
    return claim, line


@dataclass(frozen=True, kw_only=True)
class _Verdict:
    is_accepted: bool
    reason: RejectionReason | None = None
    words: str | None = None
    is_curable: bool | None = None


def _decide(session: Session, actor: Actor, line: ClaimLine, verdict: _Verdict, at: datetime) -> LineDecision:
    decision = LineDecision(
        contract_id=line.contract_id,
        provider_id=line.provider_id,
        line_id=line.id,
        **vars(verdict),
        decided_at=at,
        decided_by_id=actor.user_id,
    )
    session.add(decision)
    trace(
        actor,
        "claim-line.accepted" if verdict.is_accepted else "claim-line.rejected",
        at=at,
        subject_id=line.id,
        contract_id=line.contract_id,
        enrolment_id=line.enrolment_id,
        reason=verdict.reason.value if verdict.reason else None,
    )
    return decision


def _settle(session: Session, actor: Actor, claim: Claim, at: datetime) -> None:
    session.flush()
    if claim.state is ClaimState.SUBMITTED and undecided_lines([claim.id]) == 0:
        claim.state, claim.settled_at = ClaimState.SETTLED, at
        trace(actor, "claim.settled", at=at, subject_id=claim.id, contract_id=claim.contract_id)
