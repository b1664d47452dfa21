"""Instruments and their ladders."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

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


class Figure(TypeDecorator[Decimal]):
    """A decimal as text, so that it is read back as exactly what was signed, on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Hand the driver the digits."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Read the digits."""
        return None if value is None else Decimal(value)


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


class Calibration(Base):
    """The inputs of a standard error that a commissioner's lines may rest on; appended, never changed.

    They belong to one instrument version, rater, language and set of ladders. New inputs for the same are a
    new version; a line frozen before keeps the version that it was worked out with.
    """

    __tablename__ = "calibration"
    __table_args__ = (
        UniqueConstraint(
            "commissioner_id",
            "instrument_id",
            "rater",
            "language",
            "ladder_codes",
            "source",
            "version",
            name="uq_calibration_version",
        ),
    )

    commissioner_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instrument.id"))
    rater: Mapped[str]  # a value of assessments.models.Rater
    language: Mapped[str]
    ladder_codes: Mapped[str]  # the set, in the order of the codes, parted by spaces: a set equals itself
    source: Mapped[CalibrationSource]
    version: Mapped[int]
    sd: Mapped[Decimal] = mapped_column(Figure())  # points of the scale, between people
    r: Mapped[Decimal] = mapped_column(Figure())
    r_lower: Mapped[Decimal] = mapped_column(Figure())  # lower one-sided 95 % limit: the one that is used
    n: Mapped[int]  # pairs of ratings; 0 of provisional inputs
    reference: Mapped[str]  # where they come from, in words
    workings: Mapped[
        dict[str, Any]
    ]  # what they were estimated from, with intervals; empty where they were not
    signed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))  # None: command line
    signed_at: Mapped[datetime]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]  # the last day

    instrument: Mapped[Instrument] = relationship()

    @property
    def ladders(self) -> tuple[str, ...]:
        """The codes of the set."""
        return tuple(self.ladder_codes.split())
