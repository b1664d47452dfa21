"""Writing lines and the records they rest on; unique indexes decide who comes first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.claims.actions.releasing import LeftOut, left_out
from app.claims.models import Claim, ClaimLine, ClaimLineRecord, ClawbackState, LineDecision, LineState
from app.claims.rules.left_out import LeftOutReason
from app.core.ids import new_id
from app.core.json import insert_rows
from app.entitlements.models import Entitlement
from app.participants.models import Participant
from app.records.models import Record

AT_ONCE = 1000


def references(session: Session, entitlements: Sequence[Entitlement]) -> dict[UUID, str]:
    """Return the people of entitlements by reference."""
    ids = {one.participant_id for one in entitlements}
    rows = session.execute(select(Participant.id, Participant.reference).where(Participant.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def insert_lines(
    session: Session, claim: Claim, entitlements: Sequence[Entitlement], at: datetime
) -> list[LeftOut]:
    """Insert lines with their records; unique indexes decide, and whoever comes second is left out."""
    position = session.scalar(select(func.max(ClaimLine.position)).where(ClaimLine.claim_id == claim.id)) or 0
    cured = _curable(session, entitlements)
    rows = {
        one.id: _line(claim, one, position + place, cured.get((one.participant_id, one.rate_code)), at)
        for place, one in enumerate(entitlements, 1)
    }
    made = insert_rows(session, ClaimLine, list(rows.values()))
    lines = {one.id: rows[one.id]["id"] for one in entitlements if rows[one.id]["id"] in made}
    fitting = [one for one in entitlements if one.id in lines]
    crowded = add_records(session, fitting, lines)
    _take_back(session, crowded)
    kept = [one.id for one in fitting if lines[one.id] not in crowded]
    session.execute(
        update(Entitlement)
        .where(Entitlement.id.in_(kept))
        .values(is_claimed=True)
        .execution_options(synchronize_session=False)
    )
    lost = [one for one in entitlements if one.id not in kept]
    people = references(session, lost)
    return [
        left_out(
            LeftOutReason.RECORD_USED if one.id in lines else LeftOutReason.ALREADY_CLAIMED,
            entitlement_id=one.id,
            person=people[one.participant_id],
            rate_code=one.rate_code,
        )
        for one in lost
    ]


def _line(
    claim: Claim, entitlement: Entitlement, position: int, cures_line_id: UUID | None, at: datetime
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "contract_id": claim.contract_id,
        "provider_id": entitlement.provider_id,
        "claim_id": claim.id,
        "position": position,
        "entitlement_id": entitlement.id,
        "participant_id": entitlement.participant_id,
        "enrolment_id": entitlement.enrolment_id,
        "rate_id": entitlement.rate_id,
        "rate_code": entitlement.rate_code,
        "occurrence": entitlement.occurrence,
        "price_pence": entitlement.price_pence,
        "provider_share_pence": entitlement.provider_share_pence,
        "claimable_from": entitlement.claimable_from,
        "closes_on": entitlement.closes_on,
        "state": LineState.INCLUDED,
        "clawback": ClawbackState.NONE,
        "created_at": at,
        "cures_line_id": cures_line_id,
    }


def _curable(session: Session, entitlements: Sequence[Entitlement]) -> dict[tuple[UUID, str], UUID]:
    """Return the newest rejected line that can be cured, by person and rate."""
    rows = session.execute(
        select(ClaimLine.id, ClaimLine.participant_id, ClaimLine.rate_code)
        .join(LineDecision, LineDecision.line_id == ClaimLine.id)
        .where(
            ClaimLine.entitlement_id.in_([one.id for one in entitlements]),
            ClaimLine.state == LineState.REJECTED,
            LineDecision.is_curable.is_(True),
        )
        .order_by(ClaimLine.id)
    )
    return {(row.participant_id, row.rate_code): row.id for row in rows}


def add_records(
    session: Session, entitlements: Sequence[Entitlement], lines: Mapping[UUID, UUID]
) -> set[UUID]:
    """Tie lines to the records they rest on, and return the lines whose records others have used up.

    Args:
        session: The transaction's.
        entitlements: What the lines claim.
        lines: The line of each entitlement.
    """
    wanted = [(one, UUID(record_id)) for one in entitlements for record_id in one.record_ids]
    roots = _roots(session, [record_id for _, record_id in wanted])
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "contract_id": one.contract_id,
            "provider_id": one.provider_id,
            "line_id": lines[one.id],
            "rate_code": one.rate_code,
            "record_id": record_id,
            "root_id": roots[record_id],
            "is_consumed": str(roots[record_id]) in one.consumed_root_ids,
        }
        for one, record_id in wanted
    ]
    line_ids = [lines[one.id] for one, _ in wanted]
    made = insert_rows(session, ClaimLineRecord, rows)
    return {line_id for row, line_id in zip(rows, line_ids, strict=True) if row["id"] not in made}


def _roots(session: Session, record_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    found: dict[UUID, UUID] = {}
    for begin in range(0, len(record_ids), AT_ONCE):
        part = record_ids[begin : begin + AT_ONCE]
        rows = session.execute(select(Record.id, Record.root_id).where(Record.id.in_(part)))
        found |= {row[0]: row[1] for row in rows}
    return found


def _take_back(session: Session, line_ids: set[UUID]) -> None:
    if line_ids:
        session.execute(delete(ClaimLineRecord).where(ClaimLineRecord.line_id.in_(line_ids)))
        session.execute(delete(ClaimLine).where(ClaimLine.id.in_(line_ids)))
