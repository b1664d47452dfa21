"""Too quick, or all alike: a sitting in which nobody can have read what was asked."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from app.signals.rules.facts import Case, RatingFact, TeamFacts
from app.signals.rules.null import Null

LEAST_LADDERS = 6
SECONDS_A_LADDER = 5
RATERS = 2
# Some people do answer alike, and some know the ladders by heart: one sitting in twenty.
NULL = Null(mean=0.05, spread=0.05)


def cases(facts: TeamFacts) -> Iterator[Case]:
    """Yield each sitting in which a rater answered six ladders, and whether it was too quick or all alike."""
    sittings: dict[str, list[RatingFact]] = defaultdict(list)
    for rating in facts.ratings:
        sittings[rating.sitting_id].append(rating)
    for ratings in sittings.values():
        if len(ratings) > 1:
            ratings.sort(key=_order)
        answers = [[score for score in one.scores.values() if score is not None] for one in ratings]
        if max(map(len, answers)) >= LEAST_LADDERS:
            last = ratings[-1]
            came = max(one.received_on for one in ratings)
            yield Case(last.worker_id, last.record_id, came, came if _is_hurried(ratings, answers) else None)


def _order(rating: RatingFact) -> tuple[datetime, str]:
    return rating.recorded_at, rating.record_id


def _is_hurried(ratings: Sequence[RatingFact], answers: Sequence[Sequence[int]]) -> bool:
    for given in answers:
        if len(given) >= LEAST_LADDERS and len(set(given)) == 1:
            return True  # one number on every ladder
    if len(ratings) != RATERS:
        return False
    first, second = ratings
    return _is_copied(first, second) or _is_quick(first, second, len(answers[1]))


def _is_copied(first: RatingFact, second: RatingFact) -> bool:
    """Whether both raters gave the same number on every ladder both were asked."""
    both = 0
    for code, score in first.scores.items():
        other = second.scores.get(code)
        if score is None or other is None:
            continue
        if score != other:
            return False  # nearly always the first
        both += 1
    return both >= LEAST_LADDERS


def _is_quick(first: RatingFact, second: RatingFact, answered: int) -> bool:
    """Whether the second rater, on the same device, had under five seconds for each ladder answered."""
    if first.device_id is None or first.device_id != second.device_id or answered < LEAST_LADDERS:
        return False
    return (second.recorded_at - first.recorded_at).total_seconds() < SECONDS_A_LADDER * answered
