"""Reads of an organisation's devices, cases and parked items; bounded by the actor's organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from app.accounts.models import Device
from app.accounts.queries import names_of
from app.core.database import db
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.permissions import Actor, require
from app.devices import policies
from app.devices.models import DeviceCase, DeviceOutbox, ParkedItem, ParkedState
from app.devices.rules import median_offset
from app.enrolments.models import Enrolment
from app.enrolments.queries.sight import in_sight
from app.journeys.queries.names import person_name
from app.participants.models import PersonDetails

ROWS_MAX = 200


def new_parked_id() -> UUID:
    """Return the id of an item that is about to be kept; the item's own is its author's choice."""
    return new_id()


def is_revoked(actor: Actor, device_id: UUID) -> bool:
    """Whether a device was taken out of use by the actor's organisation."""
    query = select(Device.revoked_at).where(
        Device.id == device_id, Device.organisation_id == actor.organisation_id
    )
    return db.session().scalar(query) is not None


def get_device(actor: Actor, device_id: UUID) -> Device:
    """Return one device of the actor's organisation.

    Raises:
        NotFound: there is none.
    """
    query = select(Device).where(Device.id == device_id, Device.organisation_id == actor.organisation_id)
    device = db.session().scalar(query.with_for_update())
    if device is None:
        raise NotFound
    return device


def clock_offset(actor: Actor, device_id: UUID) -> int | None:
    """Return what to add to the clock of a device of the actor's organisation, seconds, where it is known."""
    query = select(Device.clock_offset_seconds, Device.clock_offset_before, Device.clock_offset_third).where(
        Device.id == device_id, Device.organisation_id == actor.organisation_id
    )
    row = db.session().execute(query).one_or_none()
    return median_offset(row) if row else None


def get_case(actor: Actor, case_id: UUID) -> DeviceCase:
    """Return one case of the actor's organisation.

    Raises:
        NotFound: there is none.
    """
    query = select(DeviceCase).where(
        DeviceCase.id == case_id, DeviceCase.organisation_id == actor.organisation_id
    )
    case = db.session().scalar(query.with_for_update())
    if case is None:
        raise NotFound
    return case


@dataclass(frozen=True)
class DeviceShown:
    """A device with whose outboxes it holds, and how many cases are open about it."""

    device: Device
    outboxes: Sequence[DeviceOutbox]
    names: dict[UUID, str]
    open_case_count: int


def list_devices(actor: Actor, only: UUID | None = None) -> list[DeviceShown]:
    """Return the organisation's devices, last seen first; of each person's outboxes the newest epoch.

    Raises:
        Forbidden: the actor looks after no devices.
    """
    require(policies.can_see_devices, actor, actor.organisation_id)
    query = select(Device).where(Device.organisation_id == actor.organisation_id)
    if only is not None:
        query = query.where(Device.id == only)
    devices = (
        db.session().scalars(query.order_by(Device.last_seen_at.desc(), Device.id).limit(ROWS_MAX)).all()
    )
    ids = [device.id for device in devices]
    outboxes = _newest_outboxes(ids)
    names = names_of({one.user_id for one in outboxes} | {device.last_user_id for device in devices})
    rows = db.session().execute(
        select(DeviceCase.device_id, func.count())
        .where(DeviceCase.device_id.in_(ids), DeviceCase.closed_at.is_(None))
        .group_by(DeviceCase.device_id)
    )
    cases = {row[0]: row[1] for row in rows}
    return [
        DeviceShown(
            device, [one for one in outboxes if one.device_id == device.id], names, cases.get(device.id, 0)
        )
        for device in devices
    ]


def _newest_outboxes(device_ids: Iterable[UUID]) -> list[DeviceOutbox]:
    newest = (
        select(DeviceOutbox.device_id, DeviceOutbox.user_id, func.max(DeviceOutbox.epoch).label("epoch"))
        .where(DeviceOutbox.device_id.in_(list(device_ids)))
        .group_by(DeviceOutbox.device_id, DeviceOutbox.user_id)
        .subquery()
    )
    query = select(DeviceOutbox).join(
        newest,
        and_(
            DeviceOutbox.device_id == newest.c.device_id,
            DeviceOutbox.user_id == newest.c.user_id,
            DeviceOutbox.epoch == newest.c.epoch,
        ),
    )
    return list(db.session().scalars(query.order_by(DeviceOutbox.last_contact_at.desc())))


