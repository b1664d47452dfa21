"""Claims, their lines, what was left out, and what was decided."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contracts.models import Contract
from app.core.model import Base
from app.enrolments.models import Enrolment  # noqa: F401 - lines name both, whoever is imported first
from app.entitlements.models import Entitlement  # noqa: F401

_LIVE = text("released_at IS NULL")


class ClaimState(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"
    LOCKED = "locked"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    SETTLED = "settled"


class Claim(Base):
    """A prime's request for payment on one contract for one month."""

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("contract_id", "month", "number"),
        UniqueConstraint("id", "contract_id"),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    month: Mapped[date]  # its first day
    number: Mapped[int]
    state: Mapped[ClaimState] = mapped_column(default=ClaimState.DRAFT)
    prepared_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]
    locked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()  # counts saves; a stale save is a conflict

    contract: Mapped[Contract] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - declarative setting

    @property
    def label(self) -> str:
        """The number people quote: ``NME-2025-03-1``."""
        return f"{self.contract.code}-{self.month:%Y-%m}-{self.number}"


class LineState(StrEnum):
    """Where a line stands."""

    INCLUDED = "included"
    SUBMITTED = "submitted"
    QUERIED = "queried"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PAID = "paid"
    VOIDED = "voided"
    EXCLUDED = "excluded"


class ClawbackState(StrEnum):
    """Whether a paid line is being taken back."""

    NONE = "none"
    NOTICED = "noticed"
    CLAWED_BACK = "clawed-back"


class ClaimLine(Base):
    """One entitlement in one claim. `released_at` frees the person's number for another line."""

    __tablename__ = "claim_line"
    __table_args__ = (
        ForeignKeyConstraint(["claim_id", "contract_id"], ["claim.id", "claim.contract_id"]),
        ForeignKeyConstraint(
            ["participant_id", "contract_id"], ["participant.id", "participant.contract_id"]
        ),
        ForeignKeyConstraint(
            ["entitlement_id", "contract_id"], ["entitlement.id", "entitlement.contract_id"]
        ),
        ForeignKeyConstraint(
            ["enrolment_id", "contract_id", "provider_id"],
            ["enrolment.id", "enrolment.contract_id", "enrolment.provider_id"],
        ),
        UniqueConstraint("claim_id", "position"),
        UniqueConstraint("id", "contract_id", "provider_id"),
        Index(
            "uq_claim_line_once",
            "contract_id",
            "participant_id",
            "rate_code",
            "occurrence",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_claim_line_entitlement_id", "entitlement_id"),
        Index("ix_claim_line_provider_id", "provider_id", "id"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    claim_id: Mapped[UUID]
    position: Mapped[int]
    entitlement_id: Mapped[UUID]
    participant_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]
    rate_id: Mapped[UUID] = mapped_column(ForeignKey("rate.id"))
    rate_code: Mapped[str]
    occurrence: Mapped[int]
    price_pence: Mapped[int]
    provider_share_pence: Mapped[int]
    claimable_from: Mapped[date]
    closes_on: Mapped[date]
    state: Mapped[LineState] = mapped_column(default=LineState.INCLUDED)
    clawback: Mapped[ClawbackState] = mapped_column(default=ClawbackState.NONE)
    created_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    released_reason: Mapped[
        str | None
    ]  # a code: excluded, rejected, voided, corrected, disputed, same-person, clawed-back
    cures_line_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim_line.id"))
    frozen: Mapped[str | None]  # canonical JSON text, from lock on
    frozen_sha256: Mapped[str | None]

    claim: Mapped[Claim] = relationship(viewonly=True)


class ClaimLineRecord(Base):
    """A record that a line rests on; where consumed, no other live line of the rate code may use its root."""

    __tablename__ = "claim_line_record"
    __table_args__ = (
        ForeignKeyConstraint(
            ["line_id", "contract_id", "provider_id"],
            ["claim_line.id", "claim_line.contract_id", "claim_line.provider_id"],
        ),
        Index(
            "uq_claim_line_record_consumed",
            "contract_id",
            "rate_code",
            "root_id",
            unique=True,
            sqlite_where=text("released_at IS NULL AND is_consumed"),
            postgresql_where=text("released_at IS NULL AND is_consumed"),
        ),
        Index("ix_claim_line_record_line_id", "line_id"),
        Index("ix_claim_line_record_root_id", "root_id"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    line_id: Mapped[UUID]
    rate_code: Mapped[str]
    record_id: Mapped[UUID] = mapped_column(ForeignKey("record.id"))
    root_id: Mapped[UUID]
    is_consumed: Mapped[bool]
    released_at: Mapped[datetime | None]


class Exclusion(Base):
    """An entitlement left out of a claim, and why: the provider sees each."""

    __tablename__ = "claim_exclusion"
    __table_args__ = (
        ForeignKeyConstraint(["claim_id", "contract_id"], ["claim.id", "claim.contract_id"]),
        ForeignKeyConstraint(
            ["entitlement_id", "contract_id"], ["entitlement.id", "entitlement.contract_id"]
        ),
        UniqueConstraint("claim_id", "entitlement_id"),
        Index("ix_claim_exclusion_provider_id", "provider_id"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    claim_id: Mapped[UUID]
    entitlement_id: Mapped[UUID]
    reason: Mapped[str]  # a code
    words: Mapped[str]
    said: Mapped[dict[str, Any] | None]  # what a check's sentence is made of; None where somebody wrote it
    excluded_at: Mapped[datetime]
    excluded_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    contested_at: Mapped[datetime | None]
    contested_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    contest_words: Mapped[str | None]


class RejectionReason(StrEnum):
    """Why a commissioner's assessor rejects a line; a closed list."""

    EVIDENCE_UNREADABLE = "evidence-unreadable"
    EVIDENCE_DOES_NOT_SHOW_IT = "evidence-does-not-show-it"
    DATES_DISAGREE = "dates-disagree"
    NOT_ELIGIBLE = "not-eligible"
    ALREADY_PAID = "already-paid"
    OUTSIDE_WINDOW = "outside-window"


class LineDecision(Base):
    """What an assessor decided about a submitted line; appended, never changed."""

    __tablename__ = "line_decision"
    __table_args__ = (
        ForeignKeyConstraint(
            ["line_id", "contract_id", "provider_id"],
            ["claim_line.id", "claim_line.contract_id", "claim_line.provider_id"],
        ),
        Index("ix_line_decision_line_id", "line_id"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    line_id: Mapped[UUID]
    is_accepted: Mapped[bool]
    reason: Mapped[RejectionReason | None]
    words: Mapped[str | None]
    is_curable: Mapped[bool | None]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
