"""Organisations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base


class Organisation(Base):
    """A body that holds parts on contracts: it pays, leads or delivers, or several of these."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str]
    created_at: Mapped[datetime]
    # Where fewer than three people work, the one outside person who verifies what is sent to them.
    outside_verifier_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
