"""What an organisation owns, table by table: the rows it takes along when it leaves.

What a provider recorded is the provider's. What stands on a contract (people, cards, claims, money) belongs
to its prime, and to each provider as far as it is about the provider's own people. A commissioner has the
claims that were submitted to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, func, or_, select, true

from app.accounts.models import Device, Membership, User
from app.audit.models import AuditEvent
from app.claims.models import Claim, ClaimLine, ClaimLineRecord, ClaimState, Exclusion, LineDecision
from app.contracts.models import Contract, Notice, PackageArea, PaymentGroup, Subcontract
from app.core.database import db
from app.core.model import Base
from app.devices.models import DeviceCase, DeviceOutbox
from app.enrolments.models import Enrolment, EnrolmentEvent, ReferralImport
from app.entitlements.models import Entitlement
from app.evidence.models import StoredFile, VerificationRequest
from app.instruments.models import Calibration, Instrument, Ladder
from app.milestones.models import MilestoneKind
from app.organisations.models import Organisation
from app.participants.models import (
    AdviserAssignment,
    Participant,
    PersonDetails,
    RestrictedViewer,
    SamePersonLink,
)
from app.ratecards.models import CardApplication, Rate, RateCard
from app.records.models import DETAIL_MODELS, Record, RecordText
from app.signals.models import Signal, SignalAnswer, SignalLook
from app.statements.models import Remittance, Statement, StatementEntry

ROWS_AT_ONCE = 500
SUBMITTED = (ClaimState.SUBMITTED, ClaimState.SETTLED)

# Secrets, work in hand, and what is made anew from the rest: none of it is anybody's to take along.
LEFT_OUT_TABLES = frozenset(
    {
        "export",
        "invitation",
        "job",
        "line_document",
        "parked_item",
        "picture_link",
        "seal_key",
        "sign_in_session",
        "sign_in_throttle",
        "upload",
    }
)
LEFT_OUT_COLUMNS = {
    "user_account": {"password_hash"},
    "person_details": {"nino_cipher", "nino_hash", "nino_key_id", "search_name"},
    "referral_import": {"rows"},
    "signal": {"worker_id"},
}


@dataclass(frozen=True)
class OwnedTable:
    """A table and which of its rows are the organisation's."""

    name: str
    columns: tuple[str, ...]
    rows: Select[Any]


def owned_tables(organisation_id: UUID) -> Iterator[OwnedTable]:
    """Yield every table of which the organisation may own rows, what points before what is pointed at.

    Nothing is ever deleted while the tables are read one after the other, so whatever a row points at is
    in a later file.
    """
    conditions = _conditions(organisation_id)
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in conditions:
            yield _owned(table, conditions[table.name])


def rows_of(owned: OwnedTable) -> Iterator[Sequence[Any]]:
    """Yield the rows of a table, some hundred at once."""
    found = db.session().execute(owned.rows.execution_options(yield_per=ROWS_AT_ONCE))
    for row in found:
        yield tuple(row)


def files_of(organisation_id: UUID) -> list[tuple[UUID, str, str]]:
    """Return the id, media type and storage key of each file that is kept for an organisation."""
    kept = (
        select(StoredFile)
        .where(StoredFile.provider_id == organisation_id, StoredFile.disposed_at.is_(None))
        .order_by(StoredFile.id)
    )
    return [(file.id, file.media_type, file.storage_key) for file in db.session().scalars(kept)]


def count_restricted(organisation_id: UUID) -> int:
    """Return how many of an organisation's people are restricted."""
    owner = _Owner(organisation_id)
    count = select(func.count()).where(Participant.is_restricted, owner.has_participant())
    return db.session().scalar(count) or 0


def _owned(table: Table, condition: ColumnElement[bool]) -> OwnedTable:
    left_out = LEFT_OUT_COLUMNS.get(table.name, set())
    columns = [column for column in table.columns if column.name not in left_out]
    columns.sort(key=lambda column: column.name != "id")
    rows = select(*columns).where(condition).order_by(table.c.id)
    return OwnedTable(table.name, tuple(column.name for column in columns), rows)


def _conditions(organisation_id: UUID) -> dict[str, ColumnElement[bool]]:
    """Return by table which rows are the organisation's."""
    owner = _Owner(organisation_id)
    found = (
        owner.of_itself() | owner.of_contracts() | owner.of_people() | owner.of_money() | owner.of_signals()
    )
    return {cast(Table, model.__table__).name: condition for model, condition in found.items()}


_Conditions = dict[type[Base], ColumnElement[bool]]


