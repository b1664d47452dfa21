"""What the rules of entitlements promise, whatever the records."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.entitlements.models import EntitlementState
from app.entitlements.rules.evaluate import evaluate
from app.entitlements.rules.facts import (
    CardTerms,
    EnrolmentFacts,
    EvidenceFact,
    MilestoneFact,
    Owed,
    PersonFacts,
    RateTerms,
    Refusal,
    StandingLine,
    Verified,
    Wait,
)
from app.entitlements.rules.window import add_working_days, is_working_day, stood_still_days
from app.evidence.models import EvidenceKind

START = date(2025, 1, 6)
PERSON = UUID(int=1)
ENROLMENTS = (UUID(int=10), UUID(int=11))
PEOPLE = [UUID(int=number) for number in range(100, 104)]
KINDS = ("travelled-alone", "debt-plan", "course-completed")
COUNTS = frozenset({EvidenceKind.THIRD_PARTY_LETTER, EvidenceKind.WORKER_OBSERVATION})


def rate(code: str, position: int, **changes: Any) -> RateTerms:
    columns: dict[str, Any] = {
        "rate_id": UUID(int=500 + position),
        "position": position,
        "code": code,
        "title": code,
        "price_pence": 10000,
        "trigger": {"kind": "milestone", "any_of": list(KINDS)},
        "evidence": {"by_milestone": True},
        "max_per_person": 2,
    }
    return RateTerms(**columns | changes)


GROUPED = {"kind": "milestone", "any_of": list(KINDS), "count": 2, "repeat": True}
CARD = CardTerms(
    card_id=UUID(int=400),
    claim_window_days=90,
    rates=(
        rate("P-OBS", 0),
        rate("P-TWO", 1, trigger=GROUPED, max_per_person=2, price_pence=25000),
        rate("P-ONE", 2, max_per_person=1, price_pence=40000),
    ),
)


@st.composite
def milestones(draw: st.DrawFn, number: int = 0) -> MilestoneFact:
    """Any event: with or without evidence that counts, verified or not, by whomever."""
    root = UUID(int=1000 + 100 * number)
    day = START + timedelta(days=draw(st.integers(-20, 200)))
    author = draw(st.sampled_from(PEOPLE))
    evidence = tuple(
        EvidenceFact(
            record_id=UUID(int=root.int + 10 + place),
            root_id=UUID(int=root.int + 10 + place),
            kind=draw(st.sampled_from([EvidenceKind.THIRD_PARTY_LETTER, EvidenceKind.WORKER_OBSERVATION])),
            author_id=draw(st.sampled_from(PEOPLE)),
            received_on=day + timedelta(days=draw(st.integers(0, 40))),
            has_file=draw(st.booleans()),
        )
        for place in range(draw(st.integers(0, 3)))
    )
    verifications = tuple(
        Verified(
            record_id=UUID(int=root.int + 50 + place),
            by_id=draw(st.sampled_from(PEOPLE)),
            on=day + timedelta(days=draw(st.integers(0, 40))),
        )
        for place in range(draw(st.integers(0, 2)))
    )
    return MilestoneFact(
        record_id=root,
        root_id=root,
        occurred_on=day,
        received_on=day,
        author_id=author,
        evidence=evidence,
        verifications=verifications,
        kind_code=draw(st.sampled_from(KINDS)),
        title="Event",
        counts=COUNTS,
    )


@st.composite
def people(draw: st.DrawFn, cap: int | None = None) -> PersonFacts:
    """Any participant with one or two enrolments."""
    events = [draw(milestones(number=number)) for number in range(draw(st.integers(0, 7)))]
    split = draw(st.integers(0, len(events)))
    return person(events[:split], events[split:], cap=cap)


def person(*events: list[MilestoneFact], cap: int | None = None, **changes: Any) -> PersonFacts:
    enrolments = tuple(
        EnrolmentFacts(
            enrolment_id=enrolment_id,
            provider_id=UUID(int=20 + place),
            share_basis_points=8000,
            referred_on=START - timedelta(days=7),
            started_on=START,
            terms=replace(CARD, cap_per_person_pence=cap),
            milestones=tuple(own),
        )
        for place, (enrolment_id, own) in enumerate(zip(ENROLMENTS, events, strict=False))
    )
    return PersonFacts(
        participant_id=PERSON,
        nation="ENG",
        contract_starts_on=date(2024, 4, 1),
        contract_ends_on=date(2028, 3, 31),
        enrolments=enrolments,
        **changes,
    )


def complete(owed: tuple[Owed, ...], code: str) -> list[Owed]:
    return [one for one in owed if one.rate.code == code and one.state is EntitlementState.COMPLETE]


def open_days(owed: tuple[Owed, ...], code: str) -> list[date]:
    return sorted((one.closes_on or date.min for one in complete(owed, code)), reverse=True)


CODES = [rate.code for rate in CARD.rates]
QUICK = settings(max_examples=60, deadline=None)


@QUICK
@given(people(), st.randoms())
def test_the_order_of_records_never_matters(facts: PersonFacts, chance: Any) -> None:
    def shuffled(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(items, len(items)))

    other = replace(
        facts,
        enrolments=shuffled(
            tuple(
                replace(
                    enrolment,
                    milestones=shuffled(
                        tuple(
                            replace(
                                event,
                                evidence=shuffled(event.evidence),
                                verifications=shuffled(event.verifications),
                            )
                            for event in enrolment.milestones
                        )
                    ),
                )
                for enrolment in facts.enrolments
            )
        ),
    )

    assert [_seen(one) for one in evaluate(other)] == [_seen(one) for one in evaluate(facts)]


def _seen(one: Owed) -> tuple[Any, ...]:
    """Return an answer without the enrolment's facts, whose tuples were shuffled on purpose."""
    return (
        one.rate.code,
        one.enrolment.enrolment_id,
        one.occurrence,
        one.state,
        one.price_pence,
        one.claimable_from,
        one.closes_on,
        one.conditions,
        one.record_ids,
        one.consumed_root_ids,
    )


