"""A file of evidence is shown safely, to those who may see it, and each look at it leaves a row."""

import hashlib
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.database import db
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.evidence.actions import keep_file
from app.evidence.rules.inspection import Inspected
from app.sync.actions.batches import receive_batch
from tests.accounts.builders import sign_in_as
from tests.builders import NOON, act_as, make_enrolment
from tests.sync.builders import evidence_item, make_milestone_kind, milestone_item

SENT, KEPT = b"as it was sent", b"as it is kept"
SHA256 = hashlib.sha256(SENT).hexdigest()


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


@pytest.fixture
def item_id(enrolment: Enrolment, worker: Actor) -> str:
    """Give an evidence item whose file is still to come."""
    milestone = milestone_item(enrolment.id, make_milestone_kind().code)
    item = evidence_item(milestone["id"], body={"sent_sha256": SHA256})
    receive_batch(worker, [milestone, item], at=NOON)
    return str(item["id"])


def keep(client: FlaskClient, worker: Actor, media_type: str = "image/jpeg") -> None:
    storage = client.application.extensions["storage"]
    look = Inspected(media_type=media_type)
    keep_file(worker, storage, SHA256, SENT, at=NOON, inspect=lambda _: (look, KEPT))


def reads(item_id: str) -> list[UUID | None]:
    query = select(AuditEvent.user_id).where(
        AuditEvent.name == "file.read", AuditEvent.subject_id == UUID(item_id)
    )
    return list(db.session().scalars(query))


@pytest.mark.parametrize(("media_type", "ending"), [("image/jpeg", "jpg"), ("application/pdf", "pdf")])
def test_a_file_is_shown_where_it_can_do_nothing(
    client: FlaskClient, worker: Actor, item_id: str, media_type: str, ending: str
) -> None:
    keep(client, worker, media_type)
    sign_in_as(client, worker)
    answer = client.get(f"/api/evidence/{item_id}/file")

    assert (answer.status_code, answer.mimetype, answer.data) == (200, media_type, KEPT)
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="evidence.{ending}"'
    assert "no-store" in answer.headers["Cache-Control"]


def test_each_look_leaves_a_row(
    client: FlaskClient, enrolment: Enrolment, worker: Actor, item_id: str
) -> None:
    keep(client, worker)
    manager = act_as(Role.MANAGER, at=enrolment.provider_id)
    for actor in (worker, manager):
        sign_in_as(client, actor)
        client.get(f"/api/evidence/{item_id}/file")

    assert reads(item_id) == [worker.user_id, manager.user_id]


def test_a_stranger_learns_nothing_and_leaves_no_row(
    client: FlaskClient, worker: Actor, item_id: str
) -> None:
    keep(client, worker)
    sign_in_as(client, act_as(Role.MANAGER))
    foreign, absent = (client.get(f"/api/evidence/{one}/file") for one in (item_id, new_id()))

    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert foreign.data == absent.data
    assert reads(item_id) == []


def test_a_file_that_is_still_to_come_is_not_found(client: FlaskClient, worker: Actor, item_id: str) -> None:
    sign_in_as(client, worker)

    assert client.get(f"/api/evidence/{item_id}/file").status_code == 404
