"""What a device hands in is recorded, parked or quarantined; and queues that may be lost are noticed."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.accounts.models import Device
from app.audit.models import AuditEvent
from app.contracts.models import Subcontract
from app.core.errors import Forbidden, NotFound
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.devices.actions.parking import discard_item, give_up_item
from app.devices.actions.reviewing import review_devices
from app.devices.actions.revoking import close_case, restore_device, revoke_device
from app.devices.errors import CaseClosed, ItemSettled
from app.devices.models import CaseKind, DeviceCase, DeviceOutbox, ParkedItem, Settlement
from app.devices.queries import list_cases, list_devices, list_parked_items
from app.enrolments.models import Enrolment, EnrolmentState
from app.records.models import Record
from app.records.rules import read_clock
from app.sync.actions.accepting import accept_item
from app.sync.actions.deliveries import receive_rescue
from app.sync.errors import StillSealed
from tests.builders import NOON, TODAY, act_as, make_enrolment, make_participant, make_subcontract
from tests.devices.builders import SECRETS, Outbox, make_outbox, said
from tests.sync.builders import contact_item, make_item

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


@pytest.fixture
def manager(enrolment: Enrolment) -> Actor:
    return act_as(Role.MANAGER, at=enrolment.provider_id)


@pytest.fixture
def outbox(worker: Actor) -> Outbox:
    return make_outbox(worker)


def contact(enrolment: Enrolment, **changes: Any) -> dict[str, Any]:
    return contact_item(enrolment.id, **changes)


def parked(session: Session) -> ParkedItem:
    session.expire_all()
    return session.scalars(sa.select(ParkedItem)).one()


def cases(session: Session) -> list[tuple[CaseKind, bool]]:
    session.expire_all()
    rows = session.scalars(sa.select(DeviceCase).order_by(DeviceCase.kind, DeviceCase.key))
    return [(row.kind, row.closed_at is None) for row in rows]


def test_a_device_is_remembered_by_its_newest_place_and_what_it_said(
    enrolment: Enrolment, outbox: Outbox, manager: Actor
) -> None:
    items = [outbox.add(contact(enrolment)) for _ in range(3)]
    outbox.send(*items, pending=5, oldest_pending_at=NOON, app_version="1.4", persisted=True)

    (shown,) = list_devices(manager)
    device, (box,) = shown.device, shown.outboxes
    assert (device.last_sequence, device.app_version, device.is_persisted) == (3, "1.4", True)
    assert (box.last_sequence, box.missing, box.pending) == (3, [], 2)
    assert shown.names[box.user_id] == "Amina Okafor"


def test_another_organisations_devices_are_not_listed(enrolment: Enrolment, outbox: Outbox) -> None:
    outbox.send(outbox.add(contact(enrolment)))
    stranger = act_as(Role.MANAGER)

    assert list_devices(stranger) == []
    with pytest.raises(NotFound):
        revoke_device(stranger, outbox.device, at=NOON)


def test_one_odd_clock_measurement_changes_no_time(
    enrolment: Enrolment, outbox: Outbox, session: Session
) -> None:
    for clock in (timedelta(), 3 * DAY, timedelta()):
        outbox.send(outbox.add(contact(enrolment)), clock=clock)

    offsets = session.scalars(sa.select(Record.clock_offset_seconds).order_by(Record.id)).all()
    assert offsets == [None, -259_200, None]  # of two the smaller counts, of three the middle one


def test_a_time_before_what_the_device_was_told_is_put_after_it(
    enrolment: Enrolment, outbox: Outbox, session: Session
) -> None:
    outbox.send(outbox.add(contact(enrolment)), pending=1, at=NOON + HOUR)
    early = outbox.add(contact(enrolment))

    assert said(outbox.send(early, at=NOON + 2 * HOUR)) == ["recorded"]
    assert said(outbox.send(early, at=NOON + 2 * DAY)) == ["already-recorded"]

    rows = session.execute(
        sa.select(Record.recorded_at, Record.clock_offset_seconds).order_by(Record.received_at)
    )
    assert [tuple(row) for row in rows] == [(NOON, None), (NOON + HOUR, HOUR.seconds)]


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("+010025-11-22T10:{}:00.000Z", "2073-09-23"),
        ("2099-11-22T10:{}:00.000Z", "2099-11-22"),
        ("1904-01-01T10:{}:00.000Z", "1988-01-01"),
    ],
)
@pytest.mark.parametrize("is_sealed", [True, False])
def test_nothing_is_refused_for_a_clock_of_any_year(
    enrolment: Enrolment, outbox: Outbox, session: Session, shown: str, day: str, is_sealed: bool
) -> None:
    said_then = {"recorded_at": shown.format("00"), "occurred_on": day}
    plain = outbox.add(contact(enrolment, body=said_then))
    item = outbox.unlock().seal_item(plain) if is_sealed else plain
    sent_at = read_clock(shown.format("20"))

    assert said(outbox.send(item, clock=sent_at - NOON, pending=1)) == ["recorded"]
    assert said(outbox.send(item, at=NOON + DAY)) == ["already-recorded"]

    record = session.scalars(sa.select(Record)).one()
    assert (record.recorded_at, record.occurred_on) == (NOON - timedelta(minutes=20), TODAY)
    assert record.clock_offset_seconds == round((NOON - sent_at).total_seconds())


@pytest.mark.parametrize("is_told_by_itself", [True, False])
@pytest.mark.parametrize(("passed", "yesterday"), [(0, -1), (3, 0)])
def test_a_clock_years_behind_that_was_set_right_before_it_sent_keeps_nobody_from_starting(
    worker: Actor, outbox: Outbox, session: Session, is_told_by_itself: bool, passed: int, yesterday: int
) -> None:
    """Its days were the first that it can have meant: never before the tablet was last told anything."""
    place = session.scalars(sa.select(Subcontract).filter_by(provider_id=worker.organisation_id)).one()
    person = make_enrolment(
        place,
        make_participant(place.contract_id),
        state=EnrolmentState.ACCEPTED,
        started_on=None,
        referred_on=TODAY - timedelta(days=8),
        accepted_on=TODAY - timedelta(days=8),
        notice_given_on=TODAY - timedelta(days=7),
    )
    state: dict[str, Any] = {"last_sequence": 1}
    if is_told_by_itself:  # the server never heard of this outbox
        outbox.sequence = 1
        state |= {"told_at": NOON, "told_sequence": 1}
    else:
        outbox.send(outbox.add(make_item("contact", {})), **state)  # heard, though nothing of it stands
    its_now = datetime(2019, 3, 2, 12, tzinfo=UTC)
    said_then = {"recorded_at": its_now.isoformat(), "occurred_on": "2019-03-02"}
    start = outbox.add(make_item("start", {"enrolment_id": str(person.id), **said_then}))
    met = outbox.add(contact_item(person.id, body={**said_then, "occurred_on": "2019-03-01"}))

    sent = outbox.send(start, met, at=NOON + timedelta(days=passed), **state)
    assert said(sent) == ["recorded", "recorded"]

    session.refresh(person)
    rows = session.scalars(sa.select(Record).where(Record.enrolment_id == person.id)).all()
    assert person.started_on == TODAY
    assert {row.kind.value: (row.occurred_on - TODAY).days for row in rows} == {
        "start": 0,
        "contact": yesterday,
    }
    assert {row.recorded_at for row in rows} == {NOON}
    assert all(row.clock_offset_seconds for row in rows)


def test_what_is_refused_is_parked_until_it_is_replaced(
    enrolment: Enrolment, outbox: Outbox, session: Session
) -> None:
    wrong = outbox.add(contact(enrolment, body={"outcome": "flown"}))
    assert said(outbox.send(wrong)) == ["invalid"]
    assert said(outbox.send(wrong, at=NOON + HOUR)) == ["invalid"]
    kept = parked(session)
    assert (kept.code, kept.action, kept.enrolment_id) == ("invalid", "contact", enrolment.id)
    assert kept.item is not None
    assert kept.item["body"]["note"] == "Talked about the bus."

    right = outbox.add(contact(enrolment), replaces=wrong["id"])
    assert said(outbox.send(right)) == ["recorded"]

    assert (parked(session).settlement, parked(session).item) == (Settlement.REPLACED, None)


def test_what_is_parked_is_settled_once_it_can_be_recorded(
    enrolment: Enrolment, outbox: Outbox, session: Session
) -> None:
    first = contact(enrolment)
    correction = outbox.add(
        contact(enrolment, body={"supersedes_id": first["id"], "reason": "By telephone."})
    )
    assert said(outbox.send(correction)) == ["record-missing"]

    assert said(outbox.send(outbox.add(first), correction)) == ["recorded", "recorded"]
    assert parked(session).settlement is Settlement.RECORDED
    assert review_devices(at=NOON + DAY) == 0  # the number that came twice was of one item


def test_only_its_author_gives_an_item_up(
    enrolment: Enrolment, outbox: Outbox, manager: Actor, session: Session
) -> None:
    wrong = outbox.add(contact_item(new_id()))
    assert said(outbox.send(wrong)) == ["not-found"]

    with pytest.raises(NotFound):
        give_up_item(manager, parked(session).item_id, at=NOON)
    for _ in range(2):
        give_up_item(outbox.actor, parked(session).item_id, at=NOON)
    assert (parked(session).settlement, parked(session).item) == (Settlement.GIVEN_UP, None)


def test_a_revoked_device_hands_in_to_quarantine_until_a_manager_accepts(
    enrolment: Enrolment, outbox: Outbox, manager: Actor, session: Session
) -> None:
    outbox.send(outbox.add(contact(enrolment)))
    revoke_device(manager, outbox.device, at=NOON)
    sealed = outbox.unlock().seal_item(outbox.add(contact(enrolment)))

    answers = outbox.send(sealed, outbox.add(contact(enrolment, body={"outcome": "flown"})))

    assert (said(answers), answers.is_revoked) == (["quarantined", "quarantined"], True)
    good, bad = list_parked_items(manager, state=None)
    assert (good.person, good.item.action) == ("Dean M.", "contact")

    outcome = accept_item(manager, good.item.id, at=NOON)
    record = session.get_one(Record, outcome.id)
    assert (record.author_id, record.device_id) == (outbox.actor.user_id, outbox.device)
    with pytest.raises(ItemSettled):
        accept_item(manager, good.item.id, at=NOON)
    assert discard_item(manager, bad.item.id, "Nonsense", at=NOON).item is None


def test_what_is_accepted_of_a_slow_clock_is_put_right_and_marked(
    enrolment: Enrolment, outbox: Outbox, manager: Actor, session: Session
) -> None:
    slow = -3 * DAY
    outbox.send(outbox.add(contact(enrolment)), clock=slow)
    revoke_device(manager, outbox.device, at=NOON)
    its_now = NOON + slow
    said_then = {"recorded_at": its_now.isoformat(), "occurred_on": its_now.date().isoformat()}
    assert said(outbox.send(outbox.add(contact(enrolment, body=said_then)), clock=slow)) == ["quarantined"]

    (shown,) = list_parked_items(manager, state=None)
    record = session.get_one(Record, accept_item(manager, shown.item.id, at=NOON + 2 * DAY).id)
    assert (record.recorded_at, record.occurred_on, record.clock_offset_seconds) == (NOON, TODAY, 3 * 86_400)


@pytest.mark.parametrize("is_handed_in", [True, False])
def test_what_is_accepted_of_a_clock_before_what_its_device_was_told_is_put_after_it(
    enrolment: Enrolment, outbox: Outbox, manager: Actor, session: Session, is_handed_in: bool
) -> None:
    outbox.send(outbox.add(contact(enrolment)), pending=1)
    its_now = datetime(2019, 3, 2, 12, tzinfo=UTC)
    said_then = {"recorded_at": its_now.isoformat(), "occurred_on": "2019-03-02"}
    item = outbox.unlock().seal_item(outbox.add(contact(enrolment, body=said_then)))
    if is_handed_in:  # by a colleague, from a rescue file
        author = outbox.actor.user_id
        answers = receive_rescue(manager, [(item, author)], SECRETS, read_json=json.loads, at=NOON + DAY)
    else:
        revoke_device(manager, outbox.device, at=NOON)
        answers = outbox.send(item, at=NOON + DAY)  # its clock was set right before it sent
    assert said(answers) == ["quarantined"]
    outbox.send(outbox.add(contact(enrolment)), at=NOON + 2 * DAY, clock=HOUR)  # changes nothing of it

    (shown,) = [one for one in list_parked_items(manager, state=None) if str(one.item.item_id) == item["id"]]
    record = session.get_one(Record, accept_item(manager, shown.item.id, at=NOON + 3 * DAY).id)
    behind = round((NOON - its_now).total_seconds())
    assert (record.recorded_at, record.occurred_on, record.clock_offset_seconds) == (NOON, TODAY, behind)


def test_what_was_read_on_a_device_taken_out_of_use_is_in_the_trail(
    enrolment: Enrolment, outbox: Outbox, manager: Actor, session: Session
) -> None:
    outbox.send(outbox.add(contact(enrolment)))
    revoke_device(manager, outbox.device, at=NOON)
    body = {"enrolment_id": str(enrolment.id), "opened_at": NOON.isoformat()}

    assert said(outbox.send(outbox.add(make_item("opening", {}) | {"body": body}))) == ["recorded"]
    read = session.scalars(sa.select(AuditEvent).filter_by(name="journey-offline.read")).one()
    assert read.user_id == outbox.actor.user_id


def test_a_device_found_again_records_again(enrolment: Enrolment, outbox: Outbox, manager: Actor) -> None:
    outbox.send(outbox.add(contact(enrolment)))
    revoke_device(manager, outbox.device, at=NOON)
    item = outbox.add(contact(enrolment))
    assert said(outbox.send(item)) == ["quarantined"]
    restore_device(manager, outbox.device, at=NOON)

    assert said(outbox.send(item)) == ["recorded"]
    assert list_parked_items(manager, state=None) == []


def test_what_cannot_be_opened_cannot_be_accepted(
    enrolment: Enrolment, outbox: Outbox, manager: Actor
) -> None:
    outbox.send(outbox.add(contact(enrolment)))
    revoke_device(manager, outbox.device, at=NOON)
    item = outbox.unlock().seal_item(outbox.add(contact(enrolment)))
    outbox.send(item | {"sealed": item["sealed"] | {"key_id": str(new_id())}})

    (shown,) = list_parked_items(manager, state=None)
    assert (shown.item.action, shown.item.code) == (None, "seal-key-gone")
    with pytest.raises(StillSealed):
        accept_item(manager, shown.item.id, at=NOON)


def test_a_parked_item_names_a_restricted_person_to_nobody_who_may_not_see_them(
    manager: Actor, enrolment: Enrolment, outbox: Outbox
) -> None:
    place = make_subcontract(provider=None)
    person = make_participant(place.contract_id, is_restricted=True)
    hidden = make_enrolment(place, person)
    manager = act_as(Role.MANAGER, at=hidden.provider_id)
    box = make_outbox(act_as(Role.WORKER, at=hidden.provider_id))
    assert said(box.send(box.add(contact_item(hidden.id)))) == ["not-found"]

    (shown,) = list_parked_items(manager, state=None)
    assert shown.person is None


def test_a_worker_settles_nothing(enrolment: Enrolment, worker: Actor) -> None:
    for ask in (
        lambda: list_parked_items(worker, state=None),
        lambda: list_devices(worker),
        lambda: list_cases(worker, is_open=True),
        lambda: revoke_device(worker, new_id(), at=NOON),
    ):
        with pytest.raises(Forbidden):
            ask()


def test_an_offline_reading_is_noted_once_in_the_trail(
    enrolment: Enrolment, outbox: Outbox, session: Session
) -> None:
    foreign = make_enrolment(make_subcontract())
    body = {"enrolment_id": str(enrolment.id), "opened_at": (NOON - 30 * DAY).isoformat()}
    item = outbox.add(make_item("opening", {}) | {"body": body})
    strange = outbox.add(make_item("opening", {}) | {"body": body | {"enrolment_id": str(foreign.id)}})
    odd = outbox.add(make_item("opening", {}) | {"body": {"enrolment_id": "x"}})

    assert said(outbox.send(item, strange, odd)) == ["recorded", "recorded", "invalid"]
    assert said(outbox.send(item, outbox.unlock().seal_item(item | {"recorded_at": body["opened_at"]}))) == [
        "recorded",
        "recorded",
    ]

    rows = session.scalars(
        sa.select(AuditEvent).where(AuditEvent.name == "journey-offline.read").order_by(AuditEvent.id)
    ).all()
    assert [row.enrolment_id for row in rows] == [enrolment.id, None]
    assert rows[0].detail["opened_at"] == "2025-02-02T12:00:00.000000Z"
    assert session.scalar(sa.select(sa.func.count()).select_from(ParkedItem)) == 0


def test_a_gap_of_two_days_opens_one_case_that_closes_itself(
    enrolment: Enrolment, outbox: Outbox, session: Session
) -> None:
    first, lost, last = (outbox.add(contact(enrolment)) for _ in range(3))
    outbox.send(first, last)

    assert review_devices(at=NOON + 47 * HOUR) == 0
    assert [review_devices(at=NOON + 48 * HOUR), review_devices(at=NOON + 49 * HOUR)] == [1, 0]
    assert cases(session) == [(CaseKind.SEQUENCE_GAP, True)]

    outbox.send(lost, at=NOON + 3 * DAY)
    review_devices(at=NOON + 3 * DAY)
    assert cases(session) == [(CaseKind.SEQUENCE_GAP, False)]


def test_a_store_begun_anew_and_a_silent_device_open_cases_that_a_manager_closes(
    enrolment: Enrolment, outbox: Outbox, manager: Actor, session: Session
) -> None:
    outbox.send(outbox.add(contact(enrolment)), pending=4)
    outbox.epoch, outbox.sequence = 2, 0
    outbox.send(outbox.add(contact(enrolment)), lost={"reason": "evicted", "count": 3})
    review_devices(at=NOON + DAY)
    assert cases(session) == [(CaseKind.EPOCH_CHANGE, True)]

    assert review_devices(at=NOON + 5 * DAY) == 1
    (silent, change) = sorted(list_cases(manager, is_open=True), key=lambda one: one.case.kind, reverse=True)
    assert (silent.case.detail["pending"], change.case.detail["former_pending"]) == (3, 3)
    assert change.case.detail["lost"] == {"reason": "evicted", "count": 3}

    close_case(manager, change.case.id, "The tablet was set up anew.", at=NOON + 5 * DAY)
    with pytest.raises(CaseClosed):
        close_case(manager, change.case.id, "Again.", at=NOON + 5 * DAY)
    assert review_devices(at=NOON + 6 * DAY) == 0
    assert list_devices(manager)[0].open_case_count == 1


def test_a_cloned_store_is_noticed(enrolment: Enrolment, outbox: Outbox, session: Session) -> None:
    outbox.send(outbox.add(contact(enrolment)), outbox.add(contact(enrolment)))
    outbox.sequence = 1
    outbox.send(outbox.add(contact(enrolment)))

    review_devices(at=NOON + HOUR)
    assert cases(session) == [(CaseKind.EPOCH_CHANGE, True)]


def test_a_rescue_file_records_ones_own_and_quarantines_a_colleagues(
    enrolment: Enrolment, worker: Actor, manager: Actor, outbox: Outbox, session: Session
) -> None:
    colleague = make_outbox(act_as(Role.WORKER, at=enrolment.provider_id))
    stranger = make_outbox(act_as(Role.WORKER))
    rescued = [
        (box.unlock().seal_item(box.add(contact(enrolment))), box.actor.user_id)
        for box in (outbox, colleague, stranger)
    ]
    body = {"enrolment_id": str(enrolment.id), "opened_at": NOON.isoformat()}
    told = make_item("opening", {}) | {"body": body, "recorded_at": NOON.isoformat()}
    opening = (colleague.unlock().seal_item(colleague.add(told)), colleague.actor.user_id)

    colleague.send(colleague.add(contact(enrolment)), at=NOON - DAY, pending=6, oldest_pending_at=NOON - DAY)
    handed_in = [*rescued, opening, opening, ("x", None)]
    answers = receive_rescue(worker, handed_in, SECRETS, read_json=json.loads, at=NOON)

    assert said(answers) == ["recorded", "quarantined", "not-found", "recorded", "recorded", "not-found"]
    read = session.scalars(sa.select(AuditEvent).filter_by(name="journey-offline.read")).one()
    assert (read.user_id, read.enrolment_id) == (colleague.actor.user_id, enrolment.id)
    assert read.detail["handed_in_by"] == str(worker.user_id)
    device = session.get_one(Device, colleague.device)  # is where it was before
    assert (device.last_seen_at, device.last_user_id) == (NOON - DAY, colleague.actor.user_id)
    (shown,) = list_parked_items(manager, state=None)
    outcome = accept_item(manager, shown.item.id, at=NOON)
    assert session.get_one(Record, outcome.id).author_id == colleague.actor.user_id
    boxes = {row.user_id: row.pending for row in session.scalars(sa.select(DeviceOutbox))}
    assert boxes == {worker.user_id: 0, colleague.actor.user_id: 3}  # of five, two were handed in


def test_a_device_that_names_itself_as_anothers_changes_nothing_there(
    enrolment: Enrolment, outbox: Outbox, session: Session
) -> None:
    outbox.send(outbox.add(contact(enrolment)))
    other = make_enrolment(make_subcontract())
    thief = Outbox(act_as(Role.WORKER, at=other.provider_id), outbox.device)

    assert said(thief.send(thief.add(contact(other)), app_version="evil")) == ["recorded"]

    device = session.get_one(Device, outbox.device, populate_existing=True)
    assert (device.app_version, device.last_user_id) == (None, outbox.actor.user_id)
    assert session.scalars(sa.select(DeviceOutbox.user_id)).all() == [outbox.actor.user_id]
