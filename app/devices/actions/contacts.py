"""Noting that a device was in touch: what arrived of its outboxes, its clock, and what it said of itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Boolean, Integer, bindparam, case, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import Device
from app.core.database import db, is_postgresql, transaction
from app.core.hot import HotStatement, is_among
from app.core.ids import new_id
from app.core.json import to_wire
from app.core.model import Id, Moment
from app.core.permissions import Actor
from app.devices import queries
from app.devices.models import DeviceOutbox, ParkedItem
from app.devices.rules import Numbers, Stamped, Told, latest_of, median_offset, note_numbers

SEEN_EVERY = timedelta(hours=1)


class Place(NamedTuple):
    """Where an item stands: whose outbox, on which device, of which epoch, at which number."""

    item_id: UUID
    user_id: UUID
    device_id: UUID
    epoch: int
    sequence: int

    @property
    def outbox(self) -> tuple[UUID, UUID, int]:
        """Device, person and epoch."""
        return self.device_id, self.user_id, self.epoch


@dataclass
class Contact:
    """One contact: what is known of the devices and outboxes that something came from.

    Attributes:
        revoked: The devices that were taken out of use.
        offsets: What to add to a device's clock, in seconds, by device.
        outboxes: As they stood before.
        has_parked: Whether something of the actor's is parked.
        own_devices: Those of the actor's organisation.
        heard: By person, what their device says that it was told last, and the number it had come to.
    """

    revoked: frozenset[UUID] = frozenset()
    offsets: dict[UUID, int] = field(default_factory=dict)
    outboxes: dict[tuple[UUID, UUID, int], Any] = field(default_factory=dict)
    has_parked: bool = False
    own_devices: frozenset[UUID] = frozenset()
    heard: dict[UUID, tuple[datetime, int]] = field(default_factory=dict)

    def told(self, outbox: tuple[UUID, UUID, int]) -> Told:
        """Return what the server knew of an outbox."""
        tellings = [self.heard[outbox[1]]] if outbox[1] in self.heard else []
        known = self.outboxes.get(outbox)
        if known is None:
            return Told(tuple(tellings))
        if known.told_at is not None:
            tellings.append((known.told_at, known.told_sequence))
        return Told(tuple(tellings), known.last_sequence, known.latest_at)


def begin_contact(
    actor: Actor,
    places: Iterable[Place],
    *,
    sent_at: datetime | None,
    state: Mapping[str, Any],
    is_itself: bool,
    at: datetime,
) -> Contact:
    """Note the devices that something came from, in the caller's transaction, and hold their outboxes.

    What was handed in for a device (not `is_itself`) says nothing of when it was last in touch, and by whom.
    """
    last: dict[UUID, tuple[int, int]] = {}
    for place in places:
        number = (place.epoch, place.sequence)
        last[place.device_id] = max(last.get(place.device_id, number), number)
    offset = round((at - sent_at).total_seconds()) if sent_at else None
    said = {
        "organisation_id": actor.organisation_id,
        "at": at,
        "user_id": actor.user_id,
        "offset": offset,
        "app_version": state.get("app_version"),
        "is_persisted": state.get("persisted"),
        "is_itself": is_itself,
    }
    noting = _noting(is_postgresql())
    contact = Contact()
    if state.get("told_at") is not None:
        contact.heard[actor.user_id] = (min(state["told_at"], at), state.get("told_sequence", 0))
    revoked, own = set(), set()
    for device_id, (epoch, sequence) in sorted(last.items()):
        row = noting.one_or_none({"id": device_id, "epoch": epoch, "sequence": sequence, **said})
        if row is None or row.revoked_at is not None:
            revoked |= _revoked([device_id])
        if row is not None:
            own.add(device_id)
            median = median_offset(
                (row.clock_offset_seconds, row.clock_offset_before, row.clock_offset_third)
            )
            if median is not None:
                contact.offsets[device_id] = median
        elif offset is not None:
            contact.offsets[device_id] = offset
    contact.revoked, contact.own_devices = frozenset(revoked), frozenset(own)
    contact.outboxes, contact.has_parked = _outboxes(actor, last)
    return contact


def _outboxes(actor: Actor, device_ids: Iterable[UUID]) -> tuple[dict[tuple[UUID, UUID, int], Any], bool]:
    values = {"ids": list(device_ids), "organisation_id": actor.organisation_id, "user_id": actor.user_id}
    rows = _OUTBOXES.all(values)
    found = {(row.device_id, row.user_id, row.epoch): row for row in rows}
    return found, any(row.has_parked for row in rows)


_ORGANISATION = bindparam("organisation_id", type_=Id())
_PARKED = exists().where(
    ParkedItem.organisation_id == _ORGANISATION,
    ParkedItem.user_id == bindparam("user_id", type_=Id()),
    ParkedItem.settled_at.is_(None),
)
_OUTBOXES = HotStatement(
    select(
        DeviceOutbox.device_id,
        DeviceOutbox.user_id,
        DeviceOutbox.epoch,
        DeviceOutbox.last_sequence,
        DeviceOutbox.missing,
        DeviceOutbox.doubled_count,
        DeviceOutbox.pending,
        DeviceOutbox.oldest_pending_at,
        DeviceOutbox.told_at,
        DeviceOutbox.told_sequence,
        DeviceOutbox.latest_at,
        DeviceOutbox.lost,
        _PARKED.label("has_parked"),
    )
    .where(is_among(DeviceOutbox.device_id), DeviceOutbox.organisation_id == _ORGANISATION)
    .with_for_update(of=DeviceOutbox)
)


def _revoked(device_ids: Iterable[UUID]) -> set[UUID]:
    query = select(Device.id).where(Device.id.in_(list(device_ids)), Device.revoked_at.is_not(None))
    return set(db.session().scalars(query))


@cache
def _noting(on_postgresql: bool) -> HotStatement:
    """Return the statement that notes a device; it returns nothing for another organisation's."""
    insert = postgresql.insert(Device) if on_postgresql else sqlite.insert(Device)
    at = bindparam("at", type_=Moment())
    row = insert.values(
        id=bindparam("id", type_=Id()),
        organisation_id=bindparam("organisation_id", type_=Id()),
        first_seen_at=at,
        last_seen_at=at,
        last_user_id=bindparam("user_id", type_=Id()),
        epoch=bindparam("epoch", type_=Integer()),
        last_sequence=bindparam("sequence", type_=Integer()),
        app_version=bindparam("app_version", type_=Device.app_version.type),
        is_persisted=bindparam("is_persisted", type_=Device.is_persisted.type),
        clock_offset_seconds=bindparam("offset", type_=Integer()),
        revoked_at=None,
    )
    new = row.excluded
    later = (new.epoch > Device.epoch) | (
        (new.epoch == Device.epoch) & (new.last_sequence > Device.last_sequence)
    )
    measured = new.clock_offset_seconds.is_not(None)
    is_itself = bindparam("is_itself", type_=Boolean())
    noted = row.on_conflict_do_update(
        index_elements=[Device.id],
        set_={
            "last_seen_at": case((is_itself, new.last_seen_at), else_=Device.last_seen_at),
            "last_user_id": case((is_itself, new.last_user_id), else_=Device.last_user_id),
            "epoch": case((later, new.epoch), else_=Device.epoch),
            "last_sequence": case((later, new.last_sequence), else_=Device.last_sequence),
            "app_version": func.coalesce(new.app_version, Device.app_version),
            "is_persisted": func.coalesce(new.is_persisted, Device.is_persisted),
            "clock_offset_seconds": func.coalesce(new.clock_offset_seconds, Device.clock_offset_seconds),
            "clock_offset_before": case(
                (measured, Device.clock_offset_seconds), else_=Device.clock_offset_before
            ),
            "clock_offset_third": case(
                (measured, Device.clock_offset_before), else_=Device.clock_offset_third
            ),
        },
        # A device that names itself as another organisation's changes nothing there.
        where=Device.organisation_id == new.organisation_id,
    )
    return HotStatement(
        noted.returning(
            Device.revoked_at,
            Device.clock_offset_seconds,
            Device.clock_offset_before,
            Device.clock_offset_third,
        )
    )


