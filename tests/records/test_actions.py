"""Records are inserted once, answered one by one, and never changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.enrolments.actions import record_facts
from app.enrolments.models import Enrolment
from app.interventions.models import Contact
from app.records.models import Record, RecordKind, RecordText
from app.records.rules import Draft, Result
from tests.builders import NOON, TODAY, act_as, make_enrolment, make_subcontract


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


def contact(enrolment: Enrolment, **changes: object) -> Draft:
    draft = Draft(
        id=new_id(),
        enrolment_id=enrolment.id,
        occurred_on=TODAY,
        recorded_at=NOON,
        detail={"outcome": "met", "channel": "in-person", "planned_at": None},
        texts={"note": "Talked about the bus."},
    )
    return replace(draft, **changes)  # type: ignore[arg-type]


def record(actor: Actor, *drafts: Draft) -> list[Result]:
    outcomes = record_facts(actor, RecordKind.CONTACT, Contact, drafts, at=NOON)
    return [outcome.result for outcome in outcomes]


def test_a_contact_is_recorded_with_its_text_beside_it(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    draft = contact(enrolment)

    assert record(worker, draft) == [Result.RECORDED]
    row = session.execute(sa.select(Record)).scalar_one()
    assert (row.id, row.root_id, row.author_id, row.received_at) == (draft.id, draft.id, worker.user_id, NOON)
    assert session.scalar(sa.select(RecordText.texts)) == {"note": "Talked about the bus."}
    assert session.scalar(sa.select(Enrolment.revision)) == 2


def test_the_same_record_again_is_the_same_record(enrolment: Enrolment, worker: Actor) -> None:
    draft = contact(enrolment)
    (first,) = record_facts(worker, RecordKind.CONTACT, Contact, [draft], at=NOON)
    (again,) = record_facts(worker, RecordKind.CONTACT, Contact, [draft], at=NOON + timedelta(hours=1))

    assert again.result is Result.ALREADY_RECORDED
    assert again.receipt == first.receipt


def test_the_same_id_with_other_content_is_a_conflict(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    draft = contact(enrolment)
    record(worker, draft)

    assert record(worker, replace(draft, texts={"note": "Other words."})) == [Result.CONFLICT]
    assert session.scalar(sa.select(sa.func.count()).select_from(Record)) == 1


def test_each_draft_of_a_batch_is_answered_by_itself(enrolment: Enrolment, worker: Actor) -> None:
    stranger = make_enrolment(make_subcontract())

    results = record(
        worker,
        contact(enrolment),
        contact(stranger),
        contact(enrolment, occurred_on=date(2025, 3, 5)),
    )

    assert results == [Result.RECORDED, Result.REFUSED, Result.REFUSED]


def test_a_record_is_corrected_once(enrolment: Enrolment, worker: Actor) -> None:
    draft = contact(enrolment)
    record(worker, draft)

    assert record(worker, contact(enrolment, supersedes_id=draft.id)) == [Result.RECORDED]
    assert record(worker, contact(enrolment, supersedes_id=draft.id)) == [Result.CONFLICT]


@pytest.mark.parametrize(
    "verb", ["UPDATE record SET is_withdrawn = true", "DELETE FROM record", "DELETE FROM contact"]
)
def test_the_database_refuses_to_change_a_record(
    enrolment: Enrolment, worker: Actor, session: Session, verb: str
) -> None:
    record(worker, contact(enrolment))

    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(sa.text(verb))
    session.rollback()
