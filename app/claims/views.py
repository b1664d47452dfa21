"""Claims, their lines, and what is decided about them."""

from collections.abc import Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from flask import Response, stream_with_context
from flask_smorest import Blueprint

from app.audit.actions import trace
from app.claims import policies
from app.claims.actions import (  # corrections and disagreements register
    correcting,  # noqa: F401
    deciding,
    disputing,  # noqa: F401
    drafting,
    locking,
)
from app.claims.actions.locking import Step
from app.claims.actions.releasing import LeftOut
from app.claims.models import Claim, LineState
from app.claims.queries import standing  # noqa: F401 - tells the rules of lines
from app.claims.queries.claims import get_claim, list_claims, view_of
from app.claims.queries.exclusions import ExclusionRow, exclusions_of
from app.claims.queries.following import LineView, Wanted, follow_exclusions, follow_lines, get_line
from app.claims.queries.lines import LineRow, lines_of
from app.claims.rules.schedule import schedule_csv
from app.claims.rules.states import submit_by
from app.claims.schemas.asked import (
    ClaimDraftSchema,
    ClaimsQuerySchema,
    ContestSchema,
    DecisionDraftSchema,
    ExclusionDraftSchema,
    LinesQuerySchema,
    LinesToAddSchema,
    PageQuerySchema,
)
from app.claims.schemas.claims import (
    ClaimLineListSchema,
    ClaimListSchema,
    ClaimSchema,
    ClaimStepSchema,
    ExclusionSchema,
    LinesAddedSchema,
)
from app.claims.schemas.lines import FollowedLinesSchema, LineViewSchema
from app.core.database import reading
from app.core.errors import Forbidden, Invalid
from app.core.languages import spoken
from app.core.paging import PAGE_SIZE, decode_cursor, encode_cursor, id_after
from app.core.permissions import Actor, Role, require
from app.core.web import current_actor, now, require_no_query
from app.records.rules import london_day

POSITION_DIGITS_MAX = 9
BEGIN_AGAIN = "Leave `after` out to begin at the first page."

blueprint = Blueprint("claims", __name__, url_prefix="/api", description="Claims, lines and decisions")


@blueprint.get("/claims")
@blueprint.arguments(ClaimsQuerySchema, location="query")
@blueprint.response(200, ClaimListSchema)
def show_claims(query: dict[str, Any]) -> dict[str, Any]:
    """List the claims of your contracts, the newest first."""
    return _claims(current_actor(), query)


@blueprint.post("/claims")
@blueprint.arguments(ClaimDraftSchema)
@blueprint.response(201, ClaimSchema)
def draft_claim(values: dict[str, Any]) -> dict[str, Any]:
    """Begin a claim for a month; its number is the month's next."""
    require_no_query()
    actor = current_actor()
    return _claim(actor, drafting.draft_claim(actor, values["contract_id"], values["month"], at=now()))


@blueprint.get("/claims/<uuid:claim_id>")
@blueprint.response(200, ClaimSchema)
def show_claim(claim_id: UUID) -> dict[str, Any]:
    """Show a claim: its three figures, its first lines, what was left out."""
    require_no_query()
    actor = current_actor()
    return _claim(actor, get_claim(actor, claim_id))


@blueprint.get("/claims/<uuid:claim_id>/lines")
@blueprint.arguments(PageQuerySchema, location="query")
@blueprint.response(200, ClaimLineListSchema)
def show_claim_lines(query: dict[str, Any], claim_id: UUID) -> dict[str, Any]:
    """List a claim's lines in the order of their numbers."""
    actor = current_actor()
    with reading():
        claim = get_claim(actor, claim_id)
        page = _lines(claim.id, query["limit"], query["after"], query["state"])
        _note_list(actor, claim, page["count"])
    return page


@blueprint.post("/claims/<uuid:claim_id>/lines")
@blueprint.arguments(LinesToAddSchema)
@blueprint.response(200, LinesAddedSchema)
def add_lines(values: dict[str, Any], claim_id: UUID) -> dict[str, Any]:
    """Put what is claimable into a draft; what cannot go in is named, with why."""
    require_no_query()
    actor = current_actor()
    added = drafting.add_lines(actor, claim_id, values["entitlement_ids"], at=now())
    return {"added_count": added.added_count, "left_out": _told(actor, added.left_out)}


