"""Recording assessments."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from app.assessments.errors import SittingDiffers, SittingRated
from app.assessments.models import Assessment, Rater
from app.assessments.queries import deliverers_of, given_in, ladders_of
from app.assessments.rules import Given, independence_refusal, scores_refusal, sitting_refusal
from app.core.database import joined
from app.core.errors import DomainError
from app.core.permissions import Actor
from app.enrolments.actions import record_facts
from app.enrolments.queries.standing import Standing
from app.enrolments.rules import RECORDABLE
from app.instruments.models import Instrument
from app.records.models import RecordKind
from app.records.rules import Draft, Outcome, Result


def record_assessments(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record raters' answers: one original a rater and sitting; the instrument is frozen by its first use."""
    with joined():
        ladders = ladders_of({draft.detail["instrument_id"] for draft in drafts})
        given = given_in({draft.detail["sitting_id"] for draft in drafts})
        seconds = {draft.enrolment_id for draft in drafts if draft.detail["rater"] is Rater.SECOND_RATER}
        deliverers = deliverers_of(seconds)

        def check(draft: Draft, _standing: Standing) -> DomainError | None:
            mine = Given.of(draft.enrolment_id, draft.detail, actor.user_id)
            others = given[draft.detail["sitting_id"]]
            refusal = scores_refusal(ladders.get(mine.instrument_id), draft.detail)
            refusal = refusal or sitting_refusal(others, mine)
            refusal = refusal or independence_refusal(others, mine, deliverers[draft.enrolment_id])
            if refusal is not None:
                return refusal
            has_answered = mine.rater in {other.rater for other in others}
            if draft.supersedes_id is not None:
                return (
                    None
                    if has_answered
                    else SittingDiffers("A correction stays in its sitting, and its rater's.")
                )
            if has_answered:
                return SittingRated("This rater has answered in this sitting; correct that answer.")
            others.append(mine)
            return None

        outcomes = record_facts(
            actor, RecordKind.ASSESSMENT, Assessment, drafts, at=at, check=check, states=RECORDABLE
        )
        recorded = {outcome.id for outcome in outcomes if outcome.result is Result.RECORDED}
        used = {draft.detail["instrument_id"] for draft in drafts if draft.id in recorded}
        _freeze({instrument_id for instrument_id in used if not ladders[instrument_id].is_frozen}, at)
    return outcomes


def _freeze(instrument_ids: set[UUID], at: datetime) -> None:
    if instrument_ids:
        with joined() as session:
            session.execute(
                update(Instrument)
                .where(Instrument.id.in_(instrument_ids), Instrument.frozen_at.is_(None))
                .values(frozen_at=at)
            )
