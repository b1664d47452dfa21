"""Malformed batches change nothing by halves: no server error, and valid neighbours are recorded.

One in four goes through the whole door: HTTP, sign-in, the device's outbox, what is parked. The others are
read and opened as there, and handed to the write path itself.
"""

import json
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core.database import db
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.records.models import DETAIL_MODELS, Record
from app.sync.actions.batches import receive_batch
from app.sync.actions.opened import open_sent
from app.sync.actions.openings import is_opening
from app.sync.seals.at_rest import SealSecrets
from app.sync.seals.opening import make_opener
from config import DEMO_SEAL_SECRET
from tests.accounts.builders import sign_in_as
from tests.builders import act_as, make_enrolment
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
from tests.sync.sealing import Unlocked

BATCHES = int(os.environ.get("FUZZ", "2000"))
ROUND = 2_000  # batches, after which all is begun anew: nobody has thousands of records
PEOPLE = 41
WHOLE_EVERY = 4
SEALED = 0.35
Told = tuple[str, str | None]
"""What became of an item, and the code of what is wrong with it."""
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    2**31,
    2**52,
    "",
    " ",
    "x",
    "x" * 4_001,
    "null",
    "0001-01-01",
    "9999-12-31",
    "2025-02-30",
    "2025-W10-2",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2025-03-04T10:00:00",
    "\u202e\u0000"[:1],
    "'; DROP TABLE record; --",
    "\ud83d\ude00" * 3,
    "e\u0301" * 50,
    [],
    {},
    [[]],
    {"a": 1},
    [None] * 300,
    str(new_id()),
    "00000000-0000-0000-0000-000000000000",
    "urn:uuid:019a0000-0000-7000-8000-000000000001",
]


