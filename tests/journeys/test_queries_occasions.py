import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.assessments.models import Rater, SittingKind
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentEvent
from app.journeys.queries.journey import find_journey
from app.journeys.schemas.journey import JourneySchema
from app.ratecards.models import CardApplication, Rate, RateCard
from tests.builders import NOON, TODAY, act_as, make_enrolment, make_subcontract, save
from tests.journeys.builders import make_instrument, rate, rate_together

STARTED = TODAY - timedelta(days=30)
BEGAN = TODAY - timedelta(days=10)
LADDERS = ("confidence", "motivation", "health")
CHOSE_NOT: dict[str, int | None] = dict.fromkeys(LADDERS)
SAW: dict[str, int | None] = dict.fromkeys(LADDERS, 7)


def make_started(**columns: Any) -> Enrolment:
    place = make_subcontract()
    worker = act_as(Role.WORKER, at=place.provider_id)
    return make_enrolment(place, started_on=STARTED, worker_id=worker.user_id, **columns)


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_started()


def read(actor: Actor, enrolment: Enrolment) -> dict[str, Any]:
    journey: dict[str, Any] = json.loads(find_journey(actor, enrolment.id, known=set(), at=NOON).text)
    assert JourneySchema().validate(journey) == {}
    return journey


def colleague(enrolment: Enrolment, *roles: Role) -> Actor:
    return act_as(*(roles or (Role.WORKER,)), at=enrolment.provider_id)


@pytest.mark.usefixtures("session")
def test_times_say_from_when_the_second_baseline_counts() -> None:
    enrolment = make_started(baseline_on=BEGAN)
    for name, days in (("paused", 1), ("resumed", 4)):
        happened_on, at = BEGAN + timedelta(days=days), NOON + timedelta(days=days)
        walls = {"contract_id": enrolment.contract_id, "provider_id": enrolment.provider_id}
        save(EnrolmentEvent(**walls, enrolment_id=enrolment.id, name=name, happened_on=happened_on, at=at))

    times = read(colleague(enrolment), enrolment)["rating"]

    assert times["second_baseline_from"] == (BEGAN + timedelta(days=7 + 3)).isoformat()
    assert times["takes_focus"] is False


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(("second", "takes"), [(None, True), (BEGAN, False)])
def test_a_card_with_a_focus_route_lets_the_person_name_three_until_the_second(
    second: date | None, takes: bool
) -> None:
    enrolment = make_started(baseline_on=STARTED, second_baseline_on=second)
    card = RateCard(
        owner_id=enrolment.provider_id,
        code="focus",
        version=1,
        title="Focus",
        source="",
        claim_window_days=90,
        definition="",
        definition_sha256="",
        loaded_at=NOON,
    )
    trigger = {"kind": "reliable-improvement", "focus": True, "z": 2.24}
    card.rates = [
        Rate(position=0, code="x", title="X", price_pence=1, trigger=trigger, evidence={}, requires=[])
    ]
    save(card)
    save(CardApplication(contract_id=enrolment.contract_id, rate_card_id=card.id, applies_from=STARTED))

    times = read(colleague(enrolment), enrolment)["rating"]

    assert times["takes_focus"] is takes
    assert not {"price_pence", "z", "trigger"} & times.keys()


def test_who_may_stand_in_for_the_person_sees_nothing_the_worker_answered(enrolment: Enrolment) -> None:
    key = colleague(enrolment)
    ladders = make_instrument(*LADDERS)
    sitting = rate_together(
        enrolment, key, ladders, CHOSE_NOT, SAW, on=TODAY - timedelta(days=14), kind=SittingKind.BASELINE
    )

    other = read(colleague(enrolment), enrolment)
    assert [answer["scores"] for answer in other["sittings"][0]["assessments"]] == [{}, {}]
    assert {ladder["worker"]["began"] for ladder in other["ladders"]} == {None}
    (task,) = [task for task in other["needed"] if task["code"] == "second-rating"]
    assert (task["sitting_id"], task["due_on"]) == (str(sitting), TODAY.isoformat())
    manager = read(colleague(enrolment, Role.MANAGER), enrolment)
    assert manager["sittings"][0]["assessments"][1]["scores"] == SAW

    rate(
        enrolment, colleague(enrolment), ladders, Rater.SECOND_RATER, SAW, on=TODAY,
        kind=SittingKind.BASELINE, sitting_id=sitting,
    )  # fmt: skip
    after = read(colleague(enrolment), enrolment)
    assert after["sittings"][0]["assessments"][1]["scores"] == SAW
    assert "second-rating" not in {task["code"] for task in after["needed"]}


@pytest.mark.parametrize(("on", "person"), [(TODAY - timedelta(days=15), CHOSE_NOT), (TODAY, SAW)])
def test_nobody_stands_in_late_or_where_the_person_has_rated(
    enrolment: Enrolment, on: date, person: dict[str, int | None]
) -> None:
    rate_together(enrolment, colleague(enrolment), make_instrument(*LADDERS), person, SAW, on=on)

    assert "second-rating" not in {task["code"] for task in read(colleague(enrolment), enrolment)["needed"]}
