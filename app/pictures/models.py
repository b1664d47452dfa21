"""One-time links by which people open their own picture on their own phone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base


class PictureLink(Base):
    """A link that was shown once; kept are hashes alone, of its secret and of the phone's that opened it."""

    __tablename__ = "picture_link"
    __table_args__ = (
        ForeignKeyConstraint(
            ["enrolment_id", "contract_id", "provider_id"],
            ["enrolment.id", "enrolment.contract_id", "enrolment.provider_id"],
        ),
        Index("ix_picture_link_enrolment_id", "enrolment_id"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    device_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]  # by the worker, by the person, or by a newer link
