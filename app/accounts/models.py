"""Users, memberships, sessions, invitations, devices and the sign-in throttle."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.model import Base
from app.organisations.models import Organisation


class User(Base):
    """A human who signs in; roles stand on their memberships."""

    __tablename__ = "user_account"

    email: Mapped[str] = mapped_column(unique=True)  # lower case
    name: Mapped[str]
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    created_at: Mapped[datetime]

    @property
    def short_name(self) -> str:
        """Return first name and initial, as screens show staff: ``Amina O.``."""
        return short_name(self.name)


def short_name(name: str) -> str:
    """Return a first name and the initial of the last one."""
    parts = name.split()
    return parts[0] if len(parts) == 1 else f"{parts[0]} {parts[-1][0]}."


class Membership(Base):
    """A user's place in one organisation, with the roles they hold there."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    roles: Mapped[list[str]]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation] = relationship()


class SignInSession(Base):
    """A signed-in browser; the cookie holds a random secret, the row only its SHA-256."""

    __tablename__ = "sign_in_session"
    __table_args__ = (Index("ix_sign_in_session_user_id", "user_id"),)

    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    language: Mapped[str] = mapped_column(default="en")  # the user's, so that one row makes the actor
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]  # written at most once a minute
    ends_at: Mapped[datetime]  # the absolute limit
    ended_at: Mapped[datetime | None]


class InvitationPurpose(StrEnum):
    """What a one-time link lets its holder do."""

    JOIN = "join"
    RESET_PASSWORD = "reset-password"  # noqa: S105 - a purpose, not a password


class Invitation(Base):
    """A one-time link, shown once to copy; the row keeps only its SHA-256."""

    __tablename__ = "invitation"

    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    purpose: Mapped[InvitationPurpose]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str]
    name: Mapped[str]
    roles: Mapped[list[str]]
    created_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInThrottle(Base):
    """Failed sign-ins of one account from one address, in a window; never a lock for ever."""

    __tablename__ = "sign_in_throttle"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    failures: Mapped[int]
    blocked_until: Mapped[datetime | None]
    last_failed_at: Mapped[datetime]


class Device(Base):
    """A tablet or browser that records, as it names itself."""

    __tablename__ = "device"
    __table_args__ = (
        Index(
            "ix_device_organisation_id_live",
            "organisation_id",
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    last_user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    epoch: Mapped[int]
    last_sequence: Mapped[int]
    app_version: Mapped[str | None]
    is_persisted: Mapped[bool | None]  # whether its browser keeps what it stores
    # What its clock lacked at the last three contacts; by their median its times are put right.
    clock_offset_seconds: Mapped[int | None]
    clock_offset_before: Mapped[int | None]
    clock_offset_third: Mapped[int | None]
    revoked_at: Mapped[datetime | None]
