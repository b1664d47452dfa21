"""Signals over HTTP: no worker is named in any answer."""

from flask import Flask
from flask.testing import FlaskClient

from app.core.permissions import Role
from app.signals.actions import look_at_teams
from tests.accounts.builders import sign_in_as
from tests.builders import act_as
from tests.signals.builders import AT, make_team


def test_a_manager_reads_and_answers_and_the_prime_reads_both(client: FlaskClient, app: Flask) -> None:
    team = make_team(60, workers=2, late=30)
    look_at_teams(at=AT)
    headers = sign_in_as(client, act_as(Role.MANAGER, at=team.place.provider_id))
    listed = client.get("/api/signals")
    (one,) = listed.get_json()["items"]
    assert str(team.workers[0]) not in listed.text
    assert (one["kind"], one["is_of_one_worker"], one["can_answer"]) == ("late-testimony", True, True)
    assert one["answers"] == []
    assert client.get("/api/home").get_json()["sections"][-3]["code"] == "signals"
    records = client.get(f"/api/signals/{one['id']}/records")
    assert records.get_json()["count"] == 50
    assert str(team.workers[0]) not in records.text

    path = f"/api/signals/{one['id']}/answers"
    assert client.post(path, json={"words": "  "}, headers=headers).status_code == 422
    answered = client.post(path, json={"words": " The tablet was away. "}, headers=headers)
    assert (answered.status_code, answered.get_json()["answers"][0]["words"]) == (201, "The tablet was away.")

    headers = sign_in_as(client, act_as(Role.CLAIMS_PREPARER, at=team.contract.prime_id))
    told = client.get("/api/signals").get_json()
    assert (told["items"][0]["can_answer"], told["looks"]) == (False, [])
    assert client.get(f"/api/signals/{one['id']}/records").status_code == 403
    assert client.post(path, json={"words": "No."}, headers=headers).status_code == 403
