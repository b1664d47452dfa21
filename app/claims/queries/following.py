"""One line in full, and a provider's lines at each step."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select

from app.claims.models import Claim, ClaimLine, ClaimState, Exclusion, LineDecision, LineState
from app.claims.policies import CLAIMS_STAFF
from app.claims.queries.exclusions import ExclusionRow, exclusion_row, select_exclusions
from app.claims.queries.lines import LineRow, line_row, select_lines
from app.claims.queries.parts import parts_of
from app.claims.rules.freeze import line_content, read_in
from app.claims.rules.states import HANDED_IN
from app.contracts.models import Contract
from app.core.database import db
from app.core.errors import NotFound
from app.core.json import canonical
from app.core.languages import spoken
from app.core.permissions import Actor, Role

EXCLUSIONS_MAX = 200


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What an assessor said of a line."""

    is_accepted: bool
    reason: str | None
    words: str | None
    is_curable: bool | None
    decided_at: datetime


@dataclass(frozen=True, kw_only=True)
class FollowedLine:
    """A provider's own line: where it stands, and what was said of it."""

    line: LineRow
    claim_state: ClaimState
    submitted_at: datetime | None
    decision: Decided | None
    cured_by: str | None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which of a provider's lines are asked for: of one contract, in one state, older than one."""

    contract_id: UUID | None = None
    state: LineState | None = None
    before: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class LineView:
    """A line in full: as it was frozen or, in a draft, as it would be."""

    line: LineRow
    claim_state: ClaimState
    content: dict[str, Any]
    is_frozen: bool
    decisions: list[Decided]
    can_decide: bool


def _in_sight(actor: Actor) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = []
    if not actor.roles.isdisjoint(CLAIMS_STAFF):
        ways.append(Contract.prime_id == actor.organisation_id)
    if Role.ASSESSOR in actor.roles:
        handed_in = Claim.state.in_(HANDED_IN) & (ClaimLine.state != LineState.EXCLUDED)
        ways.append((Contract.commissioner_id == actor.organisation_id) & handed_in)
    if Role.MANAGER in actor.roles:
        ways.append(ClaimLine.provider_id == actor.organisation_id)
    return or_(*ways) if ways else false()


def get_line(actor: Actor, line_id: UUID, *, on: date) -> LineView:
    """Return one line in full: to the prime's claims staff, its provider's manager, or the assessor.

    It is said in the actor's language.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    row = db.session().execute(select_lines().where(ClaimLine.id == line_id, _in_sight(actor))).one_or_none()
    if row is None:
        raise NotFound
    line = line_row(row, on=on)
    claim = db.session().get_one(Claim, line.claim_id, populate_existing=True)
    language = spoken(actor.language)
    if line.frozen is not None:
        content = read_in(language, json.loads(line.frozen))
    else:
        parts, records = parts_of(claim, [line.line_id])[line.line_id]
        parts = replace(parts, closes_on=line.closes_on)
        content = json.loads(canonical(line_content(parts, records, language)))
    is_assessor = actor.holds(Role.ASSESSOR, at=claim.contract.commissioner_id)
    return LineView(
        line=line,
        claim_state=claim.state,
        content=content,
        is_frozen=line.frozen is not None,
        decisions=_decisions([line.line_id]).get(line.line_id, []),
        can_decide=is_assessor and line.state is LineState.SUBMITTED,
    )


def _decisions(line_ids: list[UUID]) -> dict[UUID, list[Decided]]:
    rows = db.session().scalars(
        select(LineDecision).where(LineDecision.line_id.in_(line_ids)).order_by(LineDecision.id)
    )
    found: dict[UUID, list[Decided]] = {}
    for row in rows:
        found.setdefault(row.line_id, []).append(
            Decided(
                is_accepted=row.is_accepted,
                reason=row.reason.value if row.reason else None,
                words=row.words,
                is_curable=row.is_curable,
                decided_at=row.decided_at,
            )
        )
    return found


def follow_lines(actor: Actor, wanted: Wanted, *, on: date, limit: int) -> list[FollowedLine]:
    """Return the lines of the actor's own organisation on a day, the newest first, at whatever step."""
    query = select_lines().add_columns(Claim.submitted_at)
    query = query.where(ClaimLine.provider_id == actor.organisation_id)
    if wanted.contract_id is not None:
        query = query.where(ClaimLine.contract_id == wanted.contract_id)
    if wanted.state is not None:
        query = query.where(ClaimLine.state == wanted.state)
    if wanted.before is not None:
        query = query.where(ClaimLine.id < wanted.before)
    rows = db.session().execute(query.order_by(ClaimLine.id.desc()).limit(limit)).all()
    cures = _cures([row.line_id for row in rows if row.state is LineState.REJECTED])
    decisions = _decisions([row.line_id for row in rows])
    found: list[FollowedLine] = []
    for row in rows:
        said = decisions.get(row.line_id, [])
        found.append(
            FollowedLine(
                line=line_row(row, on=on, without=("submitted_at",)),
                claim_state=row.claim_state,
                submitted_at=row.submitted_at,
                decision=said[-1] if said else None,
                cured_by=cures.get(row.line_id),
            )
        )
    return found


def _cures(line_ids: list[UUID]) -> dict[UUID, str]:
    """Return the number of the line that cures each of these, where one does."""
    rows = db.session().execute(
        select_lines().where(ClaimLine.cures_line_id.in_(line_ids), ClaimLine.released_at.is_(None))
    )
    return {row.cures_line_id: line_row(row).label for row in rows}


def follow_exclusions(actor: Actor, *, contract_id: UUID | None) -> list[ExclusionRow]:
    """Return what was left out of claims of the actor's own organisation's lines, the newest first."""
    query = select_exclusions().where(_own_exclusions(actor, contract_id))
    rows = db.session().execute(query.order_by(Claim.id.desc()).limit(EXCLUSIONS_MAX))
    return [exclusion_row(row, spoken(actor.language)) for row in rows]


def _own_exclusions(actor: Actor, contract_id: UUID | None) -> ColumnElement[bool]:
    own = Exclusion.provider_id == actor.organisation_id
    return own if contract_id is None else own & (Exclusion.contract_id == contract_id)
