"""Instruments and their ladders."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.model import Base


class InstrumentKind(StrEnum):
    """Whether we hold an instrument's wording, or only a place for its scores."""

    LADDERS = "ladders"
    SCORE_ONLY = "score-only"


class CalibrationSource(StrEnum):
    """Where the inputs of a standard error come from."""

    ROUTINE = "routine"  # second baselines and double-rated reviews that people took anyway
    PROVISIONAL = "provisional"  # signed by the commissioner for a time
    PUBLISHED = "published"


class Instrument(Base):
    """One version of a set of ladders; frozen once an assessment used it."""

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("code", "version"),)

    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))  # None: shipped with Waymark
    code: Mapped[str]
    version: Mapped[int]
    kind: Mapped[InstrumentKind]
    title: Mapped[str]
    licence: Mapped[str]
    credit: Mapped[str]
    scale_min: Mapped[int]
    scale_max: Mapped[int]
    is_context: Mapped[bool] = mapped_column(default=False)  # shown beside, never scored as progress
    definition: Mapped[str]  # the YAML as it was loaded
    loaded_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]

    ladders: Mapped[list["Ladder"]] = relationship(order_by="Ladder.position", back_populates="instrument")


class Ladder(Base):
    """One dimension of an instrument, with its behaviour anchors."""

    __tablename__ = "ladder"
    __table_args__ = (UniqueConstraint("instrument_id", "code"),)

    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instrument.id"))
    position: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    short_title: Mapped[str]
    question: Mapped[str]
    worker_question: Mapped[str | None]  # with {name}; None where only the person answers
    jet_group: Mapped[str | None]
    is_higher_better: Mapped[bool] = mapped_column(default=True)
    anchors: Mapped[dict[str, Any]]  # {"0": "…", "2": "…"}

    instrument: Mapped[Instrument] = relationship(back_populates="ladders")
