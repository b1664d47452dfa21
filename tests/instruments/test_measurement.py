"""The arithmetic of reliable change: the worked values, and what it promises whatever the scores."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.instruments.models import CalibrationSource
from app.instruments.rules.change import (
    Change,
    Rating,
    all_reached,
    change_between,
    has_enough,
    measure,
    reliably_worse,
)
from app.instruments.rules.inputs import CalibrationState, ErrorInputs, inputs_for, state_of
from app.instruments.rules.ladders import Basis, basis_for, ladder_chance
from app.instruments.rules.measurement import (
    CONTEXT,
    Z_HELD,
    Z_IMPROVED,
    detectable_change,
    difference_error,
    least_ladders,
    needed_change,
    rounded,
    standard_error,
    worse_z,
)

LADDERS = tuple("abcdefgh")
DAYS = (date(2026, 1, 5), date(2026, 1, 19), date(2026, 4, 6))
ERROR = ErrorInputs(
    calibration="01",
    instrument="open-ladders",
    instrument_version=1,
    scale_min=0,
    scale_max=10,
    rater="participant",
    language="en",
    ladders=LADDERS,
    sd=Decimal("1.5"),
    r=Decimal("0.9"),
    r_lower=Decimal("0.9"),
    n=200,
    source=CalibrationSource.PUBLISHED,
    reference="The example of our own documents",
    valid_from=date(2026, 1, 1),
)


def rating(day: date, *scores: int | None) -> Rating:
    return Rating(occurred_on=day, scores=dict(zip(LADDERS, scores, strict=False)))


def flat(day: date, score: int) -> Rating:
    return rating(day, *[score] * 8)


def change_of(before: Sequence[Rating], after: Rating, z: Decimal = Z_IMPROVED) -> Change:
    return measure(before, [after], error=ERROR, z=z)


# --- the worked values ---


def test_the_worked_values_come_out() -> None:
    ladder = standard_error(Decimal(2), Decimal("0.8"))
    mean = standard_error(Decimal("1.5"), Decimal("0.9"))
    single, double = (needed_change(difference_error(mean, k, 1), Z_IMPROVED) for k in (1, 2))

    assert round(detectable_change(Decimal("1.03")), 2) == Decimal("2.86")
    assert (round(ladder, 3), round(detectable_change(ladder), 2)) == (Decimal("0.894"), Decimal("2.48"))
    assert (round(mean, 3), round(detectable_change(mean), 2)) == (Decimal("0.474"), Decimal("1.31"))
    assert (round(single, 2), round(double, 2)) == (Decimal("1.50"), Decimal("1.30"))


def test_six_of_eight_are_enough_and_of_three_all() -> None:
    assert [least_ladders(asked) for asked in (8, 3, 1)] == [6, 3, 1]
    assert has_enough(LADDERS[:6], LADDERS)
    assert not has_enough((*LADDERS[:5], "another"), LADDERS)


def test_a_rounded_figure_is_half_up_at_the_fourth_place() -> None:
    assert [rounded(Decimal(value)) for value in ("0.00005", "2.23995", "2.239949")] == [
        Decimal("0.0001"),
        Decimal("2.2400"),
        Decimal("2.2399"),
    ]


@pytest.mark.parametrize(
    ("sd", "r", "used"), [("0", "0.5", 1), ("1", "1", 1), ("1", "-0.1", 1), ("1", "0.5", 2), ("1", "0.5", 0)]
)
def test_inputs_without_sense_are_refused(sd: str, r: str, used: int) -> None:
    with pytest.raises(ValueError, match=r"needs|cannot"):
        standard_error(Decimal(sd), Decimal(r), calibrated=1, used=used)


# --- a change, and what it rests on ---


def test_a_double_baseline_is_averaged_and_counts_for_less_error() -> None:
    change = change_of([flat(DAYS[0], 4), flat(DAYS[1], 5)], flat(DAYS[2], 6))

    assert (change.baseline, change.later, change.change) == (Decimal("4.5"), Decimal(6), Decimal("1.5"))
    assert (change.sdiff, change.needed, change.rci) == (
        Decimal("0.5809"),
        Decimal("1.3013"),
        Decimal("2.5820"),
    )
    assert change.is_reached
    assert not change_of([flat(DAYS[0], 4), flat(DAYS[1], 5)], flat(DAYS[2], 6), Decimal("2.5821")).is_reached


def test_only_what_was_answered_every_time_is_compared() -> None:
    before = [rating(DAYS[0], None, 4, 4, 4, 4, 4, 4, 4), rating(DAYS[1], 9, 4, 4, 4, 4, 4, 4, 4)]
    change = change_of(before, rating(DAYS[2], 9, None, 6, 6, 6, 6, 6, 6))

    assert change.ladders == LADDERS[2:]
    assert change.change == Decimal(2)
    assert change.sem == rounded(standard_error(ERROR.sd, ERROR.r, calibrated=8, used=6))


def test_a_set_is_judged_by_its_own_error_before_a_wider_one() -> None:
    own = replace(ERROR, calibration="02", ladders=LADDERS[:6], sd=Decimal("1.6"))
    newer = replace(own, calibration="03", valid_from=DAYS[1])
    over = replace(own, calibration="04", valid_from=DAYS[1], valid_until=DAYS[1])
    known = [ERROR, newer, over, own]

    assert inputs_for(known, LADDERS[:6], DAYS[0]) == own
    assert inputs_for(known, LADDERS[:6], DAYS[2]) == newer
    assert inputs_for(known, LADDERS[1:7], DAYS[2]) == ERROR
    assert inputs_for(known, [*LADDERS, "another"], DAYS[2]) is None
    assert inputs_for(known, [], DAYS[2]) is None


def test_what_may_pay_goes_before_what_is_only_looked_at_and_measured_before_signed() -> None:
    few = replace(ERROR, calibration="05", source=CalibrationSource.ROUTINE, n=29, valid_from=DAYS[1])
    signed = replace(ERROR, calibration="06", source=CalibrationSource.PROVISIONAL, n=0)
    enough = replace(few, calibration="07", n=30, valid_from=DAYS[0])

    assert inputs_for([few], LADDERS, DAYS[2]) == few
    assert inputs_for([few, signed], LADDERS, DAYS[2]) == signed
    assert inputs_for([few, enough, signed], LADDERS, DAYS[2]) == enough
    assert [state_of(one) for one in (None, few, signed, enough)] == [
        CalibrationState.SHADOW,
        CalibrationState.SHADOW,
        CalibrationState.PROVISIONAL,
        CalibrationState.CALIBRATED,
    ]


def test_a_ladder_left_out_at_the_review_widens_the_error_of_the_set_fixed_before() -> None:
    own = replace(ERROR, calibration="02", ladders=LADDERS[1:])
    before = [rating(DAYS[0], None, *[4] * 7)]
    whole = change_between([ERROR, own], before, [flat(DAYS[2], 6)], z=Z_IMPROVED)
    less = change_between([ERROR, own], before, [rating(DAYS[2], 6, None, *[6] * 6)], z=Z_IMPROVED)

    assert whole is not None
    assert less is not None
    assert (whole.error, less.error) == (own, own)
    assert whole.sem == rounded(standard_error(own.sd, own.r_lower))
    assert less.sem == rounded(standard_error(own.sd, own.r_lower, calibrated=7, used=6))
    assert change_between([], before, [flat(DAYS[2], 6)], z=Z_IMPROVED) is None


def test_a_review_before_its_baseline_and_an_unknown_ladder_are_refused() -> None:
    with pytest.raises(ValueError, match="later than"):
        change_of([flat(DAYS[2], 4)], flat(DAYS[0], 6))
    with pytest.raises(ValueError, match="not known"):
        measure(
            [flat(DAYS[0], 4)],
            [flat(DAYS[2], 4)],
            error=replace(ERROR, ladders=LADDERS[:3]),
            z=Z_HELD,
        )
    with pytest.raises(ValueError, match="needs a rating"):
        change_of([rating(DAYS[0], 4)], rating(DAYS[2], None, 5))


def test_near_the_top_and_the_bottom_nothing_can_be_measured() -> None:
    assert change_of([rating(DAYS[0], 9, 9, 9, 9, 8, 8, 8, 8)], flat(DAYS[2], 10)).is_at_ceiling
    assert not change_of([rating(DAYS[0], 9, 9, 9, 8, 8, 8, 8, 8)], flat(DAYS[2], 10)).is_at_ceiling
    assert change_of([flat(DAYS[0], 1)], flat(DAYS[2], 1)).is_at_floor


def test_a_ladder_is_worse_only_where_both_raters_saw_it_fall() -> None:
    def alone(code: str, after: int) -> Change:
        error = replace(ERROR, ladders=(code,), sd=Decimal(2), r_lower=Decimal("0.8"))
        return measure([flat(DAYS[0], 6)], [flat(DAYS[2], after)], error=error, z=worse_z(8), ladders=[code])

    person = {"a": alone("a", 2), "b": alone("b", 2), "c": alone("c", 3)}
    worker = {"a": alone("a", 1), "b": alone("b", 5), "c": alone("c", 1)}

    assert reliably_worse([person, worker]) == ("a",)
    assert reliably_worse([person]) == ()
    assert [worse_z(count) for count in (1, 8)] == [Decimal("1.9600"), Decimal("2.7344")]


# --- whatever the scores ---

scores = st.lists(st.none() | st.integers(0, 7), min_size=8, max_size=8)
full = st.lists(st.integers(0, 7), min_size=8, max_size=8)


@given(full, full, full, full)
def test_the_order_of_the_raters_does_not_matter(
    a: list[int], b: list[int], c: list[int], d: list[int]
) -> None:
    person = change_of([rating(DAYS[0], *a)], rating(DAYS[2], *b))
    worker = replace(
        change_of([rating(DAYS[0], *c)], rating(DAYS[2], *d)), error=replace(ERROR, rater="worker")
    )

    assert all_reached([person, worker]) == all_reached([worker, person])
    assert all_reached([person, worker]) == (person.is_reached and worker.is_reached)
    assert not all_reached([person, person])
    assert not all_reached([person])


@given(full, full, full, st.integers(0, 3))
def test_adding_a_constant_to_both_occasions_changes_nothing(
    first: list[int], second: list[int], review: list[int], constant: int
) -> None:
    def moved(by: int) -> Change:
        sides = [[score + by for score in side] for side in (first, second, review)]
        return change_of([rating(DAYS[0], *sides[0]), rating(DAYS[1], *sides[1])], rating(DAYS[2], *sides[2]))

    here, there = moved(0), moved(constant)
    assert (here.change, here.rci, here.needed) == (there.change, there.rci, there.needed)
    assert there.baseline == here.baseline + constant


@given(full, full)
def test_worse_never_pays(before: list[int], after: list[int]) -> None:
    lower = [min(pair) for pair in zip(before, after, strict=True)]
    for z in (Z_IMPROVED, Z_HELD):
        assert not change_of([rating(DAYS[0], *before)], rating(DAYS[2], *lower), z).is_reached


@given(st.decimals("0.1", "4", places=3), st.decimals("0", "0.99", places=3), st.integers(1, 8))
def test_fewer_ladders_never_look_surer_than_the_set_that_was_calibrated(
    sd: Decimal, r: Decimal, used: int
) -> None:
    assert standard_error(sd, r, calibrated=8, used=used) >= standard_error(sd, r)


# --- what is frozen is worked out again by a script that knows nothing of Waymark ---

PAGE = (Path(__file__).parents[2] / "docs" / "measurement.md").read_text(encoding="utf-8")
SCRIPT = PAGE.partition("```python\n")[2].partition("```")[0]


@pytest.mark.parametrize("second", [None, (5, 4, 4, 3, 6, 5, 4, 2)])
def test_ten_lines_that_import_nothing_of_ours_work_a_frozen_change_out_again(
    second: tuple[int, ...] | None,
) -> None:
    before = [rating(DAYS[0], 4, 5, None, 3, 6, 4, 4, 2), *([rating(DAYS[1], *second)] if second else [])]
    change = change_of(before, rating(DAYS[2], 6, 6, 7, 5, 7, 6, 6, 4))
    text = json.dumps(change.frozen())
    said = subprocess.run(
        [sys.executable, "-I", "-c", SCRIPT], input=text, capture_output=True, text=True, check=True
    ).stdout.split()

    figures = (change.sem, change.sdiff, change.needed, change.change, change.rci, change.is_reached)
    assert said == [str(figure) for figure in figures]
    assert len([line for line in SCRIPT.splitlines() if line]) == 10


def test_the_band_of_one_ladder_is_its_own_error_or_its_share_of_the_set() -> None:
    example = [ladder_chance(Basis(error=None), [2] * times, 5, tested=8) for times in (1, 2)]
    assert [one.half_width for one in example] == [Decimal("3.4588"), Decimal("2.9954")]
    assert [one.is_sure for one in example] == [False, True]

    shared = basis_for([ERROR], ERROR.ladders[0], on=ERROR.valid_from, today=ERROR.valid_from)
    assert shared.is_shared
    assert shared.sem == CONTEXT.multiply(
        standard_error(ERROR.sd, ERROR.r_lower), CONTEXT.sqrt(Decimal(len(ERROR.ladders)))
    )
    before = ERROR.valid_from - timedelta(days=1)
    assert basis_for([ERROR], ERROR.ladders[0], on=before, today=ERROR.valid_from).state == "shadow"
