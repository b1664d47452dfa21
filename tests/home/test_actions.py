from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.contracts.models import Contract, Subcontract
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentState
from app.evidence.models import Decision, Verification
from app.home.actions import open_home
from app.home.schemas import HomeSchema
from app.home.views import as_sent
from app.records.models import RecordKind
from tests.builders import (
    NOON,
    act_as,
    assign_adviser,
    make_contract,
    make_enrolment,
    make_participant,
    make_subcontract,
    make_user,
)
from tests.journeys.builders import make_instrument, rate_together, see, write

TODAY = NOON.date()


@pytest.fixture
def place(session: Session) -> Subcontract:
    return make_subcontract()


@pytest.fixture
def worker(place: Subcontract) -> Actor:
    return act_as(Role.WORKER, at=place.provider_id)


@pytest.fixture
def prime_id(place: Subcontract, session: Session) -> Any:
    return session.get_one(Contract, place.contract_id).prime_id


def home(actor: Actor) -> dict[str, Any]:
    found = HomeSchema().dump({"sections": [as_sent(section) for section in open_home(actor, at=NOON)]})
    assert HomeSchema().validate(found) == {}
    return {section["code"]: section for section in found["sections"]}


def send_back(enrolment: Enrolment, author: Actor, verifier: Actor, session: Session) -> Any:
    milestone = see(enrolment, author)
    write(
        enrolment,
        verifier,
        RecordKind.VERIFICATION,
        Verification,
        texts={"words": "Too dark to read."},
        subject_id=milestone,
        subject_root_id=milestone,
        decision=Decision.RETURNED,
        reason="unreadable",
    )
    session.execute(sa.update(Enrolment).where(Enrolment.id == enrolment.id).values(needs_you_on=TODAY))
    session.commit()
    return milestone


def test_a_worker_sees_today_reviews_and_what_came_back(
    place: Subcontract, worker: Actor, session: Session
) -> None:
    manager = act_as(Role.MANAGER, at=place.provider_id, user=make_user("Ruth Price"))
    later = make_enrolment(place, worker_id=worker.user_id, next_planned_at=NOON + timedelta(hours=3))
    make_enrolment(place, worker_id=worker.user_id, next_planned_at=NOON + timedelta(days=1))
    due = make_enrolment(place, worker_id=worker.user_id, review_due_on=date(2025, 3, 9))
    make_enrolment(place, worker_id=worker.user_id, review_due_on=date(2025, 3, 10))
    make_enrolment(place, review_due_on=date(2025, 3, 5))  # somebody else's
    milestone = send_back(due, worker, manager, session)

    found = home(worker)

    assert list(found) == ["today", "reviews", "needs-you"]
    assert [row["enrolment_id"] for row in found["today"]["rows"]] == [str(later.id)]
    assert [row["enrolment_id"] for row in found["reviews"]["rows"]] == [str(due.id)]
    (row,) = found["needs-you"]["rows"]
    assert (row["record_id"], row["words"], row["by"]) == (str(milestone), "Too dark to read.", "Ruth P.")
    assert (row["title"], row["code"]) == ("Travelled alone", "unreadable")


def test_what_was_corrected_no_longer_needs_anybody(
    place: Subcontract, worker: Actor, session: Session
) -> None:
    enrolment = make_enrolment(place, worker_id=worker.user_id)
    first = send_back(enrolment, worker, act_as(Role.MANAGER, at=place.provider_id), session)
    see(enrolment, worker, spine={"supersedes_id": first, "root_id": first})

    assert home(worker)["needs-you"]["count"] == 0


def test_a_manager_sees_what_is_stuck(place: Subcontract, worker: Actor, session: Session) -> None:
    manager = act_as(Role.MANAGER, at=place.provider_id)
    make_enrolment(place, state=EnrolmentState.REFERRED, started_on=None, notice_given_on=None)
    overdue = make_enrolment(place, worker_id=worker.user_id, review_due_on=date(2025, 2, 28))
    send_back(overdue, worker, manager, session)

    found = home(manager)

    counts = {code: section["count"] for code, section in found.items()}
    assert counts["referrals"] == counts["returned"] == counts["reviews-overdue"] == 1
    (row,) = found["reviews-overdue"]["rows"]
    assert (row["title"], row["due_on"], row["count"]) == ("Amina O.", "2025-02-28", 1)
    assert {"to-verify", "blocked", "expected"} <= set(found)


