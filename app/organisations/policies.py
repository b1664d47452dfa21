"""Who may read the list of organisations."""

from app.core.permissions import Actor, Role, act


@act("organisations.list", Role.ADMINISTRATOR, Role.SUPPLY_CHAIN, Role.MANAGER)
def can_list_organisations(actor: Actor) -> bool:
    """Whoever chooses partners: an administrator, manager or supply-chain manager; names alone are shown."""
    return not actor.roles.isdisjoint({Role.ADMINISTRATOR, Role.SUPPLY_CHAIN, Role.MANAGER})
