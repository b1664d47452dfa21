import json
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.errors import Invalid
from app.core.permissions import Actor, Role
from app.enrolments.models import EnrolmentState
from app.journeys.queries.caseload import (
    Filter,
    caseload_counts,
    caseload_looks,
    caseload_page,
    search_caseload,
)
from app.journeys.rules import Look, Needs, Scope
from app.journeys.schemas.caseload import CaseloadSchema
from app.organisations.models import Organisation
from tests.builders import (
    NOON,
    act_as,
    assign_adviser,
    make_contract,
    make_enrolment,
    make_organisation,
    make_participant,
    make_subcontract,
    make_user,
)
from tests.journeys.builders import restrict_to

NEVER = date(9999, 12, 31)


def page(actor: Actor, after: str | None = None, limit: int = 50, **wanted: Any) -> dict[str, Any]:
    answer = json.loads(caseload_page(actor, Filter(**wanted), after=after, limit=limit, at=NOON))
    assert CaseloadSchema().validate(answer) == {}
    return answer


def ids(answer: dict[str, Any]) -> list[str]:
    return [row["enrolment_id"] for row in answer["items"]]


@pytest.fixture
def worker(session: Session) -> Actor:
    return act_as(Role.WORKER)


@pytest.fixture
def place(worker: Actor) -> Subcontract:
    return make_subcontract(provider=db.session().get_one(Organisation, worker.organisation_id))


def test_a_row_shows_words_and_dates_but_no_score_and_no_money(worker: Actor, place: Subcontract) -> None:
    person = make_participant(place.contract_id, access_needs="sit near the door")
    enrolment = make_enrolment(place, person, worker_id=worker.user_id, review_due_on=date(2025, 3, 6))

    (row,) = page(worker)["items"]

    assert row["short_name"] == "Dean M."
    assert row["reference"] == person.reference
    assert (row["heads_up"], row["worker"]) == ("sit near the door", "Amina O.")
    assert (row["review_due_on"], row["next_planned_at"]) == ("2025-03-06", None)
    assert row["enrolment_id"] == str(enrolment.id)
    assert not {name for name in row if "score" in name or "pence" in name or "family" in name}


def test_the_both_databases_write_the_same_words(worker: Actor, place: Subcontract) -> None:
    make_enrolment(place, worker_id=worker.user_id, next_planned_at=NOON, needs_you_count=2)

    (row,) = page(worker)["items"]

    for name in ("enrolment_id", "reference", "provider", "worker_id", "attention_on"):
        row.pop(name)
    assert row == {
        "revision": 1,
        "short_name": "Dean M.",
        "heads_up": None,
        "state": "started",
        "needs_you_on": None,
        "needs_you_count": 2,
        "needs_you_reason": None,
        "next_planned_at": "2025-03-04T12:00:00.000000Z",
        "baseline_due_on": None,
        "second_baseline_due_on": None,
        "baseline_locks_on": None,
        "review_due_on": None,
        "plan_due_on": None,
        "last_met_on": None,
        "last_tried_on": None,
        "moved_on": None,
        "evidence_missing_count": 0,
        "evidence_missing_kind": None,
        "evidence_missing_title": None,
        "referred_on": "2024-10-28",
        "started_on": "2024-11-04",
        "ended_on": None,
        "worker": "Amina O.",
    }


def test_who_needs_something_first_stands_first_and_pages_meet(worker: Actor, place: Subcontract) -> None:
    days = [date(2025, 3, day) for day in (7, 3, 5, 3, 9)]
    for day in days:
        make_enrolment(place, worker_id=worker.user_id, attention_on=day)

    first = page(worker, limit=2)
    second = page(worker, limit=2, after=first["next"])
    third = page(worker, limit=2, after=second["next"])

    rows = first["items"] + second["items"] + third["items"]
    assert [row["attention_on"] for row in rows] == sorted(day.isoformat() for day in days)
    assert len({row["enrolment_id"] for row in rows}) == 5
    assert (first["count"], second["count"], third["next"]) == (5, 5, None)


def test_a_last_page_that_is_full_knows_that_it_is_the_last(worker: Actor, place: Subcontract) -> None:
    make_enrolment(place, worker_id=worker.user_id)

    assert page(worker, limit=1)["next"] is None


def test_nobody_is_an_empty_list(worker: Actor) -> None:
    assert page(worker) == {"items": [], "next": None, "count": 0}


@pytest.mark.parametrize("cursor", ["x", "WyIyMDI1IiwieCJd", "W10"])
def test_a_strange_cursor_is_refused(worker: Actor, cursor: str) -> None:
    with pytest.raises(Invalid):
        page(worker, after=cursor)


