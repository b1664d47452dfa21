"""The person on one contract."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.model import Base


class Participant(Base):
    """A person on one contract, by reference; who they are stands in `PersonDetails`."""

    __tablename__ = "participant"
    __table_args__ = (
        ForeignKeyConstraint(
            ["payment_group_id", "contract_id"], ["payment_group.id", "payment_group.contract_id"]
        ),
        UniqueConstraint("contract_id", "reference"),
        UniqueConstraint("contract_id", "referral_reference"),
        UniqueConstraint("id", "contract_id"),
        # Few people are restricted, and every read of people asks which.
        Index(
            "ix_participant_restricted",
            "id",
            sqlite_where=text("is_restricted = 1"),
            postgresql_where=text("is_restricted"),
        ),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    payment_group_id: Mapped[UUID | None]
    reference: Mapped[str]  # ours, pseudonymous: WM-4Q7K9D
    referral_reference: Mapped[str]  # the referrer's, as it came
    is_restricted: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    details: Mapped["PersonDetails"] = relationship(
        back_populates="participant", foreign_keys="PersonDetails.id"
    )


class PersonDetails(Base):
    """Who a participant is. Not a record: changes at once everywhere, and can be disposed of."""

    __tablename__ = "person_details"
    __table_args__ = (
        ForeignKeyConstraint(["id", "contract_id"], ["participant.id", "participant.contract_id"]),
        Index("ix_person_details_contract_id_nino_hash", "contract_id", "nino_hash"),
        Index("ix_person_details_contract_id_search_name", "contract_id", "search_name"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # the participant's
    contract_id: Mapped[UUID]
    given_name: Mapped[str]
    family_name: Mapped[str]
    search_name: Mapped[str]  # folded: lower case, no accents
    born_on: Mapped[date | None]
    phone: Mapped[str | None]
    postcode: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    access_needs: Mapped[str | None]  # the heads-up on a list row
    nino_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    nino_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # keyed, of the first 8 characters
    nino_key_id: Mapped[str | None]
    updated_at: Mapped[datetime]

    participant: Mapped[Participant] = relationship(back_populates="details", foreign_keys=id)

    @property
    def short_name(self) -> str:
        """First name and initial, as lists and devices show a person: ``Dean M.``."""
        return f"{self.given_name} {self.family_name[:1]}.".strip()


class RestrictedViewer(Base):
    """One of the at least two named people who may see a restricted person."""

    __tablename__ = "restricted_viewer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["participant_id", "contract_id"], ["participant.id", "participant.contract_id"]
        ),
        UniqueConstraint("participant_id", "user_id"),
    )

    contract_id: Mapped[UUID]
    participant_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))


class AdviserAssignment(Base):
    """A prime's adviser is assigned to a person, from a day until another."""

    __tablename__ = "adviser_assignment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["participant_id", "contract_id"], ["participant.id", "participant.contract_id"]
        ),
        Index(
            "uq_adviser_assignment_live",
            "participant_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        Index(
            "ix_adviser_assignment_user_id_live",
            "user_id",
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    contract_id: Mapped[UUID]
    participant_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]


class SamePersonLink(Base):
    """Two participants on one contract are one human; ended, never deleted."""

    __tablename__ = "same_person_link"
    __table_args__ = (
        ForeignKeyConstraint(
            ["participant_id", "contract_id"], ["participant.id", "participant.contract_id"]
        ),
        ForeignKeyConstraint(["other_id", "contract_id"], ["participant.id", "participant.contract_id"]),
    )

    contract_id: Mapped[UUID]
    participant_id: Mapped[UUID] = mapped_column(index=True)
    other_id: Mapped[UUID] = mapped_column(index=True)
    linked_at: Mapped[datetime]
    linked_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]
