"""Instruments over HTTP and from the command line."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app.core.permissions import Role
from app.instruments import actions
from tests.accounts.builders import sign_in_as
from tests.builders import NOON, act_as
from tests.instruments.test_rules import SMALL


def test_everybody_signed_in_sees_the_ladders_with_their_anchors(app: Flask, client: FlaskClient) -> None:
    actions.load_library(NOON)
    sign_in_as(client, act_as(Role.WORKER))
    answer = client.get("/api/instruments").get_json()

    assert answer["count"] == 7
    assert answer["items"][0]["code"] == "open-ladders"
    assert answer["items"][0]["ladders"][0]["anchors"]["10"].startswith("My home")


def test_an_administrator_loads_and_is_told_the_line_of_a_fault(app: Flask, client: FlaskClient) -> None:
    headers = sign_in_as(client, act_as(Role.ADMINISTRATOR))
    loaded = client.post("/api/instruments", json={"yaml": SMALL}, headers=headers)
    assert (loaded.status_code, loaded.get_json()["count"]) == (201, 1)

    faulty = SMALL.replace("short_title: Bus", "short: Bus")
    refused = client.post("/api/instruments", json={"yaml": faulty}, headers=headers)
    assert refused.status_code == 422
    assert "line 12" in {fault["field"] for fault in refused.get_json()["errors"]}


def test_the_command_loads_the_library_or_a_file(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner()
    assert "open-ladders version 1, 8 ladders" in run.invoke(args=["instruments", "load"]).output
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    assert "two-steps version 1, 1 ladders" in run.invoke(args=["instruments", "load", str(file)]).output
    file.write_text(SMALL.replace("version: 1", "version: x"), encoding="utf-8")
    told = run.invoke(args=["instruments", "load", str(file)])
    assert (told.exit_code, "line 3" in told.output) == (1, True)
    listed = run.invoke(args=["instruments", "list"]).output
    assert "two-steps version 1 (ladders, not used yet): Two steps" in listed
