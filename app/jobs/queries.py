"""Reads of jobs; whoever owns what a job makes decides who may see it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from app.core.database import db
from app.core.errors import NotFound
from app.jobs.models import Job, JobState

LIVE = (JobState.WAITING, JobState.RUNNING)


def get_job(job_id: UUID) -> Job:
    """Return a job as it stands now.

    Raises:
        NotFound: there is none.
    """
    job = db.session().get(Job, job_id, populate_existing=True)
    if job is None:
        raise NotFound
    return job


def find_live_job(key: str) -> UUID | None:
    """Return the job that waits or runs under a key."""
    return db.session().scalar(select(Job.id).where(Job.key == key, Job.state.in_(LIVE)))


def is_due(at: datetime) -> ColumnElement[bool]:
    """Return the condition that a worker may take a job: its time has come and nobody holds it."""
    return Job.state.in_(LIVE) & (Job.run_after <= at) & or_(Job.lease_until.is_(None), Job.lease_until <= at)


def last_asked_at(name: str) -> datetime | None:
    """Return when jobs of a name were last asked for."""
    return db.session().scalar(
        select(Job.created_at).where(Job.name == name).order_by(Job.id.desc()).limit(1)
    )


def count_by_state() -> dict[JobState, int]:
    """Return how many jobs stand in each state."""
    rows = db.session().execute(select(Job.state, func.count()).group_by(Job.state))
    return dict(rows.tuples().all())
