"""Change from the records to the frozen line: gathered set-wise, worked out, claimed, worked out again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.assessments.models import Assessment, Help, Rater, SittingKind
from app.claims.actions.drafting import add_lines, draft_claim
from app.claims.actions.locking import lock_claim
from app.claims.models import ClaimLine
from app.core.database import db
from app.core.ids import new_id
from app.enrolments.models import Enrolment
from app.entitlements.actions import settle_contract
from app.entitlements.models import Entitlement, EntitlementState
from app.evidence.models import EvidenceKind
from app.exports.documents.frozen import line_document
from app.instruments.actions import install_calibrations, load_library
from app.instruments.models import CalibrationSource, Instrument
from app.instruments.rules.signing import NewInputs
from app.records.models import Record, RecordKind
from tests.entitlements.builders import (
    START,
    World,
    make_evidence,
    make_payable_milestone,
    make_person,
    make_record,
    make_world,
    noon,
    walls,
)

FIRST = START + timedelta(days=8)
SECOND = FIRST + timedelta(days=21)
REVIEW = SECOND + timedelta(weeks=10)
LATER = REVIEW + timedelta(days=7)


@pytest.fixture
def world(session: Session) -> World:
    load_library(noon(date(2024, 4, 1)))
    return make_world()


@pytest.fixture
def instrument(world: World) -> Instrument:
    return db.session().scalars(sa.select(Instrument).where(Instrument.code == "open-ladders")).one()


def sit(
    world: World, enrolment: Enrolment, instrument: Instrument, day: date, kind: SittingKind, level: int
) -> dict[Rater, Record]:
    sitting_id, made = new_id(), {}
    for rater in (Rater.PARTICIPANT, Rater.WORKER):
        record = make_record(enrolment, RecordKind.ASSESSMENT, day, world.worker)
        columns: dict[str, Any] = {
            "sitting_id": sitting_id,
            "sitting_kind": kind,
            "rater": rater,
            "instrument_id": instrument.id,
            "language": "en",
            "scores": {ladder.code: level for ladder in instrument.ladders},
            "is_original": True,
            "help": Help.READ_ALOUD if rater is Rater.PARTICIPANT else None,
        }
        db.session().add(Assessment(**walls(record), **columns))
        db.session().commit()
        made[rater] = record
    return made


def improve(world: World, instrument: Instrument, **changes: Any) -> Enrolment:
    """Make somebody who meets every condition but the calibration."""
    enrolment = make_person(world, **changes)
    sit(world, enrolment, instrument, FIRST, SittingKind.BASELINE, 4)
    sit(world, enrolment, instrument, SECOND, SittingKind.SECOND_BASELINE, 4)
    make_payable_milestone(world, enrolment, SECOND + timedelta(days=20))
    review = sit(world, enrolment, instrument, REVIEW, SittingKind.REVIEW, 6)
    own = EvidenceKind.PARTICIPANT_CONFIRMATION
    make_evidence(world, enrolment, review[Rater.PARTICIPANT], REVIEW, own)
    return enrolment


def sign(world: World, instrument: Instrument) -> None:
    day = date(2024, 4, 2)
    drafts = [
        NewInputs(
            instrument_id=instrument.id,
            rater=rater.value,
            language="en",
            ladders=tuple(ladder.code for ladder in instrument.ladders),
            source=CalibrationSource.ROUTINE,
            sd=Decimal("1.5"),
            r=Decimal("0.92"),
            r_lower=Decimal("0.9"),
            n=60,
            reference="second baselines",
            valid_from=day,
        )
        for rater in (Rater.PARTICIPANT, Rater.WORKER)
    ]
    assert world.contract.commissioner_id is not None
    install_calibrations(world.contract.commissioner_id, drafts, at=noon(day), today=day)


def improvement(world: World) -> Entitlement:
    settle_contract(world.contract.id, at=noon(LATER))
    query = sa.select(Entitlement).where(Entitlement.rate_code == "P-REL")
    return db.session().scalars(query.execution_options(populate_existing=True)).one()


def test_in_shadow_it_is_shown_and_once_inputs_are_signed_it_is_claimable(
    world: World, instrument: Instrument
) -> None:
    improve(world, instrument)
    shadow = improvement(world)
    assert (shadow.state, shadow.missing_code) == (EntitlementState.NOT_YET, "calibrated")
    assert "ratings moved by 2.0" in shadow.conditions[-2]["found"] + shadow.conditions[-1]["found"]

    sign(world, instrument)

    complete = improvement(world)
    assert (complete.state, complete.claimable_from) == (EntitlementState.COMPLETE, REVIEW)


def test_the_line_freezes_both_raters_both_occasions_and_every_input(
    world: World, instrument: Instrument
) -> None:
    improve(world, instrument)
    sign(world, instrument)
    claim = draft_claim(world.preparer, world.contract.id, LATER.replace(day=1), at=noon(LATER))
    add_lines(world.preparer, claim.id, [improvement(world).id], at=noon(LATER))
    lock_claim(world.preparer, claim.id, at=noon(LATER))

    frozen = db.session().scalars(sa.select(ClaimLine.frozen)).one()
    assert frozen is not None
    content = json.loads(frozen)
    measured = content["measurement"]["raters"]
    assert [one["rater"] for one in measured] == ["participant", "worker"]
    assert [(one["rci"], one["needed"], one["n"], one["calibration"] != "") for one in measured] == [
        ("3.4427", "1.3013", 60, True)
    ] * 2
    assert {side["occurred_on"] for side in measured[0]["before"]} == {FIRST.isoformat(), SECOND.isoformat()}
    assert measured[0]["help"][0]["help"] == "read-aloud"
    assert "Second baseline: person" in {record["what"] for record in content["records"]}

    paper = line_document(frozen, "en")
    assert paper.measurement is not None
    assert [(r.rater, r.ladders, r.index) for r in paper.measurement.raters] == [
        ("Person", "8 of 8", 3.4427),
        ("Worker", "8 of 8", 3.4427),
    ]


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def test_many_people_take_as_many_queries_as_one(world: World, instrument: Instrument) -> None:
    sign(world, instrument)
    improve(world, instrument)
    with statements() as one:
        settle_contract(world.contract.id, at=noon(LATER))
    for _ in range(4):
        improve(world, instrument)
    with statements() as four:
        settle_contract(world.contract.id, at=noon(LATER))

    assert len(four) <= len(one)
