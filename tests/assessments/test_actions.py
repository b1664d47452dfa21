"""A sitting is sealed until both have answered; each rater answers once; only what fits is taken."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from app.assessments.models import SittingKind
from app.assessments.queries import sittings_of
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.instruments.models import Instrument
from app.sync.actions.batches import receive_batch
from tests.builders import NOON, TODAY, act_as, make_enrolment
from tests.sync.builders import assessment_item, make_instrument


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


@pytest.fixture
def instrument(session: Session) -> Instrument:
    return make_instrument()


@pytest.fixture
def answers(enrolment: Enrolment, instrument: Instrument) -> Any:
    """Make one rater's answers in the sitting of the test."""
    sitting_id = new_id()

    def make(rater: str = "participant", **body: Any) -> dict[str, Any]:
        return assessment_item(enrolment.id, instrument.id, rater=rater, sitting_id=sitting_id, body=body)

    return make


def send(actor: Actor, *items: dict[str, Any]) -> list[str]:
    outcomes = receive_batch(actor, items, at=NOON)
    return [outcome.error.code if outcome.error else outcome.result.value for outcome in outcomes]


def test_nobody_sees_the_persons_answers_before_the_worker_has_given_theirs(
    enrolment: Enrolment, worker: Actor, answers: Any, session: Session
) -> None:
    assert send(worker, answers()) == ["recorded"]
    (sitting,) = sittings_of([enrolment.id])
    session.refresh(enrolment)
    assert (sitting.is_sealed, sitting.answers, enrolment.latest_scores) == (True, (), None)

    assert send(worker, answers("worker", own_words=None, scores={"confidence": 3})) == ["recorded"]

    (sitting,) = sittings_of([enrolment.id])
    session.refresh(enrolment)
    assert {answer.rater.value: answer.scores for answer in sitting.answers} == {
        "participant": {"confidence": 4, "health": None},
        "worker": {"confidence": 3},
    }
    assert (enrolment.baseline_on, enrolment.last_sitting_kind) == (TODAY, SittingKind.BASELINE)
    assert enrolment.latest_scores == {rater.rater.value: rater.scores for rater in sitting.answers}


def test_a_rater_answers_once_and_corrects_afterwards(worker: Actor, answers: Any) -> None:
    first = answers()

    assert send(worker, first, answers(scores={"confidence": 5})) == ["recorded", "sitting-rated"]
    correction = answers(scores={"confidence": 5}, supersedes_id=first["id"], reason="Tapped the wrong one.")
    assert send(worker, correction) == ["recorded"]


@pytest.mark.parametrize("scores", [{"confidence": 11}, {"confidence": -1}, {"luck": 5}])
def test_a_score_off_the_scale_or_of_no_ladder_is_refused(
    enrolment: Enrolment, worker: Actor, answers: Any, scores: dict[str, int]
) -> None:
    assert send(worker, answers(scores=scores)) == ["invalid"]
    assert sittings_of([enrolment.id]) == []


def test_choosing_not_to_rate_is_an_answer(enrolment: Enrolment, worker: Actor, answers: Any) -> None:
    nothing = {"confidence": None, "health": None}

    assert send(worker, answers(scores=nothing), answers("worker", own_words=None)) == ["recorded"] * 2
    (sitting,) = sittings_of([enrolment.id])
    assert sitting.answers[0].scores == nothing


def test_a_sitting_belongs_to_one_person_and_one_occasion(
    enrolment: Enrolment, worker: Actor, answers: Any, instrument: Instrument
) -> None:
    first = answers()
    other = make_enrolment()
    colleague = act_as(Role.WORKER, at=other.provider_id)
    stolen = assessment_item(other.id, instrument.id, sitting_id=UUID(first["body"]["sitting_id"]))

    assert send(worker, first, answers("worker", sitting_kind="review")) == ["recorded", "sitting-differs"]
    assert send(colleague, stolen) == ["sitting-differs"]


def test_what_was_used_is_frozen(
    worker: Actor, answers: Any, instrument: Instrument, session: Session
) -> None:
    assert instrument.frozen_at is None
    send(worker, answers())
    session.refresh(instrument)

    assert instrument.frozen_at == NOON
