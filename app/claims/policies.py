"""Who may do what with claims."""

from app.claims.models import Claim
from app.contracts.models import Contract
from app.core.permissions import Actor, Role, act

CLAIMS_STAFF = (Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER, Role.SUPPLY_CHAIN)


@act("claim.read", *CLAIMS_STAFF, Role.ASSESSOR)
def can_read_claims(actor: Actor) -> bool:
    """Claims and supply-chain staff of the prime; an assessor of the commissioner, once submitted."""
    return not actor.roles.isdisjoint({*CLAIMS_STAFF, Role.ASSESSOR})


@act("claim.prepare", Role.CLAIMS_PREPARER)
def can_prepare_claim(actor: Actor, contract: Contract) -> bool:
    """A claims preparer of the contract's prime: makes a claim, adds lines, leaves them out."""
    return actor.holds(Role.CLAIMS_PREPARER, at=contract.prime_id)


@act("claim.lock", Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER)
def can_lock_claim(actor: Actor, claim: Claim) -> bool:
    """A claims preparer or approver of the contract's prime: locks and unlocks."""
    return actor.holds(Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER, at=claim.contract.prime_id)


@act("claim.approve", Role.CLAIMS_APPROVER)
def can_approve_claim(actor: Actor, claim: Claim) -> bool:
    """A claims approver of the contract's prime: approves what somebody else prepared, and submits it."""
    return actor.holds(Role.CLAIMS_APPROVER, at=claim.contract.prime_id)


@act("claim-line.decide", Role.ASSESSOR)
def can_decide_line(actor: Actor, contract: Contract) -> bool:
    """An assessor of the contract's commissioner."""
    return actor.holds(Role.ASSESSOR, at=contract.commissioner_id)


@act("claim-line.follow", Role.MANAGER)
def can_follow_lines(actor: Actor) -> bool:
    """A manager of the provider: sees its own lines at each step, and contests what was left out."""
    return Role.MANAGER in actor.roles
