"""Settling works out what records earn, for many people at once, and stores only what differs."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.database import db
from app.enrolments.models import Enrolment
from app.entitlements.actions import settle_contract
from app.entitlements.models import Entitlement, EntitlementState
from app.evidence.models import Decision, EvidenceKind
from app.ratecards.models import RateCard
from tests.entitlements.builders import (
    CARD,
    START,
    World,
    make_evidence,
    make_job,
    make_milestone,
    make_payable_milestone,
    make_payable_start,
    make_person,
    make_world,
    noon,
    verify,
)

MAY = date(2025, 5, 1)


@pytest.fixture
def world(session: Session) -> World:
    return make_world()


def settled(world: World, on: date = MAY) -> dict[tuple[str, int], Entitlement]:
    settle_contract(world.contract.id, at=noon(on))
    rows = db.session().scalars(sa.select(Entitlement).execution_options(populate_existing=True))
    return {(row.rate_code, row.occurrence): row for row in rows}


def test_a_verified_start_with_notice_and_plan_is_complete(world: World) -> None:
    make_payable_start(world, make_person(world))

    start = settled(world)["ATT", 1]

    assert (start.state, start.claimable_from, start.price_pence) == (EntitlementState.COMPLETE, START, 30000)
    assert start.closes_on == START + timedelta(days=90)
    assert start.provider_share_pence == 24000
    assert all(condition["met"] for condition in start.conditions)


def test_what_is_missing_is_said_with_who_can_fix_it_and_until_when(world: World) -> None:
    person = make_person(world)
    make_milestone(world, person, date(2025, 2, 3))

    row = settled(world)["P-OBS", 1]

    assert (row.state, row.missing_code) == (EntitlementState.INCOMPLETE, "evidence")
    missing = next(condition for condition in row.conditions if not condition["met"])
    assert missing["who"] == "worker"
    assert missing["by"] == "2028-06-29"
    assert missing["needed"] == "A photo or a letter from a third party"
    assert missing["task"] == "Add a photo or a letter from a third party for “Debt plan”"


def test_an_observation_alone_never_makes_payable(world: World) -> None:
    person = make_person(world)
    event = make_milestone(world, person, date(2025, 2, 3))
    make_evidence(world, person, event, date(2025, 2, 3), EvidenceKind.WORKER_OBSERVATION, with_file=False)
    verify(world, person, event, date(2025, 2, 4))

    row = settled(world)["P-OBS", 1]

    assert row.missing_code == "evidence"
    assert "never enough by itself" in row.conditions[1]["found"]


def test_evidence_whose_file_is_still_to_come_does_not_count(world: World) -> None:
    person = make_person(world)
    event = make_milestone(world, person, date(2025, 2, 3))
    make_evidence(world, person, event, date(2025, 2, 3), with_file=False)
    verify(world, person, event, date(2025, 2, 4))

    assert settled(world)["P-OBS", 1].missing_code == "evidence"


def test_whoever_recorded_does_not_verify(world: World) -> None:
    person = make_person(world)
    event = make_milestone(world, person, date(2025, 2, 3))
    make_evidence(world, person, event, date(2025, 2, 3), author=world.manager)
    verify(world, person, event, date(2025, 2, 4))

    row = settled(world)["P-OBS", 1]

    assert row.missing_code == "different-people"
    assert row.conditions[3]["who"] == "manager"


def test_a_returned_record_is_the_workers_again(world: World) -> None:
    person = make_person(world)
    event = make_milestone(world, person, date(2025, 2, 3))
    make_evidence(world, person, event, date(2025, 2, 3))
    verify(world, person, event, date(2025, 2, 4), decision=Decision.RETURNED)

    row = settled(world)["P-OBS", 1]

    assert (row.missing_code, row.conditions[2]["who"]) == ("verified", "worker")


def test_before_the_referral_is_background(world: World) -> None:
    make_payable_milestone(world, make_person(world), date(2024, 10, 1))

    assert settled(world)["P-OBS", 1].state is EntitlementState.NOT_YET


def test_two_kinds_take_two_numbers_in_the_order_they_were_ready(world: World) -> None:
    person = make_person(world)
    later = make_payable_milestone(world, person, date(2025, 3, 3), "debt-plan")
    first = make_payable_milestone(world, person, date(2025, 2, 3), "travelled-alone")

    rows = settled(world)

    assert rows["P-OBS", 1].consumed_root_ids == [str(first.id)]
    assert rows["P-OBS", 2].consumed_root_ids == [str(later.id)]


def test_one_kind_counts_once(world: World) -> None:
    person = make_person(world)
    make_payable_milestone(world, person, date(2025, 2, 3))
    make_payable_milestone(world, person, date(2025, 3, 3))

    assert ("P-OBS", 2) not in settled(world)


def test_a_job_needs_evidence_of_its_whole_period(world: World) -> None:
    person = make_person(world)
    job = make_job(world, person, date(2025, 1, 6))
    period: dict[str, Any] = {"covers_from": date(2025, 1, 6), "covers_until": date(2025, 2, 28)}
    make_evidence(world, person, job, date(2025, 3, 3), EvidenceKind.PAYSLIPS, **period)
    verify(world, person, job, date(2025, 4, 10))

    assert settled(world)["JOB", 1].missing_code == "period-evidence"

    rest: dict[str, Any] = {"covers_from": date(2025, 3, 1), "covers_until": date(2025, 4, 6)}
    make_evidence(world, person, job, date(2025, 4, 11), EvidenceKind.PAYSLIPS, **rest)

    row = settled(world)["JOB", 1]
    assert (row.state, row.claimable_from) == (EntitlementState.COMPLETE, date(2025, 4, 11))


@pytest.mark.usefixtures("session")
def test_a_rate_without_rules_says_so() -> None:
    lasting = "{kind: job-sustained, weeks: 13, hours_min: 16}"
    world = make_world(CARD.replace(lasting, "{kind: job-sustained-every, weeks: 4, after: ATT}"))
    make_payable_start(world, make_person(world))

    row = settled(world)["JOB", 1]

    assert row.state is EntitlementState.NOT_EVALUATED
    assert "does not work out “job-sustained-every” yet" in row.conditions[0]["needed"]


def test_settling_again_writes_nothing(world: World, session: Session) -> None:
    person = make_person(world)
    make_payable_start(world, person)
    settled(world)
    session.execute(sa.update(Enrolment).values(entitlements_due=True))
    session.commit()

    assert {row.settled_at for row in settled(world, MAY + timedelta(days=1)).values()} == {noon(MAY)}
    assert settle_contract(world.contract.id, at=noon(MAY)) == 0


def test_what_is_still_needed_changes_the_journey(world: World, session: Session) -> None:
    person = make_person(world)
    make_milestone(world, person, date(2025, 2, 3))
    settled(world)

    assert session.scalar(sa.select(Enrolment.revision)) == 2


def test_a_card_in_use_is_frozen(world: World, session: Session) -> None:
    make_payable_start(world, make_person(world))
    settled(world)

    assert session.scalar(sa.select(RateCard.frozen_at)) == noon(MAY)


def test_a_hundred_people_cost_no_more_statements_than_one(world: World, session: Session) -> None:
    def statements() -> int:
        count = 0

        def note(*_: object) -> None:
            nonlocal count
            count += 1

        sa.event.listen(sa.engine.Engine, "before_cursor_execute", note)
        try:
            settled(world)
        finally:
            sa.event.remove(sa.engine.Engine, "before_cursor_execute", note)
        return count

    make_payable_start(world, make_person(world))
    one = statements()
    for _ in range(20):
        make_payable_start(world, make_person(world))

    assert statements() <= one + 2
