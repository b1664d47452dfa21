"""Enrolments, their history, and referral imports."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contracts.models import Contract
from app.core.model import Base
from app.participants.models import Participant
from app.records.models import RecordKind, detail_of_record, details


class EnrolmentState(StrEnum):
    """Where a person stands with a provider."""

    REFERRED = "referred"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    STARTED = "started"
    NEVER_STARTED = "never-started"
    PAUSED = "paused"
    ENDED = "ended"
    TRANSFERRED = "transferred"
    DIED = "died"


LIVE_STATES = (
    EnrolmentState.REFERRED,
    EnrolmentState.ACCEPTED,
    EnrolmentState.STARTED,
    EnrolmentState.PAUSED,
)
_LIVE = text("state IN ('referred', 'accepted', 'started', 'paused')")
_CLOSED = text("state NOT IN ('referred', 'accepted', 'started', 'paused')")


class NoticeManner(StrEnum):
    """How the notice was gone through with the person."""

    READ_TOGETHER = "read-together"
    READ_ALOUD = "read-aloud"
    INTERPRETER = "interpreter"
    READ_ALONE = "read-alone"


class DeclineReason(StrEnum):
    """Why a provider does not take somebody."""

    NO_CAPACITY = "no-capacity"
    NOT_SUITABLE = "not-suitable"
    OUT_OF_AREA = "out-of-area"
    NO_CONTACT = "no-contact"
    PERSON_SAID_NO = "person-said-no"
    DUPLICATE = "duplicate"
    OTHER = "other"


class NonStartReason(StrEnum):
    """Why somebody who was accepted never started."""

    NO_CONTACT = "no-contact"
    CHANGED_MIND = "changed-mind"
    WORK = "work"
    HEALTH = "health"
    MOVED_AWAY = "moved-away"
    OTHER = "other"


class PauseReason(StrEnum):
    """Why somebody cannot take part for a while."""

    HEALTH = "health"
    CARING = "caring"
    HOUSING = "housing"
    AWAY = "away"
    PERSON_ASKED = "person-asked"
    OTHER = "other"


class ExtensionReason(StrEnum):
    """Why a second baseline could not be taken in time."""

    HEALTH = "health"
    CRISIS = "crisis"
    AWAY = "away"
    NO_CONTACT = "no-contact"
    INTERPRETER = "interpreter"
    OTHER = "other"


class TransferReason(StrEnum):
    """Why somebody goes on with another provider."""

    MOVED = "moved"
    SPECIALIST_SUPPORT = "specialist-support"
    PERSON_ASKED = "person-asked"
    CAPACITY = "capacity"
    OTHER = "other"


class Enrolment(Base):
    """A participant with one provider, and its standing: what lists show without adding anything up.

    The standing columns (from `revision` down) are recomputed from the records by
    `enrolments.actions.note_change`; marks are dates, compared with today by whoever reads them.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["participant_id", "contract_id"], ["participant.id", "participant.contract_id"]
        ),
        ForeignKeyConstraint(
            ["contract_id", "provider_id"], ["subcontract.contract_id", "subcontract.provider_id"]
        ),
        ForeignKeyConstraint(["notice_id", "contract_id"], ["notice.id", "notice.contract_id"]),
        UniqueConstraint("id", "contract_id", "provider_id"),
        Index(
            "ix_enrolment_provider_live",
            "provider_id",
            "attention_on",
            "id",
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "ix_enrolment_worker_live",
            "worker_id",
            "attention_on",
            "id",
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "ix_enrolment_provider_closed",
            "provider_id",
            "attention_on",
            "id",
            sqlite_where=_CLOSED,
            postgresql_where=_CLOSED,
        ),
        Index("ix_enrolment_participant_id", "participant_id"),
        Index(
            "ix_enrolment_contract_due",
            "contract_id",
            sqlite_where=text("entitlements_due"),
            postgresql_where=text("entitlements_due"),
        ),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    participant_id: Mapped[UUID]
    state: Mapped[EnrolmentState] = mapped_column(default=EnrolmentState.REFERRED)
    referred_on: Mapped[date]
    accepted_on: Mapped[date | None]
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    closed_reason: Mapped[str | None]  # code: of a decline, an end, a transfer
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    notice_id: Mapped[UUID | None]
    notice_given_on: Mapped[date | None]
    notice_manner: Mapped[NoticeManner | None]
    notice_given_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))

    revision: Mapped[int] = mapped_column(default=1)
    entitlements_due: Mapped[bool] = mapped_column(default=False)
    attention_on: Mapped[date]  # the earliest of the marks below: what the caseload is ordered by
    needs_you_on: Mapped[date | None]  # something was returned and not yet put right
    needs_you_count: Mapped[int] = mapped_column(default=0)
    needs_you_reason: Mapped[str | None]  # code of the newest return
    next_planned_at: Mapped[datetime | None]
    baseline_due_on: Mapped[date | None]  # the day on which its time is over
    second_baseline_due_on: Mapped[date | None]  # stands until `baseline_locks_on`; after it nothing is due
    baseline_locks_on: Mapped[date | None]  # or locked on: the day of the second baseline, where there is one
    review_due_on: Mapped[date | None]
    plan_due_on: Mapped[date | None]
    first_met_on: Mapped[date | None]
    last_met_on: Mapped[date | None]
    last_tried_on: Mapped[date | None]
    moved_on: Mapped[date | None]  # the last step that others could see: a milestone, or work that began
    evidence_missing_count: Mapped[int] = mapped_column(default=0)
    evidence_missing_kind: Mapped[str | None]  # milestone kind of the oldest one without evidence that counts
    baseline_on: Mapped[date | None]  # the first one that both raters gave
    second_baseline_on: Mapped[date | None]  # likewise
    last_sitting_on: Mapped[date | None]  # of those that both raters gave
    last_sitting_kind: Mapped[str | None]
    latest_scores: Mapped[dict[str, Any] | None]  # {"participant": {ladder: score}, "worker": {…}}

    participant: Mapped[Participant] = relationship(viewonly=True)
    contract: Mapped[Contract] = relationship(viewonly=True)


