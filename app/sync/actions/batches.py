"""The write path: a batch from a device, one answer an item, all in one transaction."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InterfaceError, OperationalError

from app.accounts.models import Device
from app.core.database import db, is_postgresql, transaction
from app.core.errors import DomainError, Invalid, NotFound
from app.core.permissions import Actor
from app.enrolments.actions import hold_enrolments, one_change
from app.enrolments.queries import standings
from app.records.actions import refused
from app.records.errors import RecordMissing
from app.records.queries import details_of, subjects
from app.records.rules import NOBODY, Draft, Outcome, Withdrawal, corrected_clock
from app.sync.errors import DeviceRevoked, Unrecordable
from app.sync.registry import ACTIONS, CORRECTABLE, Action, Entry, Item, place_entry, read_body, read_item
from app.sync.rules import waves

log = logging.getLogger("waymark")


def receive_batch(
    actor: Actor, raw_items: Sequence[Any], *, at: datetime, sent_at: datetime | None = None
) -> list[Outcome]:
    """Record what a device sent: set-wise by action, in the order in which one depends on another.

    What cannot be read, and what the rules refuse, is answered by itself; its neighbours are recorded. When
    this returns, everything answered as recorded has been committed.

    Args:
        actor: Who sends; becomes the author of every record.
        raw_items: As they came; anything at all.
        at: When they arrived.
        sent_at: The device's clock when it sent them, where it said so.
    """
    outcomes: dict[int, Outcome] = {}
    items: dict[int, Item] = {}
    for index, raw in enumerate(raw_items):
        try:
            items[index] = _right_clock(read_item(raw), at, sent_at)
        except Invalid as error:
            outcomes[index] = refused(NOBODY, error)
    if items:
        with transaction(), one_change():
            revoked = _note_devices(actor, items.values(), at)
            for index, item in items.items():
                if item.device_id in revoked:
                    outcomes[index] = refused(item.entry.id, DeviceRevoked())
            hold_enrolments(_concerned(items.values()))
            portions: list[Portion] = []
            for action in ACTIONS.values():
                group = [
                    (index, item.entry)
                    for index, item in items.items()
                    if item.action is action and index not in outcomes
                ]
                portions += [(action, wave) for wave in waves(group)]
            outcomes |= _record_all(actor, portions, at)
    return [outcomes[index] for index in range(len(raw_items))]


Portion = tuple[Action, list[tuple[int, Entry]]]


def _record_all(actor: Actor, portions: Sequence[Portion], at: datetime) -> dict[int, Outcome]:
    """Record all portions under one savepoint; where something breaks, each by itself, halved."""
    try:
        with transaction():
            return _answers(portions, lambda action, entries: action.run(actor, entries, at=at))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.info("a batch is taken in portions after %s", type(error).__name__)
    return _answers(portions, lambda action, entries: record_group(actor, action, entries, at=at))


def _answers(
    portions: Sequence[Portion], record: Callable[[Action, list[Entry]], list[Outcome]]
) -> dict[int, Outcome]:
    outcomes: dict[int, Outcome] = {}
    for action, wave in portions:
        answers = record(action, [entry for _, entry in wave])
        outcomes |= zip([index for index, _ in wave], answers, strict=True)
    return outcomes


def record_group(actor: Actor, action: Action, entries: Sequence[Entry], *, at: datetime) -> list[Outcome]:
    """Record entries of one action inside a savepoint, halved until what breaks it stands alone."""
    try:
        with transaction():
            return action.run(actor, entries, at=at)
    except (OperationalError, InterfaceError):
        raise  # the database is in trouble, not the item: nothing is judged, and all of it is sent again
    except DomainError as error:
        if len(entries) == 1:
            return [refused(entries[0].id, error)]
    except Exception as error:
        if len(entries) == 1:
            # The class, never the message: a message may carry what somebody typed.
            log.error("a %s could not be recorded: %s", action.name, type(error).__name__)  # noqa: TRY400
            return [refused(entries[0].id, Unrecordable())]
    middle = len(entries) // 2
    return [
        *record_group(actor, action, entries[:middle], at=at),
        *record_group(actor, action, entries[middle:], at=at),
    ]


def _right_clock(item: Item, at: datetime, sent_at: datetime | None) -> Item:
    offset = round((at - sent_at).total_seconds()) if sent_at else None
    recorded_at, marked = corrected_clock(item.entry.recorded_at, at, offset)
    entry = replace(
        item.entry, device_id=item.device_id, recorded_at=recorded_at, clock_offset_seconds=marked
    )
    return replace(item, entry=entry)


def _concerned(items: Iterable[Item]) -> set[UUID]:
    """Return the enrolments that the items are about; those of records that come with them are among them."""
    people: set[UUID] = set()
    records: set[UUID] = set()
    for item in items:
        entry = item.entry
        if not isinstance(entry, Draft):
            records.add(entry.subject_id)
        elif entry.enrolment_id == NOBODY:
            records.add(entry.detail["subject_id"])
        else:
            people.add(entry.enrolment_id)
    return people | {subject.enrolment_id for subject in subjects(records).values()}


def _note_devices(actor: Actor, items: Iterable[Item], at: datetime) -> set[UUID]:
    """Note from which devices something came, and return those that may send no more."""
    last: dict[UUID, tuple[int, int]] = {}
    for item in items:
        place = (item.epoch, item.sequence)
        last[item.device_id] = max(last.get(item.device_id, place), place)
    session = db.session()
    insert = postgresql.insert(Device) if is_postgresql() else sqlite.insert(Device)
    rows = [
        {
            "id": device_id,
            "organisation_id": actor.organisation_id,
            "first_seen_at": at,
            "last_seen_at": at,
            "last_user_id": actor.user_id,
            "epoch": epoch,
            "last_sequence": sequence,
            "app_version": None,
            "revoked_at": None,
        }
        for device_id, (epoch, sequence) in sorted(last.items())
    ]
    new = insert.values(rows).excluded
    later = (new.epoch > Device.epoch) | (
        (new.epoch == Device.epoch) & (new.last_sequence > Device.last_sequence)
    )
    session.execute(
        insert.values(rows).on_conflict_do_update(
            index_elements=[Device.id],
            set_={
                "last_seen_at": new.last_seen_at,
                "last_user_id": new.last_user_id,
                "epoch": case((later, new.epoch), else_=Device.epoch),
                "last_sequence": case((later, new.last_sequence), else_=Device.last_sequence),
            },
            # A device that names itself as another organisation's changes nothing there.
            where=(Device.organisation_id == new.organisation_id) & Device.revoked_at.is_(None),
        )
    )
    revoked = select(Device.id).where(Device.id.in_(last), Device.revoked_at.is_not(None))
    return set(session.scalars(revoked))


def withdraw_record(actor: Actor, record_id: UUID, withdrawal: Withdrawal, *, at: datetime) -> Outcome:
    """Take one record back."""
    entry = replace(withdrawal, subject_id=record_id)
    return record_group(actor, ACTIONS["withdrawal"], [entry], at=at)[0]


def correct_record(actor: Actor, record_id: UUID, body: Mapping[str, Any], *, at: datetime) -> Outcome:
    """Correct one record by its kind's own body.

    Raises:
        RecordMissing: there is none, it is out of sight, or it is of a kind that is not corrected.
        Invalid: the body is not what the kind takes.
    """
    subject = subjects([record_id]).get(record_id)
    if subject is None or subject.enrolment_id not in standings(actor, [subject.enrolment_id]):
        raise NotFound
    action = CORRECTABLE.get(subject.kind)
    if action is None:
        raise RecordMissing("Such a record is not corrected; record it anew.")
    if body.get("supersedes_id", str(record_id)) != str(record_id):
        raise Invalid.field("supersedes_id", "not-valid", "The address says what is corrected; leave it out.")
    owner_id = subject.enrolment_id
    if action.owner == "subject_id":
        owner_id = details_of(subject.kind, [record_id])[record_id]["subject_root_id"]
    entry = read_body(action, {**body, "supersedes_id": str(record_id)})
    return record_group(actor, action, [place_entry(action, entry, owner_id)], at=at)[0]
