"""The papers of a claim: its schedule as PDF and CSV, from the one selection of lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.audit.actions import trace
from app.claims.models import Claim, ClaimState
from app.claims.queries.claims import get_claim
from app.claims.queries.exclusions import exclusions_of
from app.claims.queries.lines import LineRow, lines_of, sums_of
from app.claims.rules.people import staff_reference
from app.claims.rules.schedule import schedule_csv
from app.core.database import db
from app.core.languages import spoken
from app.core.permissions import Actor
from app.exports.actions.lines import Draws
from app.exports.documents.contents.schedules import LeftOut, ScheduleDocument, ScheduleLine, ScheduleRate
from app.exports.documents.renderer import RenderFailed
from app.exports.documents.words import Words, words_of
from app.exports.errors import DocumentNotDrawn, ScheduleTooLong
from app.exports.queries.lines import ClaimedRate, rates_of
from app.exports.rules.pack import file_name
from app.records.rules import london_day

LINES_ON_DEMAND = 1_000  # a longer schedule takes longer than anybody waits


@dataclass(frozen=True)
class Schedule:
    """A claim's schedule: the table, and the paper that carries it."""

    csv: bytes
    document: ScheduleDocument


def stands_since(claim: Claim) -> datetime:
    """Return since when a claim is as it is: what its papers are dated by, so that they come out the same."""
    moments = (claim.settled_at, claim.submitted_at, claim.approved_at, claim.locked_at)
    return next((moment for moment in moments if moment is not None), claim.created_at)


def schedule_of(claim: Claim, lines: Sequence[LineRow], language: str) -> Schedule:
    """Return a claim's schedule of these lines."""
    words = words_of(language)
    rates = rates_of(claim.id)
    csv = b"".join(schedule_csv(lines))
    document = ScheduleDocument(
        reference=claim.label,
        number=claim.number,
        month=claim.month,
        contract=f"{claim.contract.code}, {claim.contract.title}",
        prime=claim.contract.prime.name,
        commissioner=claim.contract.commissioner.name if claim.contract.commissioner else "",
        card=_cards(rates, words),
        state=words(f"frozen.state-{claim.state.value}"),
        locked_by=staff_reference(claim.contract_id, claim.locked_by_id) if claim.locked_by_id else "",
        locked_at=None if claim.state is ClaimState.DRAFT else claim.locked_at,
        approved_by=staff_reference(claim.contract_id, claim.approved_by_id) if claim.approved_by_id else "",
        approved_at=claim.approved_at,
        rates=_rates(rates),
        lines=tuple(_line(row) for row in lines),
        left_out=tuple(
            LeftOut(person=row.person, rate_code=row.rate_code, provider=row.provider, why=row.words)
            for row in exclusions_of(claim.id, language)
        ),
        source=csv,
    )
    return Schedule(csv, document)


def _cards(rates: Sequence[ClaimedRate], words: Words) -> str:
    said = [words("frozen.card", title=rate.card, version=rate.card_version) for rate in rates]
    return "; ".join(dict.fromkeys(said)) or words("none")


def _rates(rates: Sequence[ClaimedRate]) -> tuple[ScheduleRate, ...]:
    """Return each code once: two cards may share one."""
    titles = {rate.code: rate.title for rate in reversed(rates)}
    return tuple(ScheduleRate(code=code, title=titles[code]) for code in dict.fromkeys(r.code for r in rates))


def _line(row: LineRow) -> ScheduleLine:
    return ScheduleLine(
        number=row.number,
        person=row.person,
        provider=row.provider,
        rate_code=row.rate_code,
        claimable_from=row.claimable_from,
        closes_on=row.closes_on,
        record_sha256=row.frozen_sha256 or "",
        amount_pence=row.price_pence,
        provider_pence=row.provider_share_pence,
        verified_outside=row.verified_outside,
    )


def print_schedule(actor: Actor, claim_id: UUID, renderer: Draws, *, at: datetime) -> tuple[str, bytes]:
    """Return a claim's schedule as PDF, in the actor's language, with the name of its file.

    Raises:
        NotFound: the actor can see no such claim.
        ScheduleTooLong: it is drawn in a pack only.
        DocumentNotDrawn: it could not be drawn within the limits.
    """
    claim = get_claim(actor, claim_id)
    if sums_of(claim.id).line_count > LINES_ON_DEMAND:
        raise ScheduleTooLong
    language = spoken(actor.language)
    schedule = schedule_of(claim, list(lines_of(claim.id, on=london_day(at))), language)
    trace(
        actor,
        "claim-schedule.read",
        at=at,
        subject_id=claim.id,
        contract_id=claim.contract_id,
        count=len(schedule.document.lines),
    )
    made_at = stands_since(claim)
    db.session().rollback()  # nothing is held while the page is drawn
    try:
        pdf = renderer.pdf(schedule.document, language, created_at=made_at)
    except RenderFailed as error:
        raise DocumentNotDrawn from error
    return f"claim-schedule-{file_name(schedule.document.reference)}.pdf", pdf
