"""Where each review stood beside the threshold that pays, by either rater.

A review counts where both raters answered the whole calibrated set on every occasion. It is worked out in
floats, for nothing is paid here: the exact arithmetic, and what is paid, lies in `instruments.rules.change`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import sqrt
from typing import Any, NamedTuple

from app.assessments.models import Rater, SittingKind
from app.instruments.rules.measurement import Z_IMPROVED
from app.signals.rules.facts import ErrorFact, RatingFact, TeamFacts

Z = float(Z_IMPROVED)
BASELINES = frozenset({SittingKind.BASELINE.value, SittingKind.SECOND_BASELINE.value})
AFTER = frozenset({SittingKind.REVIEW.value, SittingKind.EXIT.value})
PERSON, WORKER = Rater.PARTICIPANT.value, Rater.WORKER.value


class Review(NamedTuple):
    """One review of one person: by how many standard errors each rater's composite rose."""

    enrolment_id: str
    worker_id: str
    record_id: str
    received_on: date
    person_index: float
    worker_index: float

    @property
    def is_reached(self) -> bool:
        """Whether both raters reached the threshold."""
        return min(self.person_index, self.worker_index) >= Z


class _Rated(NamedTuple):
    mean: float
    key: tuple[str, str, str]
    fact: RatingFact


def reviews_of(facts: TeamFacts) -> list[Review]:
    """Return each person's reviews in their order, up to the first that reached the threshold."""
    by_person: dict[str, list[_Rated]] = defaultdict(list)
    for rating in facts.ratings:
        rated = _rated(rating, facts.errors)
        if rated is not None:
            by_person[rating.enrolment_id].append(rated)
    return [review for ratings in by_person.values() for review in _until_reached(ratings, facts.errors)]


def _rated(rating: RatingFact, errors: Mapping[tuple[str, str, str], ErrorFact]) -> _Rated | None:
    key = (rating.instrument_id, rating.rater, rating.language)
    error = errors.get(key)
    if error is None:
        return None
    scores: list[Any] = list(map(rating.scores.get, error.ladders))
    if None in scores:
        return None
    return _Rated(sum(scores) / len(scores), key, rating)


def _until_reached(
    ratings: Sequence[_Rated], errors: Mapping[tuple[str, str, str], ErrorFact]
) -> Iterator[Review]:
    before: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    looks: dict[str, dict[str, _Rated]] = defaultdict(dict)
    for one in sorted(ratings, key=lambda one: (one.fact.occurred_on, one.fact.record_id)):
        if one.fact.sitting_kind in BASELINES:
            before[one.key].append(one.mean)
        elif one.fact.sitting_kind in AFTER:
            looks[one.fact.sitting_id][one.fact.rater] = one
    for raters in looks.values():
        if not {PERSON, WORKER} <= raters.keys() or any(not before.get(one.key) for one in raters.values()):
            continue
        index = {rater: _index(one, before[one.key], errors[one.key]) for rater, one in raters.items()}
        fact = raters[WORKER].fact
        received_on = max(one.fact.received_on for one in raters.values())
        review = Review(
            fact.enrolment_id, fact.worker_id, fact.record_id, received_on, index[PERSON], index[WORKER]
        )
        yield review
        if review.is_reached:
            return


def _index(after: _Rated, before: Sequence[float], error: ErrorFact) -> float:
    spread = error.sem * sqrt(1 / len(before) + 1)
    return (after.mean - sum(before) / len(before)) / spread
