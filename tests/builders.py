"""Rows for tests: every builder makes what it needs around it, and commits; all of it in one transaction."""

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from app.accounts.models import Membership, User
from app.contracts.models import Contract, Delivery, Notice, NoticeFormat, PackageArea, Subcontract
from app.core.database import db, joined
from app.core.ids import new_id, new_reference
from app.core.model import Base
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentState, NoticeManner
from app.organisations.models import Organisation
from app.participants.models import AdviserAssignment, Participant, PersonDetails

NOON = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)
TODAY = date(2025, 3, 4)
_numbers = itertools.count(1)

T = TypeVar("T", bound=Base)


def save(row: T) -> T:
    """Write one row and return it; alone it is committed, within a transaction that commits it."""
    with joined() as session:
        session.add(row)
        session.flush()
    return row


def make_organisation(name: str | None = None) -> Organisation:
    """Make an organisation."""
    number = next(_numbers)
    title = name or f"Organisation {number}"
    return save(Organisation(name=title, short_name=title, created_at=NOON))


def make_user(name: str = "Amina Okafor", **changes: Any) -> User:
    """Make a user, without a password unless one is given."""
    columns: dict[str, Any] = {"email": f"user{next(_numbers)}@example.org", "name": name, "created_at": NOON}
    return save(User(**columns | changes))


@joined()
def make_membership(
    *roles: Role, at: Organisation | UUID | None = None, user: User | None = None
) -> Membership:
    """Make a user's place in an organisation."""
    organisation_id = at.id if isinstance(at, Organisation) else at or make_organisation().id
    person = user or make_user()
    return save(
        Membership(
            user_id=person.id,
            organisation_id=organisation_id,
            roles=[role.value for role in roles],
            created_at=NOON,
        )
    )


@joined()
def act_as(*roles: Role, at: Organisation | UUID | None = None, user: User | None = None) -> Actor:
    """Make a member with these roles and return them as an actor."""
    membership = make_membership(*roles, at=at, user=user)
    return Actor(
        user_id=membership.user_id,
        membership_id=membership.id,
        organisation_id=membership.organisation_id,
        roles=frozenset(roles),
    )


@joined()
def make_contract(
    *, prime: Organisation | None = None, commissioner: Organisation | None = None, **changes: Any
) -> Contract:
    """Make a contract with its commissioner, package area and prime."""
    payer = commissioner or make_organisation()
    area = save(PackageArea(commissioner_id=payer.id, code=f"A{next(_numbers)}", name="Northmoor East"))
    columns: dict[str, Any] = {
        "package_area_id": area.id,
        "commissioner_id": payer.id,
        "prime_id": (prime or make_organisation()).id,
        "code": f"C{next(_numbers)}",
        "title": "Northmoor East",
        "nation": "ENG",
        "starts_on": date(2024, 4, 1),
        "ends_on": date(2028, 3, 31),
    }
    return save(Contract(**columns | changes))


@joined()
def make_subcontract(
    contract: Contract | None = None, provider: Organisation | None = None, **changes: Any
) -> Subcontract:
    """Make a provider's place on a contract."""
    columns: dict[str, Any] = {
        "contract_id": (contract or make_contract()).id,
        "provider_id": (provider or make_organisation()).id,
        "tier": 2,
        "delivery": Delivery.END_TO_END,
        "promised_referrals": 100,
        "promised_value_pence": 10_000_000,
        "provider_share_basis_points": 8000,
        "starts_on": date(2024, 4, 1),
    }
    return save(Subcontract(**columns | changes))


def make_notice(contract: Contract | UUID) -> Notice:
    """Make version 1 of a contract's notice."""
    contract_id = contract.id if isinstance(contract, Contract) else contract
    return save(
        Notice(
            contract_id=contract_id,
            version=1,
            language="en",
            format=NoticeFormat.STANDARD,
            title="What we keep, and who sees it",
            body="We keep a record.\n\nYou can see it.",
            published_at=NOON,
        )
    )


@joined()
def make_participant(contract: Contract | UUID | None = None, **details: Any) -> Participant:
    """Make a person on a contract."""
    contract_id = contract.id if isinstance(contract, Contract) else contract or make_contract().id
    columns: dict[str, Any] = {
        "given_name": "Dean",
        "family_name": "Marsh",
        "search_name": "dean marsh",
        "born_on": date(1988, 5, 17),
        "language": "en",
        "updated_at": NOON,
    }
    with joined() as session:
        person = Participant(
            id=new_id(),
            contract_id=contract_id,
            reference=new_reference(),
            referral_reference=f"REF-{next(_numbers)}",
            is_restricted=details.pop("is_restricted", False),
            payment_group_id=details.pop("payment_group_id", None),
            created_at=NOON,
        )
        session.add(person)
        session.flush()
        session.add(PersonDetails(id=person.id, contract_id=contract_id, **columns | details))
        session.flush()
    return person


@joined()
def make_enrolment(
    subcontract: Subcontract | None = None, participant: Participant | None = None, **changes: Any
) -> Enrolment:
    """Make a started enrolment, notice given."""
    place = subcontract or make_subcontract()
    person = participant or make_participant(place.contract_id)
    columns: dict[str, Any] = {
        "contract_id": place.contract_id,
        "provider_id": place.provider_id,
        "participant_id": person.id,
        "state": EnrolmentState.STARTED,
        "referred_on": date(2024, 10, 28),
        "accepted_on": date(2024, 10, 30),
        "started_on": date(2024, 11, 4),
        "attention_on": date(2024, 11, 25),
        "revision": 1,
        "notice_manner": NoticeManner.READ_TOGETHER,
        "notice_given_on": date(2024, 11, 4),
    }
    enrolment = Enrolment(**columns | changes)
    if "notice_id" not in changes and enrolment.notice_given_on:
        existing = db.session().scalar(
            db.select(Notice.id).where(Notice.contract_id == place.contract_id).limit(1)
        )
        enrolment.notice_id = existing or make_notice(place.contract_id).id
    return save(enrolment)


def assign_adviser(adviser: Actor, enrolment: Enrolment) -> AdviserAssignment:
    """Assign a prime's adviser to an enrolment's person."""
    return save(
        AdviserAssignment(
            contract_id=enrolment.contract_id,
            participant_id=enrolment.participant_id,
            user_id=adviser.user_id,
            started_on=date(2024, 11, 1),
        )
    )


def ids_of(rows: Iterable[Base]) -> list[UUID]:
    """Return the ids of rows."""
    return [row.id for row in rows]
