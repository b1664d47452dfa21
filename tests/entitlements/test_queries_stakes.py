"""The verification queue knows what money waits on a record."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.entitlements.actions import settle_contract
from app.entitlements.queries.stakes import money_at_stake
from tests.entitlements.builders import World, make_evidence, make_milestone, make_person, make_world, noon

FEBRUARY = date(2025, 2, 3)


@pytest.fixture
def world(session: Session) -> World:
    return make_world()


def test_the_price_rests_on_a_milestone_that_only_waits_to_be_verified(world: World) -> None:
    person = make_person(world)
    event = make_milestone(world, person, FEBRUARY)
    make_evidence(world, person, event, FEBRUARY)
    settle_contract(world.contract.id, at=noon(FEBRUARY))

    stakes = money_at_stake([event.root_id])

    assert stakes[event.root_id].at_stake_pence == 10_000


def test_before_anything_is_settled_no_money_is_known(world: World) -> None:
    event = make_milestone(world, make_person(world), FEBRUARY)

    assert money_at_stake([event.root_id]) == {}
