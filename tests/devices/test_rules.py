"""Numbers of an outbox, the median of its clock, and times that cannot be."""

from datetime import timedelta
from typing import Any

import pytest

from app.core.ids import new_id
from app.core.json import to_wire
from app.devices.rules import (
    GAPS_MAX,
    Doubt,
    Numbers,
    Stamped,
    Told,
    doubtful_clocks,
    is_filled,
    latest_of,
    median_offset,
    note_numbers,
    old_gaps,
)
from tests.builders import NOON

MINUTES = timedelta(minutes=1)


def gaps(numbers: Numbers) -> list[Any]:
    return [(first, last) for first, last, _ in numbers.missing]


@pytest.mark.parametrize(
    ("arrivals", "last", "missing"),
    [
        ([[1, 2, 3]], 3, []),
        ([[3]], 3, [(1, 2)]),
        ([[1], [4]], 4, [(2, 3)]),
        ([[1], [6], [3]], 6, [(2, 2), (4, 5)]),
        ([[6], [1, 3, 5], [2, 4]], 6, []),
        ([[2, 4], [2], [1]], 4, [(3, 3)]),
        ([[0]], 0, []),
    ],
)
def test_what_has_not_arrived_is_known(
    arrivals: list[list[int]], last: int, missing: list[tuple[int, int]]
) -> None:
    numbers = None
    for arrived in arrivals:
        numbers = note_numbers(numbers, arrived, arrived, NOON)

    assert numbers is not None
    assert (numbers.last, gaps(numbers)) == (last, missing)


def test_a_number_that_comes_again_for_another_item_is_counted() -> None:
    first = note_numbers(None, [1, 2, 5], [1, 2, 5], NOON)

    assert note_numbers(first, [2], [], NOON).doubled == 0
    assert note_numbers(first, [3], [3], NOON).doubled == 0
    assert note_numbers(first, [2], [2], NOON).doubled == 1


def test_whoever_counts_nothing_fills_no_table() -> None:
    numbers = note_numbers(None, range(1, 2_000, 3), [], NOON)

    assert len(numbers.missing) == GAPS_MAX
    assert numbers.missing[-1][1] == 1_998


def test_a_gap_is_old_after_two_days() -> None:
    numbers = note_numbers(None, [3], [3], NOON)

    assert old_gaps(numbers.missing, NOON + timedelta(hours=47)) == []
    assert old_gaps(numbers.missing, NOON + timedelta(hours=48)) == [(1, 2, to_wire(NOON))]
    assert not is_filled({"first": 1, "last": 2}, note_numbers(numbers, [1], [1], NOON).missing)
    assert is_filled({"first": 1, "last": 2}, note_numbers(numbers, [1, 2], [1, 2], NOON).missing)


@pytest.mark.parametrize(
    ("offsets", "median"),
    [((None, None, None), None), ((5, None, None), 5), ((900, 0, 1), 1), ((5, 900, None), 5)],
)
def test_one_odd_measurement_of_a_clock_counts_for_nothing(
    offsets: tuple[int | None, ...], median: int | None
) -> None:
    assert median_offset(offsets) == median


LATER = NOON + 60 * MINUTES


def stamp(sequence: int, minutes: int, **changes: Any) -> Stamped:
    return Stamped(new_id(), sequence, NOON + minutes * MINUTES, **changes)


def test_a_clock_that_stepped_back_is_noticed_within_a_batch_and_across() -> None:
    good, back, on = stamp(1, 0), stamp(2, -60), stamp(3, 1)

    assert doubtful_clocks([on, back, good], Told(), LATER) == {back.item_id: Doubt()}
    latest = latest_of([good, back, on], Told(), NOON + 5 * MINUTES)
    told = Told(last_sequence=3, latest_at=latest)
    later = stamp(4, -30)
    assert doubtful_clocks([later, stamp(2, -60), stamp(5, 0)], told, LATER) == {later.item_id: Doubt()}


def test_a_time_before_what_the_device_was_told_cannot_be() -> None:
    told = Told(tellings=((NOON, 7), (NOON - 60 * MINUTES, 2)), last_sequence=5)
    early, waiting, new = stamp(4, -90), stamp(6, -50), stamp(8, -300)

    assert doubtful_clocks([early, waiting, new], told, LATER) == {
        early.item_id: Doubt(30 * 60, NOON - 60 * MINUTES),
        new.item_id: Doubt(300 * 60, NOON),
    }


def test_between_two_times_of_one_wrong_clock_as_much_passed_as_it_says() -> None:
    told = Told(tellings=((NOON, 0),))
    first, second = stamp(1, -9000), stamp(2, -8990)
    set_anew, right = stamp(3, -600), stamp(4, 15)

    found = doubtful_clocks([first, second, set_anew, right], told, LATER)
    assert found == {
        first.item_id: Doubt(9000 * 60, NOON),
        second.item_id: Doubt(9000 * 60, NOON),
        set_anew.item_id: Doubt(600 * 60, NOON),
    }


def test_a_replacement_may_carry_the_time_of_what_it_replaces() -> None:
    told = Told(tellings=((NOON, 7),), last_sequence=7, latest_at=NOON)

    assert doubtful_clocks([stamp(8, -300, is_replacement=True)], told, LATER) == {}


def test_a_clock_that_once_ran_ahead_does_not_mark_everything_after() -> None:
    assert latest_of([stamp(1, 100_000)], Told(), NOON) == NOON