def test_an_adviser_sees_their_people_and_what_changed_since_monday(
    place: Subcontract, worker: Actor, prime_id: Any
) -> None:
    adviser = act_as(Role.ADVISER, at=prime_id)
    theirs = make_enrolment(place, review_due_on=TODAY, plan_due_on=TODAY + timedelta(days=1))
    other = make_enrolment(place)
    assign_adviser(adviser, theirs)
    for enrolment in (theirs, other):
        see(enrolment, worker, on=TODAY)
    see(theirs, worker, on=TODAY - timedelta(days=2))  # Sunday

    found = home(adviser)

    (row,) = found["my-people"]["rows"]
    assert (row["enrolment_id"], row["code"], row["due_on"]) == (str(theirs.id), "review", str(TODAY))
    assert [(row["on"], row["at"][:10]) for row in found["since-monday"]["rows"]] == [
        ("2025-03-04", "2025-03-04")
    ]


def test_a_manager_is_told_to_verify_what_others_recorded(place: Subcontract, worker: Actor) -> None:
    manager = act_as(Role.MANAGER, Role.WORKER, at=place.provider_id, user=make_user("Idris Cadwallon"))
    enrolment = make_enrolment(place, worker_id=worker.user_id)
    drawn = {"content_hash": "f" * 64}  # into the sample that is looked at without any money
    theirs, _own = see(enrolment, worker, spine=drawn), see(enrolment, manager, spine=drawn)

    found = home(manager)["to-verify"]

    assert (found["count"], [row["record_id"] for row in found["rows"]]) == (1, [str(theirs)])


def test_a_sitting_stands_once_among_the_changes(place: Subcontract, worker: Actor, prime_id: Any) -> None:
    adviser = act_as(Role.ADVISER, at=prime_id)
    enrolment = make_enrolment(place)
    assign_adviser(adviser, enrolment)
    rate_together(
        enrolment, worker, make_instrument("confidence"), {"confidence": 5}, {"confidence": 4}, on=TODAY
    )

    assert [row["kind"] for row in home(adviser)["since-monday"]["rows"]] == ["assessment"]


def test_a_restricted_person_is_on_nobody_elses_page(place: Subcontract, worker: Actor) -> None:
    person = make_participant(place.contract_id, is_restricted=True)
    make_enrolment(place, person, worker_id=worker.user_id, next_planned_at=NOON, review_due_on=TODAY)

    assert {section["count"] for section in home(worker).values()} == {0}


def test_partners_stand_by_promised_and_actual(place: Subcontract, prime_id: Any) -> None:
    make_enrolment(place)

    (row,) = home(act_as(Role.SUPPLY_CHAIN, at=prime_id))["partners"]["rows"]

    assert (row["promised"], row["actual"]) == (100, 1)


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        (Role.CLAIMS_PREPARER, ["claimable", "incomplete", "this-month"]),
        (Role.CLAIMS_APPROVER, ["to-approve"]),
        (Role.ADMINISTRATOR, ["people", "devices", "instruments", "rate-cards"]),
        (Role.OPERATOR, []),
    ],
)
def test_offices_see_money_and_settings_and_no_person(
    place: Subcontract, prime_id: Any, role: Role, codes: list[str]
) -> None:
    make_enrolment(place)

    found = home(act_as(role, at=prime_id))

    assert list(found) == codes
    assert not [row for section in found.values() for row in section["rows"] if "person" in row]


def test_this_month_names_the_deadline_where_the_contract_had_begun(
    place: Subcontract, prime_id: Any
) -> None:
    make_contract(prime_id=prime_id, starts_on=date(2025, 3, 1))
    (row,) = home(act_as(Role.CLAIMS_PREPARER, at=prime_id))["this-month"]["rows"]

    assert (row["code"], row["on"], row["due_on"]) == ("none", "2025-02-01", "2025-03-14")


def test_an_assessor_sees_claims_alone(place: Subcontract, session: Session) -> None:
    payer = session.get_one(Contract, place.contract_id).commissioner_id

    assert list(home(act_as(Role.ASSESSOR, at=payer))) == ["claims"]


def test_a_page_that_names_people_leaves_one_row(place: Subcontract, worker: Actor, session: Session) -> None:
    make_enrolment(place, worker_id=worker.user_id, next_planned_at=NOON)
    home(worker)

    assert session.execute(sa.select(AuditEvent.name, AuditEvent.detail)).all() == [
        ("home.listed", {"count": 1})
    ]
