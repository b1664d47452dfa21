"""Time for a baseline: warned of in time, made longer once with a reason, standing still in a pause."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.assessments.models import Assessment, Rater, SittingKind
from app.core.errors import Forbidden
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.enrolments.actions import note_change
from app.enrolments.baselines import extend_baseline
from app.enrolments.errors import BaselineNotExtendable
from app.enrolments.models import Enrolment, ExtensionReason, PauseReason
from app.enrolments.pauses import pause_enrolment, resume_enrolment
from app.records.models import RecordKind
from tests.builders import act_as, make_enrolment, save
from tests.entitlements.builders import make_record, noon, walls
from tests.sync.builders import make_instrument

START = date(2024, 11, 4)
FIRST = date(2024, 11, 12)


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment(started_on=START)


@pytest.fixture
def manager(enrolment: Enrolment) -> Actor:
    return act_as(Role.MANAGER, at=enrolment.provider_id)


@pytest.fixture
def instrument_id(session: Session):
    return make_instrument().id


def sit(enrolment: Enrolment, author: Actor, instrument_id, day: date, kind: SittingKind) -> None:
    sitting_id = new_id()
    for rater in (Rater.PARTICIPANT, Rater.WORKER):
        record = make_record(enrolment, RecordKind.ASSESSMENT, day, author)
        save(
            Assessment(
                **walls(record),
                sitting_id=sitting_id,
                sitting_kind=kind,
                rater=rater,
                instrument_id=instrument_id,
                language="en",
                scores={"confidence": 4},
                is_original=True,
            )
        )
    note_change([enrolment.id])


def days(enrolment: Enrolment, session: Session) -> list[date | None]:
    session.refresh(enrolment)
    return [
        enrolment.baseline_due_on,
        enrolment.second_baseline_due_on,
        enrolment.baseline_locks_on,
        enrolment.review_due_on,
    ]


def at(day: date) -> datetime:
    return noon(day)


def test_what_is_due_is_told_in_time(enrolment, manager, instrument_id, session) -> None:
    note_change([enrolment.id])
    assert days(enrolment, session) == [START + timedelta(days=28), None, None, None]

    sit(enrolment, manager, instrument_id, FIRST, SittingKind.BASELINE)
    assert days(enrolment, session) == [
        None,
        FIRST + timedelta(days=28),
        FIRST + timedelta(days=56),
        FIRST + timedelta(days=84),
    ]
    assert enrolment.attention_on <= FIRST + timedelta(days=28)

    second = FIRST + timedelta(days=20)
    sit(enrolment, manager, instrument_id, second, SittingKind.SECOND_BASELINE)
    assert days(enrolment, session) == [None, None, second, second + timedelta(days=84)]


def test_a_pause_stops_the_clock_and_while_it_lasts_nothing_is_due(
    enrolment, manager, instrument_id, session
) -> None:
    sit(enrolment, manager, instrument_id, FIRST, SittingKind.BASELINE)
    away, back = FIRST + timedelta(days=10), FIRST + timedelta(days=31)

    pause_enrolment(manager, enrolment.id, reason=PauseReason.HEALTH, paused_on=away, at=at(away))
    assert days(enrolment, session) == [None, None, None, None]

    resume_enrolment(manager, enrolment.id, resumed_on=back, at=at(back))
    assert days(enrolment, session) == [
        None,
        FIRST + timedelta(days=28 + 21),
        FIRST + timedelta(days=56 + 21),
        FIRST + timedelta(days=84 + 21),
    ]


def test_a_second_baseline_gets_more_time_once_and_before_it_is_locked(
    enrolment, manager, instrument_id, session
) -> None:
    said = {"reason": ExtensionReason.HEALTH}
    with pytest.raises(BaselineNotExtendable):
        extend_baseline(manager, enrolment.id, **said, at=at(FIRST))
    sit(enrolment, manager, instrument_id, FIRST, SittingKind.BASELINE)

    with pytest.raises(Forbidden):
        extend_baseline(act_as(Role.WORKER, at=enrolment.provider_id), enrolment.id, **said, at=at(FIRST))
    with pytest.raises(BaselineNotExtendable):
        extend_baseline(manager, enrolment.id, **said, at=at(FIRST + timedelta(days=57)))
    extend_baseline(manager, enrolment.id, **said, at=at(FIRST + timedelta(days=56)))

    assert days(enrolment, session)[2] == FIRST + timedelta(days=84)
    with pytest.raises(BaselineNotExtendable):
        extend_baseline(manager, enrolment.id, **said, at=at(FIRST + timedelta(days=60)))
