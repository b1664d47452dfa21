"""One review measured against the baseline: each rater's change, and what both triggers ask of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from app.assessments.models import Rater
from app.entitlements.rules.conditions import also, dated, met, missing
from app.entitlements.rules.facts import Condition, Fixer
from app.entitlements.rules.naming import Named, own_rating, part, rater, sitting_of
from app.entitlements.rules.sittings import Baseline, MeasuredFacts, RatingFact, SittingFact, rated
from app.instruments.rules.change import Change, Rating, change_between, has_enough, ladders_answered
from app.instruments.rules.inputs import LEAST_PAIRS, CalibrationState, ErrorInputs, state_of
from app.instruments.rules.measurement import CONTEXT, composite, least_ladders, rounded

FORMAT = "waymark-measurement-1"
RATINGS_APART_DAYS = 14
PLACES = (Decimal("0.1"), Decimal("0.01"), Decimal("0.0001"))


@dataclass(frozen=True, kw_only=True)
class Side:
    """What one rater saw.

    Attributes:
        answered: The ladders answered every time.
        asked: Those that could have been.
        change: None where too few were answered, or the error is not known.
        nothing: No change at all from the beginning: what it would take is known from it before any review.
        ratings: The answers it rests on, before and after.
        moved: By how many points the composite moved, whether or not the error is known.
        is_comparable: One language throughout.
    """

    rater: Rater
    asked: frozenset[str]
    answered: tuple[str, ...]
    change: Change | None
    nothing: Change | None
    ratings: tuple[RatingFact, ...]
    moved: Decimal | None = None
    is_comparable: bool = True

    @property
    def has_enough(self) -> bool:
        """Whether a composite may be made."""
        return bool(self.asked) and has_enough(self.answered, self.asked)

    @property
    def error(self) -> ErrorInputs | None:
        """The inputs that the change is judged by."""
        known = self.change or self.nothing
        return known.error if known else None


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A review as both raters saw it; where the person chose not to rate, a second rater stands for them."""

    baseline: Baseline
    review: SittingFact | None
    person: Side
    worker: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        """The person's, and the worker's."""
        return self.person, self.worker

    @property
    def state(self) -> CalibrationState:
        """What may rest on it: the weaker of the two raters' calibrations."""
        order = (CalibrationState.SHADOW, CalibrationState.PROVISIONAL, CalibrationState.CALIBRATED)
        return min((state_of(side.error) for side in self.sides), key=order.index)

    @property
    def ratings(self) -> tuple[RatingFact, ...]:
        """All answers that it rests on, oldest first."""
        found = {rating.record_id: rating for side in self.sides for rating in side.ratings}
        return tuple(sorted(found.values(), key=lambda one: (one.occurred_on, one.told_at, one.root_id)))

    @property
    def authors(self) -> frozenset[UUID]:
        """Who recorded them."""
        return frozenset(rating.author_id for rating in self.ratings)

    def frozen(self, worse: Sequence[str] = ()) -> dict[str, Any]:
        """Return the measurement as JSON holds it, with all that it takes to work it out again."""
        return {
            "format": FORMAT,
            "state": self.state.value,
            "route": "focus" if self.baseline.focus else "all-ladders",
            "baseline_locked_on": self.baseline.locked_on.isoformat() if self.baseline.locked_on else None,
            "review_on": self.review.on.isoformat() if self.review else None,
            "raters": [
                {**side.change.frozen(), "asked": len(side.asked), "help": _help(side)}
                for side in self.sides
                if side.change
            ],
            "ladders_worse": list(worse),
        }


def _help(side: Side) -> list[dict[str, str]]:
    return [
        {"occurred_on": rating.occurred_on.isoformat(), "help": rating.help.value} for rating in side.ratings
    ]


def measure_review(
    facts: MeasuredFacts, baseline: Baseline, review: SittingFact | None, z: Decimal
) -> Measured:
    """Return what each rater saw from the baseline to a review (None: what it would take, before any)."""
    person = _side(facts, baseline, review, Rater.PARTICIPANT, z)
    if not person.has_enough:
        second = _side(facts, baseline, review, Rater.SECOND_RATER, z)
        person = second if second.has_enough else person
    return Measured(
        baseline=baseline,
        review=review,
        person=person,
        worker=_side(facts, baseline, review, Rater.WORKER, z),
    )


