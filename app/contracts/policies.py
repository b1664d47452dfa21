"""Who may do what with contracts."""

from uuid import UUID

from app.contracts.models import Contract
from app.core.permissions import Actor, Role, act

_EVERYBODY = tuple(role for role in Role if role is not Role.OPERATOR)


@act("contract.see", *_EVERYBODY)
def can_see_contracts(actor: Actor) -> bool:
    """Anybody whose organisation has a part on it: prime, provider or commissioner."""
    return not actor.roles.isdisjoint(_EVERYBODY)


@act("contract.add", Role.ADMINISTRATOR)
def can_add_contract(actor: Actor, prime_id: UUID) -> bool:
    """An administrator of the organisation that leads it, or whose own programme it is."""
    return actor.holds(Role.ADMINISTRATOR, at=prime_id)


@act("contract.change", Role.ADMINISTRATOR)
def can_change_contract(actor: Actor, contract: Contract) -> bool:
    """An administrator of the prime: subcontracts, payment groups, notices."""
    return actor.holds(Role.ADMINISTRATOR, at=contract.prime_id)