@dataclass(frozen=True)
class Arrived:
    """What came of one outbox.

    Attributes:
        places: Of every item whose place could be read.
        fresh: The numbers of what was recorded for the first time.
        stamped: The items whose time could be read.
    """

    places: Sequence[Place]
    fresh: frozenset[int]
    stamped: Sequence[Stamped]


def end_contact(
    actor: Actor,
    contact: Contact,
    arrived: Mapping[tuple[UUID, UUID, int], Arrived],
    *,
    state: Mapping[str, Any],
    at: datetime,
) -> None:
    """Note what arrived of each outbox, in the caller's transaction."""
    connection = db.session().connection()
    for outbox, came in sorted(arrived.items()):
        if outbox[0] in contact.own_devices:
            is_own = outbox[1] == actor.user_id
            row = _outbox_row(actor, contact, outbox, came, state if is_own else {}, at)
            row |= {"id": new_id(), "organisation_id": actor.organisation_id}
            connection.execute(_noting_outbox(connection.dialect.name), row)


def _outbox_row(
    actor: Actor,
    contact: Contact,
    outbox: tuple[UUID, UUID, int],
    came: Arrived,
    state: Mapping[str, Any],
    at: datetime,
) -> dict[str, Any]:
    known = contact.outboxes.get(outbox)
    before = Numbers(known.last_sequence, known.missing, known.doubled_count) if known else None
    sequences = [place.sequence for place in came.places]
    numbers = note_numbers(before, sequences, _fresh(actor, outbox, came, before), at)
    told_at, told_before = (known.told_at, known.told_sequence) if known else (None, 0)
    told_sequence = _told_sequence(state, len(set(sequences)), numbers.last)
    # What is handed in for a device says nothing of what else it holds.
    held = int(state.get("pending", known.pending if known else 0))
    pending = max(0, held - len(set(sequences)))
    return {
        "device_id": outbox[0],
        "user_id": outbox[1],
        "epoch": outbox[2],
        "last_sequence": numbers.last,
        "missing": numbers.missing,
        "doubled_count": numbers.doubled,
        "first_contact_at": at,
        "last_contact_at": at,
        "pending": pending,
        "oldest_pending_at": state.get("oldest_pending_at", known and known.oldest_pending_at)
        if pending
        else None,
        "told_at": told_at if told_sequence is None else at,
        "told_sequence": max(told_sequence or 0, told_before),
        "latest_at": latest_of(came.stamped, contact.told(outbox), at),
        "lost": _wired(state["lost"]) if state.get("lost") else (known.lost if known else None),
    }


