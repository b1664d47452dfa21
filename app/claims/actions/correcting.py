"""What becomes of lines when a record they rest on is corrected: rule 7 of the product."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import trace
from app.claims.actions.releasing import free_lines, note_exclusions
from app.claims.models import Claim, ClaimLine, ClaimLineRecord, ClaimState, ClawbackState, LineState
from app.claims.queries.claims import undecided_lines
from app.claims.rules.left_out import LeftOutReason, why
from app.claims.rules.states import AFTER_CLAWBACK, PAYABLE, UNDECIDED, tell
from app.core.database import transaction
from app.core.permissions import Actor
from app.records.rules import after_correction


@after_correction
def note_corrections(actor: Actor, root_ids: Sequence[UUID], at: datetime) -> None:
    """Let the lines fall that rest on facts just corrected or withdrawn.

    In a draft the line drops with the reason; a locked one is unlocked or goes in with a warning;
    a submitted one is void; a paid one comes off the next open statement. Their people are marked due
    by whoever records, so numbers are worked out anew.
    """
    with transaction() as session:
        found = session.execute(
            select(ClaimLine, Claim)
            .join(Claim, Claim.id == ClaimLine.claim_id)
            .where(
                ClaimLine.released_at.is_(None),
                ClaimLine.id.in_(
                    select(ClaimLineRecord.line_id).where(
                        ClaimLineRecord.root_id.in_(root_ids), ClaimLineRecord.released_at.is_(None)
                    )
                ),
            )
            .order_by(ClaimLine.id)
            .with_for_update(of=ClaimLine)
            .execution_options(populate_existing=True)
        ).all()
        lines = [(row.ClaimLine, row.Claim) for row in found]
        _drop(session, actor, [(li, cl) for li, cl in lines if cl.state is ClaimState.DRAFT], at)
        _void(session, actor, [line for line, _ in lines if line.state in UNDECIDED], at)
        _claw_back(session, actor, [line for line, _ in lines if line.state in PAYABLE], at)


def _drop(session: Session, actor: Actor, lines: Sequence[tuple[ClaimLine, Claim]], at: datetime) -> None:
    corrected = why(LeftOutReason.RECORD_CORRECTED)
    for line, claim in lines:
        free_lines(session, [line], state=LineState.EXCLUDED, reason="corrected", at=at)
        note_exclusions(session, actor, claim, [(line, corrected)], at=at)
        _note(actor, "claim-line.dropped", line, at)


def _void(session: Session, actor: Actor, lines: Sequence[ClaimLine], at: datetime) -> None:
    if lines:
        free_lines(session, lines, state=LineState.VOIDED, reason="corrected", at=at)
    for line in lines:
        _note(actor, "claim-line.voided", line, at)
    for claim_id in {line.claim_id for line in lines}:
        if undecided_lines([claim_id]) == 0:
            claim = session.get_one(Claim, claim_id)
            claim.state, claim.settled_at = ClaimState.SETTLED, at


def _claw_back(session: Session, actor: Actor, lines: Sequence[ClaimLine], at: datetime) -> None:
    if not lines:
        return
    for line in lines:
        line.clawback = ClawbackState.CLAWED_BACK
    free_lines(session, lines, state=None, reason="clawed-back", at=at)
    tell(AFTER_CLAWBACK, actor, lines, at)
    for line in lines:
        _note(actor, "claim-line.clawed-back", line, at)


def _note(actor: Actor, name: str, line: ClaimLine, at: datetime) -> None:
    trace(
        actor,
        name,
        at=at,
        subject_id=line.id,
        contract_id=line.contract_id,
        enrolment_id=line.enrolment_id,
    )
