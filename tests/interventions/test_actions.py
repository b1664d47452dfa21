"""What contacts and sessions leave behind: when somebody was met, tried, and what is planned."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentState
from app.interventions.models import Intervention
from app.sync.actions.batches import receive_batch
from tests.builders import NOON, act_as, make_enrolment, make_subcontract
from tests.sync.builders import contact_item, intervention_item, withdrawal_item


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


def send(actor: Actor, *items: dict[str, Any]) -> list[str]:
    outcomes = receive_batch(actor, items, at=NOON)
    return [outcome.error.code if outcome.error else outcome.result.value for outcome in outcomes]


def planned(enrolment: Enrolment) -> datetime | None:
    return enrolment.next_planned_at


def contact(enrolment: Enrolment, outcome: str, day: str, planned_at: str | None = None) -> dict[str, Any]:
    return contact_item(enrolment.id, body={"outcome": outcome, "occurred_on": day, "planned_at": planned_at})


def test_a_session_keeps_its_minutes_and_how_many_came(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    item = intervention_item(enrolment.id, body={"kind": "group", "duration_minutes": 90, "group_size": 6})

    assert send(worker, item) == ["recorded"]
    row = session.execute(select(Intervention)).scalar_one()
    assert (row.duration_minutes, row.group_size) == (90, 6)


@pytest.mark.parametrize(
    ("field", "value"), [("duration_minutes", 0), ("duration_minutes", 1441), ("group_size", 0)]
)
def test_a_session_of_no_length_or_nobody_is_refused(
    enrolment: Enrolment, worker: Actor, field: str, value: int
) -> None:
    assert send(worker, intervention_item(enrolment.id, body={field: value})) == ["invalid"]


def test_the_caseload_knows_when_somebody_was_first_and_last_met_and_tried(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    met = [contact(enrolment, "met", day) for day in ("2025-02-20", "2025-02-10", "2025-02-27")]
    send(worker, *met, contact(enrolment, "tried", "2025-03-01"), contact(enrolment, "missed", "2025-03-02"))
    session.refresh(enrolment)

    assert (enrolment.first_met_on, enrolment.last_met_on) == (date(2025, 2, 10), date(2025, 2, 27))
    assert enrolment.last_tried_on == date(2025, 3, 1)

    send(worker, withdrawal_item(met[2]["id"]))
    session.refresh(enrolment)
    assert enrolment.last_met_on == date(2025, 2, 20)


def test_what_is_planned_stands_until_it_happened(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    send(worker, contact(enrolment, "planned", "2025-02-20", "2025-03-03T10:00:00Z"))
    session.refresh(enrolment)
    assert planned(enrolment) == datetime(2025, 3, 3, 10, tzinfo=UTC)

    send(worker, contact(enrolment, "kept", "2025-03-03"))
    session.refresh(enrolment)
    assert (planned(enrolment), enrolment.last_met_on) == (None, date(2025, 3, 3))


def test_a_plan_needs_its_time(enrolment: Enrolment, worker: Actor) -> None:
    assert send(worker, contact(enrolment, "planned", "2025-03-03")) == ["invalid"]


def test_somebody_is_reached_before_they_start_but_supported_only_after(session: Session) -> None:
    accepted = make_enrolment(make_subcontract(), state=EnrolmentState.ACCEPTED, started_on=None)
    colleague = act_as(Role.WORKER, at=accepted.provider_id)

    assert send(colleague, contact_item(accepted.id)) == ["recorded"]
    assert send(colleague, intervention_item(accepted.id)) == ["enrolment-not-in-state"]
