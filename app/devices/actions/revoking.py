"""Taking a device out of use, and closing cases."""

from datetime import datetime
from uuid import UUID

from app.accounts.models import Device
from app.audit.actions import trace
from app.core.database import transaction
from app.core.permissions import Actor, require
from app.devices import policies, queries
from app.devices.errors import CaseClosed
from app.devices.models import DeviceCase


def revoke_device(actor: Actor, device_id: UUID, *, at: datetime) -> Device:
    """Take a device out of use: it is told to wipe what it keeps; what it still sends is quarantined.

    Raises:
        Forbidden: the actor looks after no devices.
        NotFound: it is not one of the organisation's.
    """
    require(policies.can_revoke_device, actor, actor.organisation_id)
    with transaction():
        device = queries.get_device(actor, device_id)
        if device.revoked_at is None:
            device.revoked_at = at
            trace(actor, "device.revoked", at=at, subject_id=device_id)
    return device


def restore_device(actor: Actor, device_id: UUID, *, at: datetime) -> Device:
    """Take a device into use again: it was found, or revoked by mistake.

    Raises:
        Forbidden: the actor looks after no devices.
        NotFound: it is not one of the organisation's.
    """
    require(policies.can_revoke_device, actor, actor.organisation_id)
    with transaction():
        device = queries.get_device(actor, device_id)
        if device.revoked_at is not None:
            device.revoked_at = None
            trace(actor, "device.restored", at=at, subject_id=device_id)
    return device


def close_case(actor: Actor, case_id: UUID, reason: str, *, at: datetime) -> DeviceCase:
    """Close a case that was looked into, with the reason.

    Raises:
        Forbidden: the actor looks after no devices.
        NotFound: it is not one of the organisation's.
        CaseClosed: it is closed.
    """
    require(policies.can_close_device_case, actor, actor.organisation_id)
    with transaction():
        case = queries.get_case(actor, case_id)
        if case.closed_at is not None:
            raise CaseClosed
        case.closed_at, case.closed_by_id, case.reason = at, actor.user_id, reason.strip()
        trace(actor, "device-case.closed", at=at, subject_id=case_id, kind=case.kind.value)
    return case
