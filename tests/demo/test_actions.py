"""The demo world, made small: it keeps every rule, and comes out the same again."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy.orm import Session, aliased

from app import create_app
from app.claims.models import Claim, ClaimLine, ClaimLineRecord, ClaimState
from app.core.database import db
from app.demo.actions import Order, World, make_world
from app.demo.errors import DatabaseNotEmpty
from app.enrolments.models import Enrolment
from app.evidence.models import EvidenceItem, StoredFile, Verification
from app.organisations.models import Organisation
from app.participants.models import Participant, PersonDetails
from app.participants.rules.nino import NinoKeys
from app.ratecards.models import Rate
from app.records.models import Record, RecordText
from app.records.queries import is_current
from app.signals.models import Signal, SignalAnswer, SignalKind
from config import DEMO_NINO_KEY
from tests.conftest import Databases, let_go, test_config

ORDER = Order(participants=12, seed=1, today=date(2026, 11, 22), months=9)


def play(application: Flask, order: Order) -> World:
    keys = NinoKeys({"test": DEMO_NINO_KEY})
    return make_world(order, keys=keys, storage=application.extensions["storage"], tell=lambda _: None)


@pytest.fixture(scope="module")
def applications(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Flask]]:
    """Give an application for each kind of database with the small world in it."""
    made = {}
    for kind in ("sqlite", "postgresql"):
        made[kind] = create_app(test_config(databases.migrated(kind), tmp_path_factory.mktemp("demo")))
        with made[kind].app_context():
            play(made[kind], ORDER)
            db.session.remove()
    yield made
    for application in made.values():
        let_go(application)


@pytest.fixture
def world(applications: dict[str, Flask], database: str) -> Iterator[Session]:
    """Give a session in the small world."""
    with applications[database].app_context():
        yield db.session()
        db.session.remove()


def content(session: Session) -> list[Any]:
    """Return what people see of a world; ciphers and password hashes are random and stay out."""
    people = sa.select(
        Participant.id, Participant.reference, PersonDetails.given_name, PersonDetails.family_name
    ).join(PersonDetails, PersonDetails.id == Participant.id)
    records = (
        sa.select(
            Record.id,
            Record.enrolment_id,
            Record.kind,
            Record.occurred_on,
            Record.received_at,
            Record.content_hash,
            RecordText.texts,
        )
        .outerjoin(RecordText, RecordText.id == Record.id)
        .order_by(Record.id)
    )
    lines = sa.select(ClaimLine.id, ClaimLine.price_pence, ClaimLine.state).order_by(ClaimLine.id)
    asked = (people.order_by(Participant.id), records, lines)
    return [[tuple(row) for row in session.execute(query)] for query in asked]


def test_everybody_is_there(world):
    assert world.scalar(sa.select(sa.func.count()).select_from(Participant)) == ORDER.participants


def test_the_same_order_makes_the_same_world(applications):
    worlds = []
    for application in applications.values():
        with application.app_context():
            worlds.append(content(db.session()))
            db.session.remove()

    assert worlds[0] == worlds[1]


def test_nobody_verified_their_own_work(world):
    judgement = aliased(Record)
    own = (
        sa.select(Verification.id)
        .join(judgement, judgement.id == Verification.id)
        .join(Record, Record.root_id == Verification.subject_root_id)
        .where(Record.author_id == judgement.author_id)
    )

    assert world.scalars(own).all() == []


def test_every_evidence_file_is_kept(world):
    sent = sa.select(EvidenceItem.provider_id, EvidenceItem.sent_sha256).where(
        EvidenceItem.sent_sha256.is_not(None)
    )
    kept = sa.select(StoredFile.provider_id, StoredFile.sent_sha256)
    asked = {tuple(row) for row in world.execute(sent)}

    assert asked
    assert asked <= {tuple(row) for row in world.execute(kept)}
    storage = current_app.extensions["storage"]
    assert all(storage.has(file.storage_key) for file in world.scalars(sa.select(StoredFile)))


def test_every_live_line_has_its_records(world):
    bare = sa.select(ClaimLine.id).where(
        ClaimLine.released_at.is_(None), ~sa.exists().where(ClaimLineRecord.line_id == ClaimLine.id)
    )

    assert world.scalar(sa.select(sa.func.count()).select_from(ClaimLine)) > 0
    assert world.scalars(bare).all() == []


def test_claims_have_come_as_far_as_their_months(world):
    states = Counter(world.scalars(sa.select(Claim.state)))

    assert states[ClaimState.SETTLED] >= 3
    assert set(states) > {ClaimState.SETTLED}


def test_corrections_and_returns_are_there(world):
    assert world.scalar(sa.select(sa.func.count()).where(~is_current()).select_from(Record)) >= 1


def test_standings_speak_of_today(world):
    soon = world.scalars(
        sa.select(Enrolment.next_planned_at).where(Enrolment.next_planned_at.is_not(None))
    ).all()

    assert any(planned.date() >= ORDER.today for planned in soon)


def test_a_team_whose_records_stood_out_has_answered(world):
    asked = (
        sa.select(Signal.kind, Organisation.short_name)
        .join(SignalAnswer, SignalAnswer.signal_id == Signal.id)
        .join(Organisation, Organisation.id == Signal.provider_id)
    )

    assert {tuple(row) for row in world.execute(asked)} == {(SignalKind.LATE_TESTIMONY, "Brightside")}


def test_a_card_asks_for_three_ladders_of_the_persons_own(world):
    rates = world.scalars(sa.select(Rate).where(Rate.code == "P-FOC"))

    assert {rate.trigger["focus"] for rate in rates} == {True}


def test_a_database_in_which_somebody_works_is_left_alone(world):
    with pytest.raises(DatabaseNotEmpty):
        play(current_app, ORDER)
