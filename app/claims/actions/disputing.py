"""What becomes of lines when the person disagrees with a record they rest on: rule 9 of the product."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.audit.actions import trace
from app.claims.actions.releasing import free_lines, note_exclusions
from app.claims.models import Claim, ClaimLine, ClaimLineRecord, ClaimState, LineState
from app.claims.rules.left_out import LeftOutReason, why
from app.core.database import transaction
from app.core.permissions import Actor
from app.disagreements.rules import after_disagreement


@after_disagreement
def note_disagreements(actor: Actor, root_ids: Sequence[UUID], at: datetime) -> None:
    """Let the lines of drafts fall that rest on facts the person has just disagreed with.

    A locked one is unlocked or goes in with a warning. What was submitted stays as it is: nothing is judged
    yet, and it says beside the record that the person disagrees.
    """
    with transaction() as session:
        rows = session.execute(
            select(ClaimLine, Claim)
            .join(Claim, Claim.id == ClaimLine.claim_id)
            .where(
                ClaimLine.released_at.is_(None),
                Claim.state == ClaimState.DRAFT,
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
        disputed = why(LeftOutReason.RECORD_DISPUTED)
        for line, claim in rows:
            free_lines(session, [line], state=LineState.EXCLUDED, reason="disputed", at=at)
            note_exclusions(session, actor, claim, [(line, disputed)], at=at)
            trace(
                actor,
                "claim-line.dropped",
                at=at,
                subject_id=line.id,
                contract_id=line.contract_id,
                enrolment_id=line.enrolment_id,
            )
