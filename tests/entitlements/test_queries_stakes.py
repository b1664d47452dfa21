"""The verification queue knows what money waits on a record."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.entitlements.actions import settle_contract
from app.entitlements.queries.stakes import money_at_stake
from app.evidence.rules.priorities import Priority
from app.records.models import Record
from tests.builders import make_enrolment
from tests.entitlements.builders import (
    World,
    make_evidence,
    make_milestone,
    make_person,
    make_world,
    noon,
)

FEBRUARY = date(2025, 2, 3)


@pytest.fixture
def world(session: Session) -> World:
    return make_world()


def stakes_of(*facts: Record, on: date = FEBRUARY) -> list[int | None]:
    found = money_at_stake([fact.root_id for fact in facts], on)
    return [found[fact.root_id].at_stake_pence if fact.root_id in found else None for fact in facts]


def settle(world: World) -> None:
    settle_contract(world.contract.id, at=noon(FEBRUARY))


def make_supported(world: World, *kinds: str) -> list[Record]:
    person = make_person(world)
    events = [make_milestone(world, person, FEBRUARY, kind) for kind in kinds]
    for event in events:
        make_evidence(world, person, event, FEBRUARY)
    return events


def test_the_price_rests_on_a_milestone_that_only_waits_to_be_verified(world: World) -> None:
    (event,) = make_supported(world, "travelled-alone")
    settle(world)

    (priority,) = money_at_stake([event.root_id], FEBRUARY).values()

    assert priority.at_stake_pence == 10_000
    assert priority.closes_on is not None


def test_before_it_is_settled_a_record_has_the_highest_price_that_could_rest_on_it(world: World) -> None:
    (event,) = make_supported(world, "travelled-alone")

    # Not its own rate's, but that of the change it may stand beside.
    assert money_at_stake([event.root_id], FEBRUARY) == {event.root_id: Priority(30_000)}


def test_where_no_rate_of_the_card_pays_for_it_nothing_is_at_stake(session: Session) -> None:
    card = """\
code: starts-only
title: Starts only
source: invented
claim_window_days: 90
rates:
  - {code: ATT, title: Start on the programme, trigger: {kind: started}, price_pence: 30000,
     max_per_person: 1, evidence: [action-plan]}
"""
    world = make_world(card)

    assert stakes_of(*make_supported(world, "travelled-alone")) == [None]


def test_a_person_without_a_card_earns_nothing(world: World) -> None:
    assert stakes_of(make_milestone(world, make_enrolment(), FEBRUARY)) == [None]


def test_what_came_after_the_last_that_can_be_paid_has_nothing_at_stake(world: World) -> None:
    events = make_supported(world, "travelled-alone", "debt-plan", "course-completed")
    settle(world)

    found = stakes_of(*events)

    assert found.count(None) == 1  # two a person
    assert [pence for pence in found if pence] == [10_000, 10_000]


def test_when_the_window_has_closed_nothing_is_at_stake(world: World) -> None:
    (event,) = make_supported(world, "travelled-alone")
    settle(world)
    (priority,) = money_at_stake([event.root_id], FEBRUARY).values()
    assert priority.closes_on is not None

    assert stakes_of(event, on=priority.closes_on) == [10_000]
    assert stakes_of(event, on=priority.closes_on + timedelta(days=1)) == [None]
