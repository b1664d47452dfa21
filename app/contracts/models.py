"""Package areas, contracts, subcontracts, payment groups and notices."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.model import Base
from app.organisations.models import Organisation


class PackageArea(Base):
    """A geographic lot that a commissioner buys for."""

    __tablename__ = "package_area"
    __table_args__ = (UniqueConstraint("commissioner_id", "code"),)

    commissioner_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    code: Mapped[str]
    name: Mapped[str]


class Contract(Base):
    """One prime's lot in a package area, or a provider's own programme (no commissioner, card or claims)."""

    __tablename__ = "contract"
    __table_args__ = (UniqueConstraint("prime_id", "code"),)

    package_area_id: Mapped[UUID | None] = mapped_column(ForeignKey("package_area.id"))
    commissioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    prime_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    code: Mapped[str]  # stands in claim numbers: "NME"
    title: Mapped[str]
    nation: Mapped[str]  # ISO 3166-2:GB: ENG, SCT, WLS, NIR; decides working days
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    claim_day: Mapped[int] = mapped_column(default=14)  # last day of the next month to submit a claim

    prime: Mapped[Organisation] = relationship(foreign_keys=prime_id)
    commissioner: Mapped[Organisation | None] = relationship(foreign_keys=commissioner_id)
    package_area: Mapped[PackageArea | None] = relationship()

    @property
    def is_own_programme(self) -> bool:
        """Whether nobody pays by results for it."""
        return self.commissioner_id is None


class PaymentGroup(Base):
    """A group of people on a contract who are priced alike."""

    __tablename__ = "payment_group"
    __table_args__ = (UniqueConstraint("contract_id", "code"), UniqueConstraint("id", "contract_id"))

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    code: Mapped[str]
    title: Mapped[str]


class Delivery(StrEnum):
    """How a provider delivers on a contract."""

    END_TO_END = "end-to-end"
    SPECIALIST = "specialist"
    SPOT_PURCHASE = "spot-purchase"


class Subcontract(Base):
    """A provider's place on a contract; a prime that delivers has one with itself."""

    __tablename__ = "subcontract"
    __table_args__ = (UniqueConstraint("contract_id", "provider_id"),)

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    tier: Mapped[int]
    delivery: Mapped[Delivery]
    promised_referrals: Mapped[int]
    promised_value_pence: Mapped[int] = mapped_column(BigInteger)
    provider_share_basis_points: Mapped[int]  # of each payment, 0 to 10,000
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    contract: Mapped[Contract] = relationship()
    provider: Mapped[Organisation] = relationship()


class NoticeFormat(StrEnum):
    """How a notice is written."""

    STANDARD = "standard"
    LARGE_PRINT = "large-print"
    EASY_READ = "easy-read"


class Notice(Base):
    """What a person is told before they start: one version in one language, frozen once given."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("contract_id", "version", "language", "format"),
        UniqueConstraint("id", "contract_id"),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    version: Mapped[int]
    language: Mapped[str]
    format: Mapped[NoticeFormat]
    title: Mapped[str]
    body: Mapped[str]  # paragraphs parted by blank lines
    published_at: Mapped[datetime]
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
