"""Entitlements: what one participant's records earn of one rate."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base


class EntitlementState(StrEnum):
    """What the records say, whatever day it is.

    `claimable` and `closed` are read by comparing a complete one's dates with today.
    """

    NOT_YET = "not-yet"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    NOT_EVALUATED = "not-evaluated"  # the rate's trigger has no rules here yet


class Entitlement(Base):
    """For one participant and one occurrence of a rate: the conditions, met or missing, and the price."""

    __tablename__ = "entitlement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["participant_id", "contract_id"], ["participant.id", "participant.contract_id"]
        ),
        ForeignKeyConstraint(
            ["enrolment_id", "contract_id", "provider_id"],
            ["enrolment.id", "enrolment.contract_id", "enrolment.provider_id"],
        ),
        UniqueConstraint("participant_id", "rate_code", "occurrence"),
        UniqueConstraint("id", "contract_id"),
        Index(
            "ix_entitlement_claimable",
            "contract_id",
            "closes_on",
            "id",
            sqlite_where=text("state = 'complete'"),
            postgresql_where=text("state = 'complete'"),
        ),
        Index(
            "ix_entitlement_incomplete",
            "contract_id",
            "missing_code",
            "id",
            sqlite_where=text("state = 'incomplete'"),
            postgresql_where=text("state = 'incomplete'"),
        ),
    )

    contract_id: Mapped[UUID]
    participant_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]  # whose records meet it, or would
    provider_id: Mapped[UUID]
    rate_id: Mapped[UUID] = mapped_column(ForeignKey("rate.id"))
    rate_code: Mapped[str]
    occurrence: Mapped[int]
    state: Mapped[EntitlementState]
    price_pence: Mapped[int]
    claimable_from: Mapped[date | None]
    closes_on: Mapped[date | None]
    missing_code: Mapped[str | None]  # of the first condition that is missing
    # [{"code", "met", "found", "needed", "who", "by", "record_ids": […]}], in the order the card states them
    conditions: Mapped[list[dict[str, Any]]]
    record_ids: Mapped[list[str]]  # the versions that meet it
    consumed_root_ids: Mapped[list[str]]  # roots no other live line of this rate code may use
    settled_at: Mapped[datetime]
