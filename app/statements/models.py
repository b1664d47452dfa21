"""Statements: the month's account of a contract."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base


class StatementState(StrEnum):
    """Whether entries may still come."""

    OPEN = "open"
    CLOSED = "closed"


class Statement(Base):
    """The account of one contract for one month."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("contract_id", "month"), UniqueConstraint("id", "contract_id"))

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    month: Mapped[date]
    state: Mapped[StatementState] = mapped_column(default=StatementState.OPEN)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class EntryKind(StrEnum):
    """What an entry is for."""

    PAYMENT = "payment"
    CLAWBACK = "clawback"
    ADJUSTMENT = "adjustment"


class StatementEntry(Base):
    """A signed amount on a statement; appended, never changed."""

    __tablename__ = "statement_entry"
    __table_args__ = (
        ForeignKeyConstraint(["statement_id", "contract_id"], ["statement.id", "statement.contract_id"]),
        ForeignKeyConstraint(
            ["line_id", "contract_id", "provider_id"],
            ["claim_line.id", "claim_line.contract_id", "claim_line.provider_id"],
        ),
        UniqueConstraint("line_id", "kind"),
        Index("ix_statement_entry_statement_id", "statement_id"),
        Index("ix_statement_entry_provider_id", "provider_id"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    statement_id: Mapped[UUID]
    line_id: Mapped[UUID | None]
    kind: Mapped[EntryKind]
    amount_pence: Mapped[int]
    provider_share_pence: Mapped[int]
    reason: Mapped[str | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))


class Remittance(Base):
    """Money that moved for a statement and a provider: paid to the prime, passed on, arrived."""

    __tablename__ = "remittance"
    __table_args__ = (
        ForeignKeyConstraint(["statement_id", "contract_id"], ["statement.id", "statement.contract_id"]),
        UniqueConstraint("statement_id", "provider_id"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    statement_id: Mapped[UUID]
    prime_paid_on: Mapped[date | None]
    passed_on_on: Mapped[date | None]
    arrived_on: Mapped[date | None]
