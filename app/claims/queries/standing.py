"""What the rules of entitlements are told of lines: which numbers are taken, and what was rejected."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.claims.models import Claim, ClaimLine, ClaimLineRecord, LineDecision
from app.core.database import db
from app.entitlements.rules.facts import Refusal, StandingLine
from app.entitlements.rules.standing import Standing, tells_standing
from app.records.rules import london_day


@tells_standing
def tell_standing(participant_ids: Sequence[UUID]) -> Standing:
    """Return the live lines and the rejections of these participants, in three queries."""
    live = (
        db.session()
        .execute(
            select(
                ClaimLine.id,
                ClaimLine.participant_id,
                ClaimLine.rate_code,
                ClaimLine.occurrence,
                ClaimLine.price_pence,
            ).where(ClaimLine.participant_id.in_(participant_ids), ClaimLine.released_at.is_(None))
        )
        .all()
    )
    rejected = (
        db.session()
        .execute(
            select(
                ClaimLine.id,
                ClaimLine.participant_id,
                ClaimLine.rate_code,
                LineDecision.is_curable,
                LineDecision.decided_at,
                Claim.submitted_at,
            )
            .join(LineDecision, LineDecision.line_id == ClaimLine.id)
            .join(Claim, Claim.id == ClaimLine.claim_id)
            .where(ClaimLine.participant_id.in_(participant_ids), ~LineDecision.is_accepted)
        )
        .all()
    )
    roots, used = _roots([row.id for row in live] + [row.id for row in rejected])
    return Standing(
        tuple(
            StandingLine(
                participant_id=row.participant_id,
                rate_code=row.rate_code,
                occurrence=row.occurrence,
                price_pence=row.price_pence,
                root_ids=frozenset(roots[row.id]),
                used_root_ids=frozenset(used[row.id]),
            )
            for row in live
        ),
        tuple(
            Refusal(
                participant_id=row.participant_id,
                rate_code=row.rate_code,
                root_ids=frozenset(roots[row.id]),
                stood_still_days=_days(row.submitted_at, row.decided_at),
                is_curable=bool(row.is_curable),
            )
            for row in rejected
        ),
    )


def _days(since: datetime | None, until: datetime) -> int:
    return (london_day(until) - london_day(since)).days if since else 0


def _roots(line_ids: Sequence[UUID]) -> tuple[dict[UUID, set[UUID]], dict[UUID, set[UUID]]]:
    """Return what each line has used up, and all that it rests on."""
    consumed: dict[UUID, set[UUID]] = defaultdict(set)
    used: dict[UUID, set[UUID]] = defaultdict(set)
    rows = db.session().execute(
        select(ClaimLineRecord.line_id, ClaimLineRecord.root_id, ClaimLineRecord.is_consumed).where(
            ClaimLineRecord.line_id.in_(line_ids)
        )
    )
    for row in rows:
        used[row.line_id].add(row.root_id)
        if row.is_consumed:
            consumed[row.line_id].add(row.root_id)
    return consumed, used
