"""The picture over HTTP: a cookie for one phone, and nothing in it but the picture."""

import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.assessments.models import SittingKind
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from tests.accounts.builders import sign_in_as
from tests.builders import NOON, TODAY, act_as, make_enrolment
from tests.journeys.builders import make_instrument, rate_together, see

NEVER = ("pence", "rci", "sdiff", "threshold", "claim", "condition", "okafor", "needed")


@pytest.fixture
def enrolment(client: FlaskClient) -> Enrolment:
    return make_enrolment(started_on=TODAY - timedelta(days=90))


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


def make_link(client: FlaskClient, worker: Actor, enrolment: Enrolment) -> str:
    address = f"/api/enrolments/{enrolment.id}/picture-links"
    headers = sign_in_as(client, worker)
    made = client.post(address, json={"handed": "in-the-room"}, headers=headers).get_json()
    client.delete_cookie("waymark")
    assert "<svg" in made["qr_svg"]
    secret: str = made["link"].partition("#")[2]
    return secret


def test_a_phone_opens_reads_and_disagrees_without_signing_in(
    client: FlaskClient, worker: Actor, enrolment: Enrolment
) -> None:
    record_id = see(enrolment, worker)
    rate_together(
        enrolment, worker, make_instrument("a"), {"a": 4}, {"a": 5}, on=TODAY, kind=SittingKind.BASELINE
    )
    opened = client.post("/api/picture/opening", json={"secret": make_link(client, worker, enrolment)})

    cookie = opened.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    picture = client.get("/api/picture").get_json()
    assert [word for word in NEVER if word in json.dumps(picture).lower()] == []
    body = {
        "id": str(new_id()),
        "occurred_on": TODAY.isoformat(),
        "recorded_at": NOON.isoformat(),
        "way": "own-phone",
    }
    answer = client.post(f"/api/picture/records/{record_id}/disagreement", json=body)
    assert answer.status_code == 201
    assert client.delete("/api/picture").status_code == 204
    assert client.get("/api/picture").get_json()["code"] == "picture-link-spent"


def test_a_link_is_made_in_the_room_alone(client: FlaskClient, worker: Actor, enrolment: Enrolment) -> None:
    headers = sign_in_as(client, worker)

    answer = client.post(
        f"/api/enrolments/{enrolment.id}/picture-links", json={"handed": "by-text"}, headers=headers
    )

    assert answer.status_code == 422