@QUICK
@given(people(), milestones(number=50))
def test_another_verified_record_never_lowers_what_is_owed(facts: PersonFacts, event: MilestoneFact) -> None:
    first, *rest = facts.enrolments
    more = replace(facts, enrolments=(replace(first, milestones=(*first.milestones, event)), *rest))
    before, after = evaluate(facts), evaluate(more)

    for code in CODES:
        old, new = open_days(before, code), open_days(after, code)
        assert len(new) >= len(old)
        assert all(later >= sooner for later, sooner in zip(new, old, strict=False))


@QUICK
@given(people(), st.sampled_from(PEOPLE), st.integers(0, 60))
def test_another_verification_never_lowers_what_is_owed(facts: PersonFacts, by: UUID, days: int) -> None:
    def verified(event: MilestoneFact) -> MilestoneFact:
        day = event.occurred_on + timedelta(days=60 + days)
        one = Verified(record_id=UUID(int=event.root_id.int + 70), by_id=by, on=day)
        return replace(event, verifications=(*event.verifications, one))

    more = replace(
        facts,
        enrolments=tuple(
            replace(enrolment, milestones=tuple(verified(event) for event in enrolment.milestones))
            for enrolment in facts.enrolments
        ),
    )
    before, after = evaluate(facts), evaluate(more)

    assert all(len(complete(after, code)) >= len(complete(before, code)) for code in CODES)


@QUICK
@given(st.integers(1, 120000).flatmap(lambda cap: st.tuples(st.just(cap), people(cap=cap))))
def test_caps_are_never_passed(drawn: tuple[int, PersonFacts]) -> None:
    cap, facts = drawn
    owed = evaluate(facts)

    assert sum(one.price_pence for one in owed if one.state is EntitlementState.COMPLETE) <= cap
    for rate_terms in CARD.rates:
        numbers = [one.occurrence for one in owed if one.rate.code == rate_terms.code]
        assert len(numbers) == len(set(numbers)) <= (rate_terms.max_per_person or 0)
    roots = [root for one in complete(owed, "P-OBS") for root in one.consumed_root_ids]
    assert len(roots) == len(set(roots))


@QUICK
@given(people(), milestones(number=50), st.data())
def test_a_number_once_claimed_keeps_its_records(
    facts: PersonFacts, event: MilestoneFact, data: st.DataObject
) -> None:
    claimable = [one for one in evaluate(facts) if one.state is EntitlementState.COMPLETE]
    chosen = data.draw(st.lists(st.sampled_from(claimable), unique_by=id)) if claimable else []
    lines = tuple(
        StandingLine(
            participant_id=PERSON,
            rate_code=one.rate.code,
            occurrence=one.occurrence,
            price_pence=one.price_pence,
            root_ids=frozenset(one.consumed_root_ids),
        )
        for one in chosen
    )
    first, *rest = facts.enrolments
    more = replace(first, milestones=(*first.milestones, event))
    after = {
        (one.rate.code, one.occurrence): one
        for one in evaluate(replace(facts, enrolments=(more, *rest), lines=lines))
    }

    for one in chosen:
        kept = after[one.rate.code, one.occurrence]
        assert kept.is_claimed
        assert set(kept.consumed_root_ids) == set(one.consumed_root_ids)
        others = [o for o in after.values() if o.rate.code == one.rate.code and o is not kept]
        assert all(set(o.consumed_root_ids).isdisjoint(one.consumed_root_ids) for o in others)


