"""Paying for change: every condition said in words, worked values, and what no order or relapse alters."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import sqrt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessments.models import Rater, SittingKind
from app.enrolments.rules import Clock
from app.entitlements.models import EntitlementState
from app.entitlements.rules.evaluate import evaluate
from app.entitlements.rules.facts import Owed, PersonFacts, SpellFact, StandingLine, Verified
from app.instruments.models import CalibrationSource
from tests.entitlements.measured import (
    FIRST,
    LADDERS,
    MANAGER,
    PERSON,
    REVIEW,
    SECOND,
    SECOND_RATER,
    START,
    WORKER,
    baselines,
    card,
    confirmation,
    known,
    milestone,
    person,
    review,
    scores,
    sitting,
)

BASE, AGAIN, LOOK = SittingKind.BASELINE, SittingKind.SECOND_BASELINE, SittingKind.REVIEW
NOT_SAID: dict[str, int | None] = dict.fromkeys(LADDERS)
WITH_SECOND = (Rater.PARTICIPANT, Rater.WORKER, Rater.SECOND_RATER)
QUICK = settings(max_examples=40, deadline=None)


def owed(facts: PersonFacts, code: str = "P-REL") -> Owed:
    return next(one for one in evaluate(facts) if one.rate.code == code)


def said(facts: PersonFacts) -> list[Any]:
    return [
        (
            one.rate.code,
            one.state,
            one.claimable_from,
            one.closes_on,
            [(c.code, c.met, c.found) for c in one.conditions],
            set(one.record_ids),
        )
        for one in evaluate(facts)
    ]


def lacking(facts: PersonFacts, code: str = "P-REL") -> tuple[str, str]:
    missing = owed(facts, code).missing
    assert missing is not None
    return missing.code, missing.found


def test_everything_met_is_claimable_from_the_day_the_last_of_it_came() -> None:
    answer = owed(person([*baselines(), review()]))

    assert (answer.state, answer.missing) == (EntitlementState.COMPLETE, None)
    assert answer.claimable_from == REVIEW
    found = {one.code: one.found for one in answer.conditions}
    assert found["baseline-in-time"] == "13 January 2025, day 7"
    assert found["baseline-locked"] == "21 days later; locked on 3 February 2025"
    assert found["review-in-time"] == "12 weeks later, on 28 April 2025"
    assert found["improved-person"] == "Improved by 2.0; 1.3 is the least that counts"
    assert found["calibrated"] == "60 pairs of ratings"


LATER = FIRST + timedelta(days=56, weeks=8)  # the first day of a review where there is no second baseline
LATE = START + timedelta(days=29)
CASES: dict[str, tuple[PersonFacts, str, str]] = {
    "improved by less than counts": (
        person([*baselines(), review(3, REVIEW, 4.875, 6.0)]),
        "improved-person",
        "Improved by 0.9; 1.3 is the least that counts",
    ),
    "so close that a decimal more is told": (
        person([*baselines(), review(3, REVIEW, 6.0, 5.25)]),
        "improved-worker",
        "Improved by 1.25; 1.30 is the least that counts",
    ),
    "a single baseline needs more": (
        person([baselines()[0], review(3, LATER, 5.375, 6.0)]),
        "improved-person",
        "Improved by 1.4; 1.5 is the least that counts",
    ),
    "worse": (
        person([*baselines(), review(3, REVIEW, 6.0, 3.0)]),
        "improved-worker",
        "Fell by 1.0; 1.3 more is the least that counts",
    ),
    "the person's rating is missing": (
        person([*baselines(), review(3, REVIEW, None, 6.0)]),
        "both-rated",
        "The person’s own rating of the review of 28 April 2025 is missing",
    ),
    "ratings too far apart": (
        person(
            [
                *baselines(),
                replace(
                    review(),
                    ratings=(
                        *review(3, REVIEW - timedelta(days=15), 6.0, None).ratings,
                        *review(3, REVIEW, None, 6.0).ratings,
                    ),
                ),
            ]
        ),
        "ratings-close",
        "15 days apart",
    ),
    "five ladders are too few": (
        person([*baselines(), review(3, REVIEW, scores(6, health=None, skills=None, stability=None), 6.0)]),
        "enough-ladders",
        "5 and 8 of 8; nothing is made up for what was left out",
    ),
    "baseline late": (
        person([sitting(1, BASE, LATE, 4, 4), review()]),
        "baseline-in-time",
        "4 February 2025, day 29; this route is closed, other rates stay open",
    ),
    "baseline after six hours of support": (
        person([*baselines(), review()], support=((START, 200), (START + timedelta(days=2), 160))),
        "baseline-before-support",
        "360 minutes of support before it",
    ),
    "review too soon": (
        person([*baselines(), review(3, SECOND + timedelta(days=55))]),
        "review-in-time",
        "30 March 2025: too soon after the baseline was locked or the review before",
    ),
    "ceiling": (
        person([*baselines(9.0, 9.0), review(3, REVIEW, 10.0, 10.0)]),
        "room-to-improve",
        "Began at 9.00 of 10; a change that counts is 1.30, so this route is closed",
    ),
    "no milestone": (
        person([*baselines(), review()], milestones=[]),
        "milestone-since",
        "Nothing yet",
    ),
    "a milestone before the baseline": (
        person([*baselines(), review()], milestones=[milestone(1, FIRST - timedelta(days=1))]),
        "milestone-since",
        "Nothing yet",
    ),
    "whoever rated does not verify": (
        person([*baselines(), review()], milestones=[milestone(1, SECOND, by=WORKER)]),
        "milestone-since",
        "Asked for help: not verified with evidence yet",
    ),
    "not confirmed away from the worker": (
        person([*baselines(), review(evidence=(replace(confirmation(3, REVIEW), is_away=False),))]),
        "evidence",
        "Nothing yet that counts",
    ),
    "shadow": (
        person([*baselines(), review()], errors=known(n=12)),
        "calibrated",
        "In shadow: shown, and nothing is paid; 12 of 30 pairs of ratings so far. "
        "The person’s ratings moved by 2.0. The worker’s ratings moved by 2.0",
    ),
    "nothing known of the error": (
        person([*baselines(), review()], errors=()),
        "calibrated",
        "In shadow: shown, and nothing is paid; 0 of 30 pairs of ratings so far. "
        "The person’s ratings moved by 2.0. The worker’s ratings moved by 2.0",
    ),
    "another language than the baseline": (
        person([*baselines(), review(language="cy")]),
        "enough-ladders",
        "Another version or language than the baseline: the two cannot be compared",
    ),
    "the second rater works with the person": (
        person(
            [
                sitting(1, BASE, FIRST, NOT_SAID, 4, 4, raters=WITH_SECOND, author_id=WORKER),
                sitting(3, LOOK, LATER, NOT_SAID, 6, 6, raters=WITH_SECOND, author_id=WORKER),
            ]
        ),
        "enough-ladders",
        "The second rater works with the person; somebody else has to rate",
    ),
    "no baseline yet": (person([]), "baseline-in-time", "No baseline yet"),
    "no review yet": (person(baselines()), "review-in-time", "No review yet"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_missing_is_said_in_plain_words(name: str) -> None:
    facts, code, found = CASES[name]

    assert lacking(facts) == (code, found)
    assert owed(facts).state is not EntitlementState.COMPLETE


def test_who_can_put_it_right_and_until_when() -> None:
    unrated = owed(CASES["the person's rating is missing"][0])
    unmet = unrated.missing
    assert unmet is not None
    assert (unrated.state, unmet.who, unmet.by) == (
        EntitlementState.INCOMPLETE,
        "worker",
        REVIEW + timedelta(days=14),
    )
    assert unrated.closes_on == REVIEW + timedelta(days=14)
    assert unmet.task == "Finish the review of 28 April 2025: one of the two has still to rate"

    waiting = owed(person([])).missing
    assert waiting is not None
    assert (waiting.who, waiting.by) == ("worker", START + timedelta(days=28))
    assert owed(CASES["baseline late"][0]).state is EntitlementState.NOT_YET


def test_provisional_inputs_pay_as_long_as_they_are_signed() -> None:
    ends = REVIEW + timedelta(days=1)
    signed = known(
        source=CalibrationSource.PROVISIONAL,
        n=0,
        r=Decimal("0.7"),
        r_lower=Decimal("0.7"),
        sd=Decimal("0.8"),
        valid_until=ends,
    )

    answer = owed(person([*baselines(), review()], errors=signed))

    assert answer.state is EntitlementState.COMPLETE
    found = {one.code: one.found for one in answer.conditions}["calibrated"]
    assert found == "Provisional inputs, signed by the commissioner, until 29 April 2025"
    later = person([*baselines(), review(3, REVIEW + timedelta(days=2))], errors=signed)
    assert lacking(later)[0] == "calibrated"


def test_a_second_rater_stands_in_where_the_person_chose_not_to_rate() -> None:
    sittings = [
        sitting(1, BASE, FIRST, NOT_SAID, 4, 4, raters=WITH_SECOND),
        sitting(3, LOOK, LATER, NOT_SAID, 6, 6, raters=WITH_SECOND),
    ]
    for one in sittings:
        object.__setattr__(
            one,
            "ratings",
            tuple(
                replace(r, author_id=SECOND_RATER if r.rater is Rater.SECOND_RATER else WORKER)
                for r in one.ratings
            ),
        )

    answer = owed(person(sittings))

    assert answer.missing is None
    assert answer.measurement is not None
    assert [one["rater"] for one in answer.measurement["raters"]] == ["second-rater", "worker"]


def test_a_pause_stops_the_clock() -> None:
    late, clock = (
        START + timedelta(days=40),
        Clock(((START + timedelta(days=5), START + timedelta(days=25)),)),
    )
    sittings = [sitting(1, BASE, late, 4, 4), review(3, late + timedelta(weeks=17))]

    events = [milestone(1, late)]
    assert owed(person(sittings, clock=clock, milestones=events)).missing is None
    assert lacking(person(sittings, milestones=events))[0] == "baseline-in-time"


@pytest.mark.parametrize(
    ("days", "is_extended", "is_double"),
    [(6, False, False), (56, False, True), (57, False, False), (84, True, True)],
)
def test_a_second_baseline_counts_from_a_week_on_until_the_lock(
    days: int, is_extended: bool, is_double: bool
) -> None:
    sittings = [
        baselines()[0],
        sitting(2, AGAIN, FIRST + timedelta(days=days), 4, 4),
        review(3, FIRST + timedelta(weeks=21)),
    ]
    measurement = owed(person(sittings, clock=Clock(is_extended=is_extended))).measurement

    assert measurement is not None
    assert [len(one["before"]) for one in measurement["raters"]] == [2 if is_double else 1] * 2


def test_a_ladder_reliably_worse_never_blocks_and_is_told() -> None:
    singles = tuple(
        replace(error, ladders=(code,), sd=Decimal(2), r_lower=Decimal("0.8"))
        for error in known()
        for code in LADDERS
    )
    fell = scores(7.5, health=0)
    began = scores(4.0, health=9)
    facts = person(
        [sitting(1, BASE, FIRST, began, began), review(3, LATER, fell, fell)],
        errors=(*known(), *singles),
    )
    told = {one.code: one for one in owed(facts).conditions}["ladders-worse"]

    assert owed(facts).missing is None
    assert (told.met, told.found) == (True, "Health: no note on Health and no plan agreed since")
    assert owed(facts).measurement is not None
    assert owed(facts).measurement["ladders_worse"] == ["health"]  # type: ignore[index]


THREE = ("confidence", "experience", "skills")


def test_the_focus_route_measures_three_ladders_from_the_second_baseline_where_the_card_has_it() -> None:
    errors = (*known(), *known(ladders=THREE, sd=Decimal("1.5")))
    climbed = scores(4.0, confidence=7, experience=7, skills=7)
    first = sitting(1, BASE, FIRST, 4, 4, focus=THREE)
    facts = person([first, baselines()[1], review(3, REVIEW, climbed, climbed)], errors=errors)

    assert lacking(facts) == ("improved-person", "Improved by 1.1; 1.3 is the least that counts")
    with_focus = replace(facts, enrolments=(replace(facts.enrolments[0], terms=card(focus=True)),))
    answer = owed(with_focus)
    assert answer.state is EntitlementState.COMPLETE
    assert answer.measurement is not None
    assert answer.measurement["route"] == "focus"
    assert [one["ladders"] for one in answer.measurement["raters"]] == [list(THREE)] * 2
    assert [len(one["before"]) for one in answer.measurement["raters"]] == [1, 1]
    without_second = person(
        [first, review(3, REVIEW, climbed, climbed)], errors=errors, terms=card(focus=True)
    )
    assert lacking(without_second)[0] == "baseline-locked"


def test_ten_lines_that_import_nothing_of_ours_come_to_the_same_answer() -> None:
    measurement = owed(person([*baselines(), review()])).measurement

    for one in json.loads(json.dumps(measurement))["raters"]:
        mean = [
            [sum(side["scores"].values()) / len(side["scores"]) for side in one[name]]
            for name in ("before", "after")
        ]
        before, after = (sum(values) / len(values) for values in mean)
        sem = float(one["sd"]) * sqrt(1 - float(one["r_lower"]))
        sdiff = sem * sqrt(1 / len(mean[0]) + 1 / len(mean[1]))
        assert round((after - before) / sdiff, 4) == float(one["rci"])
        assert (float(one["rci"]) >= float(one["z"])) is one["reached"]


# --- once a person, and held -----------------------------------------------------------------------

HELD = REVIEW + timedelta(weeks=14)


def line_of(answer: Owed) -> StandingLine:
    return StandingLine(
        participant_id=PERSON,
        rate_code=answer.rate.code,
        occurrence=1,
        price_pence=answer.price_pence,
        root_ids=frozenset(answer.consumed_root_ids),
        used_root_ids=frozenset(answer.record_ids),
    )


def test_a_relapse_takes_nothing_back_and_climbing_again_is_not_paid_twice() -> None:
    sittings = [*baselines(), review()]
    line = line_of(owed(person(sittings)))
    relapse = review(4, REVIEW + timedelta(weeks=12), 3.0, 3.0)
    again = review(5, REVIEW + timedelta(weeks=24), 8.0, 8.0)

    for later in ([relapse], [relapse, again]):
        answers = [
            one for one in evaluate(person([*sittings, *later], lines=[line])) if one.rate.code == "P-REL"
        ]
        assert [(one.is_claimed, one.state) for one in answers] == [(True, EntitlementState.COMPLETE)]
        assert answers[0].record_ids == owed(person(sittings)).record_ids


def test_the_first_review_that_meets_everything_counts_whatever_comes_later() -> None:
    sittings = [*baselines(), review(), review(4, REVIEW + timedelta(weeks=12), 9.0, 9.0)]

    assert owed(person(sittings)).record_ids == owed(person(sittings[:3])).record_ids


def test_weekly_ratings_are_no_looks() -> None:
    weekly = [review(10 + week, SECOND + timedelta(weeks=8 + week), 4.0, 4.0) for week in range(8)]
    lucky = review(30, SECOND + timedelta(weeks=15), 7.0, 7.0)

    assert lacking(person([*baselines(), *weekly[:7], lucky]))[0] == "review-in-time"
    (too_soon,) = (c for c in owed(person([*baselines(), weekly[0], lucky])).conditions if not c.met)
    again = SECOND + timedelta(weeks=16)
    assert too_soon.needed == f"A review on {again.day} {again:%B %Y} or later"


@pytest.mark.parametrize(
    ("weeks", "level", "code"),
    [
        (12, 4.9, None),
        (20, 4.9, None),
        (11, 6.0, "review-in-window"),
        (21, 6.0, "review-in-window"),
        (14, 4.5, "improved-person"),
    ],
)
def test_an_improvement_is_held_twelve_to_twenty_weeks_later(
    weeks: int, level: float, code: str | None
) -> None:
    later = review(4, REVIEW + timedelta(weeks=weeks), level, 6.0)
    answer = owed(person([*baselines(), review(), later]), "P-HOLD")

    assert (answer.missing.code if answer.missing else None) == code


def job(**changes: Any) -> SpellFact:
    columns: dict[str, Any] = {
        "record_id": UUID(int=8000),
        "root_id": UUID(int=8000),
        "occurred_on": REVIEW + timedelta(days=9),
        "received_on": REVIEW + timedelta(days=9),
        "author_id": WORKER,
        "evidence": (confirmation(800, REVIEW + timedelta(days=10)),),
        "verifications": (Verified(record_id=UUID(int=8001), by_id=MANAGER, on=HELD),),
        "started_on": REVIEW + timedelta(days=9),
        "ended_on": None,
        "weekly_minutes": 960,
    }
    return SpellFact(**columns | changes)


def test_work_begun_since_and_kept_holds_it_too() -> None:
    sittings = [*baselines(), review()]
    opens = REVIEW + timedelta(weeks=12)

    kept = owed(person(sittings, spells=(job(),)), "P-HOLD")
    assert (kept.state, kept.claimable_from) == (EntitlementState.COMPLETE, max(opens, HELD))
    assert lacking(person(sittings, spells=(job(ended_on=opens - timedelta(days=1)),)), "P-HOLD") == (
        "kept-since",
        "Work, ended on 20 July 2025",
    )
    assert lacking(person(sittings, spells=(job(verifications=()),)), "P-HOLD")[0] == "verified"
    assert lacking(person(sittings, spells=(job(started_on=FIRST),)), "P-HOLD")[0] == "review-in-window"


def test_a_milestone_is_paid_for_or_stands_beside_an_improvement_never_both() -> None:
    sittings, one = [*baselines(), review()], milestone(1, SECOND, "debt-plan")
    answers = evaluate(person(sittings, milestones=[one]))
    states = {answer.rate.code: answer.state for answer in answers}
    assert (states["P-REL"], states["P-OBS"]) == (EntitlementState.COMPLETE, EntitlementState.NOT_YET)

    paid = StandingLine(
        participant_id=PERSON,
        rate_code="P-OBS",
        occurrence=1,
        price_pence=10000,
        root_ids=frozenset({one.root_id}),
        used_root_ids=frozenset({one.root_id}),
    )
    assert lacking(person(sittings, milestones=[one], lines=[paid])) == (
        "milestone-since",
        "Debt plan: paid itself",
    )
    other = milestone(2, SECOND, "travelled-alone")
    both = {a.rate.code: a.state for a in evaluate(person(sittings, milestones=[one, other]))}
    assert set(both.values()) >= {EntitlementState.COMPLETE}
    assert both["P-REL"] is both["P-OBS"] is EntitlementState.COMPLETE


levels = st.integers(0, 80).map(lambda eighths: eighths / 8)


@QUICK
@given(st.lists(st.tuples(levels, levels), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_records_never_matters(pairs: list[tuple[float, float]], chance: Any) -> None:
    sittings = [*baselines()] + [
        review(3 + place, REVIEW + timedelta(weeks=12 * place), *pair) for place, pair in enumerate(pairs)
    ]
    shuffled = [replace(one, ratings=tuple(chance.sample(one.ratings, len(one.ratings)))) for one in sittings]
    chance.shuffle(shuffled)

    assert said(person(shuffled)) == said(person(sittings))


@QUICK
@given(levels, levels, levels, levels)
def test_worse_never_pays_and_more_never_pays_less(
    before: float, worker: float, after: float, by_worker: float
) -> None:
    answer = owed(person([*baselines(before, worker), review(3, REVIEW, after, by_worker)]))

    if after <= before or by_worker <= worker:
        assert answer.state is not EntitlementState.COMPLETE
    if answer.state is EntitlementState.COMPLETE:
        higher = person([*baselines(before, worker), review(3, REVIEW, 10.0, 10.0)])
        assert owed(higher).state is EntitlementState.COMPLETE


@QUICK
@given(st.lists(st.tuples(levels, levels), max_size=3), st.integers(0, 30))
def test_a_claimed_number_keeps_its_records_and_the_cap_holds(
    pairs: list[tuple[float, float]], days: int
) -> None:
    sittings = [*baselines(), review()]
    line = line_of(owed(person(sittings)))
    later = [
        review(4 + place, REVIEW + timedelta(weeks=8 * (place + 1), days=days), *pair)
        for place, pair in enumerate(pairs)
    ]
    events = [
        milestone(1, SECOND + timedelta(days=9)),
        milestone(2, REVIEW, "debt-plan"),
        milestone(3, REVIEW, "travelled-alone"),
    ]
    terms = replace(card(), cap_per_person_pence=50000)
    answers = evaluate(person([*sittings, *later], milestones=events, lines=[line], terms=terms))

    claimed = next(one for one in answers if one.is_claimed)
    assert frozenset(claimed.record_ids) == line.used_root_ids
    complete = [one.price_pence for one in answers if one.state is EntitlementState.COMPLETE]
    assert sum(complete) <= 50000
    assert len([one for one in answers if one.rate.code == "P-REL"]) == 1


def test_before_the_start_nothing_is_waited_for() -> None:
    facts = person([])
    bare = replace(facts, enrolments=(replace(facts.enrolments[0], started_on=None),))

    assert owed(bare).conditions[0].code == "baseline-in-time"
    assert date(2025, 1, 6) == START
