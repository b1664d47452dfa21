"""Rate cards over HTTP and from the command line."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.contracts.models import Contract
from app.core.permissions import Role
from tests.accounts.builders import sign_in_as
from tests.builders import act_as, make_contract, make_organisation
from tests.ratecards.builders import DEMO_CARDS, ONE_CARD


@pytest.fixture
def contract(app: Flask) -> Contract:
    return make_contract()


@pytest.fixture
def headers(client: FlaskClient, contract: Contract) -> dict[str, str]:
    return sign_in_as(client, act_as(Role.ADMINISTRATOR, at=contract.prime_id))


def test_cards_are_loaded_shown_and_applied(
    client: FlaskClient, headers: dict[str, str], contract: Contract
) -> None:
    contract_id = contract.id
    answer = client.post("/api/rate-cards", json={"yaml": ONE_CARD}, headers=headers)
    assert answer.status_code == 201, answer.get_json()
    card = answer.get_json()["items"][0]
    assert [rate["is_evaluated"] for rate in card["rates"]] == [True, True]

    body = {"rate_card_id": card["id"], "applies_from": "2024-04-01"}
    applied = client.post(f"/api/contracts/{contract_id}/card-applications", json=body, headers=headers)
    assert (applied.status_code, applied.get_json()["payment_group_id"]) == (201, None)
    assert client.get("/api/rate-cards").get_json()["count"] == 1
    assert client.get(f"/api/rate-cards/{card['id']}").get_json() == card


def test_a_faulty_text_is_answered_by_its_lines(client: FlaskClient, headers: dict[str, str]) -> None:
    text = ONE_CARD.replace("price_pence: 30000", "price_pence: -1")
    answer = client.post("/api/rate-cards", json={"yaml": text}, headers=headers)
    assert answer.status_code == 422
    assert answer.get_json()["code"] == "definition-invalid"
    assert [(fault["field"], fault["code"]) for fault in answer.get_json()["errors"]] == [
        ("line 9", "out-of-range")
    ]


def test_the_command_loads_a_file_and_says_what_waits(app: Flask) -> None:
    prime = make_organisation("Northway")
    run = app.test_cli_runner()
    loaded = run.invoke(args=["rate-cards", "load", str(DEMO_CARDS), "--organisation", prime.name])
    assert loaded.exit_code == 0, loaded.output
    assert (
        "work-programme-pg7-year1 version 1 (not used yet), 3 rates; not worked out yet: SUS" in loaded.output
    )
    assert "Northway: families-like version 1" in run.invoke(args=["rate-cards", "list"]).output


def test_the_command_says_what_is_wrong(app: Flask, tmp_path: Path) -> None:
    prime = make_organisation("Northway")
    file = tmp_path / "cards.yaml"
    file.write_text(ONE_CARD.replace("kind: started", "kind: begun"), encoding="utf-8")
    run = app.test_cli_runner()
    told = run.invoke(args=["rate-cards", "load", str(file), "--organisation", prime.name])
    assert told.exit_code == 1
    assert "line 8" in told.output
    unknown = run.invoke(args=["rate-cards", "load", str(file), "--organisation", "Nobody"])
    assert "no organisation named" in unknown.output
