"""Which ratings make a pair, and which estimate is gone by."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import numpy as np
import pytest

from app.assessments.models import Rater, SittingKind
from app.calibrations.rules import Design, Estimate, Pair, Rated, chosen, estimate, pairs_of
from app.instruments.rules.agreement import agreement_of

DAY = date(2026, 1, 5)
FIRST = Rated(
    participant_id=UUID(int=1),
    sitting_id=UUID(int=10),
    kind=SittingKind.BASELINE,
    rater=Rater.WORKER,
    language="en",
    author_id=UUID(int=7),
    occurred_on=DAY,
    scores={"a": 3, "b": 4},
)
SECOND = replace(
    FIRST,
    sitting_id=UUID(int=11),
    kind=SittingKind.SECOND_BASELINE,
    occurred_on=DAY + timedelta(days=14),
    scores={"a": 4, "b": 4},
)
REVIEW = replace(FIRST, sitting_id=UUID(int=12), kind=SittingKind.REVIEW, occurred_on=date(2026, 4, 6))
BESIDE = replace(REVIEW, rater=Rater.SECOND_RATER, author_id=UUID(int=8))


def test_two_baselines_of_one_rater_are_a_pair_and_two_raters_of_a_review() -> None:
    found = pairs_of([BESIDE, REVIEW, SECOND, FIRST])

    assert found == {
        (Rater.WORKER, "en", Design.RETEST): [Pair(UUID(int=1), FIRST.scores, SECOND.scores)],
        (Rater.WORKER, "en", Design.TWO_RATERS): [Pair(UUID(int=1), REVIEW.scores, BESIDE.scores)],
        (Rater.SECOND_RATER, "en", Design.TWO_RATERS): [Pair(UUID(int=1), REVIEW.scores, BESIDE.scores)],
    }


@pytest.mark.parametrize(
    "second",
    [
        replace(SECOND, language="cy"),
        replace(SECOND, author_id=UUID(int=8)),
        replace(SECOND, occurred_on=DAY + timedelta(days=6)),
        replace(SECOND, occurred_on=DAY + timedelta(days=29)),
        replace(SECOND, participant_id=UUID(int=2)),
        replace(SECOND, rater=Rater.PARTICIPANT),
        replace(SECOND, kind=SittingKind.REVIEW),
    ],
)
def test_other_language_human_time_person_or_occasion_makes_no_pair(second: Rated) -> None:
    assert pairs_of([FIRST, second]) == {}


def test_a_rater_beside_themselves_is_no_second_rater() -> None:
    assert pairs_of([REVIEW, replace(BESIDE, author_id=REVIEW.author_id)]) == {}


def test_each_person_makes_one_pair_the_first() -> None:
    again = replace(SECOND, sitting_id=UUID(int=13), occurred_on=DAY + timedelta(days=20), scores={"a": 9})
    (pairs,) = pairs_of([again, FIRST, SECOND]).values()

    assert [pair.second for pair in pairs] == [SECOND.scores]


def test_only_who_answered_the_whole_set_twice_counts() -> None:
    chance = np.random.default_rng(2)
    true = chance.integers(1, 8, (20, 2))
    rises = chance.integers(-1, 2, (20, 2))
    pairs = [
        Pair(
            UUID(int=1),
            dict(zip("ab", map(int, one), strict=True)),
            dict(zip("ab", map(int, two), strict=True)),
        )
        for one, two in zip(true, true + rises, strict=True)
    ]
    gap = Pair(UUID(int=2), {"a": 3, "b": None}, {"a": 3, "b": 4})

    found = estimate([*pairs, gap], "ab", Design.RETEST)
    assert found.pairs == 20
    assert found.found == agreement_of(list(zip(true.mean(1), (true + rises).mean(1), strict=True)))
    assert estimate([gap], "a", Design.RETEST).pairs == 1


def test_the_larger_error_of_those_with_enough_pairs_is_gone_by() -> None:
    chance = np.random.default_rng(2)
    true = chance.normal(4, 1.4, (60, 1))
    sure = agreement_of((true + chance.normal(0, 0.3, (60, 2))).tolist())
    unsure = agreement_of((true + chance.normal(0, 0.9, (60, 2))).tolist())
    retest, double = Estimate(Design.RETEST, 60, sure), Estimate(Design.TWO_RATERS, 60, unsure)

    assert chosen([retest, double]) == double
    assert chosen([retest, replace(double, pairs=29)]) == retest
    assert chosen([replace(retest, pairs=5), replace(double, pairs=29)]) == replace(double, pairs=29)
    assert chosen([]) is None
