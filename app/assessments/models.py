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


class Help(StrEnum):
    """How a rater was helped to answer; the answers stay their own."""

    NONE = "none"
    READ_ALOUD = "read-aloud"
    INTERPRETER = "interpreter"
    ADVOCATE = "advocate"
    EASY_READ = "easy-read"


# Columns that came after version 1 of the body: null where nothing was said, and hashed only where something
# was, so that a repeat of what an older app sent is still the same record.
ADDED_LATER = {"added_later": True}


@details(RecordKind.ASSESSMENT)
class Assessment(Base):
    """One rater's answers: a score a ladder, null for "I'd rather not say"; notes stand in `RecordText`.

    Somebody who chose not to rate has null on every ladder, which is an answer like any other.
    """

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
    help: Mapped[Help | None] = mapped_column(info=ADDED_LATER)  # None: nobody helped
    # Three ladders that matter most to the person, named in the first baseline and never changed after.
    focus: Mapped[list[str] | None] = mapped_column(info=ADDED_LATER)
    is_crisis: Mapped[bool | None] = mapped_column(
        info=ADDED_LATER
    )  # the sitting was let be, and counts nowhere
