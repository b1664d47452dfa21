"""A milestone is of a kind in the library, and stays marked until something is there that supports it."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.sync.actions.batches import receive_batch
from tests.builders import NOON, act_as, make_enrolment
from tests.sync.builders import evidence_item, make_milestone_kind, milestone_item, withdrawal_item


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


def send(actor: Actor, *items: dict[str, Any]) -> list[str]:
    outcomes = receive_batch(actor, items, at=NOON)
    return [outcome.error.code if outcome.error else outcome.result.value for outcome in outcomes]


def mark(session: Session, enrolment: Enrolment) -> tuple[int, str | None]:
    session.refresh(enrolment)
    return enrolment.evidence_missing_count, enrolment.evidence_missing_kind


def confirmation(milestone: dict[str, Any]) -> dict[str, Any]:
    return evidence_item(milestone["id"], kind="participant-confirmation", body={"obtained_how": "received"})


def test_a_milestone_of_an_unknown_kind_is_refused(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    (outcome,) = receive_batch(worker, [milestone_item(enrolment.id, "walked-on-the-moon")], at=NOON)

    assert outcome.error is not None
    assert [fault.code for fault in getattr(outcome.error, "faults", ())] == ["unknown-kind"]
    assert mark(session, enrolment) == (0, None)


def test_it_is_marked_until_something_supports_it(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    milestone = milestone_item(enrolment.id, make_milestone_kind().code)
    assert send(worker, milestone) == ["recorded"]
    assert mark(session, enrolment) == (1, "travelled-alone")
    assert enrolment.moved_on is not None

    manager = act_as(Role.MANAGER, at=enrolment.provider_id)  # the person confirms it away from the worker
    evidence = confirmation(milestone)
    assert send(manager, evidence) == ["recorded"]
    assert mark(session, enrolment) == (0, None)

    assert send(manager, withdrawal_item(evidence["id"])) == ["recorded"]
    assert mark(session, enrolment) == (1, "travelled-alone")


def test_what_was_taken_back_is_not_missed(enrolment: Enrolment, worker: Actor, session: Session) -> None:
    milestone = milestone_item(enrolment.id, make_milestone_kind().code)
    send(worker, milestone)
    send(worker, withdrawal_item(milestone["id"]))

    assert mark(session, enrolment) == (0, None)
    assert enrolment.moved_on is None


def test_the_mark_names_the_oldest_of_several(enrolment: Enrolment, worker: Actor, session: Session) -> None:
    kinds = make_milestone_kind(), make_milestone_kind("two-placements")
    newer = milestone_item(enrolment.id, kinds[0].code)
    older = milestone_item(enrolment.id, kinds[1].code, body={"occurred_on": "2025-02-20"})
    send(worker, newer, older)

    assert mark(session, enrolment) == (2, "two-placements")
