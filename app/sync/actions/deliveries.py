"""What a device hands in at once: opened, recorded or kept beside, and each item answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from app.core.database import transaction
from app.core.errors import DomainError, NotFound
from app.core.permissions import Actor, require
from app.devices.actions.contacts import Arrived, Contact, Place, begin_contact, end_contact
from app.devices.actions.parking import Unrecorded, park_items, settle_items
from app.devices.errors import DeviceRevoked, HandedInByAnother
from app.devices.models import ParkedState, Settlement
from app.devices.policies import can_hand_in_rescue
from app.devices.rules import Doubt, Stamped, doubtful_clocks
from app.records.rules import Outcome, Receipt, london_day
from app.sync.actions.accepting import clock_to_keep
from app.sync.actions.batches import receive_batch
from app.sync.actions.opened import Sent, open_sent, seal_keys_of
from app.sync.actions.openings import is_opening, note_openings
from app.sync.errors import SealedForAnother
from app.sync.queries import find_colleagues
from app.sync.rules import Handed
from app.sync.seals.at_rest import SealSecrets
from app.sync.seals.opening import Opener, ReadJson, make_opener

STANDING = frozenset({Handed.RECORDED, Handed.ALREADY_RECORDED})


@dataclass(frozen=True)
class Delivery:
    """What one device handed in.

    Attributes:
        items: As they came; anything at all.
        sent_at: The device's clock when it sent them, where it said so.
        state: How the device stands, as far as it said.
        is_rescue: Whether it came in a file, on another machine.
    """

    items: Sequence[Any]
    sent_at: datetime | None = None
    state: Mapping[str, Any] = field(default_factory=dict)
    is_rescue: bool = False


class Answered(NamedTuple):
    """What became of one item."""

    handed: Handed
    receipt: Receipt | None = None
    error: DomainError | None = None


@dataclass(frozen=True)
class Answers:
    """What became of each item, in the order sent, and whether the device that sent them was revoked."""

    items: Sequence[Answered]
    is_revoked: bool


def receive_delivery(
    actor: Actor, delivery: Delivery, secrets: SealSecrets, *, read_json: ReadJson, at: datetime
) -> Answers:
    """Open, record and answer what a device handed in; when this returns it has been committed.

    Args:
        actor: Who is signed in: the author of every item.
        delivery: What came.
        secrets: By which the seal's keys are read.
        read_json: Reads what was sealed as strictly as the request itself.
        at: When it arrived.

    Raises:
        SealSecretMissing: the keys cannot be read now; everything is to be sent again later.
    """
    opener = make_opener(secrets, seal_keys_of(delivery.items), read_json)
    sent = [open_sent(raw, actor.user_id, opener, london_day(at)) for raw in delivery.items]
    with transaction():
        return _receive(actor, sent, delivery, at)


def _receive(actor: Actor, sent: Sequence[Sent], delivery: Delivery, at: datetime) -> Answers:
    places = [one.place for one in sent if one.place]
    contact = begin_contact(
        actor,
        places,
        sent_at=delivery.sent_at,
        state=delivery.state,
        is_itself=not delivery.is_rescue,
        at=at,
    )
    live = {index: one for index, one in enumerate(sent) if not _is_held_back(one, actor, contact)}
    stamps = _stamps(sent, contact)
    doubtful = {
        item_id: doubt
        for outbox, stamped in stamps.items()
        for item_id, doubt in doubtful_clocks(stamped, contact.told(outbox), at).items()
    }
    recorded = _record(actor, live, contact, doubtful, at)
    answers = [
        recorded[index] if index in recorded else Answered(Handed.QUARANTINED, error=_why_held(one, contact))
        for index, one in enumerate(sent)
    ]
    _keep_beside(actor, sent, answers, contact, doubtful, at)
    arrived = _arrived(sent, answers, stamps)
    end_contact(actor, contact, arrived, state=delivery.state, at=at)
    return Answers(answers, bool(contact.revoked))


def _is_held_back(one: Sent, actor: Actor, contact: Contact) -> bool:
    """Whether an item is not recorded by itself: its device was revoked, or somebody else hands it in.

    That somebody opened a journey is noted in any case: it was read.
    """
    if one.place is None or is_opening(one.plain):
        return False
    return one.place.user_id != actor.user_id or one.place.device_id in contact.revoked


def _why_held(one: Sent, contact: Contact) -> DomainError:
    is_revoked = one.place is not None and one.place.device_id in contact.revoked
    return one.error or (DeviceRevoked() if is_revoked else HandedInByAnother())


def _stamps(sent: Iterable[Sent], contact: Contact) -> dict[tuple[UUID, UUID, int], list[Stamped]]:
    """Return the times of what can be read, put right by each device's offset, by outbox."""
    found: dict[tuple[UUID, UUID, int], list[Stamped]] = {}
    for one in sent:
        if one.place is None or one.recorded_at is None:
            continue
        right = one.recorded_at + timedelta(seconds=contact.offsets.get(one.place.device_id, 0))
        stamp = Stamped(one.place.item_id, one.place.sequence, right, one.replaces is not None)
        found.setdefault(one.place.outbox, []).append(stamp)
    return found


