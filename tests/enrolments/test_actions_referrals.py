"""A list is previewed row by row, and its new people come in together or not at all."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.contracts.models import PaymentGroup
from app.core.errors import Forbidden, NotFound
from app.core.permissions import Role
from app.enrolments import referrals
from app.enrolments.errors import ReferralListFaulty, ReferralListGone
from app.enrolments.models import Enrolment, EnrolmentEvent, EnrolmentState, ReferralImport
from app.participants.models import Participant, PersonDetails
from app.participants.rules.nino import read_nino
from tests.builders import NOON, act_as, make_organisation, make_participant, make_subcontract, save
from tests.enrolments.builders import KEYS, Place, list_of, make_place, row
from tests.processors import processor_seconds

TEN_SECONDS = 10


@pytest.fixture
def place(session: Session) -> Place:
    return make_place()


def preview(place: Place, *rows: str, **changes: Any) -> ReferralImport:
    at = changes.pop("at", NOON)
    actor = changes.pop("actor", place.supply_chain)
    return referrals.preview_referrals(actor, place.contract.id, list_of(*rows), keys=KEYS, at=at)


def confirm(place: Place, upload: ReferralImport, **changes: Any) -> int | None:
    values = {"drop_faulty": False, "at": NOON, **changes}
    return referrals.confirm_referrals(place.supply_chain, upload.id, **values).imported_count


def take_in(place: Place, *rows: str) -> int | None:
    return confirm(place, preview(place, *rows))


def results(upload: ReferralImport) -> list[str]:
    return [shown["result"] for shown in upload.rows or []]


def codes(upload: ReferralImport, kind: str) -> list[list[str]]:
    return [[fault["code"] for fault in shown[kind]] for shown in upload.rows or []]


def count(session: Session, model: Any) -> int | None:
    return session.scalar(sa.select(sa.func.count()).select_from(model))


def test_a_preview_takes_nobody_in(place: Place, session: Session) -> None:
    upload = preview(place, row("R1"), row("R2", phone="no"))

    assert (upload.new_count, upload.known_count, upload.faulty_count) == (1, 0, 1)
    assert results(upload) == ["new", "faulty"]
    assert codes(upload, "faults") == [[], ["phone-not-valid"]]
    assert count(session, Participant) == 0


def test_new_people_come_in_with_their_details_and_their_enrolment(place: Place, session: Session) -> None:
    assert take_in(place, row("R1", nino="AB123456C"), row("R2", given_name="Zoë", family_name="Pérez")) == 2

    people = session.scalars(sa.select(Participant).order_by(Participant.referral_reference)).all()
    assert [person.referral_reference for person in people] == ["R1", "R2"]
    assert people[1].details.search_name == "zoe perez"
    details = people[0].details
    assert details.nino_cipher is not None
    assert KEYS.open(details.nino_cipher, "test", details.id) == "AB123456C"
    enrolment = session.scalars(sa.select(Enrolment)).first()
    assert enrolment is not None
    assert (enrolment.state, enrolment.provider_id) == (
        EnrolmentState.REFERRED,
        place.subcontract.provider_id,
    )
    assert session.scalars(sa.select(EnrolmentEvent.name)).all() == ["referred", "referred"]
    assert session.scalars(sa.select(AuditEvent.name).order_by(AuditEvent.id)).all() == [
        "referrals.previewed",
        "referrals.imported",
    ]


def test_what_was_kept_of_the_people_is_emptied_once_they_are_in(place: Place, session: Session) -> None:
    upload = preview(place, row("R1", nino="AB123456C"))
    kept = session.scalar(sa.select(ReferralImport.rows))
    assert "AB123456C" not in str(kept)
    confirm(place, upload)
    assert session.scalar(sa.select(ReferralImport.rows)) is None


def test_the_same_file_twice_changes_nothing(place: Place, session: Session) -> None:
    rows = (row("R1"), row("R2", given_name="Ann"))
    take_in(place, *rows)
    again = preview(place, *rows)

    assert results(again) == ["known", "known"]
    assert confirm(place, again) == 0
    assert count(session, Participant) == count(session, Enrolment) == 2


def test_a_list_that_grows_brings_in_its_new_rows(place: Place) -> None:
    take_in(place, row("R1"))
    grown = preview(place, row("R1", phone="spoilt since"), row("R2", given_name="Ann"))
    assert results(grown) == ["known", "new"]
    assert confirm(place, grown) == 1


def test_faulty_rows_keep_all_out_until_they_are_dropped(place: Place, session: Session) -> None:
    upload = preview(place, row("R1"), row("R2", phone="no"))
    with pytest.raises(ReferralListFaulty):
        confirm(place, upload)
    assert count(session, Participant) == 0
    assert confirm(place, upload, drop_faulty=True) == 1


def test_a_second_confirmation_is_answered_as_the_first(place: Place, session: Session) -> None:
    upload = preview(place, row("R1"))
    assert [confirm(place, upload), confirm(place, upload)] == [1, 1]
    assert count(session, Participant) == 1


def test_two_previews_of_one_file_bring_people_in_once(place: Place, session: Session) -> None:
    first, second = preview(place, row("R1")), preview(place, row("R1"), row("R2", given_name="Ann"))
    assert [confirm(place, first), confirm(place, second)] == [1, 1]
    assert count(session, Participant) == count(session, PersonDetails) == count(session, Enrolment) == 2


def test_a_preview_is_kept_for_a_day(place: Place, session: Session) -> None:
    upload = preview(place, row("R1"))
    later = NOON + timedelta(days=1, seconds=1)
    with pytest.raises(ReferralListGone):
        confirm(place, upload, at=later)
    assert referrals.forget_previews(at=later) == 1
    assert session.scalar(sa.select(ReferralImport.rows)) is None


def test_rows_of_one_list_that_repeat_each_other_are_pointed_at(place: Place) -> None:
    upload = preview(
        place,
        row("R1", nino="AB123456C"),
        row("R1"),
        row("R2", nino="ab 12 34 56"),
        row("R3", nino="63T12345"),
    )
    assert codes(upload, "faults") == [[], ["reference-twice"], [], ["nino-temporary"]]
    assert codes(upload, "warnings")[2] == ["nino-twice"]
    assert [one["value"] for one in (upload.rows or [])[2]["warnings"]] == ["2"]


def test_rows_with_one_name_and_birth_date_warn_unless_numbers_tell_them_apart(
    place: Place,
) -> None:
    rows = [row("R1", nino="AB123456C"), row("R2"), row("R3", nino="AB123457C"), row("R4", birth_date="")]

    assert codes(preview(place, *rows), "warnings") == [[], ["name-twice"], [], []]


def test_a_number_that_is_known_warns_of_the_same_person(place: Place, session: Session) -> None:
    take_in(place, row("R1", nino="AB123456C"))
    upload = preview(place, row("R2", nino="AB123456D", given_name="Deano"))
    reference = session.scalar(sa.select(Participant.reference))
    assert results(upload) == ["new"]
    assert codes(upload, "warnings") == [["nino-known"]]
    assert reference is not None
    assert reference in (upload.rows or [])[0]["warnings"][0]["detail"]


def test_without_a_number_the_name_and_birth_date_warn(place: Place) -> None:
    make_participant(place.contract)
    known = preview(
        place, row("R2", given_name="DEAN"), row("R3", birth_date="1988-05-18"), row("R4", birth_date="")
    )
    assert codes(known, "warnings") == [["name-known"], [], []]


def test_nobody_learns_of_a_restricted_person_by_a_warning(place: Place) -> None:
    sealed = KEYS.seal(read_nino("AB123456C"), place.contract.id)
    make_participant(
        place.contract,
        is_restricted=True,
        nino_hash=sealed.hash,
        nino_cipher=sealed.cipher,
        nino_key_id=sealed.key_id,
    )
    upload = preview(place, row("R2"), row("R3", given_name="Ann", nino="AB123456C"))
    assert codes(upload, "warnings") == [[], []]


def test_a_provider_is_found_by_its_names_among_those_of_the_contract(place: Place, session: Session) -> None:
    named = make_subcontract(place.contract, make_organisation("Hopeworks"))
    stranger = make_subcontract(provider=make_organisation("Elsewhere"))
    upload = preview(
        place, row("R1", provider="HOPEWORKS"), row("R2", provider="Elsewhere"), row("R3", given_name="Ann")
    )
    assert stranger.contract_id != place.contract.id
    assert codes(upload, "faults") == [[], ["provider-unknown"], ["missing"]]
    confirm(place, upload, drop_faulty=True)
    assert session.scalar(sa.select(Enrolment.provider_id)) == named.provider_id


def test_a_payment_group_is_found_by_its_code(place: Place, session: Session) -> None:
    group = save(PaymentGroup(contract_id=place.contract.id, code="PG7", title="Former IB"))
    heading = "reference,given_name,family_name,referred_on,payment group"
    text = f"{heading}\nR1,A,B,2025-03-03,pg7\nR2,A,C,2025-03-03,PG9\n"
    upload = referrals.preview_referrals(
        place.supply_chain, place.contract.id, text.encode(), keys=KEYS, at=NOON
    )
    assert codes(upload, "faults") == [[], ["payment-group-unknown"]]
    confirm(place, upload, drop_faulty=True)
    assert session.scalar(sa.select(Participant.payment_group_id)) == group.id


def test_only_those_who_lead_the_contract_take_people_in(place: Place) -> None:
    upload = preview(place, row("R1"))
    with pytest.raises(Forbidden):
        preview(place, row("R1"), actor=place.manager)
    with pytest.raises(NotFound):
        preview(place, row("R1"), actor=act_as(Role.SUPPLY_CHAIN))
    with pytest.raises(NotFound):
        referrals.confirm_referrals(act_as(Role.SUPPLY_CHAIN), upload.id, drop_faulty=False, at=NOON)


def test_a_manager_takes_people_in_where_the_prime_delivers_itself(place: Place) -> None:
    manager = act_as(Role.MANAGER, at=place.contract.prime_id)
    with pytest.raises(Forbidden):
        preview(place, row("R1"), actor=manager)
    make_subcontract(place.contract, place.contract.prime)
    assert preview(place, row("R1"), actor=manager).faulty_count == 1  # two providers now: one must be named


def test_ten_thousand_rows_are_previewed_in_ten_seconds(place: Place, session: Session) -> None:
    rows = [
        row(f"R{n}", nino=f"AB{n:06d}C", family_name=f"Marsh {n}", phone=f"07700 9{n:05d}")
        for n in range(10_000)
    ]
    began = processor_seconds(session)
    upload = preview(place, *rows)
    previewed = processor_seconds(session) - began
    assert upload.new_count == 10_000
    assert confirm(place, upload) == 10_000
    taken_in = processor_seconds(session) - began
    print(f"10,000 rows previewed in {previewed:.1f} s, taken in after {taken_in:.1f} s of a processor")
    assert previewed < TEN_SECONDS
