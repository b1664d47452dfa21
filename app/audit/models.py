"""The audit trail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base


class AuditEvent(Base):
    """One act or one read of a person's records: who, in which membership, what, when.

    Holds ids and counts only. The database refuses UPDATE and DELETE. There are no foreign keys, so
    that the trail outlives what it speaks of.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_enrolment_id_at", "enrolment_id", "at"),
        Index("ix_audit_event_organisation_id_at", "organisation_id", "at"),
    )

    at: Mapped[datetime]
    name: Mapped[str]  # "claim.submitted", "journey.read"
    user_id: Mapped[UUID | None]
    membership_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    contract_id: Mapped[UUID | None]
    enrolment_id: Mapped[UUID | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