def _side(
    facts: MeasuredFacts, baseline: Baseline, review: SittingFact | None, rater: Rater, z: Decimal
) -> Side:
    before = rated(baseline.sides, rater)
    after = rated([review], rater) if review else before[-1:]
    first = baseline.first
    asked = frozenset(baseline.focus) or first.instrument.asked.get(rater, frozenset())
    languages = {rating.language for rating in (*before, *after)}
    versions = {sitting.instrument.version for sitting in (*baseline.sides, *([review] if review else ()))}
    is_comparable = len(languages) <= 1 and len(versions) <= 1
    side = Side(
        rater=rater,
        asked=asked,
        answered=(),
        change=None,
        nothing=None,
        ratings=(*before, *(after if review else ())),
        is_comparable=is_comparable,
    )
    if not before or not is_comparable:
        return side
    known = facts.known(first, rater, before[0].language)
    earlier = [_only(rating, asked) for rating in before]
    later = [_only(rating, asked) for rating in after]
    answered = ladders_answered(earlier, later) if later else ()
    has_change = review is not None and has_enough(answered, asked)
    return replace(
        side,
        answered=answered,
        change=change_between(known, earlier, later, z=z) if has_change else None,
        moved=_moved(earlier, later, answered) if has_change else None,
        nothing=change_between(known, earlier, [_unchanged(earlier[-1], review, known)], z=z),
    )


def _unchanged(last: Rating, review: SittingFact | None, known: Sequence[ErrorInputs]) -> Rating:
    """Return the last answers as if they were given again: at the review, or while the newest inputs hold."""
    days = [review.on] if review else [last.occurred_on, *(error.valid_from for error in known)]
    return replace(last, occurred_on=max(days))


def _moved(before: Sequence[Rating], after: Sequence[Rating], ladders: Sequence[str]) -> Decimal:
    earlier, later = (composite([rating.scores for rating in side], ladders) for side in (before, after))
    return rounded(CONTEXT.subtract(later, earlier))


def _only(rating: RatingFact, ladders: Collection[str]) -> Rating:
    """Return the answers to some ladders; one that was not shown is one that was not answered."""
    return Rating(
        occurred_on=rating.occurred_on, scores={code: rating.scores.get(code) for code in sorted(ladders)}
    )


def restricted(rating: RatingFact, ladder: str) -> Rating:
    """Return the answer to a single ladder."""
    return _only(rating, [ladder])


def what_of(sitting: SittingFact) -> Named:
    """Return a sitting as sentences name it: ``review of 6 March 2025``."""
    return sitting_of(sitting.kind, sitting.on)


def review_conditions(facts: MeasuredFacts, measured: Measured) -> list[Condition]:
    """Return whether a review was rated by both, close together, on enough ladders, and what each saw.

    What comes later is said once what comes before is met.
    """
    if measured.review is None:
        return []
    both = rated_condition(measured.review)
    if not both.met:
        return [both]
    found = [both, _close(measured), _enough(facts, measured)]
    if all(condition.met for condition in found):
        sides = (("improved-person", measured.person), ("improved-worker", measured.worker))
        found += [_improved(side.change, side, code) for code, side in sides if side.change is not None]
    return found


def rated_condition(sitting: SittingFact) -> Condition:
    """Return whether the person and the worker have both answered, and who is missing."""
    what = what_of(sitting)
    lacking = next((r for r in (Rater.PARTICIPANT, Rater.WORKER) if sitting.of(r) is None), None)
    ids = [rating.record_id for rating in sitting.ratings]
    if lacking is None:
        return met("both-rated", "both", *ids, whose=own_rating(None), what=what)
    condition = missing(
        "both-rated",
        "rating-missing",
        Fixer.WORKER,
        *ids,
        task="rating-missing",
        whose=own_rating(lacking),
        what=what,
    )
    return dated(condition, sitting.on + timedelta(days=RATINGS_APART_DAYS))