def _record(
    actor: Actor,
    live: Mapping[int, Sent],
    contact: Contact,
    doubtful: Mapping[UUID, Doubt],
    at: datetime,
) -> dict[int, Answered]:
    answers = {index: Answered(Handed.REFUSED, error=one.error) for index, one in live.items() if one.error}
    openings = {index: one for index, one in live.items() if index not in answers and is_opening(one.plain)}
    answers |= {
        index: Answered(Handed.REFUSED, error=error) if error else Answered(Handed.RECORDED)
        for index, error in note_openings(actor, openings, contact.offsets, at=at).items()
    }
    plain = {index: one for index, one in live.items() if index not in answers}
    if plain:
        offset = _offset(plain.values(), contact)
        outcomes = receive_batch(
            actor,
            [one.plain for one in plain.values()],
            at=at,
            sent_at=at - timedelta(seconds=offset) if offset is not None else None,
            doubtful=doubtful,
        )
        answers |= {index: _answered(outcome) for index, outcome in zip(plain, outcomes, strict=True)}
    return answers


def _offset(sent: Iterable[Sent], contact: Contact) -> int | None:
    """Return what to add to the clock of the device that sent; a delivery comes from one."""
    first = next((one.place for one in sent if one.place), None)
    return contact.offsets.get(first.device_id) if first else None


def _answered(outcome: Outcome) -> Answered:
    return Answered(Handed(outcome.result.value), outcome.receipt, outcome.error)


def _keep_beside(
    actor: Actor,
    sent: Sequence[Sent],
    answers: Sequence[Answered],
    contact: Contact,
    doubtful: Mapping[UUID, Doubt],
    at: datetime,
) -> None:
    """Park what was not recorded, and settle what was parked before and has come right."""
    kept, right, replaced = [], [], []
    for one, answer in zip(sent, answers, strict=True):
        if one.place is None:
            continue
        if answer.handed in STANDING:
            right.append(one.place.item_id)
        elif answer.error is not None and not is_opening(one.plain):
            clock = clock_to_keep(contact.offsets.get(one.place.device_id), doubtful.get(one.place.item_id))
            is_held = answer.handed is Handed.QUARANTINED
            kept.append(_unrecorded(one, one.place, answer.error, clock if is_held else None))
        if one.replaces is not None and one.place.user_id == actor.user_id:
            replaced.append(one.replaces)
    park_items(actor, kept, at=at)
    if contact.has_parked and right:
        settle_items(actor, right, Settlement.RECORDED, at=at)
    if replaced:
        settle_items(actor, replaced, Settlement.REPLACED, at=at)


def _unrecorded(one: Sent, place: Place, error: DomainError, clock: Mapping[str, Any] | None) -> Unrecorded:
    """Return an item to keep: for a manager, with what is known of its clock, or for its author."""
    state = ParkedState.PARKED if clock is None else ParkedState.QUARANTINED
    content = {**one.content, **(clock or {})}
    return Unrecorded(place.item_id, place.user_id, place.device_id, state, error, content)


def _arrived(
    sent: Sequence[Sent],
    answers: Sequence[Answered],
    stamps: Mapping[tuple[UUID, UUID, int], Sequence[Stamped]],
) -> dict[tuple[UUID, UUID, int], Arrived]:
    places: dict[tuple[UUID, UUID, int], list[Place]] = {}
    fresh: dict[tuple[UUID, UUID, int], set[int]] = {}
    for one, answer in zip(sent, answers, strict=True):
        # Nobody knows whose it is that opens for nobody here, so it is no number of this person's.
        if one.place is not None and not isinstance(one.error, SealedForAnother):
            places.setdefault(one.place.outbox, []).append(one.place)
            if answer.handed is Handed.RECORDED and answer.receipt:
                fresh.setdefault(one.place.outbox, set()).add(one.place.sequence)
    return {
        outbox: Arrived(came, frozenset(fresh.get(outbox, ())), stamps.get(outbox, ()))
        for outbox, came in places.items()
    }


def receive_rescue(
    actor: Actor,
    rescued: Sequence[tuple[Any, UUID | None]],
    secrets: SealSecrets,
    *,
    read_json: ReadJson,
    at: datetime,
) -> Answers:
    """Take items from a rescue file: one's own are recorded, a colleague's are quarantined.

    Args:
        actor: Who hands them in.
        rescued: Items as they came, each with its author; None where that could not be read.
        secrets: By which the seal's keys are read.
        read_json: Reads what was sealed.
        at: When.

    Raises:
        Forbidden: the actor records nothing.
        SealSecretMissing: the keys cannot be read now.
    """
    require(can_hand_in_rescue, actor)
    opener = make_opener(secrets, seal_keys_of(raw for raw, _ in rescued), read_json)
    colleagues = find_colleagues(actor, {author for _, author in rescued if author})
    sent = [_rescued(raw, author, colleagues, opener, at) for raw, author in rescued]
    with transaction():
        return _receive(actor, sent, Delivery([raw for raw, _ in rescued], is_rescue=True), at)


def _rescued(raw: Any, author: UUID | None, colleagues: set[UUID], opener: Opener, at: datetime) -> Sent:
    if author is None or author not in colleagues:
        return Sent(raw, error=NotFound())
    return open_sent(raw, author, opener, london_day(at))
