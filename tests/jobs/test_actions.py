"""Asking for work, leases, tries and take-up, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.core.database import transaction
from app.core.errors import Conflict
from app.jobs import actions, queries
from app.jobs.actions import Worker, enqueue, plan_periodic, run_due_jobs
from app.jobs.errors import LeaseLost
from app.jobs.models import Job, JobState
from app.jobs.rules import HANDLERS, LEASE, TRIES_MAX, Periodic, Work
from tests.builders import NOON, act_as


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, session: Session) -> list[Work]:
    """Handle jobs named "note" by writing them down."""
    works: list[Work] = []
    monkeypatch.setitem(HANDLERS, "note", works.append)
    monkeypatch.setattr("app.jobs.actions.PERIODICS", [])
    return works


def only(session: Session) -> Job:
    session.expire_all()
    return session.query(Job).one()


def test_a_job_is_done_once_with_what_it_was_asked(session: Session, seen: list[Work]) -> None:
    actor = act_as()
    job_id = enqueue("note", "note:1", {"claim_id": "x"}, actor=actor, at=NOON)

    assert run_due_jobs(at=NOON) == 1
    assert run_due_jobs(at=NOON) == 0
    assert [(work.job_id, work.payload, work.asked_by_id) for work in seen] == [
        (job_id, {"claim_id": "x"}, actor.user_id)
    ]
    assert only(session).state is JobState.DONE


def test_asking_again_while_it_waits_adds_nothing(session: Session, seen: list[Work]) -> None:
    first = enqueue("note", "note:1", {}, at=NOON)

    assert enqueue("note", "note:1", {}, at=NOON) == first
    assert run_due_jobs(at=NOON) == 1
    assert enqueue("note", "note:1", {}, at=NOON) != first


def test_a_refused_transaction_asks_for_nothing(session: Session, seen: list[Work]) -> None:
    def ask_and_refuse() -> None:
        with transaction():
            enqueue("note", "note:1", {}, at=NOON)
            raise Conflict("The claim is a draft.")

    with pytest.raises(Conflict):
        ask_and_refuse()

    assert run_due_jobs(at=NOON) == 0


def test_what_fails_is_tried_again_later_and_then_given_up(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_work: Work) -> None:
        raise ZeroDivisionError("names somebody")

    monkeypatch.setitem(HANDLERS, "fail", fail)
    enqueue("fail", "fail", {}, at=NOON)

    assert run_due_jobs(at=NOON) == 1
    assert (only(session).state, only(session).failure) == (JobState.WAITING, "ZeroDivisionError")
    tries = sum(run_due_jobs(at=NOON + timedelta(hours=hour)) for hour in range(1, 10))

    assert tries == TRIES_MAX - 1
    assert only(session).state is JobState.FAILED


def test_what_the_rules_refuse_is_not_tried_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_work: Work) -> None:
        raise Conflict("The claim is a draft.")

    monkeypatch.setitem(HANDLERS, "refuse", refuse)
    enqueue("refuse", "refuse", {}, at=NOON)
    run_due_jobs(at=NOON)

    assert only(session).state is JobState.FAILED


def test_a_held_job_is_left_alone_until_its_lease_ends(session: Session, seen: list[Work]) -> None:
    enqueue("note", "note:1", {}, at=NOON)
    killed = Worker("host:1:a", clock=lambda: NOON)
    assert killed._take() is not None

    assert run_due_jobs(at=NOON + LEASE - timedelta(seconds=1)) == 0
    assert run_due_jobs(at=NOON + LEASE) == 1


def test_whoever_lost_the_lease_writes_nothing_more(session: Session, seen: list[Work]) -> None:
    enqueue("note", "note:1", {}, at=NOON)
    slow = Worker("host:1:a", clock=lambda: NOON)
    taken = slow._take()
    assert taken is not None
    fast = Worker("host:2:b", clock=lambda: NOON + LEASE)
    assert fast._take() is not None

    with pytest.raises(LeaseLost):
        taken[1].progress(1, 2)
    slow._note_done(taken[1].job_id)

    assert (only(session).state, only(session).lease_owner) == (JobState.RUNNING, "host:2:b")


def test_progress_is_seen_and_keeps_the_lease(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    states: list[tuple[int, int | None]] = []

    def count(work: Work) -> None:
        work.progress(3, 10)
        job = queries.get_job(work.job_id)
        states.append((job.done_count, job.total_count))

    monkeypatch.setitem(HANDLERS, "count", count)
    enqueue("count", "count", {}, at=NOON)
    run_due_jobs(at=NOON)

    assert states == [(3, 10)]


def test_a_worker_told_to_stop_gives_its_job_back(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, "long", lambda work: work.progress(1, 2))
    enqueue("long", "long", {}, at=NOON)
    Worker("host:1:a", clock=lambda: NOON, should_stop=lambda: True).run_one()
    job = only(session)

    assert (job.state, job.attempts, job.lease_owner) == (JobState.WAITING, 0, None)


def test_the_job_of_a_dead_worker_is_taken_up_at_once(session: Session, seen: list[Work]) -> None:
    enqueue("note", "note:1", {}, at=NOON)
    Worker("host:1:a", clock=lambda: NOON)._take()

    assert actions.release_leases(lambda owner: owner == "host:1:a", at=NOON) == 1
    assert run_due_jobs(at=NOON) == 1


def test_a_job_that_kills_every_worker_is_given_up(session: Session, seen: list[Work]) -> None:
    enqueue("note", "note:1", {}, at=NOON)
    for hour in range(TRIES_MAX):
        Worker("host:1:a", clock=lambda hour=hour: NOON + timedelta(hours=hour))._take()  # type: ignore[misc]

    assert run_due_jobs(at=NOON + timedelta(days=1)) == 0
    assert (only(session).state, only(session).failure) == (JobState.FAILED, "WorkerDied")


def test_the_clock_asks_once_a_period(
    session: Session, seen: list[Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.jobs.actions.PERIODICS", [Periodic("note", timedelta(hours=1))])
    done = 0
    for minute in (0, 1, 59, 60, 61):
        at = NOON + timedelta(minutes=minute)
        plan_periodic(at=at)
        done += run_due_jobs(at=at)

    assert done == 2