def test_mine_are_those_whose_worker_i_am_and_team_is_the_provider(worker: Actor, place: Subcontract) -> None:
    mine = make_enrolment(place, worker_id=worker.user_id)
    make_enrolment(place)
    make_enrolment()  # of another provider

    assert ids(page(worker)) == [str(mine.id)]
    assert page(worker, scope=Scope.TEAM)["count"] == 2
    assert page(worker, scope=Scope.ALL)["count"] == 2


def test_those_who_left_are_asked_for_by_state(worker: Actor, place: Subcontract) -> None:
    ended = make_enrolment(
        place, worker_id=worker.user_id, state=EnrolmentState.ENDED, attention_on=NEVER, ended_on=NOON.date()
    )

    assert page(worker)["items"] == []
    assert ids(page(worker, state="closed")) == ids(page(worker, state="ended")) == [str(ended.id)]
    assert ids(page(worker, state="started")) == []


def test_an_adviser_sees_whom_they_are_assigned_on_their_primes_contracts(session: Session) -> None:
    place = make_subcontract()
    contract = session.get_one(Contract, place.contract_id)
    adviser = act_as(Role.ADVISER, at=contract.prime_id)
    theirs, other = make_enrolment(place), make_enrolment(place)
    assign_adviser(adviser, theirs)
    elsewhere = make_enrolment()
    assign_adviser(adviser, elsewhere)

    assert ids(page(adviser)) == ids(page(adviser, scope=Scope.ALL)) == [str(theirs.id)]
    assert str(other.id) not in ids(page(adviser, scope=Scope.TEAM))


@pytest.mark.parametrize(
    "role", [Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER, Role.SUPPLY_CHAIN, Role.ASSESSOR, Role.ADMINISTRATOR]
)
def test_other_roles_see_nobody(role: Role, session: Session) -> None:
    place = make_subcontract()
    make_enrolment(place)

    assert page(act_as(role, at=place.provider_id), scope=Scope.ALL)["count"] == 0


def test_a_restricted_person_is_shown_to_the_named_alone(worker: Actor, place: Subcontract) -> None:
    person = make_participant(place.contract_id, is_restricted=True)
    enrolment = make_enrolment(place, person, worker_id=worker.user_id, needs_you_on=date(2025, 3, 1))
    named = act_as(Role.MANAGER, at=place.provider_id)
    restrict_to(enrolment, named)

    assert page(worker) == {"items": [], "next": None, "count": 0}
    assert caseload_counts(worker, at=NOON)["team"]["count"] == 0
    assert json.loads(search_caseload(worker, "dean", Scope.ALL, at=NOON))["count"] == 0
    assert ids(page(named, scope=Scope.TEAM)) == [str(enrolment.id)]
    assert caseload_counts(named, at=NOON)["team"] == {
        "count": 1,
        "needs_you": 1,
        "this_week": 0,
        "not_met": 0,
        "nothing": 0,
    }
    assert json.loads(search_caseload(named, "dean", Scope.ALL, at=NOON))["count"] == 1


def test_everybody_is_in_one_group_and_the_counts_agree(worker: Actor, place: Subcontract) -> None:
    met = date(2025, 3, 3)
    make: dict[Needs, dict[str, Any]] = {
        Needs.NEEDS_YOU: {"needs_you_on": date(2025, 3, 1), "review_due_on": date(2025, 3, 6)},
        Needs.THIS_WEEK: {"review_due_on": date(2025, 3, 9), "last_met_on": met},
        Needs.NOT_MET: {"last_met_on": date(2025, 2, 11)},
        Needs.NOTHING: {
            "last_met_on": met,
            "review_due_on": date(2025, 3, 10),
            # A second baseline that came too late to be taken is no longer due.
            "second_baseline_due_on": date(2025, 2, 3),
            "baseline_locks_on": date(2025, 3, 3),
        },
    }
    made = {
        needs: make_enrolment(
            place,
            worker_id=worker.user_id,
            attention_on=date(2025, 3, 10) if needs is Needs.NOTHING else date(2025, 3, 1),
            **marks,
        )
        for needs, marks in make.items()
    }
    waiting = make_enrolment(place, state=EnrolmentState.REFERRED, started_on=None, notice_given_on=None)

    for needs, enrolment in made.items():
        assert ids(page(worker, needs=needs)) == [str(enrolment.id)], needs
    assert ids(page(worker, scope=Scope.TEAM, needs=Needs.THIS_WEEK)) == [
        str(waiting.id),
        str(made[Needs.THIS_WEEK].id),
    ]
    counts = caseload_counts(worker, at=NOON)
    assert counts["mine"] == {"count": 4, "needs_you": 1, "this_week": 1, "not_met": 1, "nothing": 1}
    assert counts["team"] == counts["all"] == counts["mine"] | {"count": 5, "this_week": 2}


