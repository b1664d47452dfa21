"""Who may see what is owed: never a worker, so that money and thresholds stay off a rating screen."""

from uuid import UUID

from app.core.permissions import Actor, Role, act

CLAIMS_STAFF = (Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER, Role.SUPPLY_CHAIN)


@act("entitlement.read", Role.MANAGER, *CLAIMS_STAFF)
def can_read_entitlements(actor: Actor, provider_id: UUID, prime_id: UUID) -> bool:
    """A manager of the provider; claims and supply-chain staff of the contract's prime."""
    return actor.holds(Role.MANAGER, at=provider_id) or actor.holds(*CLAIMS_STAFF, at=prime_id)


@act("claimable.read", Role.MANAGER, *CLAIMS_STAFF)
def can_read_claimable(actor: Actor, prime_id: UUID, delivers: bool) -> bool:
    """Claims and supply-chain staff of the contract's prime; a provider's manager, for its own people."""
    return actor.holds(*CLAIMS_STAFF, at=prime_id) or (delivers and Role.MANAGER in actor.roles)
