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
from app.instruments.models import Instrument, Ladder
from app.sync.actions.batches import receive_batch
from tests.builders import NOON, TODAY, act_as, make_enrolment
from tests.sync.builders import assessment_item, intervention_item, make_instrument

LADDER: dict[str, Any] = {
    "position": 2,
    "code": "skills",
    "title": "Skills",
    "short_title": "Skills",
    "question": "How is it?",
    "worker_question": "How is it for {name}?",
    "anchors": {},
}


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


def test_a_crisis_lets_the_sitting_be_and_it_counts_nowhere(
    enrolment: Enrolment, worker: Actor, answers: Any, session: Session
) -> None:
    let_be = answers("worker", own_words=None, scores={}, notes={}, is_crisis=True)

    assert send(worker, answers(scores={}, notes={}), let_be) == ["invalid", "recorded"]
    assert send(worker, answers()) == ["recorded"]
    session.refresh(enrolment)
    assert (enrolment.baseline_on, enrolment.latest_scores) == (None, None)


def test_help_is_kept_and_what_an_older_app_sends_again_is_the_same_record(
    worker: Actor, answers: Any, session: Session
) -> None:
    older, newer = answers(), answers("worker", own_words=None, help="none")

    assert send(worker, older, newer) == ["recorded"] * 2
    assert send(worker, older, {**older, "body": {**older["body"], "help": "none"}}) == [
        "already-recorded",
        "already-recorded",
    ]
    helped = {**older, "body": {**older["body"], "help": "read-aloud"}}
    assert send(worker, helped) == ["record-conflict"]


def test_whoever_works_with_the_person_is_no_second_rater(
    enrolment: Enrolment, worker: Actor, answers: Any
) -> None:
    colleague = act_as(Role.MANAGER, at=enrolment.provider_id)
    second = answers("second-rater", own_words=None)

    assert send(worker, answers(), answers("worker", own_words=None)) == ["recorded"] * 2
    assert send(worker, second) == ["rater-not-independent"]
    receive_batch(colleague, [intervention_item(enrolment.id)], at=NOON)
    assert send(colleague, second) == ["rater-not-independent"]
    assert send(act_as(Role.MANAGER, at=enrolment.provider_id), second) == ["recorded"]


@pytest.mark.parametrize(
    ("rater", "changes", "said"),
    [
        ("participant", {}, "recorded"),
        ("worker", {}, "invalid"),
        ("participant", {"sitting_kind": "review"}, "invalid"),
        ("participant", {"focus": ["confidence", "health", "health"]}, "invalid"),
    ],
)
def test_the_person_names_three_ladders_in_the_first_baseline(
    session: Session, enrolment: Enrolment, worker: Actor, rater: str, changes: dict[str, Any], said: str
) -> None:
    three = ("confidence", "health", "skills")
    instrument = make_instrument()
    instrument.ladders.append(Ladder(**LADDER))
    session.commit()
    body = {"scores": dict.fromkeys(three, 4), "focus": list(three), "own_words": None}

    item = assessment_item(
        enrolment.id, instrument.id, rater=rater, sitting_id=new_id(), body=body | changes | {"notes": {}}
    )
    assert send(worker, item) == [said]


def test_what_was_used_is_frozen(
    worker: Actor, answers: Any, instrument: Instrument, session: Session
) -> None:
    assert instrument.frozen_at is None
    send(worker, answers())
    session.refresh(instrument)

    assert instrument.frozen_at == NOON
