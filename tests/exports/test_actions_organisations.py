"""Taking an organisation's data out: every table is thought of, and nobody else's rows come along."""

import csv
import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core.database import db, transaction
from app.core.errors import Forbidden
from app.core.model import Base
from app.exports.actions.organisations import write_organisation
from app.exports.queries.owned import LEFT_OUT_TABLES, owned_tables
from app.instruments.models import Calibration, CalibrationSource
from app.organisations.models import Organisation
from app.participants.models import Participant
from app.records.models import RecordText
from tests.builders import make_organisation, save
from tests.exports.builders import LOCKED_AT, Locked, make_locked, storage_of, submit
from tests.journeys.builders import make_instrument


@pytest.fixture
def locked(session: Session) -> Locked:
    made = make_locked(people=2)
    submit(made)
    return made


def taken_out(organisation_id: Any) -> dict[str, list[dict[str, str]]]:
    out = io.BytesIO()
    organisation = db.session().get_one(Organisation, organisation_id)
    write_organisation(
        out, None, organisation, storage_of(current_app), at=LOCKED_AT, progress=lambda _done, _total: None
    )
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        return {
            name.removeprefix("tables/").removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")))
            )
            for name in archive.namelist()
            if name.startswith("tables/")
        }


def test_every_table_is_somebodys_or_left_out_on_purpose(session: Session) -> None:
    owned = {table.name for table in owned_tables(make_organisation().id)}

    assert owned | LEFT_OUT_TABLES == set(Base.metadata.tables)
    assert owned & LEFT_OUT_TABLES == set()


def test_a_provider_takes_its_records_and_people(locked: Locked) -> None:
    tables = taken_out(locked.world.worker.organisation_id)

    assert {row["enrolment_id"] for row in tables["record"]} == {str(e.id) for e in locked.enrolments}
    assert {row["given_name"] for row in tables["person_details"]} == {"Zebediah", "Siân"}
    assert "nino_cipher" not in tables["person_details"][0]
    assert "password_hash" not in tables["user_account"][0]
    assert len(tables["claim_line"]) == 4
    assert tables["claim"] == []
    assert json.loads(tables["entitlement"][0]["conditions"])


def test_a_prime_takes_claims_and_people_but_no_providers_records(locked: Locked) -> None:
    tables = taken_out(locked.world.preparer.organisation_id)

    assert (len(tables["claim"]), len(tables["claim_line"]), len(tables["participant"])) == (1, 4, 2)
    assert tables["record"] == tables["record_text"] == tables["enrolment"] == []


def test_a_commissioner_takes_what_was_submitted_and_no_names(locked: Locked) -> None:
    tables = taken_out(locked.world.assessor.organisation_id)

    assert (len(tables["claim"]), len(tables["claim_line"])) == (1, 4)
    assert tables["person_details"] == tables["participant"] == tables["record"] == []


def test_a_commissioner_takes_the_figures_it_signed(locked: Locked) -> None:
    commissioner_id = locked.world.assessor.organisation_id
    save(
        Calibration(
            commissioner_id=commissioner_id,
            instrument_id=make_instrument("confidence").id,
            rater="participant",
            language="en",
            ladder_codes="confidence",
            source=CalibrationSource.PUBLISHED,
            version=1,
            sd=Decimal("2.40"),
            r=Decimal("0.8"),
            r_lower=Decimal("0.8"),
            n=214,
            reference="A study",
            workings={"pairs": 214},
            signed_at=LOCKED_AT,
            valid_from=LOCKED_AT.date(),
        )
    )

    (figures,) = taken_out(commissioner_id)["calibration"]
    assert (figures["sd"], figures["n"], figures["workings"]) == ("2.40", "214", '{"pairs":214}')


def test_a_stranger_takes_none_of_it(locked: Locked) -> None:
    tables = taken_out(make_organisation().id)

    shared = {"milestone_kind", "organisation", "instrument", "ladder"}
    assert {name for name, rows in tables.items() if rows} <= shared


def test_who_a_restricted_person_is_stays_behind(locked: Locked) -> None:
    enrolment = locked.enrolments[0]
    with transaction() as session:
        session.execute(
            update(Participant).where(Participant.id == enrolment.participant_id).values(is_restricted=True)
        )
    tables = taken_out(locked.world.worker.organisation_id)

    assert [row["given_name"] for row in tables["person_details"]] == ["Siân"]
    assert len(tables["participant"]) == 2


def test_only_an_administrator_of_it_has_it_made(locked: Locked) -> None:
    organisation = db.session().get_one(Organisation, locked.world.manager.organisation_id)

    with pytest.raises(Forbidden):
        write_organisation(
            io.BytesIO(),
            locked.world.manager,
            organisation,
            storage_of(current_app),
            at=LOCKED_AT,
            progress=lambda _done, _total: None,
        )


def test_a_cell_that_would_run_is_made_safe(locked: Locked, session: Session) -> None:
    record = next(iter(taken_out(locked.world.worker.organisation_id)["record"]))
    save(
        RecordText(
            id=record["id"],
            contract_id=record["contract_id"],
            provider_id=record["provider_id"],
            salt="=1+1",
            texts={"note": "=cmd|' /C calc'!A0"},
            disposed_at=None,
        )
    )
    (row,) = taken_out(locked.world.worker.organisation_id)["record_text"]

    assert row["salt"] == "'=1+1"
    assert json.loads(row["texts"])["note"].startswith("=cmd")
