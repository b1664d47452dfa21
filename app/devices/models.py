"""Outboxes on devices, items that could not be recorded, and cases of queues that may be lost."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base

_OPEN_CASE = text("closed_at IS NULL")
_OPEN_ITEM = text("settled_at IS NULL")


class DeviceOutbox(Base):
    """One person's outbox on one device, of one epoch: which numbers arrived, and what it said of itself."""

    __tablename__ = "device_outbox"
    __table_args__ = (
        UniqueConstraint("device_id", "user_id", "epoch"),
        Index("ix_device_outbox_organisation_id", "organisation_id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    device_id: Mapped[UUID] = mapped_column(ForeignKey("device.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    epoch: Mapped[int]
    last_sequence: Mapped[int]
    missing: Mapped[list[Any]]  # [first, last, since when] of each gap below `last_sequence`
    doubled_count: Mapped[int]  # numbers that came twice with different items: a cloned store
    first_contact_at: Mapped[datetime]
    last_contact_at: Mapped[datetime]
    pending: Mapped[int]  # what it still held after the last contact
    oldest_pending_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]  # when it was last answered; what has a number
    told_sequence: Mapped[int]  # above this one was made after that
    latest_at: Mapped[datetime | None]  # the device's time of the last number, put right
    lost: Mapped[dict[str, Any] | None]  # what it noticed itself that it has lost


class CaseKind(StrEnum):
    """Why a queue may be lost."""

    SEQUENCE_GAP = "sequence-gap"
    EPOCH_CHANGE = "epoch-change"
    SILENT = "silent"


class DeviceCase(Base):
    """Something that a manager should look into; it closes itself once what was missing has come."""

    __tablename__ = "device_case"
    __table_args__ = (
        UniqueConstraint("device_id", "user_id", "kind", "key"),
        Index(
            "ix_device_case_organisation_id_open",
            "organisation_id",
            sqlite_where=_OPEN_CASE,
            postgresql_where=_OPEN_CASE,
        ),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    device_id: Mapped[UUID] = mapped_column(ForeignKey("device.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[CaseKind]
    key: Mapped[str]  # what it is about, so that it is opened once
    detail: Mapped[dict[str, Any]]  # numbers and moments
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str | None]


class ParkedState(StrEnum):
    """Why an item is kept beside the records."""

    PARKED = "parked"  # refused or in conflict: its author corrects it, or gives it up
    QUARANTINED = "quarantined"  # a manager accepts or discards it


class Settlement(StrEnum):
    """What became of an item that was kept."""

    RECORDED = "recorded"
    REPLACED = "replaced"
    GIVEN_UP = "given-up"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"


class ParkedItem(Base):
    """An item that could not be recorded as it came; what it says is forgotten once it is settled."""

    __tablename__ = "parked_item"
    __table_args__ = (
        UniqueConstraint("organisation_id", "user_id", "item_id"),
        Index(
            "ix_parked_item_organisation_id_open",
            "organisation_id",
            "received_at",
            sqlite_where=_OPEN_ITEM,
            postgresql_where=_OPEN_ITEM,
        ),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))  # its author
    item_id: Mapped[UUID]
    device_id: Mapped[UUID]
    state: Mapped[ParkedState]
    code: Mapped[str]  # why
    detail: Mapped[str]
    action: Mapped[str | None]  # where it could be opened
    enrolment_id: Mapped[UUID | None]
    item: Mapped[dict[str, Any] | None]
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    settlement: Mapped[Settlement | None]
    reason: Mapped[str | None]