class EnrolmentEvent(Base):
    """One step in an enrolment's life; appended, never changed."""

    __tablename__ = "enrolment_event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["enrolment_id", "contract_id", "provider_id"],
            ["enrolment.id", "enrolment.contract_id", "enrolment.provider_id"],
        ),
        Index("ix_enrolment_event_enrolment_id", "enrolment_id"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]
    at: Mapped[datetime]
    happened_on: Mapped[date]
    name: Mapped[str]  # "referred", "accepted", "declined", "notice-given", "worker-assigned", …
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str | None]  # a code
    other_id: Mapped[UUID | None]  # the new worker, or the enrolment a transfer leads to


@details(RecordKind.START)
class Start(Base):
    """A person started: the record's detail, naming the notice they were given before."""

    __tablename__ = "start"
    __table_args__ = (
        detail_of_record(),
        ForeignKeyConstraint(["notice_id", "contract_id"], ["notice.id", "notice.contract_id"]),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    notice_id: Mapped[UUID]
    notice_given_on: Mapped[date]
    notice_manner: Mapped[NoticeManner]


class EndReason(StrEnum):
    """Why an enrolment ended."""

    COMPLETED = "completed"
    WORK = "work"
    EDUCATION = "education"
    MOVED_AWAY = "moved-away"
    HEALTH = "health"
    CHOSE_TO_LEAVE = "chose-to-leave"
    NO_CONTACT = "no-contact"
    OTHER_SUPPORT = "other-support"
    DIED = "died"


@details(RecordKind.END)
class End(Base):
    """A person left: the record's detail."""

    __tablename__ = "ending"
    __table_args__ = (detail_of_record(),)

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    reason: Mapped[EndReason]


class ReferralImport(Base):
    """One upload of a referral list: previewed, then taken in whole or not at all."""

    __tablename__ = "referral_import"

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    uploaded_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime]
    file_sha256: Mapped[str]
    rows: Mapped[list[Any] | None]  # emptied once imported or a day old: it names people
    new_count: Mapped[int]
    known_count: Mapped[int]
    faulty_count: Mapped[int]
    imported_at: Mapped[datetime | None]
    imported_count: Mapped[int | None]
