"""Who may do what with instruments."""

from app.core.permissions import Actor, Role, act


@act("instrument.load", Role.ADMINISTRATOR)
def can_load_instruments(actor: Actor) -> bool:
    """An administrator."""
    return Role.ADMINISTRATOR in actor.roles


READERS = (
    Role.MANAGER,
    Role.CLAIMS_PREPARER,
    Role.CLAIMS_APPROVER,
    Role.SUPPLY_CHAIN,
    Role.ASSESSOR,
    Role.ADMINISTRATOR,
)


@act("calibration.read", *READERS)
def can_read_calibrations(actor: Actor) -> bool:
    """Whoever manages, claims, judges or administers; never a key worker, who rates without thresholds."""
    return not actor.roles.isdisjoint(READERS)


@act("calibration.sign", Role.ADMINISTRATOR)
def can_sign_calibrations(actor: Actor, *, is_commissioner: bool) -> bool:
    """An administrator of a commissioner; not the assessor, who judges the lines that rest on it."""
    return is_commissioner and Role.ADMINISTRATOR in actor.roles
