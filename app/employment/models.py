"""Employment: spells of work."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped

from app.core.model import Base
from app.records.models import RecordKind, detail_of_record, details


class EmploymentKind(StrEnum):
    """Paid for whom."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self-employed"
    APPRENTICESHIP = "apprenticeship"


@details(RecordKind.EMPLOYMENT)
class Employment(Base):
    """One spell of paid work; the employer's name stands in `RecordText`. An end is a correction."""

    __tablename__ = "employment"
    __table_args__ = (detail_of_record(),)

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    kind: Mapped[EmploymentKind]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    weekly_minutes: Mapped[int]
