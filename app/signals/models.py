"""Looks at a team's records, the signals that were found, and the team's answers; all append-only."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base


class SignalKind(StrEnum):
    """What can stand out in a team's records."""

    LATE_TESTIMONY = "late-testimony"
    SHARED_FILE = "shared-file"
    SAME_DEVICE = "same-device"
    HURRIED_RATING = "hurried-rating"
    THRESHOLD_BUNCHING = "threshold-bunching"
    ALL_SUCCEED = "all-succeed"


def _of_team() -> ForeignKeyConstraint:
    """Return the key that ties a row to a team: one provider on one contract."""
    return ForeignKeyConstraint(
        ["contract_id", "provider_id"], ["subcontract.contract_id", "subcontract.provider_id"]
    )


class SignalLook(Base):
    """One look at a team's records of the last year; each team is looked at once a month."""

    __tablename__ = "signal_look"
    __table_args__ = (_of_team(), UniqueConstraint("contract_id", "provider_id", "month"))

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    month: Mapped[date]
    looked_at: Mapped[datetime]
    since: Mapped[date]  # what was received after this day
    person_count: Mapped[int]
    worker_count: Mapped[int]
    test_count: Mapped[int]  # comparisons in a year of such looks: what every frequency accounts for


class Signal(Base):
    """Something in a team's records that honest teams hardly ever show, with its numbers."""

    __tablename__ = "signal"
    __table_args__ = (
        _of_team(),
        UniqueConstraint("id", "contract_id", "provider_id"),
        Index("ix_signal_contract_id_provider_id", "contract_id", "provider_id"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    look_id: Mapped[UUID] = mapped_column(ForeignKey("signal_look.id"))
    kind: Mapped[SignalKind]
    # Whose records they are, so that the next look begins after this one; never told to anybody.
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    since: Mapped[date]
    until: Mapped[date]
    seen_count: Mapped[int]
    case_count: Mapped[int]
    expected_share: Mapped[float]  # of cases, that the null model allows for
    chance: Mapped[float]  # of so many or more, in this one comparison
    frequency: Mapped[float]  # the same among all the comparisons of a year: of honest teams
    record_ids: Mapped[list[str]]  # what it was seen in, the newest first; the team's managers alone see them
    found_at: Mapped[datetime]


class SignalAnswer(Base):
    """What the team says to a signal; another answer is added, none is changed."""

    __tablename__ = "signal_answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["signal_id", "contract_id", "provider_id"],
            ["signal.id", "signal.contract_id", "signal.provider_id"],
        ),
        Index("ix_signal_answer_signal_id", "signal_id"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    signal_id: Mapped[UUID]
    words: Mapped[str]
    answered_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime]
