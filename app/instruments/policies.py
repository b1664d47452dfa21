"""Who may do what with instruments."""

from app.core.permissions import Actor, Role, act


@act("instrument.load", Role.ADMINISTRATOR)
def can_load_instruments(actor: Actor) -> bool:
    """An administrator."""
    return Role.ADMINISTRATOR in actor.roles


@act("calibration.sign", Role.ADMINISTRATOR)
def can_sign_calibrations(actor: Actor, *, is_commissioner: bool) -> bool:
    """An administrator of a commissioner; not the assessor, who judges the lines that rest on it."""
    return is_commissioner and Role.ADMINISTRATOR in actor.roles
