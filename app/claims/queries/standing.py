"""What the rules of entitlements are told of lines: which numbers are taken, and what was rejected."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select

from app.claims.models import ClaimLine, ClaimLineRecord, LineDecision
from app.core.database import db
from app.entitlements.rules.facts import Refusal, StandingLine, Wait
from app.entitlements.rules.standing import Standing, tells_standing
from app.records.rules import london_day


@tells_standing
def tell_standing(participant_ids: Sequence[UUID]) -> Standing:
    """Return the live lines of these participants, the rejections and the waits, in three queries."""
    live, over = _live(participant_ids), _over(participant_ids)
    roots, used = _roots([row.id for row in live] + [row.id for row in over])
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
                is_curable=bool(row.is_curable),
            )
            for row in over
            if row.is_accepted is False
        ),
        tuple(
            Wait(
                participant_id=row.participant_id,
                rate_code=row.rate_code,
                root_ids=frozenset(roots[row.id]),
                since=london_day(row.created_at),
                until=london_day(min(row.released_at, row.decided_at or row.released_at)),
            )
            for row in over
        ),
    )


def _live(participant_ids: Sequence[UUID]) -> Sequence[Row[UUID, UUID, str, int, int]]:
    """Return the lines that hold their numbers."""
    columns = (ClaimLine.id, ClaimLine.participant_id, ClaimLine.rate_code, ClaimLine.occurrence)
    query = select(*columns, ClaimLine.price_pence)
    theirs = ClaimLine.participant_id.in_(participant_ids)
    return db.session().execute(query.where(theirs, ClaimLine.released_at.is_(None))).all()


def _over(
    participant_ids: Sequence[UUID],
) -> Sequence[Row[UUID, UUID, str, datetime, datetime | None, bool, bool | None, datetime]]:
    """Return the lines that were let go of, with what was decided of them."""
    query = select(
        ClaimLine.id,
        ClaimLine.participant_id,
        ClaimLine.rate_code,
        ClaimLine.created_at,
        ClaimLine.released_at,
        LineDecision.is_accepted,
        LineDecision.is_curable,
        LineDecision.decided_at,
    ).outerjoin(LineDecision, LineDecision.line_id == ClaimLine.id)
    theirs = ClaimLine.participant_id.in_(participant_ids)
    return db.session().execute(query.where(theirs, ClaimLine.released_at.is_not(None))).all()


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
