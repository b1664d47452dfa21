"""The null models, and each signal on small examples."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import scipy  # type: ignore[import-untyped]  # it loads its parts when they are first asked for

from app.signals.models import SignalKind
from app.signals.rules import (
    all_succeed,
    hurried_ratings,
    late_testimony,
    same_device,
    shared_files,
    threshold_bunching,
)
from app.signals.rules.facts import Case, ErrorFact, ItemFact, RatingFact, TeamFacts
from app.signals.rules.looks import FOUND_AT, NULLS, cases_of, look
from app.signals.rules.null import Null, chance_of
from app.signals.rules.reviews import reviews_of
from app.signals.rules.telling import told_before, told_to_prime_on

DAY = date(2025, 3, 3)
AT = datetime(2025, 3, 3, 10, tzinfo=UTC)
LADDERS = tuple("abcdefgh")
ERRORS = {("open", rater, "en"): ErrorFact(0.4743, frozenset(LADDERS)) for rater in ("participant", "worker")}


def rating(number: int, rater: str = "worker", scores: int | list[int] | None = None, **changes: Any) -> Any:
    given = scores if isinstance(scores, list) else [scores if scores is not None else 3, 4, 5, 4, 3, 4, 5, 6]
    fact = RatingFact(
        record_id=f"r{number:04}{rater}",
        enrolment_id="e1",
        worker_id="w1",
        sitting_id=f"s{number}",
        sitting_kind="review",
        rater=rater,
        instrument_id="open",
        language="en",
        scores=dict(zip(LADDERS, given, strict=True)),
        device_id="d1",
        occurred_on=DAY + timedelta(days=number),
        recorded_at=AT + timedelta(days=number),
        received_on=DAY + timedelta(days=number),
    )
    return fact._replace(**changes)


def item(number: int, kind: str = "third-party-letter", **changes: Any) -> ItemFact:
    fact = ItemFact(f"i{number:04}", f"p{number}", "w1", kind, f"file{number}", DAY, DAY, False)
    return fact._replace(**changes)


def seen(cases: Any) -> list[bool]:
    return [one.seen_on is not None for one in cases]


@pytest.mark.parametrize("kind", SignalKind)
def test_a_chance_is_that_of_an_independent_computation(kind: SignalKind) -> None:
    null = NULLS[kind]
    size = 1 / null.spread - 1
    for cases in (1, 7, 40, 2_500):
        expected = scipy.stats.betabinom(cases, null.mean * size, (1 - null.mean) * size)
        for number in range(int(cases * null.mean) + 1, cases + 1, max(cases // 9, 1)):
            tail = float(expected.pmf(range(number, cases + 1)).sum())
            assert chance_of(number, cases, null) == pytest.approx(tail, rel=1e-6, abs=1e-15)


def test_without_spread_it_is_binomial_and_no_more_than_expected_says_nothing() -> None:
    assert chance_of(9, 20, Null(0.2, 0)) == pytest.approx(scipy.stats.binom(20, 0.2).sf(8), rel=1e-9)
    assert chance_of(3, 3, Null(0.5, 0)) == pytest.approx(1 / 8)
    assert chance_of(0, 0, Null(0.5, 0.1)) == chance_of(2, 20, Null(0.5, 0.1)) == 1


def test_testimony_is_late_after_a_week_and_a_document_never_is() -> None:
    late: dict[str, Any] = {"received_on": DAY + timedelta(days=8)}
    facts = TeamFacts(
        ratings=[rating(0), rating(0, "participant", **late)],
        items=[
            item(1, "worker-observation", sent_sha256=None, **late),
            item(2, "participant-confirmation", **late),  # a letter of theirs
            item(3, **late),
        ],
    )

    assert seen(late_testimony.cases(facts)) == [False, True, True]


def test_a_file_of_another_person_is_seen_once_it_is_used_again() -> None:
    facts = TeamFacts(
        items=[
            item(1),
            item(2, sent_sha256="file1", received_on=DAY + timedelta(days=1)),
            item(3, sent_sha256="file1", person="p1", received_on=DAY + timedelta(days=2)),
            item(4, "attendance-register", sent_sha256="file1"),
            item(5, "worker-observation", sent_sha256=None),
        ]
    )

    assert seen(shared_files.cases(facts)) == [False, True, True]
    alone = TeamFacts(items=[item(1), item(2, sent_sha256="file1", person="p1")])
    assert seen(shared_files.cases(alone)) == [False, False]


def test_a_confirmation_is_beside_the_worker_within_half_an_hour_on_their_device() -> None:
    away: dict[str, Any] = {"kind": "participant-confirmation", "is_away": True}
    facts = TeamFacts(
        items=[
            item(1, **away),
            item(2, **away, beside_minutes=29.0),
            item(3, **away, beside_minutes=31.0),
            item(4, "participant-confirmation", beside_minutes=0.0),  # it never said that it was elsewhere
        ]
    )

    assert seen(same_device.cases(facts)) == [False, True, False]


@pytest.mark.parametrize(
    ("seconds", "device", "own", "theirs", "is_hurried"),
    [
        (39, "d1", [4, 5, 4, 3, 4, 5, 6, 2], None, True),
        (41, "d1", [4, 5, 4, 3, 4, 5, 6, 2], None, False),
        (5, "d2", [4, 5, 4, 3, 4, 5, 6, 2], None, False),
        (300, "d1", [5] * 8, None, True),
        (300, "d1", [3, 4, 5, 4, 3, 4, 5, 6], None, True),  # the very same answers
        (300, "d1", [5, 5, None, None, None, 5, 5, 5], None, False),  # few answers may be alike
    ],
)
def test_a_sitting_is_hurried_when_nobody_can_have_read_it(
    seconds: int, device: str, own: list[Any], theirs: None, is_hurried: bool
) -> None:
    first = rating(0, "participant")
    second = rating(0, "worker", own, device_id=device, recorded_at=AT + timedelta(seconds=seconds))

    assert seen(hurried_ratings.cases(TeamFacts(ratings=[second, first]))) == [is_hurried]


def test_a_review_is_judged_by_the_index_of_both_raters_and_the_first_that_reaches_is_the_last() -> None:
    ratings = [
        rating(number, rater, [3 + rise] * 8, sitting_kind=kind)
        for number, kind, rise in (
            (0, "baseline", 0),
            (100, "review", 1),
            (200, "review", 2),
            (300, "review", 3),
        )
        for rater in ("participant", "worker")
    ]
    facts = TeamFacts(ratings=ratings, errors=ERRORS)
    reviews = reviews_of(facts)

    spread = 0.4743 * 2**0.5
    assert [one.worker_index for one in reviews] == pytest.approx([1 / spread, 2 / spread])
    assert seen(all_succeed.cases(reviews)) == [True]
    assert seen(threshold_bunching.cases(reviews)) == [False, False]  # 2.98: well above
    assert reviews_of(TeamFacts(ratings=ratings)) == []  # nothing is known of the error


def test_just_enough_is_seen() -> None:
    before = [rating(0, rater, [3] * 8, sitting_kind="baseline") for rater in ("participant", "worker")]
    after = [rating(100, rater, [5, 5, 5, 5, 5, 4, 4, 4]) for rater in ("participant", "worker")]
    reviews = reviews_of(TeamFacts(ratings=before + after, errors=ERRORS))

    assert seen(threshold_bunching.cases(reviews)) == [True]


def many(worker: str, seen_count: int, count: int, start: int = 0) -> list[Case]:
    days = [DAY + timedelta(days=start + number % 28) for number in range(count)]
    return [Case(worker, f"{worker}{n}", day, day if n < seen_count else None) for n, day in enumerate(days)]


def test_what_is_told_is_rare_among_a_years_comparisons_and_is_not_told_twice() -> None:
    cases: dict[SignalKind, list[Case]] = {kind: [] for kind in SignalKind}
    cases[SignalKind.LATE_TESTIMONY] = many("w1", 60, 100) + many("w2", 4, 100) + many("w3", 6, 100)
    since, until = DAY - timedelta(days=300), DAY + timedelta(days=60)
    seen_first = look(cases, since=since, until=until, told={})

    (one,) = seen_first.sightings
    assert (one.worker_id, one.seen, one.cases) == ("w1", 60, 100)
    assert seen_first.test_count == 6 * 12 * 4
    assert one.frequency == pytest.approx(one.chance * 288)
    assert one.frequency <= FOUND_AT
    assert len(one.record_ids) == 50
    told = {(one.kind, one.worker_id): until}
    assert look(cases, since=since, until=until, told=told).sightings == ()


def test_a_look_sees_nothing_of_what_came_after_it() -> None:
    cases: dict[SignalKind, list[Case]] = {kind: [] for kind in SignalKind}
    later = DAY + timedelta(days=90)
    cases[SignalKind.ALL_SUCCEED] = [Case("w1", f"r{n}", DAY, later) for n in range(60)]
    since = DAY - timedelta(days=1)

    assert look(cases, since=since, until=DAY + timedelta(days=30), told={}).sightings == ()
    assert len(look(cases, since=since, until=later, told={}).sightings) == 1


def test_a_whole_team_is_told_of_where_no_worker_stands_out() -> None:
    cases: dict[SignalKind, list[Case]] = {kind: [] for kind in SignalKind}
    cases[SignalKind.SHARED_FILE] = [one for n in range(20) for one in many(f"w{n}", 2, 15)]
    (one,) = look(cases, since=DAY - timedelta(days=9), until=DAY + timedelta(days=60), told={}).sightings

    assert (one.worker_id, one.seen, one.cases) == (None, 40, 300)


def test_the_prime_is_told_with_the_answer_or_after_28_days() -> None:
    found = datetime(2025, 3, 3, 2, tzinfo=UTC)

    assert told_to_prime_on(found, None) == date(2025, 3, 31)
    assert told_to_prime_on(found, found + timedelta(days=2)) == date(2025, 3, 5)
    assert found >= told_before(date(2025, 3, 30))
    assert found < told_before(date(2025, 3, 31))


def test_no_facts_have_no_cases() -> None:
    assert not any(cases_of(TeamFacts()).values())
