"""The write path: a batch from a device, one answer an item, all in one transaction."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy.exc import InterfaceError, OperationalError

from app.core.database import transaction
from app.core.errors import DomainError, Invalid, NotFound
from app.core.permissions import Actor
from app.devices.rules import Doubt
from app.enrolments.actions import hold_enrolments, one_change, recorded_together
from app.enrolments.queries.standing import standings
from app.records.actions import refused
from app.records.errors import RecordMissing
from app.records.queries import details_of, subjects
from app.records.rules import (
    NOBODY,
    Draft,
    Outcome,
    Withdrawal,
    corrected_clock,
    london_day,
    with_days_put_right,
)
from app.sync.errors import Unrecordable
from app.sync.registry import ACTIONS, CORRECTABLE, Action, Entry, Item, place_entry, read_body, read_item
from app.sync.rules import waves

log = logging.getLogger("waymark")


def receive_batch(
    actor: Actor,
    raw_items: Sequence[Any],
    *,
    at: datetime,
    sent_at: datetime | None = None,
    doubtful: Mapping[UUID, Doubt] | None = None,
) -> list[Outcome]:
    """Record what a device sent: set-wise by action, in the order in which one depends on another.

    What cannot be read, and what the rules refuse, is answered by itself; its neighbours are recorded. When
    this returns, everything answered as recorded has been committed.

    Args:
        actor: Who sends; becomes the author of every record.
        raw_items: As they came; anything at all.
        at: When they arrived.
        sent_at: The device's clock when it sent them, where it said so.
        doubtful: Items whose time cannot be, and by how much; their records are marked.
    """
    outcomes: dict[int, Outcome] = {}
    items: dict[int, Item] = {}
    offset = round((at - sent_at).total_seconds()) if sent_at else None
    for index, raw in enumerate(raw_items):
        try:
            items[index] = _right_clock(read_item(raw), at, offset, doubtful or {})
        except Invalid as error:
            outcomes[index] = refused(NOBODY, error)
    if items:
        try:
            outcomes |= _record_items(actor, items, at, _record_at_once)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            # Nothing of it stands; what breaks it is looked for, under savepoints.
            log.info("a batch is taken in portions after %s", type(error).__name__)
            outcomes |= _record_items(actor, items, at, _record_apart)
    return [outcomes[index] for index in range(len(raw_items))]


@dataclass(frozen=True)
class Portion:
    """Entries of one action, none of which repeats or corrects another.

    Attributes:
        stands_alone: Nor does any look for what other portions bring.
    """

    action: Action
    numbered: list[tuple[int, Entry]]
    stands_alone: bool

    @property
    def entries(self) -> list[Entry]:
        """The entries without their places in the batch."""
        return [entry for _, entry in self.numbered]


Answers = Iterable[tuple[Portion, list[Outcome]]]


def _record_items(
    actor: Actor,
    items: Mapping[int, Item],
    at: datetime,
    record: Callable[[Actor, Sequence[Portion], datetime], Answers],
) -> dict[int, Outcome]:
    with transaction(), one_change():
        outcomes: dict[int, Outcome] = {}
        hold_enrolments(_concerned(items.values()))
        portions = _portions(items)
        for portion, answers in record(actor, portions, at):
            outcomes |= zip([index for index, _ in portion.numbered], answers, strict=True)
    return outcomes


def _portions(items: Mapping[int, Item]) -> list[Portion]:
    groups: dict[str, list[tuple[int, Entry]]] = {name: [] for name in ACTIONS}
    for index, item in items.items():
        groups[item.action.name].append((index, item.entry))
    return [
        Portion(ACTIONS[name], wave, ACTIONS[name].stands_alone and place == 0 and not _corrects(wave))
        for name, group in groups.items()
        for place, wave in enumerate(waves(group))
    ]


def _corrects(wave: Iterable[tuple[int, Entry]]) -> bool:
    return any(isinstance(entry, Draft) and entry.supersedes_id is not None for _, entry in wave)


def _record_at_once(actor: Actor, portions: Sequence[Portion], at: datetime) -> Answers:
    for stand_alone, group in groupby(portions, key=lambda portion: portion.stands_alone):
        neighbours = list(group)
        drafts = [entry for portion in neighbours for entry in portion.entries if isinstance(entry, Draft)]
        with recorded_together(actor, drafts, at=at) if stand_alone else nullcontext():
            answered = [
                (portion, portion.action.run(actor, portion.entries, at=at)) for portion in neighbours
            ]
        yield from answered


def _record_apart(actor: Actor, portions: Sequence[Portion], at: datetime) -> Answers:
    for portion in portions:
        yield portion, record_group(actor, portion.action, portion.entries, at=at)


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


def _right_clock(item: Item, at: datetime, offset: int | None, doubtful: Mapping[UUID, Doubt]) -> Item:
    action, entry = item
    doubt = doubtful.get(entry.id)
    behind = doubt.seconds if doubt else 0
    recorded_at, marked = corrected_clock(entry.recorded_at, at, (offset or 0) + behind)
    if marked is None and doubt:
        marked = 0  # its clock is marked, and nothing is known to put it right by
    if marked is None:
        return item
    entry = replace(entry, recorded_at=recorded_at, clock_offset_seconds=marked)
    if not isinstance(entry, Draft):
        return Item(action, entry)
    told_on = london_day(doubt.told_at) if doubt and doubt.told_at else None
    return Item(action, with_days_put_right(entry, told_on if told_on != london_day(at) else None))


def _concerned(items: Iterable[Item]) -> set[UUID]:
    """Return the enrolments that the items are about; those of records that come with them are among them."""
    people: set[UUID] = set()
    records: set[UUID] = set()
    for item in items:
        entry = item.entry
        if not isinstance(entry, Draft):
            records.add(entry.subject_id)
        elif entry.enrolment_id == NOBODY and "subject_id" in entry.detail:
            records.add(entry.detail["subject_id"])
        else:  # an item may name nobody itself; that person is not found
            people.add(entry.enrolment_id)
    return people | {subject.enrolment_id for subject in subjects(records).values()}


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