class Mutator:
    """Makes valid items, and breaks them at random places; the same seed makes the same ones."""

    def __init__(self, seed: int, tablet: Unlocked, enrolment_id: Any, instrument_id: Any, kind: str) -> None:
        self.random = random.Random(seed)
        self.tablet = tablet
        self.enrolment_id, self.instrument_id, self.kind = enrolment_id, instrument_id, kind
        self.known: list[str] = []

    def valid(self) -> dict[str, Any]:
        """Return an item that is recorded, a third of them sealed."""
        item = self._plain()
        return self.tablet.seal_item(item) if self.random.random() < SEALED else item

    def _plain(self) -> dict[str, Any]:
        person = self.enrolment_id
        make = self.random.choice(
            [
                lambda: contact_item(person),
                lambda: intervention_item(person),
                lambda: plan_item(person),
                lambda: employment_item(person),
                lambda: milestone_item(person, self.kind),
                lambda: assessment_item(person, self.instrument_id, sitting_id=new_id()),
            ]
        )
        item: dict[str, Any] = make()
        self.known.append(item["id"])
        return item

    def broken(self) -> Any:
        """Return something that may be an item."""
        subject = self.random.choice(self.known[-20:]) if self.known else str(new_id())
        make = self.random.choice(
            [
                self.valid,
                lambda: evidence_item(subject),
                lambda: verification_item(subject),
                lambda: withdrawal_item(subject),
                lambda: make_item("opening", {"opened_at": "2025-03-04T10:00:00Z"}),
                lambda: contact_item(self.enrolment_id, replaces=subject),
                lambda: make_item("start", {"enrolment_id": str(self.enrolment_id)}),
                lambda: contact_item(self.enrolment_id, id=subject),
                lambda: contact_item(
                    self.enrolment_id, body={"supersedes_id": subject, "reason": "Another day."}
                ),
            ]
        )
        item = json.loads(json.dumps(make()))
        if "sealed" not in item and self.random.random() < SEALED:
            item = self._sealed_broken(item)
        for _ in range(self.random.randint(1, 3)):
            item = self._break(item)
        return item

    def _sealed_broken(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return an item sealed as it should be, what was sealed broken before."""
        for name in self.random.sample(("action", "body"), 1):
            item[name] = self._break(item[name])
        if not isinstance(item["body"], dict):
            item["body"] = {"x": item["body"]}
        return self.tablet.seal_item(item)

    def _break(self, value: Any) -> Any:
        if isinstance(value, dict) and value and self.random.random() < 0.85:
            key = self.random.choice(list(value))
            way = self.random.random()
            if way < 0.15:
                return {name: inner for name, inner in value.items() if name != key}
            if way < 0.25:
                return {**value, f"{key}x": value[key]}
            return {**value, key: self._break(value[key])}
        if isinstance(value, list) and value and self.random.random() < 0.6:
            place = self.random.randrange(len(value))
            return [*value[:place], self._break(value[place]), *value[place + 1 :]]
        return self.random.choice(ODD)


@pytest.mark.parametrize("begun", range(0, BATCHES, ROUND))
def test_malformed_batches_change_nothing_by_halves(
    begun: int, app: Flask, client: FlaskClient, session: Session
) -> None:
    enrolment = make_enrolment()
    worker = act_as(Role.WORKER, Role.MANAGER, at=enrolment.provider_id)
    headers = sign_in_as(client, worker)
    seal: Any = client.get("/api/sync/seal").get_json()
    tablet = Unlocked(seal["key_id"], seal["public_key"], UUID(seal["user_id"]))
    mutator = Mutator(
        20261122 + begun, tablet, enrolment.id, make_instrument().id, make_milestone_kind().code
    )
    write = writer(app, worker, tablet)
    people = [enrolment.id, *(make_enrolment_beside(enrolment) for _ in range(PEOPLE - 1))]
    for number in range(begun, min(begun + ROUND, BATCHES)):
        mutator.enrolment_id = people[number % len(people)]
        valid = [mutator.valid() for _ in range(mutator.random.randint(1, 2))]
        items = [*valid, *(mutator.broken() for _ in range(mutator.random.randint(1, 3)))]
        mutator.random.shuffle(items)

        outcomes = write(items) if number % WHOLE_EVERY else post(client, headers, items)

        assert len(outcomes) == len(items)
        assert ("refused", "not-recordable") not in outcomes, (number, items, outcomes)
        check_recorded(number, valid, items, outcomes)
    check_whole(session)


def post(client: FlaskClient, headers: dict[str, str], items: list[Any]) -> list[Told]:
    """Send a batch as a device does."""
    answer = client.post("/api/sync/batches", json={"items": items}, headers=headers)
    assert answer.status_code == 200, (items, answer.get_data(as_text=True)[:500])
    body: Any = answer.get_json()
    return [(one["outcome"], one.get("problem", {}).get("code")) for one in body["outcomes"]]


def writer(app: Flask, worker: Actor, tablet: Unlocked) -> Callable[[list[Any]], list[Told]]:
    """Return what reads a batch as the door does, opens what is sealed, and records it in a session apart."""
    secrets = SealSecrets({"test": DEMO_SEAL_SECRET})
    opener = make_opener(secrets, [UUID(tablet.key_id)], app.json.loads)

    def write(items: list[Any]) -> list[Told]:
        at = datetime.now(UTC)
        sent = [
            open_sent(raw, worker.user_id, opener, at.date()) for raw in app.json.loads(json.dumps(items))
        ]
        told: dict[int, Told] = {
            index: ("refused", one.error.code) for index, one in enumerate(sent) if one.error
        }
        told |= {index: ("opened", None) for index, one in enumerate(sent) if is_opening(one.plain)}
        rest = [index for index in range(len(sent)) if index not in told]
        db.session.rollback()
        with app.app_context():
            outcomes = receive_batch(worker, [sent[index].plain for index in rest], at=at)
            db.session.remove()
        told |= {
            index: (one.result.value, one.error.code if one.error else None)
            for index, one in zip(rest, outcomes, strict=True)
        }
        return [told[index] for index in range(len(sent))]

    return write


def make_enrolment_beside(enrolment: Any) -> Any:
    """Make another person of the same provider."""
    from tests.builders import make_participant, save

    columns = {
        column.name: getattr(enrolment, column.name)
        for column in type(enrolment).__table__.columns
        if column.name not in {"id", "participant_id"}
    }
    person = make_participant(enrolment.contract_id)
    return save(type(enrolment)(participant_id=person.id, **columns)).id


def check_recorded(number: int, valid: list[Any], items: list[Any], outcomes: list[Told]) -> None:
    """Valid items are recorded, whatever stood beside them; unless a mutant took their very id first."""
    rivals = [item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]
    for item in valid:
        if rivals.count(item["id"]) == 1:
            outcome = outcomes[items.index(item)]
            assert outcome[0] == "recorded", (number, item, outcome)


def check_whole(session: Session) -> None:
    """No record stands without its details, and no details without their record."""
    count = sa.func.count
    for kind, model in DETAIL_MODELS.items():
        records = session.scalar(sa.select(count()).select_from(Record).where(Record.kind == kind))
        assert session.scalar(sa.select(count()).select_from(model)) == records
    orphans = sa.text(
        "SELECT count(*) FROM audit_event LEFT JOIN record ON record.id = subject_id "
        "WHERE name LIKE '%.recorded' AND record.id IS NULL"
    )
    assert session.scalar(orphans) == 0
