"""Evidence items, the files behind them, verification, and what was sent to an outside verifier."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base
from app.records.models import RecordKind, detail_of_record, details


class EvidenceKind(StrEnum):
    """The closed list of what can support a record."""

    ACTION_PLAN = "action-plan"
    CERTIFICATE = "certificate"
    PHOTO = "photo"
    ATTENDANCE_REGISTER = "attendance-register"
    THIRD_PARTY_LETTER = "third-party-letter"
    PAYSLIPS = "payslips"
    EMPLOYER_CONFIRMATION = "employer-confirmation"
    BANK_CREDITS = "bank-credits"
    EARNINGS_MATCH = "earnings-match"
    TRADING_RECORD = "trading-record"
    PARTICIPANT_CONFIRMATION = "participant-confirmation"
    WORKER_OBSERVATION = "worker-observation"


# Testimony and plans have no document behind them; every other kind needs its file.
WITHOUT_FILE = frozenset(
    {EvidenceKind.WORKER_OBSERVATION, EvidenceKind.PARTICIPANT_CONFIRMATION, EvidenceKind.ACTION_PLAN}
)


class ObtainedHow(StrEnum):
    """How a document came to us."""

    PHOTOGRAPHED = "photographed"
    SCANNED = "scanned"
    RECEIVED = "received"
    WRITTEN_HERE = "written-here"


@details(RecordKind.EVIDENCE)
class EvidenceItem(Base):
    """What supports a record; its words stand in `RecordText`."""

    __tablename__ = "evidence_item"
    __table_args__ = (
        detail_of_record(),
        Index("ix_evidence_item_subject_root_id", "subject_root_id"),
        Index("ix_evidence_item_provider_id_sent_sha256", "provider_id", "sent_sha256"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    subject_root_id: Mapped[UUID]
    kind: Mapped[EvidenceKind]
    dated_on: Mapped[date | None]  # the document's own date
    obtained_on: Mapped[date]
    obtained_how: Mapped[ObtainedHow]
    covers_from: Mapped[date | None]
    covers_until: Mapped[date | None]
    sent_sha256: Mapped[str | None]  # of the file as the device sent it; the file may still be to come


class StoredFile(Base):
    """A file as it is kept: checked, images re-encoded and stripped of all that is not picture."""

    __tablename__ = "stored_file"
    __table_args__ = (UniqueConstraint("provider_id", "sent_sha256"),)

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    sent_sha256: Mapped[str]  # finds repeats and reuse
    kept_sha256: Mapped[str]  # frozen into lines
    media_type: Mapped[str]  # of what is kept
    size_bytes: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]
    uploaded_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    received_at: Mapped[datetime]
    disposed_at: Mapped[datetime | None]

    @property
    def storage_key(self) -> str:
        """Where the bytes lie."""
        return f"files/{self.id}"


class Decision(StrEnum):
    """What a verifier said."""

    VERIFIED = "verified"
    RETURNED = "returned"


class ReturnReason(StrEnum):
    """What a verifier asks to be put right."""

    EVIDENCE_MISSING = "evidence-missing"
    EVIDENCE_UNREADABLE = "evidence-unreadable"
    DOES_NOT_SHOW_IT = "does-not-show-it"
    DATES_DIFFER = "dates-differ"
    WRONG_KIND = "wrong-kind"
    WRONG_PERSON = "wrong-person"
    NOT_CLEAR = "not-clear"
    OTHER = "other"


@details(RecordKind.VERIFICATION)
class Verification(Base):
    """A second person's judgement of one version of a record; the reason stands in `RecordText`."""

    __tablename__ = "verification"
    __table_args__ = (detail_of_record(), Index("ix_verification_subject_root_id", "subject_root_id"))

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("record.id"))  # the version that was looked at
    subject_root_id: Mapped[UUID]
    decision: Mapped[Decision]
    reason: Mapped[str | None]  # a code, where returned
    is_outside: Mapped[bool] = mapped_column(default=False)  # by an outside verifier: always sampled


class VerificationRequest(Base):
    """A record sent to the one outside verifier, who sees nothing else."""

    __tablename__ = "verification_request"
    __table_args__ = (
        UniqueConstraint("subject_root_id", "verifier_id"),
        Index("ix_verification_request_verifier_id", "verifier_id"),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    subject_root_id: Mapped[UUID]
    verifier_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    sent_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    sent_at: Mapped[datetime]
