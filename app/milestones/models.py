"""Milestones and their kinds."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base
from app.records.models import RecordKind, detail_of_record, details


class MilestoneKind(Base):
    """An observable event that can be recorded, with the evidence it takes."""

    __tablename__ = "milestone_kind"

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    title: Mapped[str]
    description: Mapped[str]
    jet_group: Mapped[str]
    counts: Mapped[list[str]]  # evidence kinds any one of which makes it payable
    hints: Mapped[dict[str, Any]]  # a few words by evidence kind, for the buttons
    helps: Mapped[list[str]]  # evidence kinds that add to it, never enough alone


@details(RecordKind.MILESTONE)
class Milestone(Base):
    """An observable event that happened; what was seen stands in `RecordText`."""

    __tablename__ = "milestone"
    __table_args__ = (detail_of_record(),)

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    kind_code: Mapped[str] = mapped_column(ForeignKey("milestone_kind.code"))
