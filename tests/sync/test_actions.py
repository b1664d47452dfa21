"""A batch is recorded item by item, set-wise, in one transaction."""

from dataclasses import replace as changed
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentState
from app.evidence.models import EvidenceItem
from app.records.models import Record, RecordKind, RecordText
from app.records.rules import NOBODY, Outcome, Result
from app.sync.actions.batches import receive_batch
from app.sync.registry import ACTIONS, CORRECTABLE
from tests.builders import NOON, act_as, make_enrolment, make_subcontract
from tests.sync.builders import (
    assessment_item,
    contact_item,
    employment_item,
    evidence_item,
    intervention_item,
    make_instrument,
    make_item,
    make_milestone_kind,
    milestone_item,
    plan_item,
    verification_item,
    withdrawal_item,
)


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


@pytest.fixture
def manager(enrolment: Enrolment) -> Actor:
    return act_as(Role.MANAGER, at=enrolment.provider_id)


def send(actor: Actor, *items: Any, **times: Any) -> list[Outcome]:
    return receive_batch(actor, items, **{"at": NOON, **times})


def results(outcomes: list[Outcome]) -> list[str]:
    return [outcome.error.code if outcome.error else outcome.result.value for outcome in outcomes]


def count(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Record)) or 0


def test_a_batch_of_every_kind_is_recorded_whatever_its_order(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    instrument, kind = make_instrument(), make_milestone_kind()
    sitting = new_id()
    milestone = milestone_item(enrolment.id, kind.code)
    contact = contact_item(enrolment.id)

    outcomes = send(
        worker,
        withdrawal_item(contact["id"]),
        evidence_item(milestone["id"]),
        milestone,
        contact,
        intervention_item(enrolment.id),
        plan_item(enrolment.id),
        employment_item(enrolment.id),
        assessment_item(enrolment.id, instrument.id, sitting_id=sitting),
        assessment_item(enrolment.id, instrument.id, sitting_id=sitting, rater="worker"),
        make_item("end", {"enrolment_id": str(enrolment.id), "reason": "work"}),
    )

    assert results(outcomes) == ["recorded"] * 10
    session.refresh(enrolment)
    assert (enrolment.state, enrolment.revision) == (EnrolmentState.ENDED, 2)
    assert enrolment.last_met_on is None  # the only contact was taken back
    assert enrolment.evidence_missing_count == 1  # its file is still to come
    assert enrolment.latest_scores == {
        "participant": {"confidence": 4, "health": None},
        "worker": {"confidence": 4, "health": None},
    }


def test_an_accepted_person_is_started_and_recorded_for_in_one_batch(session: Session) -> None:
    enrolment = make_enrolment(state=EnrolmentState.ACCEPTED, started_on=None)
    worker = act_as(Role.WORKER, at=enrolment.provider_id)
    start = make_item("start", {"enrolment_id": str(enrolment.id)})

    outcomes = send(worker, intervention_item(enrolment.id), plan_item(enrolment.id), start)

    assert results(outcomes) == ["recorded"] * 3
    assert results(send(worker, start)) == ["already-recorded"]


def test_the_children_of_a_refused_parent_are_refused(enrolment: Enrolment, worker: Actor) -> None:
    milestone = milestone_item(enrolment.id, "no-such-kind")

    outcomes = send(worker, milestone, evidence_item(milestone["id"]), verification_item(milestone["id"]))

    assert results(outcomes) == ["invalid", "subject-missing", "subject-missing"]


def test_another_providers_person_is_as_unknown_as_one_who_does_not_exist(worker: Actor) -> None:
    stranger = make_enrolment(make_subcontract())

    foreign, missing = send(worker, contact_item(stranger.id), contact_item(new_id()))

    assert foreign.error is not None
    assert missing.error is not None
    assert (foreign.error.code, foreign.error.detail) == (missing.error.code, missing.error.detail)


@pytest.mark.parametrize(
    "breakage",
    [
        {"id": "x"},
        {"id": None},
        {"device": 5},
        {"epoch": -1},
        {"sequence": 2**40},
        {"schema": 99},
        {"action": "delete-everything"},
        {"action": ["contact"]},
        {"body": []},
        {"body": None},
        {"extra": 1},
        {"body": {"outcome": "met"}},
    ],
)
def test_a_malformed_item_holds_up_no_neighbour(
    enrolment: Enrolment, worker: Actor, breakage: dict[str, Any]
) -> None:
    bad = contact_item(enrolment.id) | breakage

    outcomes = send(worker, contact_item(enrolment.id), bad, "nonsense", contact_item(enrolment.id))

    assert [outcome.result for outcome in outcomes] == [
        Result.RECORDED,
        Result.REFUSED,
        Result.REFUSED,
        Result.RECORDED,
    ]
    assert outcomes[1].error is not None
    assert outcomes[1].error.faults  # type: ignore[attr-defined]


def test_the_same_item_twice_in_a_batch_is_one_record(enrolment: Enrolment, worker: Actor) -> None:
    item = contact_item(enrolment.id)
    other = contact_item(enrolment.id, note="Other words.", id=item["id"])

    outcomes = send(worker, item, item, other)

    assert results(outcomes) == ["recorded", "already-recorded", "record-conflict"]
    assert outcomes[0].receipt == outcomes[1].receipt


def test_one_id_for_two_kinds_is_a_conflict(enrolment: Enrolment, worker: Actor) -> None:
    item = contact_item(enrolment.id)

    assert results(send(worker, intervention_item(enrolment.id, id=item["id"]), item)) == [
        "record-conflict",
        "recorded",
    ]


def test_a_record_and_its_correction_come_together(enrolment: Enrolment, worker: Actor) -> None:
    item = contact_item(enrolment.id)
    right = contact_item(enrolment.id, body={"supersedes_id": item["id"], "reason": "It was by telephone."})

    assert results(send(worker, right, item)) == ["record-missing", "recorded"]
    assert results(send(worker, item, right)) == ["already-recorded", "recorded"]


def test_what_breaks_a_group_is_found_by_halving(
    enrolment: Enrolment, worker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [contact_item(enrolment.id) for _ in range(9)]
    action = ACTIONS["contact"]

    def explode(actor: Actor, drafts: Any, *, at: datetime) -> list[Outcome]:
        outcomes = action.record(actor, drafts, at=at)
        if any(str(draft.id) == items[4]["id"] for draft in drafts):
            raise ValueError("no such luck")
        return outcomes

    monkeypatch.setitem(ACTIONS, "contact", changed(action, record=explode))

    assert results(send(worker, *items)) == ["recorded"] * 4 + ["not-recordable"] + ["recorded"] * 4


def test_a_database_in_trouble_judges_nothing(
    enrolment: Enrolment, worker: Actor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any, **__: Any) -> list[Outcome]:
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("the server went away"))

    monkeypatch.setitem(ACTIONS, "contact", changed(ACTIONS["contact"], record=gone))

    with pytest.raises(sa.exc.OperationalError):
        send(worker, intervention_item(enrolment.id), contact_item(enrolment.id))
    assert count(session) == 0


def test_the_standing_is_told_once_a_batch(enrolment: Enrolment, worker: Actor, session: Session) -> None:
    send(worker, contact_item(enrolment.id), intervention_item(enrolment.id), plan_item(enrolment.id))

    session.refresh(enrolment)
    assert enrolment.revision == 2


def test_a_clock_that_runs_ahead_is_corrected_and_marked(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    item = contact_item(enrolment.id, body={"recorded_at": "2031-01-01T00:00:00Z"})

    (first,) = send(worker, item)
    (again,) = send(worker, item, at=NOON + timedelta(days=1))

    record = session.scalars(sa.select(Record)).one()
    assert (record.recorded_at, again.result, again.receipt) == (NOON, Result.ALREADY_RECORDED, first.receipt)
    assert record.clock_offset_seconds == -round((datetime(2031, 1, 1, tzinfo=UTC) - NOON).total_seconds())


def test_a_clock_that_said_its_own_time_is_taken_at_its_offset(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    slow = NOON - timedelta(days=3)
    item = contact_item(enrolment.id, body={"recorded_at": (slow - timedelta(hours=2)).isoformat()})

    send(worker, item, sent_at=slow)

    record = session.scalars(sa.select(Record)).one()
    assert (record.recorded_at, record.clock_offset_seconds) == (NOON - timedelta(hours=2), 3 * 86_400)


@pytest.mark.parametrize("arrives", [timedelta(), timedelta(days=5)])
@pytest.mark.parametrize("wrong", [timedelta(days=3), timedelta(days=-3)], ids=["ahead", "behind"])
def test_days_that_a_wrong_clock_chose_are_put_right(
    enrolment: Enrolment, worker: Actor, session: Session, wrong: timedelta, arrives: timedelta
) -> None:
    its_now = NOON + wrong
    its_today, its_yesterday = its_now.date(), its_now.date() - timedelta(days=1)
    said = {"recorded_at": its_now.isoformat(), "occurred_on": its_today.isoformat()}
    contact = contact_item(enrolment.id, body=said)
    proof = evidence_item(contact["id"], body={**said, "obtained_on": its_yesterday.isoformat()})
    read_off = (NOON - timedelta(days=20)).date()
    session_then = intervention_item(enrolment.id, body={**said, "occurred_on": read_off.isoformat()})

    sent = {"at": NOON + arrives, "sent_at": NOON + arrives + wrong}
    assert results(send(worker, contact, proof, session_then, **sent)) == ["recorded"] * 3
    assert results(send(worker, contact, proof, at=NOON + timedelta(days=9))) == ["already-recorded"] * 2

    today = NOON.date()
    assert set(session.scalars(sa.select(Record.occurred_on))) == {today, read_off}
    assert session.scalars(sa.select(EvidenceItem.obtained_on)).one() == today - timedelta(days=1)


def test_an_item_that_names_nobody_is_answered_by_itself(enrolment: Enrolment, worker: Actor) -> None:
    lost, found = contact_item(NOBODY), contact_item(enrolment.id)

    assert results(send(worker, lost, found)) == ["not-found", "recorded"]


def test_a_day_to_come_is_refused_whatever_the_clock(enrolment: Enrolment, worker: Actor) -> None:
    ahead = NOON + timedelta(days=3)
    body = {"recorded_at": ahead.isoformat(), "occurred_on": (ahead + timedelta(days=1)).date().isoformat()}

    assert results(send(worker, contact_item(enrolment.id, body=body), sent_at=ahead)) == [
        "occurred-in-future"
    ]


def test_a_withdrawal_needs_its_author_or_a_manager(
    enrolment: Enrolment, worker: Actor, manager: Actor, session: Session
) -> None:
    colleague = act_as(Role.WORKER, at=enrolment.provider_id)
    one, two = contact_item(enrolment.id), contact_item(enrolment.id)
    send(worker, one, two)

    assert results(send(colleague, withdrawal_item(one["id"]))) == ["not-allowed"]
    assert results(send(worker, withdrawal_item(one["id"]))) == ["recorded"]
    assert results(send(manager, withdrawal_item(two["id"]), withdrawal_item(one["id"]))) == [
        "recorded",
        "record-superseded",
    ]
    session.refresh(enrolment)
    assert enrolment.last_met_on is None


def test_texts_stand_beside_the_record(enrolment: Enrolment, worker: Actor, session: Session) -> None:
    send(
        worker, contact_item(enrolment.id, note="Ω≈ç√ “quoted” \\ \n ok"), contact_item(enrolment.id, note="")
    )

    assert session.scalars(sa.select(RecordText.texts)).all() == [{"note": "Ω≈ç√ “quoted” \\ \n ok"}]


def test_no_action_is_declared_without_its_name(session: Session) -> None:
    from app.sync.schemas.batches import ACTION_NAMES

    assert tuple(ACTIONS) == ACTION_NAMES
    assert RecordKind.CONTACT in CORRECTABLE
