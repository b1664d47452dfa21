"""Which ratings make a pair, what pairs say, and in which state an instrument stands with a rater."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.assessments.models import Rater, SittingKind
from app.instruments.models import CalibrationSource
from app.instruments.rules.agreement import Agreement, Interval, agreement_of
from app.instruments.rules.inputs import LEAST_PAIRS
from app.instruments.rules.measurement import rounded
from app.instruments.rules.signing import NewInputs

RETEST_DAYS = range(7, 29)  # from the baseline to the second one


class Design(StrEnum):
    """How a pair came about."""

    RETEST = "retest"  # one rater, baseline and second baseline
    TWO_RATERS = "two-raters"  # worker and second rater, one review


@dataclass(frozen=True, kw_only=True)
class Rated:
    """One assessment that stands, as far as calibration looks at it."""

    participant_id: UUID
    sitting_id: UUID
    kind: SittingKind
    rater: Rater
    language: str
    author_id: UUID
    occurred_on: date
    scores: Mapping[str, int | None]


@dataclass(frozen=True)
class Pair:
    """Two ratings that would be alike if nothing wobbled, by ladder."""

    participant_id: UUID
    first: Mapping[str, int | None]
    second: Mapping[str, int | None]


@dataclass(frozen=True)
class Estimate:
    """What the pairs of one design say; `found` is None where they say nothing yet."""

    design: Design
    pairs: int
    found: Agreement | None


def pairs_of(rated: Iterable[Rated]) -> dict[tuple[Rater, str, Design], list[Pair]]:
    """Return the pairs by rater, language and design; each person makes one of each, their first.

    Args:
        rated: Assessments of one instrument that stand.
    """
    by_person: dict[UUID, list[Rated]] = defaultdict(list)
    for one in sorted(rated, key=lambda one: (one.occurred_on, one.sitting_id)):
        by_person[one.participant_id].append(one)
    found: dict[tuple[Rater, str, Design], list[Pair]] = defaultdict(list)
    for theirs in by_person.values():
        for key, pair in _own_pairs(theirs).items():
            found[key].append(pair)
    return found


def _own_pairs(theirs: list[Rated]) -> dict[tuple[Rater, str, Design], Pair]:
    own: dict[tuple[Rater, str, Design], Pair] = {}
    for first in theirs:
        for second in theirs:
            for key in _keys(first, second):
                own.setdefault(key, Pair(first.participant_id, first.scores, second.scores))
    return own


def _keys(first: Rated, second: Rated) -> list[tuple[Rater, str, Design]]:
    """Return as what two ratings of one person are a pair."""
    if first.language != second.language:
        return []
    if _is_retest(first, second):
        return [(first.rater, first.language, Design.RETEST)]
    if _is_double(first, second):
        return [(rater, first.language, Design.TWO_RATERS) for rater in (first.rater, second.rater)]
    return []


def _is_retest(first: Rated, second: Rated) -> bool:
    kinds = (first.kind, second.kind)
    if first.rater is not second.rater or kinds != (SittingKind.BASELINE, SittingKind.SECOND_BASELINE):
        return False
    is_same_human = first.rater is Rater.PARTICIPANT or first.author_id == second.author_id
    return is_same_human and (second.occurred_on - first.occurred_on).days in RETEST_DAYS


def _is_double(first: Rated, second: Rated) -> bool:
    return (
        first.sitting_id == second.sitting_id
        and first.kind is SittingKind.REVIEW
        and (first.rater, second.rater) == (Rater.WORKER, Rater.SECOND_RATER)
        and first.author_id != second.author_id
    )


def estimate(pairs: Iterable[Pair], ladders: Iterable[str], design: Design) -> Estimate:
    """Return what pairs say of the composite over a set of ladders, by whoever answered all of it twice."""
    codes = list(ladders)
    table: list[tuple[float, float]] = []
    for pair in pairs:
        sides = [[side.get(code) for code in codes] for side in (pair.first, pair.second)]
        first, second = ([score for score in side if score is not None] for side in sides)
        if codes and len(first) == len(second) == len(codes):
            table.append((sum(first) / len(codes), sum(second) / len(codes)))
    return Estimate(design, len(table), agreement_of(table))


def chosen(estimates: Iterable[Estimate]) -> Estimate | None:
    """Return the estimate to go by: of those with enough pairs the one with the larger error.

    Where none has enough, the one with most pairs; None where there is none.
    """
    known = list(estimates)
    enough = [one for one in known if one.pairs >= LEAST_PAIRS and one.found is not None]
    if enough:
        return max(enough, key=lambda one: one.found.sem if one.found else 0.0)
    return max(known, key=lambda one: one.pairs, default=None)


@dataclass(frozen=True, kw_only=True)
class Named:
    """Whose error is asked for, as it was asked; the whole set of ladders where none is named."""

    instrument_id: UUID
    rater: Rater
    language: str
    ladders: Sequence[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What an error belongs to."""

    instrument_id: UUID
    rater: Rater
    language: str
    ladders: tuple[str, ...]


def routine_inputs(subject: Subject, one: Estimate, found: Agreement, today: date) -> NewInputs:
    """Return an estimate as inputs to be signed, each figure rounded once."""
    lower = max(Decimal(0), _figure(found.agreement.lower_limit))
    return NewInputs(
        instrument_id=subject.instrument_id,
        rater=subject.rater.value,
        language=subject.language,
        ladders=subject.ladders,
        source=CalibrationSource.ROUTINE,
        sd=_figure(found.sd),
        r=max(lower, _figure(found.agreement.value)),
        r_lower=lower,
        n=one.pairs,
        reference=f"Pairs of ratings ({one.design.value}) up to {today.isoformat()}, ICC(A,1)",
        valid_from=today,
        workings=workings(one, found),
    )


def workings(one: Estimate, found: Agreement) -> dict[str, Any]:
    """Return what an estimate found, as it is kept beside the inputs."""
    return {
        "design": one.design.value,
        "n": one.pairs,
        "sd": str(_figure(found.sd)),
        "drift": str(_figure(found.drift)),
        "sem": str(_figure(found.sem)),
        "icc_a1": _interval(found.agreement),
        "icc_c1": _interval(found.consistency),
    }


def _interval(interval: Interval) -> dict[str, str]:
    return {
        "value": str(_figure(interval.value)),
        "low": str(_figure(interval.low)),
        "high": str(_figure(interval.high)),
        "lower_limit": str(_figure(interval.lower_limit)),
    }


def _figure(value: float) -> Decimal:
    return rounded(Decimal(value))
