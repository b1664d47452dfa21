"""Files on their way from devices, in chunks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base


class Upload(Base):
    """A file that is being sent: so many bytes of so many have arrived."""

    __tablename__ = "upload"
    __table_args__ = (UniqueConstraint("organisation_id", "sent_sha256"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    sent_sha256: Mapped[str]
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    received_bytes: Mapped[int]
    started_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    refusal: Mapped[str | None]  # a code, where the whole file was refused