def payable(number: int, day: date, kind: str = "debt-plan") -> MilestoneFact:
    root = UUID(int=1000 + 100 * number)
    return MilestoneFact(
        record_id=root,
        root_id=root,
        occurred_on=day,
        received_on=day,
        author_id=PEOPLE[0],
        evidence=(
            EvidenceFact(
                record_id=UUID(int=root.int + 1),
                root_id=UUID(int=root.int + 1),
                kind=EvidenceKind.THIRD_PARTY_LETTER,
                author_id=PEOPLE[0],
                received_on=day,
            ),
        ),
        verifications=(Verified(record_id=UUID(int=root.int + 2), by_id=PEOPLE[1], on=day),),
        kind_code=kind,
        title="Event",
        counts=COUNTS,
    )


def test_a_group_takes_as_many_as_the_rate_counts() -> None:
    days = [START + timedelta(days=10 * place) for place in range(5)]
    owed = evaluate(person([payable(place, day) for place, day in enumerate(days)]))

    (first, second) = complete(owed, "P-TWO")
    assert first.claimable_from == days[2]
    assert second.claimable_from == days[4]
    assert len(first.consumed_root_ids) == 2


def wait_for(event: MilestoneFact, since: date, until: date) -> Wait:
    return Wait(
        participant_id=PERSON,
        rate_code="P-ONE",
        root_ids=frozenset({event.root_id}),
        since=since,
        until=until,
    )


def test_the_window_stands_still_while_the_prime_has_it_in_a_claim_and_lets_it_out() -> None:
    event, other = payable(0, START), payable(1, START, "travelled-alone")
    waits = (
        wait_for(event, START + timedelta(days=5), START + timedelta(days=25)),
        wait_for(other, START, START + timedelta(days=80)),
    )
    (one,) = complete(evaluate(person([event], waits=waits)), "P-ONE")

    assert one.closes_on == START + timedelta(days=90 + 20)


DAYS = st.integers(0, 120).map(lambda days: START + timedelta(days=days))
WAITS = st.lists(st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair))), max_size=5)


@given(waits=WAITS, claimable_from=DAYS)
def test_each_day_of_waiting_counts_once_and_none_before_the_window(
    waits: list[tuple[date, date]], claimable_from: date
) -> None:
    days = {since + timedelta(days=place) for since, until in waits for place in range((until - since).days)}

    assert stood_still_days(waits, claimable_from) == len({day for day in days if day >= claimable_from})


def test_what_was_rejected_for_good_is_barred_and_another_takes_the_number() -> None:
    early, late = payable(0, START), payable(1, START + timedelta(days=30), "travelled-alone")
    barred = Refusal(
        participant_id=PERSON,
        rate_code="P-ONE",
        root_ids=frozenset({late.root_id}),
        is_curable=False,
    )
    owed = evaluate(person([early, late], refusals=(barred,)))

    assert [one.consumed_root_ids for one in complete(owed, "P-ONE")] == [(early.root_id,)]


def test_the_window_stands_still_while_rejected_and_is_longer_for_a_cure() -> None:
    event = payable(0, START)
    cured = Refusal(
        participant_id=PERSON,
        rate_code="P-ONE",
        root_ids=frozenset({event.root_id}),
        is_curable=True,
    )
    wait = wait_for(event, START + timedelta(days=3), START + timedelta(days=15))
    (one,) = complete(evaluate(person([event], refusals=(cured,), waits=(wait,))), "P-ONE")

    assert one.closes_on == START + timedelta(days=90 + 12 + 30)


@pytest.mark.parametrize(
    ("nation", "day", "expected"),
    [
        ("ENG", date(2025, 4, 17), date(2025, 4, 22)),  # over Good Friday and Easter Monday
        ("SCT", date(2025, 4, 17), date(2025, 4, 21)),  # Easter Monday is a working day there
        ("ENG", date(2025, 12, 24), date(2025, 12, 29)),
    ],
)
def test_working_days_are_the_nations(nation: str, day: date, expected: date) -> None:
    assert add_working_days(day, 1, nation) == expected
    assert is_working_day(expected, nation)
