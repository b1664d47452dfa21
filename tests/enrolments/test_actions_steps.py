"""Where somebody stands with a provider, step by step, each with its row in the story."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.errors import Forbidden, Invalid, NotFound
from app.core.ids import new_id
from app.core.permissions import Role
from app.enrolments import pauses, steps
from app.enrolments.actions import record_ends, record_starts
from app.enrolments.errors import EnrolmentNotInState, ReferredAlready
from app.enrolments.models import (
    DeclineReason,
    Enrolment,
    EnrolmentEvent,
    EnrolmentState,
    NonStartReason,
    NoticeManner,
    PauseReason,
    TransferReason,
)
from app.enrolments.queries.standing import events_of
from app.enrolments.rules import NEVER
from app.enrolments.withdrawals import withdraw_records
from app.records.models import Record, RecordKind
from app.records.rules import Draft, Result, Withdrawal
from tests.builders import NOON, TODAY, act_as, make_notice
from tests.enrolments.builders import Place, make_place, make_referral, second_provider


@pytest.fixture
def place(session: Session) -> Place:
    return make_place()


@pytest.fixture
def referred(place: Place) -> Enrolment:
    return make_referral(place)


def story(session: Session, enrolment_id: UUID) -> list[str]:
    query = sa.select(EnrolmentEvent.name).where(EnrolmentEvent.enrolment_id == enrolment_id)
    return list(session.scalars(query.order_by(EnrolmentEvent.id)))


def give_notice(place: Place, enrolment: Enrolment, **changes: Any) -> Enrolment:
    values: dict[str, Any] = {"given_on": date(2025, 2, 10), "manner": NoticeManner.READ_TOGETHER, **changes}
    values.setdefault("notice_id", None)
    notice_id = values.pop("notice_id") or make_notice(place.contract).id
    return steps.give_notice(place.worker, enrolment.id, notice_id=notice_id, at=NOON, **values)


def start(enrolment: Enrolment, **changes: Any) -> Draft:
    draft = Draft(
        id=new_id(), enrolment_id=enrolment.id, occurred_on=date(2025, 2, 20), recorded_at=NOON, texts={}
    )
    return replace(draft, **changes)


def started(place: Place) -> Enrolment:
    enrolment = make_referral(place, EnrolmentState.ACCEPTED)
    give_notice(place, enrolment)
    (outcome,) = record_starts(place.worker, [start(enrolment)], at=NOON)
    assert outcome.error is None
    return enrolment


def state_of(session: Session, enrolment: Enrolment) -> EnrolmentState:
    return session.execute(sa.select(Enrolment.state).where(Enrolment.id == enrolment.id)).scalar_one()


def test_a_worker_accepts_and_takes_the_person_on(
    place: Place, referred: Enrolment, session: Session
) -> None:
    accepted = steps.accept_referral(place.worker, referred.id, worker_id=place.worker.user_id, at=NOON)

    assert (accepted.state, accepted.accepted_on) == (EnrolmentState.ACCEPTED, TODAY)
    assert (accepted.worker_id, accepted.revision) == (place.worker.user_id, 2)
    assert story(session, referred.id) == ["accepted", "worker-assigned"]


def test_a_worker_gives_nobody_else_the_work(place: Place, referred: Enrolment, session: Session) -> None:
    with pytest.raises(Forbidden):
        steps.accept_referral(place.worker, referred.id, worker_id=place.manager.user_id, at=NOON)
    assert state_of(session, referred) is EnrolmentState.REFERRED
    named = steps.accept_referral(place.manager, referred.id, worker_id=place.worker.user_id, at=NOON)
    assert named.worker_id == place.worker.user_id


def test_a_decline_has_its_reason_and_asks_for_no_more_attention(
    place: Place, referred: Enrolment, session: Session
) -> None:
    declined = steps.decline_referral(place.worker, referred.id, reason=DeclineReason.NO_CAPACITY, at=NOON)
    assert (declined.state, declined.closed_reason) == (EnrolmentState.DECLINED, "no-capacity")
    assert declined.attention_on == NEVER
    with pytest.raises(EnrolmentNotInState):
        steps.accept_referral(place.worker, referred.id, worker_id=None, at=NOON)


def test_an_accepted_person_may_never_start(place: Place, referred: Enrolment) -> None:
    steps.accept_referral(place.worker, referred.id, worker_id=None, at=NOON)
    ended = steps.note_non_start(place.worker, referred.id, reason=NonStartReason.NO_CONTACT, at=NOON)
    assert (ended.state, ended.closed_reason) == (EnrolmentState.NEVER_STARTED, "no-contact")


def test_notice_is_kept_with_who_gave_it_when_and_how(
    place: Place, referred: Enrolment, session: Session
) -> None:
    told = give_notice(place, referred, manner=NoticeManner.INTERPRETER)
    assert (told.notice_given_on, told.notice_manner) == (date(2025, 2, 10), NoticeManner.INTERPRETER)
    assert told.notice_given_by_id == place.worker.user_id
    assert story(session, referred.id) == ["notice-given"]


def test_only_a_notice_of_the_contract_counts_and_only_between_referral_and_today(
    place: Place, referred: Enrolment
) -> None:
    own, stranger = make_notice(place.contract), make_notice(make_place().contract)
    for changes in (
        {"notice_id": stranger.id},
        {"notice_id": own.id, "given_on": date(2025, 1, 31)},
        {"notice_id": own.id, "given_on": date(2025, 3, 5)},
    ):
        with pytest.raises(Invalid):
            give_notice(place, referred, **changes)


def test_nobody_starts_before_notice(place: Place, session: Session) -> None:
    accepted = make_referral(place, EnrolmentState.ACCEPTED)
    (refused,) = record_starts(place.worker, [start(accepted)], at=NOON)
    assert refused.result is Result.REFUSED
    assert state_of(session, accepted) is EnrolmentState.ACCEPTED


def test_a_start_is_recorded_once_however_often_it_is_sent(place: Place, session: Session) -> None:
    accepted = make_referral(place, EnrolmentState.ACCEPTED)
    give_notice(place, accepted)
    draft = start(accepted)

    (first,) = record_starts(place.worker, [draft], at=NOON)
    (again,) = record_starts(place.worker, [draft], at=NOON)
    (other,) = record_starts(place.worker, [start(accepted)], at=NOON)

    results = [first.result, again.result, other.result]
    assert results == [Result.RECORDED, Result.ALREADY_RECORDED, Result.REFUSED]
    assert state_of(session, accepted) is EnrolmentState.STARTED
    assert story(session, accepted.id) == ["notice-given", "started"]


def test_one_batch_starts_nobody_twice(place: Place) -> None:
    accepted = make_referral(place, EnrolmentState.ACCEPTED)
    give_notice(place, accepted)
    outcomes = record_starts(place.worker, [start(accepted), start(accepted)], at=NOON)
    assert [outcome.result for outcome in outcomes] == [Result.RECORDED, Result.REFUSED]


def test_a_repeated_start_is_the_same_after_another_notice(place: Place) -> None:
    accepted = make_referral(place, EnrolmentState.ACCEPTED)
    told = give_notice(place, accepted)
    draft = start(accepted)
    record_starts(place.worker, [draft], at=NOON)
    assert told.notice_id is not None
    give_notice(place, accepted, notice_id=told.notice_id, given_on=date(2025, 3, 1))
    (again,) = record_starts(place.worker, [draft], at=NOON)
    assert again.result is Result.ALREADY_RECORDED


def test_an_end_has_its_reason_and_a_death_is_its_own_state(place: Place, session: Session) -> None:
    for reason, state in (("work", EnrolmentState.ENDED), ("died", EnrolmentState.DIED)):
        enrolment = started(make_place())
        worker = act_as(Role.WORKER, at=enrolment.provider_id)
        draft = start(enrolment, occurred_on=TODAY, detail={"reason": reason})
        (ended,) = record_ends(worker, [draft], at=NOON)
        assert (ended.result, state_of(session, enrolment)) == (Result.RECORDED, state)
        (again,) = record_ends(worker, [draft], at=NOON)
        assert again.result is Result.ALREADY_RECORDED


def take_back(place: Place, subject_id: UUID) -> Withdrawal:
    return Withdrawal(
        id=new_id(), subject_id=subject_id, reason="By mistake", occurred_on=None, recorded_at=NOON
    )


def test_a_start_and_an_end_are_taken_back_in_their_order(place: Place, session: Session) -> None:
    enrolment = started(place)
    begin = session.execute(sa.select(Record.id).where(Record.kind == RecordKind.START)).scalar_one()
    end = start(enrolment, occurred_on=TODAY, detail={"reason": "work"})
    record_ends(place.worker, [end], at=NOON)

    (too_early,) = withdraw_records(place.worker, [take_back(place, begin)], at=NOON)
    assert too_early.result is not Result.RECORDED
    back = take_back(place, end.id)
    for expected in (Result.RECORDED, Result.ALREADY_RECORDED):
        (outcome,) = withdraw_records(place.worker, [back], at=NOON)
        assert outcome.result is expected
    assert state_of(session, enrolment) is EnrolmentState.STARTED
    (outcome,) = withdraw_records(place.worker, [take_back(place, begin)], at=NOON)
    assert outcome.result is Result.RECORDED

    standing = session.execute(sa.select(Enrolment.state, Enrolment.started_on, Enrolment.ended_on)).one()
    assert tuple(standing) == (EnrolmentState.ACCEPTED, None, None)
    assert story(session, enrolment.id)[-3:] == ["ended", "reopened", "start-withdrawn"]
    (again,) = record_starts(place.worker, [start(enrolment)], at=NOON)
    assert again.result is Result.RECORDED


def test_a_pause_stops_and_a_resumption_goes_on(place: Place, session: Session) -> None:
    enrolment = started(place)
    first, last = date(2025, 2, 24), date(2025, 3, 1)
    pause, resume = partial(pauses.pause_enrolment, at=NOON), partial(pauses.resume_enrolment, at=NOON)
    away = pause(place.worker, enrolment.id, reason=PauseReason.HEALTH, paused_on=first)
    assert away.state is EnrolmentState.PAUSED
    with pytest.raises(Invalid):
        resume(place.worker, enrolment.id, resumed_on=date(2025, 2, 23))
    back = resume(place.manager, enrolment.id, resumed_on=last)
    assert back.state is EnrolmentState.STARTED

    steps_of = events_of(enrolment.id)[-2:]
    assert [(step.name, step.happened_on, step.reason) for step in steps_of] == [
        ("paused", first, "health"),
        ("resumed", last, None),
    ]


@pytest.mark.parametrize("day", [date(2025, 2, 19), TODAY + timedelta(days=1)])
def test_a_pause_lies_between_the_start_and_today(place: Place, day: date) -> None:
    enrolment = started(place)
    with pytest.raises(Invalid):
        pauses.pause_enrolment(place.worker, enrolment.id, reason=PauseReason.OTHER, paused_on=day, at=NOON)


def test_a_manager_names_a_worker_of_the_provider(
    place: Place, referred: Enrolment, session: Session
) -> None:
    assigned = steps.assign_worker(place.manager, referred.id, worker_id=place.worker.user_id, at=NOON)
    again = steps.assign_worker(place.manager, referred.id, worker_id=place.worker.user_id, at=NOON)
    assert again.revision == assigned.revision
    assert story(session, referred.id) == ["worker-assigned"]
    with pytest.raises(Invalid):
        steps.assign_worker(place.manager, referred.id, worker_id=act_as(Role.WORKER).user_id, at=NOON)
    with pytest.raises(Forbidden):
        steps.assign_worker(place.worker, referred.id, worker_id=place.worker.user_id, at=NOON)


def test_a_transfer_is_a_new_enrolment_and_both_tell_of_it(place: Place, session: Session) -> None:
    other = second_provider(place)
    old = started(place)
    new = steps.transfer_enrolment(
        place.manager, old.id, provider_id=other.provider_id, reason=TransferReason.MOVED, at=NOON
    )

    assert (new.state, new.provider_id, new.participant_id) == (
        EnrolmentState.REFERRED,
        other.provider_id,
        old.participant_id,
    )
    assert state_of(session, old) is EnrolmentState.TRANSFERRED
    assert (story(session, old.id)[-1], story(session, new.id)) == ("transferred", ["referred"])
    with pytest.raises(NotFound):
        steps.read_enrolment(place.manager, new.id, at=NOON)


def test_nobody_is_transferred_off_the_contract(place: Place) -> None:
    old = started(place)
    for provider_id in (make_place().subcontract.provider_id, place.subcontract.provider_id):
        with pytest.raises(Invalid):
            steps.transfer_enrolment(
                place.manager, old.id, provider_id=provider_id, reason=TransferReason.MOVED, at=NOON
            )


def test_a_declined_person_is_referred_once_more(place: Place, referred: Enrolment, session: Session) -> None:
    other = second_provider(place)
    with pytest.raises(ReferredAlready):
        steps.refer_again(place.supply_chain, referred.id, provider_id=other.provider_id, at=NOON)
    steps.decline_referral(place.worker, referred.id, reason=DeclineReason.OUT_OF_AREA, at=NOON)
    offered = steps.list_destinations(place.supply_chain, referred.id, at=NOON)
    assert {found.id for found in offered} == {other.provider_id, place.subcontract.provider_id}

    new = steps.refer_again(place.supply_chain, referred.id, provider_id=other.provider_id, at=NOON)
    assert (new.participant_id, new.state) == (referred.participant_id, EnrolmentState.REFERRED)
    assert state_of(session, referred) is EnrolmentState.DECLINED


ACTS: list[Callable[..., Any]] = [
    lambda actor, one: steps.accept_referral(actor, one, worker_id=None, at=NOON),
    lambda actor, one: steps.decline_referral(actor, one, reason=DeclineReason.OTHER, at=NOON),
    lambda actor, one: pauses.pause_enrolment(actor, one, reason=PauseReason.OTHER, paused_on=TODAY, at=NOON),
    lambda actor, one: steps.read_enrolment(actor, one, at=NOON),
    lambda actor, one: steps.assign_worker(actor, one, worker_id=new_id(), at=NOON),
    lambda actor, one: steps.refer_again(actor, one, provider_id=new_id(), at=NOON),
    lambda actor, one: steps.list_destinations(actor, one, at=NOON),
]


@pytest.mark.parametrize("do", ACTS)
def test_another_organisation_is_not_told_that_the_enrolment_exists(
    referred: Enrolment, do: Callable[..., Any]
) -> None:
    for role in (Role.MANAGER, Role.SUPPLY_CHAIN, Role.ADVISER, Role.ADMINISTRATOR):
        with pytest.raises(NotFound):
            do(act_as(role), referred.id)
