"""Disagreements: the person says that a record is not so, and takes it back where they wish."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base
from app.records.models import RecordKind, detail_of_record, details


class Way(StrEnum):
    """By which way the person said it."""

    ON_TABLET = "on-tablet"
    OWN_PHONE = "own-phone"  # by a one-time link; the author is whoever handed it to them


class Present(StrEnum):
    """Who was there besides the person."""

    WORKER = "worker"
    INTERPRETER = "interpreter"
    ADVOCATE = "advocate"
    SUPPORTER = "supporter"  # family, a friend, a carer


@details(RecordKind.DISAGREEMENT)
class Disagreement(Base):
    """The person disagrees with one version of a record; their own words, if any, stand in `RecordText`.

    Its withdrawal is a newer version, with the way and the company of that moment.
    """

    __tablename__ = "disagreement"
    __table_args__ = (detail_of_record(), Index("ix_disagreement_subject_root_id", "subject_root_id"))

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("record.id"))  # the version that they saw
    subject_root_id: Mapped[UUID]
    way: Mapped[Way]
    present: Mapped[list[str]]  # of `Present`; empty: nobody else
