"""Organisations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base

KEPT_DAYS = 5  # unless an organisation chooses otherwise
KEPT_DAYS_MAX = 14  # as long as recording by reference works in any case


class Organisation(Base):
    """A body that holds parts on contracts: it pays, leads or delivers, or several of these."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str]
    created_at: Mapped[datetime]
    # Where fewer than three people work, the one outside person who verifies what is sent to them.
    outside_verifier_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    # How many days a device keeps what it shows without having been in touch.
    kept_days: Mapped[int] = mapped_column(default=KEPT_DAYS, server_default=text("5"))
