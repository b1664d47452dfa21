"""Asking for work, and doing it: a lease on a row, kept while the handler runs.

A handler runs outside any transaction of ours. What it has done stands when it returns; its end is
noted only by whoever still holds the lease.
"""

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.core.database import db, transaction
from app.core.errors import DomainError
from app.core.ids import new_id
from app.core.json import insert_rows
from app.core.permissions import Actor
from app.jobs import queries
from app.jobs.errors import LeaseLost, StopWorking
from app.jobs.models import Job, JobState
from app.jobs.rules import HANDLERS, LEASE, PERIODICS, TRIES_MAX, Work, handler, wait_after

log = logging.getLogger("waymark.jobs")

__all__ = ["Worker", "enqueue", "handler", "plan_periodic", "run_due_jobs"]


def enqueue(
    name: str, key: str, payload: Mapping[str, Any], *, actor: Actor | None = None, at: datetime
) -> UUID:
    """Ask for a job in the caller's transaction and return its id.

    While one with the same key waits or runs, that one is the answer and nothing is added.

    Args:
        name: The handler's.
        key: What it is about, such as ``render-lines:<claim id>``.
        payload: Ids and codes; JSON.
        actor: Who asked; None for the installation itself.
        at: When.
    """
    with transaction() as session:
        job_id = new_id()
        made = insert_rows(
            session,
            Job,
            [
                {
                    "id": job_id,
                    "name": name,
                    "key": key,
                    "payload": dict(payload),
                    "state": JobState.WAITING,
                    "organisation_id": actor.organisation_id if actor else None,
                    "asked_by_id": actor.user_id if actor else None,
                    "created_at": at,
                    "run_after": at,
                    "attempts": 0,
                    "done_count": 0,
                }
            ],
        )
        return job_id if made else queries.find_live_job(key) or job_id


def plan_periodic(*, at: datetime) -> None:
    """Ask for the jobs whose time has come round."""
    for periodic in PERIODICS:
        last = queries.last_asked_at(periodic.name)
        if last is None or at - last >= periodic.every:
            enqueue(periodic.name, periodic.name, {}, at=at)


@dataclass
class Worker:
    """Takes jobs one after the other.

    Attributes:
        owner: Names this worker on the leases it takes: ``host:pid:nonce``.
        clock: Tells the time.
        should_stop: Asked between pieces of work.
        heartbeat: Keeps a lease while the handler runs and reports nothing.
    """

    owner: str
    clock: Callable[[], datetime]
    should_stop: Callable[[], bool] = lambda: False
    heartbeat: Callable[["Worker", UUID], AbstractContextManager[object]] = field(
        default=lambda _worker, _job_id: nullcontext()
    )

    def run_one(self) -> bool:
        """Take one due job and do it; return whether there was one."""
        self._give_up_hopeless()
        taken = self._take()
        if taken is None:
            return False
        name, task = taken
        try:
            with self.heartbeat(self, task.job_id):
                HANDLERS[name](task)
        except StopWorking:
            self._give_back(task.job_id)
        except LeaseLost:
            log.warning("job %s was taken over by another worker", task.job_id)
        except Exception as error:
            # The class alone is kept: a message may carry what somebody typed.
            log.exception("job %s (%s) failed: %s", task.job_id, name, type(error).__name__)
            self._note_failure(task.job_id, error)
        else:
            self._note_done(task.job_id)
        finally:
            db.session.remove()
        return True

    def keep(self, job_id: UUID, **columns: Any) -> None:
        """Renew the lease.

        Raises:
            LeaseLost: another worker holds the job.
        """
        self._change(job_id, lease_until=self.clock() + LEASE, **columns)

    def _take(self) -> tuple[str, Work] | None:
        at = self.clock()
        with transaction() as session:
            job = session.scalar(
                select(Job)
                .where(queries.is_due(at), Job.name.in_(list(HANDLERS)))
                .order_by(Job.run_after, Job.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if job is None:
                return None
            job.state, job.attempts = JobState.RUNNING, job.attempts + 1
            job.lease_owner, job.lease_until = self.owner, at + LEASE
            task = Work(
                job_id=job.id,
                payload=job.payload,
                at=at,
                organisation_id=job.organisation_id,
                asked_by_id=job.asked_by_id,
                progress=lambda done, total: self._progress(task.job_id, done, total),
            )
            return job.name, task

    def _give_up_hopeless(self) -> None:
        """Note the jobs as failed whose workers died, each time, without a word."""
        at = self.clock()
        hopeless = queries.is_due(at) & (Job.attempts >= TRIES_MAX)
        if db.session().scalar(select(Job.id).where(hopeless).limit(1)) is None:
            return
        with transaction() as session:
            session.execute(
                update(Job)
                .where(hopeless)
                .values(state=JobState.FAILED, finished_at=at, failure="WorkerDied", lease_owner=None)
                .execution_options(synchronize_session=False)
            )

    def _progress(self, job_id: UUID, done: int, total: int) -> None:
        self.keep(job_id, done_count=done, total_count=total)
        if self.should_stop():
            raise StopWorking

    def _note_done(self, job_id: UUID) -> None:
        self._settle(job_id, state=JobState.DONE, finished_at=self.clock(), failure=None)

    def _give_back(self, job_id: UUID) -> None:
        self._settle(job_id, state=JobState.WAITING, attempts=Job.attempts - 1)

    def _note_failure(self, job_id: UUID, error: Exception) -> None:
        db.session.remove()
        tries = queries.get_job(job_id).attempts
        failure = type(error).__name__
        # A refusal of the domain will be the same next time.
        if tries >= TRIES_MAX or isinstance(error, DomainError):
            self._settle(job_id, state=JobState.FAILED, finished_at=self.clock(), failure=failure)
        else:
            later = self.clock() + wait_after(tries)
            self._settle(job_id, state=JobState.WAITING, run_after=later, failure=failure)

    def _settle(self, job_id: UUID, **columns: Any) -> None:
        try:
            self._change(job_id, lease_owner=None, lease_until=None, **columns)
        except LeaseLost:
            log.warning("job %s was taken over by another worker", job_id)

    def _change(self, job_id: UUID, **columns: Any) -> None:
        with transaction() as session:
            changed = session.execute(
                update(Job)
                .where(Job.id == job_id, Job.lease_owner == self.owner, Job.state == JobState.RUNNING)
                .values(**columns)
                .returning(Job.id)
            )
            if changed.first() is None:
                raise LeaseLost


def release_leases(is_dead: Callable[[str], bool], *, at: datetime) -> int:
    """Let go of the leases whose worker is known to be dead, and return how many.

    Args:
        is_dead: Whether the owner of a lease certainly runs no more.
        at: Now.
    """
    with transaction() as session:
        held = session.execute(
            select(Job.id, Job.lease_owner).where(Job.state == JobState.RUNNING, Job.lease_until > at)
        )
        dead = [row.id for row in held if row.lease_owner and is_dead(row.lease_owner)]
        if dead:
            session.execute(update(Job).where(Job.id.in_(dead)).values(lease_owner=None, lease_until=None))
        return len(dead)


def run_due_jobs(*, at: datetime, owner: str = "here") -> int:
    """Do everything that is due at a moment, one after the other, and return how many jobs that were."""
    worker = Worker(owner, clock=lambda: at)
    count = 0
    while worker.run_one():
        count += 1
    return count
