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


_COMPLETE = "state = 'complete' AND NOT is_claimed"
_INCOMPLETE = "state = 'incomplete' AND NOT is_claimed"


def _board(name: str, *columns: str, where: str) -> Index:
    """Return the index that one list of the claimable board is read along, page by page."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


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
        _board("ix_entitlement_complete", "contract_id", "closes_on", "id", where=_COMPLETE),
        _board("ix_entitlement_provider_complete", "provider_id", "closes_on", "id", where=_COMPLETE),
        _board("ix_entitlement_incomplete", "contract_id", "closes_on", "id", where=_INCOMPLETE),
        _board("ix_entitlement_provider_incomplete", "provider_id", "closes_on", "id", where=_INCOMPLETE),
        Index("ix_entitlement_enrolment_id", "enrolment_id"),
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
    provider_share_pence: Mapped[int]
    claimable_from: Mapped[date | None]  # where something is missing: the first day on which it could be
    closes_on: Mapped[date | None]  # where something is missing: the last day to put it right
    is_claimed: Mapped[bool] = mapped_column(default=False)  # a live line holds this number
    missing_code: Mapped[str | None]  # of the first condition that is missing
    # [{"code", "condition", "met", "found", "needed", "who", "by", "task", "record_ids": […]}], in the order
    # in which the card states them
    conditions: Mapped[list[dict[str, Any]]]
    # Of each condition what its sentences are made of, so that they can be said in another language.
    sayings: Mapped[list[dict[str, Any]] | None]
    record_ids: Mapped[list[str]]  # the versions that meet it
    # How a change was measured, with all that it takes to work it out again; None where none was.
    measurement: Mapped[dict[str, Any] | None]
    consumed_root_ids: Mapped[list[str]]  # roots no other live line of this rate code may use
    settled_at: Mapped[datetime]