def test_search_finds_by_folded_name_or_reference(worker: Actor, place: Subcontract) -> None:
    person = make_participant(
        place.contract_id, given_name="Zoë", family_name="O'Brien", search_name="zoe o'brien"
    )
    enrolment = make_enrolment(place, person)
    make_enrolment(place)

    for words in ("ZOË", "brien", person.reference, person.reference[3:].lower(), "  zoe  o'b "):
        answer = json.loads(search_caseload(worker, words, Scope.TEAM, at=NOON))
        assert CaseloadSchema().validate(answer) == {}
        assert ids(answer) == [str(enrolment.id)], words
    assert json.loads(search_caseload(worker, "%", Scope.TEAM, at=NOON))["count"] == 0
    assert json.loads(search_caseload(worker, "zoe", Scope.MINE, at=NOON))["count"] == 0


@pytest.mark.parametrize(("name", "short"), [("Amina Okafor", "Amina O."), ("Cher", "Cher")])
def test_staff_are_shown_by_first_name_and_initial(place: Subcontract, name: str, short: str) -> None:
    worker = act_as(Role.WORKER, at=place.provider_id, user=make_user(name))
    make_enrolment(place, worker_id=worker.user_id)

    assert page(worker)["items"][0]["worker"] == short


def test_a_page_leaves_one_audit_row_with_a_count(
    worker: Actor, place: Subcontract, session: Session
) -> None:
    make_enrolment(place, worker_id=worker.user_id)
    make_enrolment(place, worker_id=worker.user_id)

    page(worker)

    row = session.execute(sa.select(AuditEvent.name, AuditEvent.enrolment_id, AuditEvent.detail)).one()
    assert tuple(row) == ("caseload.read", None, {"count": 2, "scope": "mine"})


def test_whoever_has_two_parts_sees_each_person_once(session: Session) -> None:
    prime = make_organisation()
    contract = make_contract(prime=prime)
    own = make_subcontract(contract, prime)
    both = act_as(Role.WORKER, Role.ADVISER, at=prime)
    delivered, assigned = (
        make_enrolment(own, worker_id=both.user_id),
        make_enrolment(make_subcontract(contract)),
    )
    make_enrolment(own)
    assign_adviser(both, delivered)
    assign_adviser(both, assigned)

    assert set(ids(page(both))) == {str(delivered.id), str(assigned.id)}
    assert caseload_counts(both, at=NOON)["mine"]["count"] == 2
    assert page(both, scope=Scope.TEAM)["count"] == 2
    assert page(both, scope=Scope.ALL)["count"] == 3


def test_a_look_finds_who_moves_who_is_stuck_who_was_not_met_and_whose_baseline_closes(
    place: Subcontract,
) -> None:
    manager = act_as(Role.MANAGER, at=place.provider_id)
    long_ago, lately, today = NOON.date() - timedelta(days=100), NOON.date() - timedelta(days=5), NOON.date()
    started: dict[str, Any] = {"state": EnrolmentState.STARTED, "started_on": long_ago, "last_met_on": lately}
    moves = make_enrolment(place, **started | {"moved_on": lately})
    stuck = make_enrolment(place, **started | {"moved_on": long_ago, "last_met_on": long_ago})
    never = make_enrolment(place, **started)
    make_enrolment(place, **started | {"state": EnrolmentState.PAUSED})
    new = make_enrolment(
        place, **started | {"started_on": lately, "baseline_due_on": today + timedelta(days=14)}
    )
    locks: dict[str, Any] = {"second_baseline_due_on": lately, "baseline_locks_on": today}
    closing = make_enrolment(place, **started | {"moved_on": today} | locks)

    def found(look: Look) -> set[str]:
        return set(ids(page(manager, scope=Scope.TEAM, look=look)))

    assert found(Look.MOVES) == {str(moves.id), str(closing.id)}
    assert found(Look.STUCK) == {str(stuck.id), str(never.id)}
    assert found(Look.NOT_MET) == {str(stuck.id)}
    assert found(Look.BASELINE_CLOSES) == {str(new.id), str(closing.id)}
    counted = caseload_looks(manager, Scope.TEAM, at=NOON)
    assert counted == {"moves": 2, "stuck": 2, "not_met": 1, "baseline_closes": 2}
    stranger = act_as(Role.MANAGER)
    assert set(caseload_looks(stranger, Scope.TEAM, at=NOON).values()) == {0}
