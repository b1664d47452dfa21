"""Action plans."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from app.core.model import Base
from app.records.models import RecordKind, detail_of_record, details


class StepOwner(StrEnum):
    """Who does a step."""

    PARTICIPANT = "participant"
    WORKER = "worker"
    ADVISER = "adviser"
    OTHER = "other"


@details(RecordKind.ACTION_PLAN)
class ActionPlan(Base):
    """The plan as agreed on a day; the newest one counts, earlier ones stay readable.

    `steps` holds ``{"key", "owner", "due_on", "done_on"}``; a step's words stand in `RecordText`
    under ``step.<key>``, the person's own goal under ``goal``.
    """

    __tablename__ = "action_plan"
    __table_args__ = (detail_of_record(),)

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    review_on: Mapped[date]
    steps: Mapped[list[dict[str, Any]]]