@dataclass(frozen=True)
class CaseShown:
    """A case with the names of whom it is about, and of who closed it."""

    case: DeviceCase
    user: str
    closed_by: str | None


def list_cases(actor: Actor, *, is_open: bool, only: UUID | None = None) -> list[CaseShown]:
    """Return the organisation's cases, newest first: those that are open, or all.

    Raises:
        Forbidden: the actor looks after no devices.
    """
    require(policies.can_see_devices, actor, actor.organisation_id)
    query = select(DeviceCase).where(DeviceCase.organisation_id == actor.organisation_id)
    if only is not None:
        query = query.where(DeviceCase.id == only)
    elif is_open:
        query = query.where(DeviceCase.closed_at.is_(None))
    cases = (
        db.session().scalars(query.order_by(DeviceCase.opened_at.desc(), DeviceCase.id).limit(ROWS_MAX)).all()
    )
    names = names_of(user for case in cases for user in (case.user_id, case.closed_by_id) if user is not None)
    return [
        CaseShown(case, names[case.user_id], names[case.closed_by_id] if case.closed_by_id else None)
        for case in cases
    ]


def get_parked_item(actor: Actor, parked_id: UUID, *, for_update: bool = False) -> ParkedItem:
    """Return one item that was kept of the actor's organisation.

    Raises:
        Forbidden: the actor does not manage it.
        NotFound: there is none.
    """
    require(policies.can_settle_parked_items, actor, actor.organisation_id)
    query = select(ParkedItem).where(
        ParkedItem.id == parked_id, ParkedItem.organisation_id == actor.organisation_id
    )
    parked = db.session().scalar(query.with_for_update() if for_update else query)
    if parked is None:
        raise NotFound
    return parked


@dataclass(frozen=True)
class ParkedShown:
    """An item that was kept: whose, why, and of which person where the actor may know that."""

    item: ParkedItem
    author: str
    person: str | None
    recorded_at: str | None


def list_parked_items(
    actor: Actor, *, state: ParkedState | None, only: UUID | None = None
) -> list[ParkedShown]:
    """Return what waits to be settled in the organisation, oldest first; never what an item says.

    Raises:
        Forbidden: the actor does not manage it.
    """
    require(policies.can_settle_parked_items, actor, actor.organisation_id)
    query = select(ParkedItem).where(ParkedItem.organisation_id == actor.organisation_id)
    query = query.where(ParkedItem.settled_at.is_(None) if only is None else ParkedItem.id == only)
    if state is not None:
        query = query.where(ParkedItem.state == state)
    items = db.session().scalars(query.order_by(ParkedItem.received_at, ParkedItem.id).limit(ROWS_MAX)).all()
    people = _people(actor, {one.enrolment_id for one in items if one.enrolment_id})
    names = names_of(one.user_id for one in items)
    return [
        ParkedShown(one, names[one.user_id], people.get(one.enrolment_id), _recorded_at(one)) for one in items
    ]


def _people(actor: Actor, enrolment_ids: set[UUID]) -> dict[UUID | None, str]:
    """Return the short names of the people whom the actor sees."""
    query = (
        select(Enrolment.id, person_name(PersonDetails.given_name, PersonDetails.family_name))
        .join(PersonDetails, PersonDetails.id == Enrolment.participant_id)
        .where(Enrolment.id.in_(enrolment_ids), in_sight(actor))
    )
    return {row[0]: row[1] for row in db.session().execute(query)}


def _recorded_at(parked: ParkedItem) -> str | None:
    """Return the device's time of an item, where one stands in it."""
    content = parked.item or {}
    body = content.get("body")
    said = content.get("recorded_at") or (body.get("recorded_at") if isinstance(body, dict) else None)
    try:
        return datetime.fromisoformat(said).isoformat() if isinstance(said, str) else None
    except ValueError:
        return None
