"""Calibration over HTTP and from the command line."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.assessments.models import Rater
from app.core.permissions import Role
from app.instruments.rules.signing import months_later
from app.organisations.models import Organisation
from app.records.rules import london_day
from tests.accounts.builders import sign_in_as
from tests.builders import act_as, make_organisation
from tests.calibrations.builders import make_places, open_ladders, rate_twice

TODAY = london_day(datetime.now(UTC))


@pytest.fixture
def commissioner(app: Flask) -> Organisation:
    return make_organisation("Northmoor")


@pytest.fixture
def body(app: Flask) -> dict[str, Any]:
    instrument = open_ladders()
    return {
        "instrument_id": str(instrument.id),
        "rater": "worker",
        "language": "en",
        "ladders": [ladder.code for ladder in instrument.ladders],
        "source": "provisional",
        "sd": "1.8",
        "r": "0.65",
        "r_lower": "0.65",
        "reference": "Careful until there are data",
        "valid_from": TODAY.isoformat(),
        "valid_until": months_later(TODAY, 11).isoformat(),
    }


def test_the_commissioner_signs_and_the_provider_reads_it(
    client: FlaskClient, commissioner: Organisation, body: dict[str, Any]
) -> None:
    place = make_places(commissioner)[0]
    headers = sign_in_as(client, act_as(Role.ADMINISTRATOR, at=commissioner))
    signed = client.post("/api/calibrations", json=body, headers=headers)
    assert (signed.status_code, signed.get_json()["version"]) == (201, 1)
    few = {name: body[name] for name in ("instrument_id", "rater", "language")}
    refused = client.post("/api/calibrations/routine", json=few, headers=headers)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "too-few-pairs")

    sign_in_as(client, act_as(Role.MANAGER, at=place.provider_id))
    answer = client.get("/api/calibrations").get_json()
    states = {(item["rater"], item["language"]): item["state"] for item in answer["items"]}
    assert states["worker", "en"] == "provisional"
    assert {state for key, state in states.items() if key != ("worker", "en")} == {"shadow"}
    assert answer["signed"][0] == signed.get_json()


def test_a_stranger_sees_nothing_of_it(
    client: FlaskClient, commissioner: Organisation, body: dict[str, Any]
) -> None:
    make_places(commissioner)
    headers = sign_in_as(client, act_as(Role.ADMINISTRATOR, at=commissioner))
    client.post("/api/calibrations", json=body, headers=headers)

    sign_in_as(client, act_as(Role.MANAGER))
    assert client.get("/api/calibrations").get_json() == {"count": 0, "items": [], "signed": []}


def test_a_figure_that_is_none_is_refused(
    client: FlaskClient, commissioner: Organisation, body: dict[str, Any]
) -> None:
    make_places(commissioner)
    headers = sign_in_as(client, act_as(Role.ADMINISTRATOR, at=commissioner))
    late = {"valid_from": "9999-06-01", "valid_until": "9999-12-31"}
    for wrong in ({"sd": "NaN"}, {"r": "-1"}, {"source": "routine"}, {"rater": "nobody"}, late):
        assert client.post("/api/calibrations", json=body | wrong, headers=headers).status_code == 422


def test_the_command_signs_adopts_and_lists(app: Flask, commissioner: Organisation) -> None:
    instrument = open_ladders()
    rate_twice(make_places(commissioner), instrument, 31)
    run = app.test_cli_runner()

    def command(*arguments: str) -> str:
        return run.invoke(args=["calibration", *arguments, "--commissioner", "Northmoor"]).output

    until = months_later(TODAY, 6).isoformat()
    signed = command(
        "sign", "--rater", "worker", "--sd", "1.8", "--until", until, "--reference", "Letter of 3 March"
    )
    assert "provisional version 1, sd 1.8, r 0.70, used 0.70, n 0" in signed
    assert "30" in command("adopt", "--rater", "worker")
    assert "routine version 1" in command("adopt", "--rater", Rater.PARTICIPANT.value)
    listed = command("list")
    assert "open-ladders 1, participant, en: calibrated" in listed
    assert "open-ladders 1, worker, en: provisional" in listed
    assert "retest: 31 pairs" in listed
    assert "is not a decimal" in command(
        "sign", "--rater", "worker", "--sd", "much", "--until", until, "--reference", "x"
    )