@blueprint.delete("/claims/<uuid:claim_id>/lines/<uuid:line_id>")
@blueprint.arguments(ExclusionDraftSchema)
@blueprint.response(204)
def exclude_line(values: dict[str, Any], claim_id: UUID, line_id: UUID) -> None:
    """Leave a line out of a draft, with a reason that its provider sees and may contest."""
    require_no_query()
    drafting.exclude_line(current_actor(), claim_id, line_id, values["reason"], values["words"], at=now())


@blueprint.post("/claims/<uuid:claim_id>/lock")
@blueprint.response(200, ClaimStepSchema)
def lock_claim(claim_id: UUID) -> dict[str, Any]:
    """Check every line once more and freeze those that stand."""
    require_no_query()
    return _step(locking.lock_claim(current_actor(), claim_id, at=now()))


@blueprint.post("/claims/<uuid:claim_id>/unlock")
@blueprint.response(200, ClaimStepSchema)
def unlock_claim(claim_id: UUID) -> dict[str, Any]:
    """Open a locked or approved claim again; lines that rest on a corrected record drop out."""
    require_no_query()
    return _step(locking.unlock_claim(current_actor(), claim_id, at=now()))


@blueprint.post("/claims/<uuid:claim_id>/approval")
@blueprint.response(200, ClaimStepSchema)
def approve_claim(claim_id: UUID) -> dict[str, Any]:
    """Approve a locked claim that somebody else prepared."""
    require_no_query()
    return _step(locking.approve_claim(current_actor(), claim_id, at=now()))


@blueprint.post("/claims/<uuid:claim_id>/submission")
@blueprint.response(200, ClaimStepSchema)
def submit_claim(claim_id: UUID) -> dict[str, Any]:
    """Hand an approved claim to the commissioner.

    `warnings` name the lines that rest on a record corrected since the lock.
    """
    require_no_query()
    return _step(locking.submit_claim(current_actor(), claim_id, at=now()))


