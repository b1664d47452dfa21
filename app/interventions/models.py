"""Interventions and contacts."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped

from app.core.model import Base
from app.records.models import RecordKind, detail_of_record, details


class InterventionKind(StrEnum):
    """What support was given."""

    ONE_TO_ONE = "one-to-one"
    GROUP = "group"
    WORKSHOP = "workshop"
    ADVOCACY = "advocacy"
    ACCOMPANIED_VISIT = "accompanied-visit"
    EMPLOYER_ENGAGEMENT = "employer-engagement"
    IN_WORK_SUPPORT = "in-work-support"
    SPECIALIST = "specialist"


@details(RecordKind.INTERVENTION)
class Intervention(Base):
    """Support given: how long, and among how many."""

    __tablename__ = "intervention"
    __table_args__ = (detail_of_record(),)

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    kind: Mapped[InterventionKind]
    duration_minutes: Mapped[int]
    group_size: Mapped[int]  # 1 for one to one


class ContactOutcome(StrEnum):
    """What became of a contact."""

    PLANNED = "planned"
    KEPT = "kept"
    MOVED = "moved"
    MISSED = "missed"
    TRIED = "tried"
    MET = "met"


class ContactChannel(StrEnum):
    """How contact was made or tried."""

    IN_PERSON = "in-person"
    TELEPHONE = "telephone"
    TEXT = "text"
    VIDEO = "video"
    EMAIL = "email"
    LETTER = "letter"
    HOME_VISIT = "home-visit"


@details(RecordKind.CONTACT)
class Contact(Base):
    """Ten seconds: planned, kept, moved, missed, tried or met."""

    __tablename__ = "contact"
    __table_args__ = (detail_of_record(),)

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    outcome: Mapped[ContactOutcome]
    channel: Mapped[ContactChannel]
    planned_at: Mapped[datetime | None]  # when the next one is to be (planned, moved)
