"""Who somebody is, who may see them, who advises them, and with whom they are one."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.permissions import Role
from app.enrolments import people, restrictions
from app.enrolments.models import Enrolment
from app.enrolments.queries import placements
from app.enrolments.queries.placements import advisers_of
from app.enrolments.queries.sight import get_enrolment, get_led_enrolment
from app.participants.actions import reveal_ninos, rotate_nino_keys
from app.participants.errors import AlreadyLinked
from app.participants.models import Participant, PersonDetails, SamePersonLink
from app.participants.queries import same_people
from app.participants.rules.nino import NinoKeys
from tests.builders import NOON, act_as, assign_adviser, make_enrolment
from tests.enrolments.builders import KEYS, Place, make_place


@pytest.fixture
def place(session: Session) -> Place:
    return make_place()


@pytest.fixture
def enrolment(place: Place) -> Enrolment:
    return make_enrolment(place.subcontract)


def change(place: Place, enrolment: Enrolment, **changes: Any) -> people.Person:
    return people.change_person(place.worker, enrolment.id, changes, keys=KEYS, at=NOON)


def test_the_newest_referral_stands_first_page_after_page(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placements, "PAGE_SIZE", 1)
    made = [make_enrolment(place.subcontract, referred_on=NOON.date() - timedelta(days=n)) for n in (9, 2, 5)]

    shown: list[Enrolment] = []
    after = None
    for _ in made:
        page = placements.led_enrolments(place.supply_chain, place.contract.id, state=None, after=after)
        shown, after = [*shown, *page.items], page.next

    assert ([one.id for one in shown], after) == ([made[1].id, made[2].id, made[0].id], None)


def reference_of(session: Session, enrolment: Enrolment) -> str:
    query = sa.select(Participant.reference).where(Participant.id == enrolment.participant_id)
    return session.execute(query).scalar_one()


def test_details_change_at_once_and_devices_are_told(
    place: Place, enrolment: Enrolment, session: Session
) -> None:
    person = change(
        place, enrolment, phone="07700 900123", access_needs="", language="Welsh", family_name="Łuc"
    )
    details = person.details

    assert (details.phone, details.access_needs, details.language) == ("+447700900123", None, "cy")
    assert (details.given_name, details.search_name) == ("Dean", "dean łuc")
    assert session.scalar(sa.select(Enrolment.revision)) == 2
    assert session.scalars(sa.select(AuditEvent.name)).all() == ["person.changed"]


def test_every_fault_is_told_at_once_and_nothing_changes(
    place: Place, enrolment: Enrolment, session: Session
) -> None:
    with pytest.raises(Invalid) as raised:
        change(place, enrolment, phone="no", postcode="no", given_name="")
    assert {fault.field for fault in raised.value.faults} == {"phone", "postcode", "given_name"}
    assert session.scalar(sa.select(PersonDetails.given_name)) == "Dean"


def test_a_number_is_sealed_and_never_shown(place: Place, enrolment: Enrolment, session: Session) -> None:
    assert change(place, enrolment, nino="ab 12 34 56 c").has_nino
    cipher = session.scalar(sa.select(PersonDetails.nino_cipher))
    assert cipher is not None
    assert b"AB123456C" not in cipher
    assert not change(place, enrolment, nino=None).has_nino


def test_reading_who_somebody_is_leaves_a_row(place: Place, enrolment: Enrolment, session: Session) -> None:
    assert people.read_person(place.worker, enrolment.id, at=NOON).details.given_name == "Dean"
    assert session.scalars(sa.select(AuditEvent.name)).all() == ["person.read"]
    adviser = act_as(Role.ADVISER, at=place.contract.prime_id)
    with pytest.raises(NotFound):
        people.read_person(adviser, enrolment.id, at=NOON)
    assign_adviser(adviser, enrolment)
    with pytest.raises(Forbidden):
        people.read_person(adviser, enrolment.id, at=NOON)


def test_numbers_are_revealed_to_claims_staff_of_the_prime_alone(
    place: Place, enrolment: Enrolment, session: Session
) -> None:
    change(place, enrolment, nino="AB123456C")
    asked = (place.contract.id, [enrolment.participant_id])
    approver = act_as(Role.CLAIMS_APPROVER, at=place.contract.prime_id)
    assert reveal_ninos(approver, *asked, keys=KEYS, at=NOON) == {enrolment.participant_id: "AB123456C"}
    assert "nino.revealed" in session.scalars(sa.select(AuditEvent.name)).all()
    with pytest.raises(Forbidden):
        reveal_ninos(place.supply_chain, *asked, keys=KEYS, at=NOON)
    for stranger in (place.manager, act_as(Role.CLAIMS_APPROVER)):
        with pytest.raises(NotFound):
            reveal_ninos(stranger, *asked, keys=KEYS, at=NOON)


def test_keys_are_rotated_and_the_numbers_stay(place: Place, enrolment: Enrolment, session: Session) -> None:
    change(place, enrolment, nino="AB123456C")
    both = NinoKeys({"test": "k" * 40, "next": "n" * 40})
    assert [rotate_nino_keys(both, at=NOON), rotate_nino_keys(both, at=NOON)] == [1, 0]
    approver = act_as(Role.CLAIMS_APPROVER, at=place.contract.prime_id)
    found = reveal_ninos(
        approver, place.contract.id, [enrolment.participant_id], keys=NinoKeys({"next": "n" * 40}), at=NOON
    )
    assert found == {enrolment.participant_id: "AB123456C"}


def test_a_restricted_person_is_seen_by_those_named_alone(place: Place, enrolment: Enrolment) -> None:
    stranger = act_as(Role.WORKER, at=enrolment.provider_id)
    named = {place.manager.user_id, place.worker.user_id}
    done = restrictions.restrict_person(place.manager, enrolment.id, named, at=NOON)

    assert (done.is_restricted, {viewer.id for viewer in done.viewers}) == (True, named)
    assert get_enrolment(place.worker, enrolment.id).id == enrolment.id
    for actor in (stranger, place.supply_chain):
        with pytest.raises(NotFound):
            get_led_enrolment(actor, enrolment.id)
    restrictions.restrict_person(place.manager, enrolment.id, (), at=NOON)
    assert get_enrolment(stranger, enrolment.id).id == enrolment.id


def test_too_few_or_the_wrong_people_are_refused(place: Place, enrolment: Enrolment) -> None:
    second = act_as(Role.WORKER, at=enrolment.provider_id)
    for named, code in (
        ({place.manager.user_id}, "viewers-too-few"),
        ({place.worker.user_id, second.user_id}, "verifier-missing"),
        ({place.manager.user_id, act_as(Role.WORKER).user_id}, "viewer-unknown"),
        ({place.manager.user_id, place.supply_chain.user_id}, "viewer-unknown"),
    ):
        with pytest.raises(Invalid) as raised:
            restrictions.restrict_person(place.manager, enrolment.id, named, at=NOON)
        assert raised.value.faults[0].code == code
    with pytest.raises(Forbidden):
        restrictions.restrict_person(place.worker, enrolment.id, {place.manager.user_id}, at=NOON)


def test_an_adviser_is_assigned_by_the_prime_and_sees_the_person(place: Place, enrolment: Enrolment) -> None:
    first, second = (act_as(Role.ADVISER, at=place.contract.prime_id) for _ in range(2))
    for adviser in (first, first, second):
        people.assign_adviser(place.supply_chain, enrolment.id, adviser.user_id, at=NOON)
    assert get_enrolment(second, enrolment.id).id == enrolment.id
    with pytest.raises(NotFound):
        get_enrolment(first, enrolment.id)
    people.assign_adviser(place.supply_chain, enrolment.id, None, at=NOON)
    assert advisers_of([enrolment.participant_id]) == {}
    with pytest.raises(Invalid):
        people.assign_adviser(place.supply_chain, enrolment.id, place.worker.user_id, at=NOON)
    with pytest.raises(Forbidden):
        people.assign_adviser(place.manager, enrolment.id, first.user_id, at=NOON)
    with pytest.raises(NotFound):
        people.assign_adviser(act_as(Role.SUPPLY_CHAIN), enrolment.id, first.user_id, at=NOON)


def test_two_records_of_one_human_are_linked_and_parted_again(
    place: Place, enrolment: Enrolment, session: Session
) -> None:
    other, third = make_enrolment(place.subcontract), make_enrolment(place.subcontract)
    ids = [one.participant_id for one in (enrolment, other, third)]
    link = people.link_same_person(place.supply_chain, enrolment.id, reference_of(session, other), at=NOON)
    people.link_same_person(place.manager, other.id, reference_of(session, third), at=NOON)
    assert same_people(ids[:1])[ids[0]] == frozenset(ids)
    with pytest.raises(AlreadyLinked):
        people.link_same_person(place.manager, third.id, reference_of(session, enrolment), at=NOON)

    people.end_link(place.manager, enrolment.id, link.id, at=NOON)
    assert same_people(ids[:1])[ids[0]] == frozenset(ids[:1])
    assert session.scalar(sa.select(sa.func.count()).select_from(SamePersonLink)) == 2
    with pytest.raises(NotFound):
        people.end_link(place.manager, enrolment.id, link.id, at=NOON)


def test_nobody_is_linked_to_a_person_out_of_sight(
    place: Place, enrolment: Enrolment, session: Session
) -> None:
    stranger = make_enrolment()
    for reference in (reference_of(session, stranger), reference_of(session, enrolment), "WM-XXXXXX"):
        with pytest.raises(Invalid):
            people.link_same_person(place.manager, enrolment.id, reference, at=NOON)
    with pytest.raises(Forbidden):
        people.link_same_person(place.worker, enrolment.id, reference_of(session, enrolment), at=NOON)
