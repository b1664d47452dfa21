"""The job row: the truth about work that outlives a request."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of work; a worker holds it by a lease, and an expired lease is taken up by another."""

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "uq_job_key_waiting",
            "key",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'running')"),
            postgresql_where=text("state IN ('waiting', 'running')"),
        ),
        Index(
            "ix_job_due",
            "run_after",
            sqlite_where=text("state IN ('waiting', 'running')"),
            postgresql_where=text("state IN ('waiting', 'running')"),
        ),
    )

    name: Mapped[str]  # the handler: "render-lines", "build-pack"
    key: Mapped[str]  # one live job per key: the name and what it is about
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    run_after: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int | None]
    finished_at: Mapped[datetime | None]
    failure: Mapped[str | None]  # the class of the error, never its words
