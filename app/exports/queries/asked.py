"""Exports as their askers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor
from app.exports import policies
from app.exports.models import Export, ExportKind
from app.jobs.models import Job, JobState
from app.jobs.queries import LIVE


@dataclass(frozen=True)
class Asked:
    """An export and how far its job is."""

    export: Export
    job: Job

    @property
    def state(self) -> JobState:
        """Where it stands; it is done only when its file is."""
        if self.export.finished_at is not None:
            return JobState.DONE
        return JobState.RUNNING if self.job.state is JobState.DONE else self.job.state


def get_own_export(actor: Actor, export_id: UUID, *, at: datetime) -> Asked:
    """Return an export that the actor asked for in the organisation they act in, while it has not expired.

    Raises:
        NotFound: there is none, somebody else asked, it expired, or the actor's role has gone since.
    """
    row = (
        db.session()
        .execute(
            select(Export, Job)
            .join(Job, Job.id == Export.job_id)
            .where(
                Export.id == export_id,
                Export.asked_by_id == actor.user_id,
                Export.organisation_id == actor.organisation_id,
                Export.expires_at > at,
            )
            .execution_options(populate_existing=True)
        )
        .one_or_none()
    )
    if row is None or not policies.can_fetch_export(actor, row[0]):
        raise NotFound
    return Asked(row[0], row[1])


def find_export(export_id: UUID) -> Export | None:
    """Return an export as its job needs it."""
    return db.session().get(Export, export_id, populate_existing=True)


def find_waiting_export(actor: Actor, kind: ExportKind, claim_id: UUID | None) -> UUID | None:
    """Return the export of this kind that the same person asked for and that is still being made."""
    return db.session().scalar(
        select(Export.id)
        .join(Job, Job.id == Export.job_id)
        .where(
            Export.kind == kind,
            Export.asked_by_id == actor.user_id,
            Export.organisation_id == actor.organisation_id,
            Export.claim_id == claim_id if claim_id else Export.claim_id.is_(None),
            Job.state.in_(LIVE),
        )
        .limit(1)
    )


def expired_exports(at: datetime) -> Sequence[Export]:
    """Return the exports whose time is over."""
    return db.session().scalars(select(Export).where(Export.expires_at <= at).order_by(Export.id)).all()


def keys_in_use() -> set[str]:
    """Return the storage keys of all exports that there are."""
    return {export.storage_key for export in db.session().scalars(select(Export))}
