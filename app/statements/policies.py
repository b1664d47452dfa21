"""Who may do what with statements."""

from uuid import UUID

from app.contracts.models import Contract
from app.core.permissions import Actor, Role, act

READERS = (Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER, Role.SUPPLY_CHAIN)


@act("statement.read", *READERS, Role.MANAGER, Role.ASSESSOR)
def can_read_statements(actor: Actor) -> bool:
    """Claims staff of the prime, the commissioner’s assessor; a provider’s manager sees its own entries."""
    return not actor.roles.isdisjoint({*READERS, Role.MANAGER, Role.ASSESSOR})


@act("statement.close", Role.CLAIMS_APPROVER)
def can_close_statement(actor: Actor, contract: Contract) -> bool:
    """A claims approver of the contract's prime."""
    return actor.holds(Role.CLAIMS_APPROVER, at=contract.prime_id)


@act("remittance.note", Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER)
def can_note_remittance(actor: Actor, contract: Contract) -> bool:
    """A claims preparer or approver of the contract's prime: notes when it was paid, and passed it on."""
    return actor.holds(Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER, at=contract.prime_id)


@act("remittance.confirm", Role.MANAGER)
def can_confirm_arrival(actor: Actor, provider_id: UUID) -> bool:
    """A manager of the provider whose money it is."""
    return actor.holds(Role.MANAGER, at=provider_id)