@blueprint.get("/claims/<uuid:claim_id>/schedule.csv")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="text/csv")
def show_schedule(claim_id: UUID) -> Response:
    """Send the claim's schedule as CSV, streamed."""
    require_no_query()
    actor = current_actor()
    with reading():
        claim = get_claim(actor, claim_id)
        label = claim.label
        trace(actor, "schedule.exported", at=now(), subject_id=claim.id, contract_id=claim.contract_id)
    # The first piece is made before the answer begins, so that a fault is still an honest 500.
    pieces = schedule_csv(lines_of(claim_id, on=london_day(now())))
    body = stream_with_context(chain([next(pieces)], pieces))
    response = Response(body, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{label}-schedule.csv"'
    return response


@blueprint.get("/assess/claims")
@blueprint.arguments(ClaimsQuerySchema, location="query")
@blueprint.response(200, ClaimListSchema)
def show_claims_to_assess(query: dict[str, Any]) -> dict[str, Any]:
    """List the claims that were handed in, the newest first, with how many lines wait for a decision."""
    actor = current_actor()
    if Role.ASSESSOR not in actor.roles:
        raise Forbidden(f"Your role here does not allow this. Who may: {policies.can_decide_line.__doc__}")
    return _claims(actor, query)


@blueprint.get("/claim-lines/<uuid:line_id>")
@blueprint.response(200, LineViewSchema)
def show_claim_line(line_id: UUID) -> LineView:
    """Show a line in full: each condition, the records that meet it with their three times, the evidence."""
    require_no_query()
    actor = current_actor()
    with reading():
        view = get_line(actor, line_id, on=london_day(now()))
        trace(
            actor,
            "claim-line.read",
            at=now(),
            subject_id=line_id,
            contract_id=view.line.contract_id,
            enrolment_id=view.line.enrolment_id,
        )
    return view


@blueprint.post("/claim-lines/<uuid:line_id>/decision")
@blueprint.arguments(DecisionDraftSchema)
@blueprint.response(200, LineViewSchema)
def decide_line(values: dict[str, Any], line_id: UUID) -> LineView:
    """Accept a submitted line, or reject it with a reason, words, and whether it can be cured."""
    require_no_query()
    actor = current_actor()
    if values["accepted"]:
        deciding.accept_line(actor, line_id, at=now())
    else:
        deciding.reject_line(
            actor,
            line_id,
            reason=values["reason"],
            words=values["words"],
            is_curable=values["curable"],
            at=now(),
        )
    return get_line(actor, line_id, on=london_day(now()))


@blueprint.get("/lines")
@blueprint.arguments(LinesQuerySchema, location="query")
@blueprint.response(200, FollowedLinesSchema)
def show_lines(query: dict[str, Any]) -> dict[str, Any]:
    """List your organisation's own lines at each step, and what was left out of claims with the reason."""
    actor = current_actor()
    require(policies.can_follow_lines, actor)
    before = id_after(query["after"])
    with reading():
        found = follow_lines(
            actor,
            Wanted(contract_id=query["contract_id"], state=query["state"], before=before),
            on=london_day(now()),
            limit=query["limit"] + 1,
        )
        exclusions = [] if before else follow_exclusions(actor, contract_id=query["contract_id"])
        trace(actor, "claim-lines.listed", at=now(), count=min(len(found), query["limit"]))
    items = found[: query["limit"]]
    more = encode_cursor(items[-1].line.line_id) if len(found) > len(items) else None
    return {"items": items, "next": more, "count": len(items), "exclusions": exclusions}


@blueprint.post("/exclusions/<uuid:exclusion_id>/contest")
@blueprint.arguments(ContestSchema)
@blueprint.response(200, ExclusionSchema)
def contest_exclusion(values: dict[str, Any], exclusion_id: UUID) -> ExclusionRow:
    """Say why a line should not have been left out, while the claim is a draft."""
    require_no_query()
    actor = current_actor()
    exclusion = drafting.contest_exclusion(actor, exclusion_id, values["words"], at=now())
    found = exclusions_of(exclusion.claim_id, spoken(actor.language))
    return next(row for row in found if row.id == exclusion_id)


def _claims(actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    limit = query["limit"]
    found = list_claims(
        actor, contract_id=query["contract_id"], before=id_after(query["after"]), limit=limit + 1
    )
    items = found[:limit]
    more = encode_cursor(items[-1].id) if len(found) > limit else None
    return {"items": items, "next": more, "count": len(items)}


def _claim(actor: Actor, claim: Claim) -> dict[str, Any]:
    with reading():
        view = view_of(actor, claim)
        page = _lines(claim.id, PAGE_SIZE, None)
        _note_list(actor, claim, page["count"])
        is_prime = actor.organisation_id == claim.contract.prime_id
        return {
            **vars(view),
            "submit_by": submit_by(claim.month, claim.contract.claim_day),
            "lines": page,
            "exclusions": exclusions_of(claim.id, spoken(actor.language)) if is_prime else [],
            "warnings": view.corrected,
        }


def _step(step: Step) -> dict[str, Any]:
    actor = current_actor()
    claim = _claim(actor, step.claim)
    warnings = step.warnings or claim["warnings"]
    return {"claim": {**claim, "warnings": warnings}, "left_out": _told(actor, step.left_out)}


def _told(actor: Actor, left_out: Sequence[LeftOut]) -> list[dict[str, str | None]]:
    """Return what was left out with its reasons in the actor's language."""
    return [one.told(spoken(actor.language)) for one in left_out]


def _lines(claim_id: UUID, limit: int, after: str | None, state: LineState | None = None) -> dict[str, Any]:
    after_position = 0
    if after is not None:
        key = decode_cursor(after, 1)[0]
        if not key.isdecimal() or len(key) > POSITION_DIGITS_MAX:
            raise Invalid.field("after", "cursor-unknown", BEGIN_AGAIN)
        after_position = int(key)
    found: Sequence[LineRow] = list(
        lines_of(claim_id, on=london_day(now()), state=state, after_position=after_position, limit=limit + 1)
    )
    items = found[:limit]
    more = encode_cursor(items[-1].position) if len(found) > limit else None
    return {"items": items, "next": more, "count": len(items)}


def _note_list(actor: Actor, claim: Claim, count: int) -> None:
    trace(
        actor,
        "claim-lines.listed",
        at=now(),
        subject_id=claim.id,
        contract_id=claim.contract_id,
        count=count,
    )


BLUEPRINTS = (blueprint,)
