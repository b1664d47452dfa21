"""Files on their way from devices, in chunks; and the keys that devices seal to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
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
    seal: Mapped[dict[str, Any] | None]  # how it was sealed; `sent_sha256` is of what was sealed


class SealKey(Base):
    """A key that devices seal to; its private part is enciphered by the installation's secret."""

    __tablename__ = "seal_key"

    public_point: Mapped[bytes] = mapped_column(LargeBinary(65))
    private_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)  # none once it was destroyed
    secret_id: Mapped[str]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]  # since then devices seal to a newer one
    destroyed_at: Mapped[datetime | None]