def _fresh(
    actor: Actor, outbox: tuple[UUID, UUID, int], came: Arrived, before: Numbers | None
) -> frozenset[int]:
    """Return the numbers of what was never here; what was kept beside the records came with its own then."""
    numbers = {
        place.item_id: place.sequence
        for place in came.places
        if before and place.sequence in came.fresh and place.sequence <= before.last
    }
    if not numbers:
        return came.fresh
    kept = db.session().scalars(
        select(ParkedItem.item_id).where(
            ParkedItem.organisation_id == actor.organisation_id,
            ParkedItem.user_id == outbox[1],
            ParkedItem.item_id.in_(list(numbers)),
        )
    )
    return came.fresh - {numbers[item_id] for item_id in kept}


def _told_sequence(state: Mapping[str, Any], count: int, last: int) -> int | None:
    """Return above which number an item must have been made after this answer; None where nobody knows."""
    if "last_sequence" in state:
        return max(int(state["last_sequence"]), last)
    return last if "pending" in state and state["pending"] <= count else None


def _wired(lost: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value if isinstance(value, int | str) else to_wire(value) for key, value in lost.items()}


@cache
def _noting_outbox(dialect: str) -> Any:
    insert = postgresql.insert(DeviceOutbox) if dialect == "postgresql" else sqlite.insert(DeviceOutbox)
    columns = DeviceOutbox.__table__.columns
    row = insert.values({column.name: bindparam(column.name, type_=column.type) for column in columns})
    fixed = {"id", "organisation_id", "device_id", "user_id", "epoch", "first_contact_at"}
    return row.on_conflict_do_update(
        index_elements=[DeviceOutbox.device_id, DeviceOutbox.user_id, DeviceOutbox.epoch],
        set_={column.name: row.excluded[column.name] for column in columns if column.name not in fixed},
    )


def greet_device(actor: Actor, device_id: UUID, *, at: datetime) -> bool:
    """Note a known device that asks for something, once an hour a holder; return whether it was revoked."""
    if queries.is_revoked(actor, device_id):
        return True
    long_ago = at - SEEN_EVERY
    query = select(Device.id).where(
        Device.id == device_id,
        Device.organisation_id == actor.organisation_id,
        or_(Device.last_seen_at < long_ago, Device.last_user_id != actor.user_id),
    )
    if db.session().scalar(query) is not None:
        with transaction() as session:
            session.execute(
                update(Device)
                .where(Device.id == device_id)
                .values(last_seen_at=at, last_user_id=actor.user_id)
            )
    return False
