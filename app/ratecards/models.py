"""Rate cards, their rates, and which contract applies which."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.model import Base


class TriggerKind(StrEnum):
    """What earns a rate."""

    STARTED = "started"
    MILESTONE = "milestone"
    JOB_SUSTAINED = "job-sustained"
    RELIABLE_IMPROVEMENT = "reliable-improvement"
    HELD = "held"
    JOB_SUSTAINED_EVERY = "job-sustained-every"


# The others load, are shown, and say that nothing works them out yet.
EVALUATED_TRIGGERS = frozenset(
    {
        TriggerKind.STARTED,
        TriggerKind.MILESTONE,
        TriggerKind.JOB_SUSTAINED,
        TriggerKind.RELIABLE_IMPROVEMENT,
        TriggerKind.HELD,
    }
)


class RateCard(Base):
    """A version of a price list; frozen once a contract's entitlement used it."""

    __tablename__ = "rate_card"
    __table_args__ = (UniqueConstraint("owner_id", "code", "version"),)

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))  # who loaded it: a prime
    code: Mapped[str]
    version: Mapped[int]
    title: Mapped[str]
    source: Mapped[str]  # what is real and what is invented; shown with every price
    payment_group_code: Mapped[str | None]
    cap_per_person_pence: Mapped[int | None]
    claim_window_days: Mapped[int]
    definition: Mapped[str]  # the YAML of this card as it was loaded
    definition_sha256: Mapped[str]  # of what it says, canonically: a comment makes no other version
    loaded_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]

    rates: Mapped[list["Rate"]] = relationship(order_by="Rate.position", back_populates="card")


class Rate(Base):
    """One price and what earns it."""

    __tablename__ = "rate"
    __table_args__ = (UniqueConstraint("rate_card_id", "code"),)

    rate_card_id: Mapped[UUID] = mapped_column(ForeignKey("rate_card.id"))
    position: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    price_pence: Mapped[int]
    price_by_contract_year_percent: Mapped[list[Any] | None]
    price_on: Mapped[str] = mapped_column(default="start")  # "start" or "event"
    trigger: Mapped[dict[str, Any]]  # {"kind": "milestone", "any_of": […], "count": 4, "repeat": true}
    evidence: Mapped[dict[str, Any]]  # {"all_of": […]} | {"any_of": […]} | {"by_milestone": true}
    max_per_person: Mapped[int | None]
    requires: Mapped[list[str]]
    claim_lag_working_days: Mapped[int] = mapped_column(default=0)

    card: Mapped[RateCard] = relationship(back_populates="rates")

    @property
    def is_evaluated(self) -> bool:
        """Whether what earns this rate is worked out yet."""
        return self.trigger["kind"] in EVALUATED_TRIGGERS


class CardApplication(Base):
    """A contract applies a card to one payment group (or to everybody) from a day on."""

    __tablename__ = "card_application"
    __table_args__ = (
        ForeignKeyConstraint(
            ["payment_group_id", "contract_id"], ["payment_group.id", "payment_group.contract_id"]
        ),
        UniqueConstraint("contract_id", "payment_group_id", "applies_from"),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    payment_group_id: Mapped[UUID | None]
    rate_card_id: Mapped[UUID] = mapped_column(ForeignKey("rate_card.id"))
    applies_from: Mapped[date]

    card: Mapped[RateCard] = relationship()
