"""Whatever changes what a journey shows gives it another tag, so that every device fetches it anew."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import db
from app.core.permissions import Actor, Role
from app.core.storage import open_storage
from app.enrolments import people, restrictions
from app.enrolments.models import Enrolment
from app.enrolments.steps import assign_worker
from app.evidence.actions import keep_file
from app.evidence.rules.inspection import Inspected
from app.participants.models import Participant
from app.sync.actions.batches import receive_batch
from tests.accounts.builders import sign_in_as
from tests.builders import NOON, act_as, make_enrolment
from tests.enrolments.builders import KEYS, Place, make_place
from tests.sync.builders import evidence_item, make_milestone_kind, milestone_item

SHA256 = "5" * 64


@pytest.fixture
def place(session: Session) -> Place:
    return make_place()


@pytest.fixture
def enrolment(place: Place) -> Enrolment:
    return make_enrolment(place.subcontract, worker_id=place.worker.user_id)


@pytest.fixture
def tag(client: Any, place: Place) -> Callable[[Enrolment], str]:
    """Return what tells a worker's device which journey it holds."""
    sign_in_as(client, place.worker)

    def read(enrolment: Enrolment) -> str:
        answer = client.get(f"/api/journeys/{enrolment.id}")
        assert answer.status_code == 200
        held = {one[0]: one[1] for one in client.get("/api/holdings").json}
        return f"{answer.headers['ETag']} {held.get(str(enrolment.id))}"

    return read


Tag = Callable[[Enrolment], str]


def test_nothing_changed_keeps_the_tag(enrolment: Enrolment, tag: Tag) -> None:
    assert tag(enrolment) == tag(enrolment)


def test_details_of_the_person(place: Place, enrolment: Enrolment, tag: Tag) -> None:
    before = tag(enrolment)
    people.change_person(place.worker, enrolment.id, {"phone": "07700 900123"}, keys=KEYS, at=NOON)

    assert tag(enrolment) != before


def test_the_person_is_the_same_with_every_provider(place: Place, enrolment: Enrolment, tag: Tag) -> None:
    person = db.session().get_one(Participant, enrolment.participant_id)
    again = make_enrolment(place.subcontract, person, worker_id=place.worker.user_id)
    before = tag(again)
    people.change_person(place.worker, enrolment.id, {"given_name": "Deanna"}, keys=KEYS, at=NOON)

    assert tag(again) != before


def test_another_worker(place: Place, enrolment: Enrolment, tag: Tag) -> None:
    before = tag(enrolment)
    assign_worker(place.manager, enrolment.id, worker_id=place.manager.user_id, at=NOON)

    assert tag(enrolment) != before


def test_another_adviser(place: Place, enrolment: Enrolment, tag: Tag) -> None:
    adviser = act_as(Role.ADVISER, at=place.contract.prime_id)
    before = tag(enrolment)
    people.assign_adviser(place.supply_chain, enrolment.id, adviser.user_id, at=NOON)
    assigned = tag(enrolment)
    people.assign_adviser(place.supply_chain, enrolment.id, None, at=NOON)

    assert len({before, assigned, tag(enrolment)}) == 3


def test_a_restriction_and_its_end(place: Place, enrolment: Enrolment, tag: Tag) -> None:
    named = {place.worker.user_id, place.manager.user_id}
    before = tag(enrolment)
    restrictions.restrict_person(place.manager, enrolment.id, named, at=NOON)
    restricted = tag(enrolment)
    restrictions.restrict_person(place.manager, enrolment.id, (), at=NOON)

    assert len({before, restricted, tag(enrolment)}) == 3
    assert restricted.endswith("None"), "a restricted person is on no device"


def test_a_file_that_arrives_after_its_evidence(
    place: Place, enrolment: Enrolment, tag: Tag, tmp_path: Any
) -> None:
    milestone = milestone_item(enrolment.id, make_milestone_kind().code)
    receive_batch(place.worker, [milestone], at=NOON)
    receive_batch(place.worker, [evidence_item(milestone["id"], body={"sent_sha256": SHA256})], at=NOON)
    before = tag(enrolment)
    look = Inspected(media_type="image/jpeg", width=1, height=1, pages=None)
    keep_file(
        place.worker, open_storage(tmp_path), SHA256, b"sent", at=NOON, inspect=lambda _: (look, b"kept")
    )

    assert tag(enrolment) != before


def test_two_records_of_one_human_joined_and_parted(
    place: Place, enrolment: Enrolment, tag: Tag, session: Session
) -> None:
    other = make_enrolment(place.subcontract, worker_id=place.worker.user_id)
    query = select(Participant.reference).where(Participant.id == other.participant_id)
    reference = session.execute(query).scalar_one()
    before = tag(enrolment), tag(other)
    link = people.link_same_person(place.manager, enrolment.id, reference, at=NOON)
    joined = tag(enrolment), tag(other)
    people.end_link(place.manager, enrolment.id, link.id, at=NOON)
    parted = tag(enrolment), tag(other)

    for one, two, three in zip(before, joined, parted, strict=True):
        assert len({one, two, three}) == 3


def test_the_last_adviser_sees_the_person_no_more(
    client: Any, place: Place, enrolment: Enrolment, tag: Tag
) -> None:
    adviser: Actor = act_as(Role.ADVISER, at=place.contract.prime_id)
    people.assign_adviser(place.supply_chain, enrolment.id, adviser.user_id, at=NOON)
    sign_in_as(client, adviser)
    assert client.get(f"/api/journeys/{enrolment.id}").status_code == 200
    people.assign_adviser(place.supply_chain, enrolment.id, None, at=NOON)

    assert client.get(f"/api/journeys/{enrolment.id}").status_code == 404
