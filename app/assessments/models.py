"""Assessments: one rater's answers in one sitting."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base
from app.records.models import RecordKind, detail_of_record, details


class SittingKind(StrEnum):
    """Which occasion a sitting is."""

    BASELINE = "baseline"
    SECOND_BASELINE = "second-baseline"
    REVIEW = "review"
    EXIT = "exit"


class Rater(StrEnum):
    """Whose answers they are; always kept apart."""

    PARTICIPANT = "participant"
    WORKER = "worker"
    SECOND_RATER = "second-rater"


@details(RecordKind.ASSESSMENT)
class Assessment(Base):
    """One rater's answers: a score a ladder, null for "I'd rather not say"; notes stand in `RecordText`."""

    __tablename__ = "assessment"
    __table_args__ = (
        detail_of_record(),
        Index(
            "uq_assessment_sitting_rater",
            "sitting_id",
            "rater",
            unique=True,
            sqlite_where=text("is_original"),
            postgresql_where=text("is_original"),
        ),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    sitting_id: Mapped[UUID]  # made by the device; shared by the raters of one occasion
    sitting_kind: Mapped[SittingKind]
    rater: Mapped[Rater]
    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instrument.id"))
    language: Mapped[str]
    scores: Mapped[dict[str, Any]]  # {"confidence": 4, "health": null}
    is_original: Mapped[bool]  # not a correction: one original a rater and sitting