class _Owner:
    """The conditions of one organisation."""

    def __init__(self, organisation_id: UUID) -> None:
        self.id = organisation_id
        self.led = select(Contract.id).where(Contract.prime_id == organisation_id)
        self.placed = select(Subcontract.contract_id).where(Subcontract.provider_id == organisation_id)
        self.paid = select(Contract.id).where(Contract.commissioner_id == organisation_id)
        self.people = select(Enrolment.participant_id).where(Enrolment.provider_id == organisation_id)
        self.open_people = select(Participant.id).where(~Participant.is_restricted)

    def has_participant(self) -> ColumnElement[bool]:
        """Whoever it works with, and everybody on the contracts it leads."""
        return Participant.id.in_(self.people) | Participant.contract_id.in_(self.led)

    def of_itself(self) -> _Conditions:
        """The organisation, its people, its devices and what they did."""
        staff = select(Membership.user_id).where(Membership.organisation_id == self.id)
        instruments = or_(Instrument.owner_id == self.id, Instrument.owner_id.is_(None))
        return {
            Organisation: Organisation.id == self.id,
            Membership: Membership.organisation_id == self.id,
            User: User.id.in_(staff),
            Device: Device.organisation_id == self.id,
            DeviceOutbox: DeviceOutbox.organisation_id == self.id,
            DeviceCase: DeviceCase.organisation_id == self.id,
            AuditEvent: AuditEvent.organisation_id == self.id,
            Instrument: instruments,
            Ladder: Ladder.instrument_id.in_(select(Instrument.id).where(instruments)),
            MilestoneKind: true(),
        }

    def of_contracts(self) -> _Conditions:
        """Contracts it has a part in, and the price lists that hold there."""
        seen = [self.led, self.placed, self.paid]
        cards = select(CardApplication.rate_card_id).where(
            or_(*(CardApplication.contract_id.in_(ids) for ids in seen))
        )
        known = or_(RateCard.owner_id == self.id, RateCard.id.in_(cards))
        payers = select(Contract.commissioner_id).where(or_(*(Contract.id.in_(ids) for ids in seen)))
        return {
            PackageArea: PackageArea.commissioner_id == self.id,
            Contract: or_(*(Contract.id.in_(ids) for ids in seen)),
            Subcontract: Subcontract.contract_id.in_(self.led) | (Subcontract.provider_id == self.id),
            PaymentGroup: or_(*(PaymentGroup.contract_id.in_(ids) for ids in seen)),
            Notice: or_(*(Notice.contract_id.in_(ids) for ids in seen)),
            CardApplication: or_(*(CardApplication.contract_id.in_(ids) for ids in seen)),
            RateCard: known,
            Rate: Rate.rate_card_id.in_(select(RateCard.id).where(known)),
            ReferralImport: ReferralImport.organisation_id == self.id,
            Calibration: Calibration.commissioner_id.in_(payers),
        }

    def of_people(self) -> _Conditions:
        """Its people and what it recorded with them; who a restricted person is stays behind."""
        models: tuple[Any, ...] = (Enrolment, EnrolmentEvent, Record, *DETAIL_MODELS.values())
        recorded: _Conditions = {model: model.provider_id == self.id for model in models}
        restricted = select(Enrolment.id).where(
            Enrolment.provider_id == self.id, Enrolment.participant_id.not_in(self.open_people)
        )
        theirs = select(Record.id).where(Record.enrolment_id.in_(restricted))
        return recorded | {
            RecordText: (RecordText.provider_id == self.id) & RecordText.id.not_in(theirs),
            StoredFile: StoredFile.provider_id == self.id,
            VerificationRequest: VerificationRequest.provider_id == self.id,
            Participant: self.has_participant(),
            PersonDetails: (PersonDetails.id.in_(self.people) | PersonDetails.contract_id.in_(self.led))
            & PersonDetails.id.in_(self.open_people),
            AdviserAssignment: AdviserAssignment.contract_id.in_(self.led),
            SamePersonLink: SamePersonLink.contract_id.in_(self.led),
            RestrictedViewer: RestrictedViewer.participant_id.in_(self.people)
            | RestrictedViewer.contract_id.in_(self.led),
        }

    def of_money(self) -> _Conditions:
        """What is owed, claimed, decided and paid."""
        submitted = select(Claim.id).where(Claim.contract_id.in_(self.paid), Claim.state.in_(SUBMITTED))
        lines = select(ClaimLine.id).where(ClaimLine.claim_id.in_(submitted))
        models: tuple[Any, ...] = (Entitlement, ClaimLine, ClaimLineRecord, Exclusion, LineDecision)
        found: _Conditions = {
            model: (model.provider_id == self.id) | model.contract_id.in_(self.led)
            for model in (*models, StatementEntry, Remittance)
        }
        found[ClaimLine] |= ClaimLine.claim_id.in_(submitted)
        found[ClaimLineRecord] |= ClaimLineRecord.line_id.in_(lines)
        found[LineDecision] |= LineDecision.line_id.in_(lines)
        found[StatementEntry] |= StatementEntry.contract_id.in_(self.paid)
        return found | {
            Claim: Claim.contract_id.in_(self.led) | Claim.id.in_(submitted),
            Statement: Statement.contract_id.in_(self.led) | Statement.contract_id.in_(self.paid),
        }

    def of_signals(self) -> _Conditions:
        """What stood out in the records of its own teams, and what they answered."""
        models: tuple[Any, ...] = (SignalLook, Signal, SignalAnswer)
        return {model: model.provider_id == self.id for model in models}
