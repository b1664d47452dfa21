"""Letting lines go: their number and their records are free again, and the provider learns why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.claims.models import Claim, ClaimLine, ClaimLineRecord, Exclusion, LineState
from app.claims.rules.left_out import LeftOutReason, Why, told, why
from app.core.json import insert_rows
from app.core.permissions import Actor
from app.entitlements.actions import note_lines_changed
from app.entitlements.models import Entitlement


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A line, or what would have been one, that a check named and left out."""

    entitlement_id: UUID
    person: str
    rate_code: str
    why: Why
    line_id: UUID | None = None

    @property
    def reason(self) -> str:
        """The code of the reason."""
        return self.why.reason

    def told(self, language: str) -> dict[str, str | None]:
        """Return it as it is sent, with its reason in a language."""
        return {
            "entitlement_id": str(self.entitlement_id),
            "line_id": str(self.line_id) if self.line_id else None,
            "person": self.person,
            "rate_code": self.rate_code,
            "reason": self.reason,
            "words": told(language, self.why),
        }


def left_out(
    reason: LeftOutReason,
    *,
    entitlement_id: UUID,
    person: str,
    rate_code: str,
    line_id: UUID | None = None,
    **said: Any,
) -> LeftOut:
    """Return what a check left out, with its reason; `said` is what the reason's sentence names."""
    return LeftOut(
        entitlement_id=entitlement_id,
        person=person,
        rate_code=rate_code,
        why=why(reason, **said),
        line_id=line_id,
    )


def release_lines(
    session: Session, lines: Sequence[ClaimLine], *, state: LineState, reason: str, at: datetime
) -> None:
    """Free the numbers and records of lines; they stay readable, with why.

    Locks lines first, then their people's enrolments, then entitlements: the order everybody keeps.
    """
    if not lines:
        return
    free_lines(session, lines, state=state, reason=reason, at=at)
    note_lines_changed([line.participant_id for line in lines])
    session.execute(
        update(Entitlement)
        .where(Entitlement.id.in_([line.entitlement_id for line in lines]))
        .values(is_claimed=False)
        .execution_options(synchronize_session=False)
    )


def free_lines(
    session: Session, lines: Sequence[ClaimLine], *, state: LineState | None, reason: str, at: datetime
) -> None:
    """Mark lines and their records as released; of what never went in nothing frozen is left behind."""
    for line in lines:
        line.released_at, line.released_reason = at, reason
        line.state = state or line.state
        if state is LineState.EXCLUDED:
            line.frozen, line.frozen_sha256 = None, None
    session.execute(
        update(ClaimLineRecord)
        .where(ClaimLineRecord.line_id.in_([line.id for line in lines]))
        .values(released_at=at)
        .execution_options(synchronize_session=False)
    )
    session.flush()


def exclude_lines(
    session: Session,
    actor: Actor,
    claim: Claim,
    lines: Sequence[tuple[ClaimLine, Why]],
    *,
    at: datetime,
) -> None:
    """Leave lines out of a claim, each with a reason that its provider sees."""
    release_lines(session, [line for line, _ in lines], state=LineState.EXCLUDED, reason="excluded", at=at)
    note_exclusions(session, actor, claim, lines, at=at)


def note_exclusions(
    session: Session,
    actor: Actor,
    claim: Claim,
    lines: Sequence[tuple[ClaimLine, Why]],
    *,
    at: datetime,
) -> None:
    """Write down why lines were left out; the newest reason stands where one was left out before."""
    ids = [line.entitlement_id for line, _ in lines]
    forget_exclusions(session, claim.id, ids)
    insert_rows(
        session,
        Exclusion,
        [
            {
                "contract_id": claim.contract_id,
                "provider_id": line.provider_id,
                "claim_id": claim.id,
                "entitlement_id": line.entitlement_id,
                "reason": given.reason,
                "words": given.words,
                "said": given.said,
                "excluded_at": at,
                "excluded_by_id": actor.user_id,
            }
            for line, given in lines
        ],
    )


def forget_exclusions(session: Session, claim_id: UUID, entitlement_ids: Sequence[UUID]) -> None:
    """Take away that entitlements were left out of a claim, because they are in it now."""
    session.execute(
        delete(Exclusion)
        .where(Exclusion.claim_id == claim_id, Exclusion.entitlement_id.in_(entitlement_ids))
        .execution_options(synchronize_session=False)
    )
