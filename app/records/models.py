"""The spine: every fact about an enrolment is one row here and one detail row of its kind."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base


class RecordKind(StrEnum):
    """What a record is about; each kind has a detail table in its own feature."""

    START = "start"
    END = "end"
    ASSESSMENT = "assessment"
    MILESTONE = "milestone"
    INTERVENTION = "intervention"
    CONTACT = "contact"
    EMPLOYMENT = "employment"
    ACTION_PLAN = "action-plan"
    EVIDENCE = "evidence"
    VERIFICATION = "verification"
    DISAGREEMENT = "disagreement"


_TO_VERIFY = text("kind IN ('start', 'milestone', 'employment') OR content_hash >= 'e66'")


class Record(Base):
    """A fact with its three times. Inserted, never updated: the database refuses UPDATE and DELETE.

    A correction is a new row that names the one it supersedes; `root_id` is the first of the chain
    (its own id for an original), so evidence and verification keep pointing at the same fact.
    """

    __tablename__ = "record"
    __table_args__ = (
        ForeignKeyConstraint(
            ["enrolment_id", "contract_id", "provider_id"],
            ["enrolment.id", "enrolment.contract_id", "enrolment.provider_id"],
        ),
        UniqueConstraint("id", "contract_id", "provider_id"),
        Index("ix_record_enrolment_id_kind", "enrolment_id", "kind"),
        Index("ix_record_root_id", "root_id"),
        # What a verifier may have to look at: all that can be paid for, and one in ten of the rest.
        Index(
            "ix_record_provider_id_to_verify",
            "provider_id",
            "received_at",
            sqlite_where=_TO_VERIFY,
            postgresql_where=_TO_VERIFY,
        ),
    )

    root_id: Mapped[UUID]
    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]
    kind: Mapped[RecordKind]
    occurred_on: Mapped[date]  # claimed, a London day
    recorded_at: Mapped[datetime]  # the device's clock, corrected by `clock_offset_seconds`
    received_at: Mapped[datetime]  # ours
    clock_offset_seconds: Mapped[int | None]  # set where the device's clock was wrong and is marked
    author_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    device_id: Mapped[UUID | None]
    content_hash: Mapped[str]  # SHA-256 of the canonical content, hexadecimal
    supersedes_id: Mapped[UUID | None] = mapped_column(ForeignKey("record.id"), unique=True)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)


class RecordText(Base):
    """The free text of a record, beside it, so that it can be disposed of and the record still stands.

    The record's content hash covers `salted digest = SHA-256(salt + canonical texts)`; the salt goes
    with the texts, so what was forgotten cannot be guessed back.
    """

    __tablename__ = "record_text"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"], ["record.id", "record.contract_id", "record.provider_id"]
        ),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    salt: Mapped[str]
    texts: Mapped[dict[str, Any]]  # by field: {"note": "…", "reason": "…"}
    disposed_at: Mapped[datetime | None]


DETAIL_MODELS: dict[RecordKind, type[Base]] = {}

M = TypeVar("M", bound=type[Base])


def details(kind: RecordKind) -> Callable[[M], M]:
    """Register the table that holds a kind's details; `records` itself knows no kind."""

    def register(model: M) -> M:
        DETAIL_MODELS[kind] = model
        return model

    return register


def detail_of_record() -> ForeignKeyConstraint:
    """Return the composite key that ties a kind's detail row to its record, inside both walls."""
    return ForeignKeyConstraint(
        ["id", "contract_id", "provider_id"], ["record.id", "record.contract_id", "record.provider_id"]
    )
