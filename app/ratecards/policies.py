"""Who may do what with rate cards."""

from app.contracts.models import Contract
from app.core.permissions import Actor, Role, act


@act("rate-card.load", Role.ADMINISTRATOR)
def can_load_rate_cards(actor: Actor) -> bool:
    """An administrator, for their own organisation."""
    return Role.ADMINISTRATOR in actor.roles


@act("rate-card.apply", Role.ADMINISTRATOR)
def can_apply_rate_card(actor: Actor, contract: Contract) -> bool:
    """An administrator of the contract's prime."""
    return actor.holds(Role.ADMINISTRATOR, at=contract.prime_id)
