"""Exports: files made for one asker, and the rendered documents of locked lines."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base


class ExportKind(StrEnum):
    """What an export holds."""

    PACK = "pack"
    ORGANISATION = "organisation"


class Export(Base):
    """A file made for one asker; its link is theirs alone and expires."""

    __tablename__ = "export"

    kind: Mapped[ExportKind]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    contract_id: Mapped[UUID | None] = mapped_column(ForeignKey("contract.id"))
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim.id"))
    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id"))
    finished_at: Mapped[datetime | None]
    file_name: Mapped[str | None]
    size_bytes: Mapped[int | None]
    sha256: Mapped[str | None]

    @property
    def storage_key(self) -> str:
        """Where the bytes lie."""
        return f"exports/{self.id}"


class LineDocument(Base):
    """A locked line rendered once per content, profile and language."""

    __tablename__ = "line_document"
    __table_args__ = (
        ForeignKeyConstraint(
            ["line_id", "contract_id", "provider_id"],
            ["claim_line.id", "claim_line.contract_id", "claim_line.provider_id"],
        ),
        UniqueConstraint("line_id", "content_sha256", "profile", "language"),
    )

    contract_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    line_id: Mapped[UUID]
    content_sha256: Mapped[str]  # of the frozen text it was rendered from
    profile: Mapped[str]  # "line-3": templates and renderer version
    language: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[str]
    rendered_at: Mapped[datetime]

    @staticmethod
    def key_of(document_id: UUID) -> str:
        """Where a document's bytes lie."""
        return f"lines/{document_id}"
