"""What a sitting admits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.assessments.errors import RaterNotIndependent, SittingDiffers
from app.assessments.models import Rater
from app.core.errors import DomainError, FieldFault, Invalid

FOCUS_LADDERS = 3


@dataclass(frozen=True)
class Ladders:
    """What an instrument asks: its scale, which ladders a worker answers too, and if it was used before."""

    scale_min: int
    scale_max: int
    codes: frozenset[str]
    for_workers: frozenset[str]
    is_frozen: bool = False

    def faults_of(self, rater: Rater, scores: Mapping[str, int | None]) -> list[FieldFault]:
        """Return what is wrong with a rater's scores."""
        asked = self.codes if rater is Rater.PARTICIPANT else self.for_workers
        found: list[FieldFault] = []
        for code, score in scores.items():
            if code not in asked:
                words = "The instrument does not ask this rater about it; leave it out."
                found.append(FieldFault(f"scores.{code}", "unknown-ladder", words))
            elif score is not None and not self.scale_min <= score <= self.scale_max:
                words = f"Choose {self.scale_min} to {self.scale_max}, or null for “I'd rather not say”."
                found.append(FieldFault(f"scores.{code}", "out-of-scale", words))
        return found


@dataclass(frozen=True)
class Given:
    """An assessment that stands in a sitting, or was handed in before in the same batch."""

    enrolment_id: UUID
    instrument_id: UUID
    sitting_kind: str
    rater: Rater
    author_id: UUID | None = None

    @classmethod
    def of(cls, enrolment_id: UUID, detail: Mapping[str, Any], author_id: UUID) -> "Given":
        """Return what a draft's details say."""
        return cls(enrolment_id, detail["instrument_id"], detail["sitting_kind"], detail["rater"], author_id)


def scores_refusal(ladders: Ladders | None, detail: Mapping[str, Any]) -> DomainError | None:
    """Return why an instrument does not take these scores, or None."""
    if ladders is None:
        return Invalid.field("instrument_id", "unknown-instrument", "Choose one from /api/instruments.")
    faults = ladders.faults_of(detail["rater"], detail["scores"])
    return Invalid("Some scores do not fit the instrument.", faults) if faults else None


def sitting_refusal(given: list[Given], mine: Given) -> DomainError | None:
    """Return why a sitting does not take this assessment beside those given, or None."""
    for other in given:
        if other.enrolment_id != mine.enrolment_id:
            return SittingDiffers("Make a new sitting for this person.")
        if (other.instrument_id, other.sitting_kind) != (mine.instrument_id, mine.sitting_kind):
            return SittingDiffers("All raters of a sitting answer the same instrument on the same occasion.")
    return None


def independence_refusal(given: list[Given], mine: Given, deliverers: Collection[UUID]) -> DomainError | None:
    """Return why somebody cannot be the second rater, or None.

    A second rater stands in where the person chose not to rate, so it is nobody who works with the person:
    neither the key worker, nor who rated for the worker, nor who gave support.

    Args:
        given: In the same sitting.
        mine: What the second rater hands in, or the worker's rating.
        deliverers: The key worker, and who gave the person support.
    """
    if mine.rater is Rater.SECOND_RATER and mine.author_id in deliverers:
        return RaterNotIndependent("Ask somebody who does not work with this person to rate.")
    pair = {Rater.WORKER, Rater.SECOND_RATER}
    rivals = {other.author_id for other in given if {other.rater, mine.rater} == pair}
    if mine.author_id in rivals:
        return RaterNotIndependent("The worker's rating and the second one come from two people.")
    return None


def chose_not_to_rate(scores: Mapping[str, int | None]) -> bool:
    """Whether somebody would rather not say on any ladder: an equal answer."""
    return all(score is None for score in scores.values())


def has_both(raters: frozenset[Rater] | set[Rater]) -> bool:
    """Whether a sitting is complete, so that its answers may be seen: the person's, and the worker's."""
    return {Rater.PARTICIPANT, Rater.WORKER} <= raters
