"""Who may do what with instruments."""

from app.core.permissions import Actor, Role, act


@act("instrument.load", Role.ADMINISTRATOR)
def can_load_instruments(actor: Actor) -> bool:
    """An administrator."""
    return Role.ADMINISTRATOR in actor.roles