def _close(measured: Measured) -> Condition:
    """Return whether the ratings of the review that are used lie close enough together."""
    review = measured.review
    used = [side.rater for side in measured.sides]
    days = [rating.occurred_on for rating in (review.ratings if review else ()) if rating.rater in used]
    between = (max(days) - min(days)).days if days else 0
    ids = [rating.record_id for rating in (review.ratings if review else ()) if rating.rater in used]
    said: dict[str, Any] = {"days": RATINGS_APART_DAYS, "between": between}
    if between <= RATINGS_APART_DAYS:
        return met("ratings-close", "apart", *ids, **said)
    return missing("ratings-close", "apart", None, *ids, **said)


def _enough(facts: MeasuredFacts, measured: Measured) -> Condition:
    """Return whether each rater answered enough ladders every time, or an independent second rater did."""
    person, worker = measured.sides
    count = max(len(person.asked), len(worker.asked))
    said: dict[str, Any] = {
        "least": least_ladders(count),
        "count": count,
        "person": len(person.answered),
        "worker": len(worker.answered),
    }
    ids = [rating.record_id for rating in measured.ratings]
    if not (person.is_comparable and worker.is_comparable):
        return missing("enough-ladders", "not-comparable", None, *ids, **said)
    if not (person.has_enough and worker.has_enough):
        return missing("enough-ladders", "few-ladders", None, *ids, **said)
    if person.rater is Rater.SECOND_RATER and not _is_independent(facts, measured):
        return missing("enough-ladders", "not-independent", None, *ids, **said)
    return met("enough-ladders", "ladders", *ids, **said)


def _is_independent(facts: MeasuredFacts, measured: Measured) -> bool:
    """Whether the second rater neither works with the person nor rated for the worker."""
    seconds = {rating.author_id for rating in measured.person.ratings}
    workers = {rating.author_id for rating in measured.worker.ratings}
    return seconds.isdisjoint(workers | facts.deliverers)


def _improved(change: Change, side: Side, code: str) -> Condition:
    """Return whether one rater's composite improved by what counts."""
    ids = [rating.record_id for rating in side.ratings]
    moved, needed = _figures(change)
    said: dict[str, Any] = {
        "rater": rater(side.rater),
        "change": moved.lstrip("-"),
        "needed": needed,
    }
    if change.is_reached:
        return met(code, "improved", *ids, **said)
    return missing(code, "fell" if change.change < 0 else "improved", None, *ids, **said)


def _figures(change: Change) -> tuple[str, str]:
    """Return change and needed change with as few decimals as tell whether the one reaches the other."""
    for places in PLACES:
        found, needed = (value.quantize(places, ROUND_HALF_UP) for value in (change.change, change.needed))
        if (found >= needed) == change.is_reached:
            break
    return str(found), str(needed)


def room_condition(measured: Measured) -> Condition:
    """Return whether both began low enough that a change that counts can be measured."""
    known = [change for side in measured.sides if (change := side.change or side.nothing) is not None]
    if not known:
        return met("room-to-improve", "room-open", most=part("below-top"))
    tightest = max(known, key=lambda change: change.baseline + change.needed)
    tenth = PLACES[0]
    said: dict[str, Any] = {
        "began": tightest.baseline.quantize(PLACES[1]),
        "needed": tightest.needed.quantize(PLACES[1]),
        "top": tightest.error.scale_max,
        "most": (tightest.error.scale_max - tightest.needed).quantize(tenth),
    }
    if tightest.is_at_ceiling:
        return missing("room-to-improve", "ceiling", None, **said)
    return met("room-to-improve", "room", **said)


def calibrated_condition(measured: Measured) -> Condition:
    """Return whether the error is known well enough that anything is paid."""
    errors = [side.error for side in measured.sides if side.error is not None]
    n = min((error.n for error in errors), default=0) if len(errors) == len(measured.sides) else 0
    state = measured.state
    if state is CalibrationState.SHADOW:
        shadow = missing("calibrated", "shadow", None, n=n, pairs=LEAST_PAIRS)
        for side in measured.sides:
            if side.moved is not None:
                by = side.moved.quantize(PLACES[0], ROUND_HALF_UP)
                shadow = also(shadow, "moved", rater=rater(side.rater), change=by)
        return shadow
    if state is CalibrationState.CALIBRATED:
        return met("calibrated", "calibrated", n=n, pairs=LEAST_PAIRS)
    ends = [error.valid_until for error in errors if error.valid_until]
    until = min(ends) if ends else part("further-notice")
    return met("calibrated", "provisional", day=until, pairs=LEAST_PAIRS)
