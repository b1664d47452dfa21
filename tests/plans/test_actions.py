"""The newest plan counts, due at its next open step or its review; a start brings one or does not happen."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import DomainError
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentState
from app.plans.actions import start_with_plan
from app.records.models import Record
from app.records.rules import Draft, Result
from app.sync.actions.batches import receive_batch
from tests.builders import NOON, TODAY, act_as, make_enrolment, make_subcontract
from tests.sync.builders import plan_item, withdrawal_item

STEP = {"key": "a", "words": "Ring the college", "owner": "participant", "due_on": "2025-03-20"}


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


def send(actor: Actor, *items: dict[str, Any]) -> list[str]:
    outcomes = receive_batch(actor, items, at=NOON)
    return [outcome.error.code if outcome.error else outcome.result.value for outcome in outcomes]


def due(session: Session, enrolment: Enrolment) -> date | None:
    session.refresh(enrolment)
    return enrolment.plan_due_on


def test_the_plan_is_due_with_its_first_open_step(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    assert due(session, enrolment) is None
    assert send(worker, plan_item(enrolment.id)) == ["recorded"]
    assert due(session, enrolment) == date(2025, 3, 20)

    send(worker, plan_item(enrolment.id, body={"steps": [{**STEP, "done_on": "2025-03-04"}]}))
    assert due(session, enrolment) == date(2025, 4, 1)


def test_the_plan_agreed_last_counts_whatever_arrives_last(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    newest = plan_item(enrolment.id, body={"occurred_on": "2025-03-03", "review_on": "2025-03-10"})
    older = plan_item(enrolment.id, body={"occurred_on": "2025-02-20", "review_on": "2025-03-05"})
    send(worker, newest)
    send(worker, older)
    assert due(session, enrolment) == date(2025, 3, 10)

    send(worker, withdrawal_item(newest["id"]))
    assert due(session, enrolment) == date(2025, 3, 5)


def test_each_step_has_a_key_of_its_own(enrolment: Enrolment, worker: Actor) -> None:
    assert send(worker, plan_item(enrolment.id, body={"steps": [STEP, STEP]})) == ["invalid"]


@pytest.fixture
def accepted(session: Session) -> Enrolment:
    return make_enrolment(make_subcontract(), state=EnrolmentState.ACCEPTED, started_on=None)


def drafts(enrolment: Enrolment) -> tuple[Draft, Draft]:
    start = Draft(
        id=new_id(), enrolment_id=enrolment.id, occurred_on=TODAY, recorded_at=NOON, detail={}, texts={}
    )
    steps = [{"key": "a", "owner": "participant", "due_on": "2025-03-20", "done_on": None}]
    texts = {"goal": "A job in a kitchen", "step.a": "Ring the college"}
    detail = {"review_on": date(2025, 4, 1), "steps": steps}
    return start, replace(start, id=new_id(), detail=detail, texts=texts)


def test_a_start_brings_its_plan(accepted: Enrolment, session: Session) -> None:
    worker = act_as(Role.WORKER, at=accepted.provider_id)
    outcomes = start_with_plan(worker, *drafts(accepted), at=NOON)

    assert [outcome.result for outcome in outcomes] == [Result.RECORDED, Result.RECORDED]
    assert due(session, accepted) == date(2025, 3, 20)
    assert (accepted.state, accepted.started_on) == (EnrolmentState.STARTED, TODAY)


def test_without_a_plan_that_stands_nobody_starts(accepted: Enrolment, session: Session) -> None:
    start, plan = drafts(accepted)
    worker = act_as(Role.WORKER, at=accepted.provider_id)
    late = replace(plan, occurred_on=date(2025, 3, 5))

    with pytest.raises(DomainError):
        start_with_plan(worker, start, late, at=NOON)

    assert session.scalars(select(Record.id)).all() == []
    session.refresh(accepted)
    assert accepted.state is EnrolmentState.ACCEPTED
