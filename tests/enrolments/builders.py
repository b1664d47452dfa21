"""Contracts with places to refer to, and lists to send."""

from dataclasses import dataclass
from datetime import date

from app.contracts.models import Contract, Subcontract
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentState
from app.participants.rules.nino import NinoKeys
from tests.builders import act_as, make_contract, make_enrolment, make_organisation, make_subcontract

KEYS = NinoKeys({"test": "k" * 40})
HEADING = "reference,given_name,family_name,birth_date,nino,postcode,phone,language,provider,referred_on"


@dataclass(frozen=True)
class Place:
    """A contract, one provider on it, and whoever acts there."""

    contract: Contract
    subcontract: Subcontract
    supply_chain: Actor
    manager: Actor
    worker: Actor


def make_place() -> Place:
    """Make a contract with one provider and its people."""
    contract = make_contract()
    subcontract = make_subcontract(contract)
    return Place(
        contract=contract,
        subcontract=subcontract,
        supply_chain=act_as(Role.SUPPLY_CHAIN, at=contract.prime_id),
        manager=act_as(Role.MANAGER, at=subcontract.provider_id),
        worker=act_as(Role.WORKER, at=subcontract.provider_id),
    )


def make_referral(place: Place, state: EnrolmentState = EnrolmentState.REFERRED) -> Enrolment:
    """Make an enrolment that has not started."""
    return make_enrolment(
        place.subcontract,
        state=state,
        accepted_on=None,
        started_on=None,
        notice_given_on=None,
        notice_manner=None,
        referred_on=date(2025, 2, 1),
    )


def second_provider(place: Place) -> Subcontract:
    """Make another provider on the same contract."""
    return make_subcontract(place.contract, make_organisation())


def row(reference: str = "R1", **cells: str) -> str:
    """Return one row of a list."""
    values = {
        "reference": reference,
        "given_name": "Dean",
        "family_name": "Marsh",
        "birth_date": "1988-05-17",
        "nino": "",
        "postcode": "LS1 4AP",
        "phone": "07700 900123",
        "language": "en",
        "provider": "",
        "referred_on": "2025-03-03",
    }
    return ",".join((values | cells).values())


def list_of(*rows: str) -> bytes:
    """Return a list as its file."""
    return "\n".join([HEADING, *rows, ""]).encode()
