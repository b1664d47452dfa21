"""Who looks after an organisation's devices and what was parked."""

from uuid import UUID

from app.core.permissions import Actor, Role, act


@act("device.see", Role.MANAGER, Role.ADMINISTRATOR)
def can_see_devices(actor: Actor, organisation_id: UUID) -> bool:
    """A manager or administrator of the organisation whose people use them."""
    return actor.holds(Role.MANAGER, Role.ADMINISTRATOR, at=organisation_id)


@act("device.revoke", Role.MANAGER, Role.ADMINISTRATOR)
def can_revoke_device(actor: Actor, organisation_id: UUID) -> bool:
    """A manager or administrator of the organisation: takes a lost tablet out of use, or back into it."""
    return actor.holds(Role.MANAGER, Role.ADMINISTRATOR, at=organisation_id)


@act("device-case.close", Role.MANAGER, Role.ADMINISTRATOR)
def can_close_device_case(actor: Actor, organisation_id: UUID) -> bool:
    """A manager or administrator of the organisation, with a reason."""
    return actor.holds(Role.MANAGER, Role.ADMINISTRATOR, at=organisation_id)


@act("parked-item.settle", Role.MANAGER)
def can_settle_parked_items(actor: Actor, organisation_id: UUID) -> bool:
    """A manager of the author's organisation: sees what was parked, accepts or discards it."""
    return actor.holds(Role.MANAGER, at=organisation_id)


@act("rescue.hand-in", Role.WORKER, Role.MANAGER)
def can_hand_in_rescue(actor: Actor) -> bool:
    """A worker or manager, for themselves and for colleagues of their organisation."""
    return actor.holds(Role.WORKER, Role.MANAGER, at=actor.organisation_id)
