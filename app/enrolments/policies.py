"""Who may do what with enrolments."""

from uuid import UUID

from app.contracts.models import Contract
from app.core.permissions import Actor, Role, act
from app.enrolments.models import Enrolment


@act("record.make", Role.WORKER, Role.MANAGER)
def can_record_for(actor: Actor, provider_id: UUID) -> bool:
    """A worker or manager of the provider that the person is enrolled with."""
    return actor.holds(Role.WORKER, Role.MANAGER, at=provider_id)


@act("enrolment.decide", Role.WORKER, Role.MANAGER)
def can_decide_enrolment(actor: Actor, enrolment: Enrolment) -> bool:
    """A worker or manager of the provider: accepts, declines, gives notice."""
    return actor.holds(Role.WORKER, Role.MANAGER, at=enrolment.provider_id)


@act("enrolment.assign", Role.MANAGER)
def can_assign_worker(actor: Actor, enrolment: Enrolment) -> bool:
    """A manager of the provider: names the key worker, transfers the person."""
    return actor.holds(Role.MANAGER, at=enrolment.provider_id)


@act("baseline.extend", Role.MANAGER)
def can_extend_baseline(actor: Actor, enrolment: Enrolment) -> bool:
    """A manager of the provider: gives a second baseline more time, once and with a reason."""
    return actor.holds(Role.MANAGER, at=enrolment.provider_id)


@act("referral.import", Role.SUPPLY_CHAIN, Role.MANAGER)
def can_import_referrals(actor: Actor, contract: Contract, delivers_itself: bool) -> bool:
    """Supply-chain staff of the contract's prime; its managers too where it delivers itself."""
    if delivers_itself and actor.holds(Role.MANAGER, at=contract.prime_id):
        return True
    return actor.holds(Role.SUPPLY_CHAIN, at=contract.prime_id)


@act("referral.repeat", Role.SUPPLY_CHAIN)
def can_refer_again(actor: Actor, enrolment: Enrolment, prime_id: UUID) -> bool:
    """Supply-chain staff of the contract's prime."""
    return actor.holds(Role.SUPPLY_CHAIN, at=prime_id)


@act("placement.read", Role.SUPPLY_CHAIN)
def can_follow_placements(actor: Actor, contract: Contract) -> bool:
    """Supply-chain staff of the contract's prime: where people stand, and no words about them."""
    return actor.holds(Role.SUPPLY_CHAIN, at=contract.prime_id)


@act("person.change", Role.WORKER, Role.MANAGER)
def can_change_person(actor: Actor, enrolment: Enrolment) -> bool:
    """A worker or manager of the provider: phone, address, access needs, language."""
    return actor.holds(Role.WORKER, Role.MANAGER, at=enrolment.provider_id)


@act("person.restrict", Role.MANAGER)
def can_restrict_person(actor: Actor, enrolment: Enrolment) -> bool:
    """A manager of the provider: names the people who alone may see somebody."""
    return actor.holds(Role.MANAGER, at=enrolment.provider_id)


@act("person.link", Role.SUPPLY_CHAIN, Role.MANAGER)
def can_link_people(actor: Actor, enrolment: Enrolment, prime_id: UUID) -> bool:
    """Supply-chain staff of the contract's prime, or a manager of the provider."""
    return actor.holds(Role.SUPPLY_CHAIN, at=prime_id) or actor.holds(Role.MANAGER, at=enrolment.provider_id)


@act("adviser.assign", Role.SUPPLY_CHAIN)
def can_assign_adviser(actor: Actor, enrolment: Enrolment, prime_id: UUID) -> bool:
    """Supply-chain staff of the contract's prime."""
    return actor.holds(Role.SUPPLY_CHAIN, at=prime_id)
