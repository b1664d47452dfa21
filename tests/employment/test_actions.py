"""A spell of work begins, lasts, and ends by a correction; what was said first stays readable."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.permissions import Actor, Role
from app.employment.models import Employment
from app.enrolments.models import Enrolment, EnrolmentState
from app.records.models import Record, RecordKind, RecordText
from app.records.queries import stands
from app.sync.actions.batches import receive_batch
from tests.builders import NOON, act_as, make_enrolment, make_subcontract
from tests.sync.builders import employment_item


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


def send(actor: Actor, *items: dict[str, Any]) -> list[str]:
    outcomes = receive_batch(actor, items, at=NOON)
    return [outcome.error.code if outcome.error else outcome.result.value for outcome in outcomes]


def spells(session: Session) -> list[tuple[date, date | None]]:
    rows = session.execute(
        select(Employment.started_on, Employment.ended_on)
        .join(Record, Record.id == Employment.id)
        .where(Record.kind == RecordKind.EMPLOYMENT, stands())
    )
    return [(row[0], row[1]) for row in rows]


def test_a_spell_stands_open_and_its_employer_lies_beside_it(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    assert send(worker, employment_item(enrolment.id)) == ["recorded"]
    assert spells(session) == [(date(2025, 2, 24), None)]
    assert session.execute(select(RecordText.texts)).scalar_one()["employer"] == "Riverside Bakery"


def test_a_correction_ends_the_spell_and_the_first_version_stays(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    first = employment_item(enrolment.id)
    ended = {"ended_on": "2025-03-01", "supersedes_id": first["id"], "reason": "The job ended."}

    assert send(worker, first, employment_item(enrolment.id, body=ended)) == ["recorded", "recorded"]
    assert spells(session) == [(date(2025, 2, 24), date(2025, 3, 1))]
    assert len(session.scalars(select(Employment.id)).all()) == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"started_on": "2025-03-05"}, "occurred-in-future"),
        ({"ended_on": "2025-03-05"}, "occurred-in-future"),
        ({"ended_on": "2025-02-01"}, "invalid"),
        ({"weekly_minutes": 0}, "invalid"),
        ({"weekly_minutes": 10_081}, "invalid"),
    ],
)
def test_what_cannot_be_is_refused(
    enrolment: Enrolment, worker: Actor, session: Session, body: dict[str, Any], code: str
) -> None:
    (outcome,) = receive_batch(worker, [employment_item(enrolment.id, body=body)], at=NOON)

    assert outcome.error is not None
    faults = getattr(outcome.error, "faults", ())
    assert code in {outcome.error.code, *(fault.code for fault in faults)}
    assert spells(session) == []


def test_a_job_is_recorded_also_after_somebody_left(session: Session) -> None:
    left = make_enrolment(
        make_subcontract(), state=EnrolmentState.ENDED, ended_on=date(2025, 2, 28), closed_reason="job"
    )

    assert send(act_as(Role.WORKER, at=left.provider_id), employment_item(left.id)) == ["recorded"]
