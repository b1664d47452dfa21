"""Locking, approving and submitting: each checks every line anew, names what fails and leaves it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.audit.actions import trace
from app.claims import policies
from app.claims.actions.including import AT_ONCE, add_records
from app.claims.actions.releasing import LeftOut, exclude_lines, left_out
from app.claims.errors import ClaimEmpty, ClaimNotInState, NoLineStands, SameHuman
from app.claims.models import Claim, ClaimLine, ClaimLineRecord, LineState
from app.claims.queries.claims import corrected_lines, disputed_lines, get_claim
from app.claims.queries.lines import LineRow
from app.claims.queries.parts import parts_of
from app.claims.queries.people import people_of_lines
from app.claims.rules.freeze import frozen_text
from app.claims.rules.left_out import LeftOutReason
from app.claims.rules.people import clash
from app.claims.rules.states import STEPS
from app.core.database import transaction
from app.core.languages import spoken
from app.core.permissions import Actor, require
from app.entitlements.actions import settle_contract
from app.entitlements.models import Entitlement, EntitlementState
from app.entitlements.rules.window import stood_still_days
from app.jobs.actions import enqueue
from app.participants.models import Participant
from app.records.rules import london_day


@dataclass(frozen=True)
class Step:
    """What a step did: the claim as it stands, what was left out, what rests on a record in doubt."""

    claim: Claim
    left_out: list[LeftOut]
    warnings: list[LineRow]


@dataclass(frozen=True)
class _Checked:
    line: ClaimLine
    entitlement: Entitlement
    person: str

    def out(self, reason: LeftOutReason, **said: Any) -> LeftOut:
        return left_out(
            reason,
            entitlement_id=self.entitlement.id,
            person=self.person,
            rate_code=self.line.rate_code,
            line_id=self.line.id,
            **said,
        )


def lock_claim(actor: Actor, claim_id: UUID, *, at: datetime) -> Step:
    """Check every line once more, freeze those that stand, and ask for their papers.

    Raises:
        NotFound: there is no such claim in sight.
        Forbidden: the actor locks no claims of its prime.
        ClaimNotInState: it is no draft.
        ClaimEmpty: it has no line, or none that stands; nothing has changed.
    """
    settle_contract(get_claim(actor, claim_id).contract_id, at=at)
    with transaction() as session:
        claim = _take(actor, claim_id, "locked", policies.can_lock_claim)
        lines = _lines(session, claim)
        claim.locked_at, claim.locked_by_id = at, actor.user_id
        _refresh(session, lines, london_day(at))
        failing = _failing(lines, london_day(at))
        failing |= _same_human(lines, claim, failing, {"prepared": claim.prepared_by_id})
        _leave_out(session, actor, claim, lines, list(failing.values()), at)
        _freeze(session, claim, [one.line for one in lines if one.line.id not in failing])
        enqueue("render-lines", f"render-lines:{claim.id}", {"claim_id": str(claim.id)}, actor=actor, at=at)
        _note(actor, claim, "locked", failing, at)
    return Step(claim, list(failing.values()), [])


def unlock_claim(actor: Actor, claim_id: UUID, *, at: datetime) -> Step:
    """Open a claim again: nothing is frozen, nobody has approved it, corrected and disputed lines drop.

    Raises:
        NotFound: there is no such claim in sight.
        Forbidden: the actor unlocks no claims of its prime.
        ClaimNotInState: it is neither locked nor approved.
    """
    settle_contract(get_claim(actor, claim_id).contract_id, at=at)
    with transaction() as session:
        claim = _take(actor, claim_id, "unlocked", policies.can_lock_claim)
        lines = _lines(session, claim)
        corrected, disputed = {row.line_id for row in corrected_lines(claim.id)}, disputed_lines(claim.id)
        failing = {
            one.line.id: one.out(
                LeftOutReason.RECORD_DISPUTED if one.line.id in disputed else LeftOutReason.RECORD_CORRECTED
            )
            for one in lines
            if one.line.id in corrected
        }
        if failing:
            _exclude(session, actor, claim, lines, list(failing.values()), at)
        for one in lines:
            one.line.frozen, one.line.frozen_sha256 = None, None
        claim.locked_at = claim.locked_by_id = claim.approved_at = claim.approved_by_id = None
        _note(actor, claim, "unlocked", failing, at)
    return Step(claim, list(failing.values()), [])


def approve_claim(actor: Actor, claim_id: UUID, *, at: datetime) -> Step:
    """Approve a locked claim that somebody else prepared.

    Raises:
        NotFound: there is no such claim in sight.
        Forbidden: the actor approves no claims of its prime.
        ClaimNotInState: it is not locked.
        SameHuman: the actor prepared it.
        ClaimEmpty: it has no line, or none that stands; nothing has changed.
    """
    with transaction() as session:
        claim = _take(actor, claim_id, "approved", policies.can_approve_claim)
        if claim.prepared_by_id == actor.user_id:
            raise SameHuman("You prepared this claim, so somebody else approves it.")
        lines = _lines(session, claim)
        later = {"prepared": claim.prepared_by_id, "approved": actor.user_id}
        failing = _same_human(lines, claim, {}, later)
        _leave_out(session, actor, claim, lines, list(failing.values()), at)
        claim.approved_at, claim.approved_by_id = at, actor.user_id
        _note(actor, claim, "approved", failing, at)
    return Step(claim, list(failing.values()), corrected_lines(claim_id))


def submit_claim(actor: Actor, claim_id: UUID, *, at: datetime) -> Step:
    """Hand an approved claim to the commissioner; nothing of it changes from then on.

    No window has closed since the lock, for it stands still as long as the prime is waited for. Lines that
    rest on a record corrected since then, or with which the person disagrees, go in with a warning.

    Raises:
        NotFound: there is no such claim in sight.
        Forbidden: the actor submits no claims of its prime.
        ClaimNotInState: it is not approved.
        ClaimEmpty: it has no line, or none that stands; nothing has changed.
    """
    with transaction() as session:
        claim = _take(actor, claim_id, "submitted", policies.can_approve_claim)
        lines = _lines(session, claim)
        later = {"prepared": claim.prepared_by_id, "approved": claim.approved_by_id}
        failing = _same_human(lines, claim, {}, later)
        _leave_out(session, actor, claim, lines, list(failing.values()), at)
        session.execute(
            update(ClaimLine)
            .where(ClaimLine.claim_id == claim.id, ClaimLine.state == LineState.INCLUDED)
            .values(state=LineState.SUBMITTED)
            .execution_options(synchronize_session=False)
        )
        claim.submitted_at, claim.submitted_by_id = at, actor.user_id
        _note(actor, claim, "submitted", failing, at)
    return Step(claim, list(failing.values()), corrected_lines(claim_id))


def _take(actor: Actor, claim_id: UUID, step: str, policy: Any) -> Claim:
    claim = get_claim(actor, claim_id, for_update=True)
    require(policy, actor, claim)
    needed, reached = STEPS[step]
    if claim.state not in needed:
        raise ClaimNotInState(claim, " or ".join(sorted(needed)))
    claim.state = reached
    return claim


def _lines(session: Session, claim: Claim) -> list[_Checked]:
    rows = session.execute(
        select(ClaimLine, Entitlement, Participant.reference)
        .join(Entitlement, Entitlement.id == ClaimLine.entitlement_id)
        .join(Participant, Participant.id == ClaimLine.participant_id)
        .where(ClaimLine.claim_id == claim.id, ClaimLine.state == LineState.INCLUDED)
        .order_by(ClaimLine.position)
        .with_for_update(of=ClaimLine)
        .execution_options(populate_existing=True)
    )
    return [_Checked(*row) for row in rows]


def _refresh(session: Session, lines: Sequence[_Checked], today: date) -> None:
    """Bring the lines of a draft up to what was settled a moment ago: price, window, records.

    A window stands still from the day on which the prime put the line in, so it closes as many days later.
    """
    stale: list[_Checked] = []
    used = _used_records(session, [one.line.claim_id for one in lines][:1])
    for one in lines:
        line, owed = one.line, one.entitlement
        if owed.state is not EntitlementState.COMPLETE:
            continue
        line.price_pence, line.provider_share_pence = owed.price_pence, owed.provider_share_pence
        line.claimable_from = owed.claimable_from or line.claimable_from
        put_in = (london_day(line.created_at), today)
        stood_still = stood_still_days([put_in], line.claimable_from)
        line.closes_on = (owed.closes_on or line.closes_on) + timedelta(days=stood_still)
        if used.get(line.id, set()) != set(owed.record_ids):
            stale.append(one)
    if stale:
        ids = [one.line.id for one in stale]
        session.execute(delete(ClaimLineRecord).where(ClaimLineRecord.line_id.in_(ids)))
        add_records(
            session, [one.entitlement for one in stale], {one.entitlement.id: one.line.id for one in stale}
        )
    session.flush()


def _used_records(session: Session, claim_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    rows = session.execute(
        select(ClaimLineRecord.line_id, ClaimLineRecord.record_id)
        .join(ClaimLine, ClaimLine.id == ClaimLineRecord.line_id)
        .where(ClaimLine.claim_id.in_(claim_ids))
    )
    found: dict[UUID, set[str]] = {}
    for row in rows:
        found.setdefault(row.line_id, set()).add(str(row.record_id))
    return found


def _failing(lines: Sequence[_Checked], today: date) -> dict[UUID, LeftOut]:
    """Name the lines whose conditions are no longer met, or whose window has closed."""
    failing: dict[UUID, LeftOut] = {}
    for one in lines:
        if one.entitlement.state is not EntitlementState.COMPLETE:
            unmet = _unmet(one.entitlement)
            failing[one.line.id] = one.out(LeftOutReason.CONDITION_FAILED, conditions=unmet)
        elif one.line.closes_on < today:
            day = one.line.closes_on.isoformat()
            failing[one.line.id] = one.out(LeftOutReason.OUTSIDE_WINDOW, day=day)
    return failing


def _unmet(owed: Entitlement) -> list[dict[str, Any]]:
    """Return the conditions that are not met, each with what its sentence is made of where that is kept."""
    kept = owed.sayings or []
    sayings = kept if len(kept) == len(owed.conditions) else [None] * len(owed.conditions)
    return [
        {"code": one["code"], "condition": one["condition"], "saying": saying}
        for one, saying in zip(owed.conditions, sayings, strict=True)
        if not one["met"]
    ]


def _same_human(
    lines: Sequence[_Checked], claim: Claim, failing: dict[UUID, LeftOut], later: Mapping[str, UUID | None]
) -> dict[UUID, LeftOut]:
    """Name the lines in which one human took two parts, for the whole claim by one query."""
    people = people_of_lines(ClaimLine.claim_id == claim.id)
    found: dict[UUID, LeftOut] = {}
    for one in lines:
        if one.line.id in failing or one.line.id not in people:
            continue
        acts = clash(people[one.line.id], later)
        if acts is not None:
            found[one.line.id] = one.out(LeftOutReason.SAME_HUMAN, acts=list(acts))
    return found


def _leave_out(
    session: Session,
    actor: Actor,
    claim: Claim,
    lines: Sequence[_Checked],
    failing: Sequence[LeftOut],
    at: datetime,
) -> None:
    if not lines:
        raise ClaimEmpty("The claim has no line; add one first.")
    if len(failing) == len(lines):
        raise NoLineStands([one.told(spoken(actor.language)) for one in failing])
    _exclude(session, actor, claim, lines, failing, at)


def _exclude(
    session: Session,
    actor: Actor,
    claim: Claim,
    lines: Sequence[_Checked],
    failing: Sequence[LeftOut],
    at: datetime,
) -> None:
    by_id = {one.line.id: one.line for one in lines}
    named = [(by_id[one.line_id], one.why) for one in failing if one.line_id]
    if named:
        exclude_lines(session, actor, claim, named, at=at)


def _freeze(session: Session, claim: Claim, lines: Sequence[ClaimLine]) -> None:
    session.flush()
    for begin in range(0, len(lines), AT_ONCE):
        part = lines[begin : begin + AT_ONCE]
        contents = parts_of(claim, [line.id for line in part])
        for line in part:
            line.frozen, line.frozen_sha256 = frozen_text(*contents[line.id])
        session.flush()


def _note(actor: Actor, claim: Claim, step: str, failing: dict[UUID, LeftOut], at: datetime) -> None:
    trace(
        actor,
        f"claim.{step}",
        at=at,
        subject_id=claim.id,
        contract_id=claim.contract_id,
        left_out_count=len(failing),
    )
