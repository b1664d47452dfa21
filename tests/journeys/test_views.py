import gzip
import json
import random
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.contracts.models import Subcontract
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.journeys import views
from app.journeys.schemas.caseload import CaseloadSchema
from app.journeys.schemas.journey import JourneySchema
from tests.accounts.builders import sign_in_as
from tests.builders import act_as, make_enrolment, make_subcontract


@pytest.fixture
def place(client: Any) -> Subcontract:
    return make_subcontract()


@pytest.fixture
def worker(place: Subcontract) -> Actor:
    return act_as(Role.WORKER, at=place.provider_id)


@pytest.fixture
def enrolment(place: Subcontract, worker: Actor) -> Enrolment:
    return make_enrolment(place, worker_id=worker.user_id)


def test_the_caseload_is_what_its_schema_says(client: Any, worker: Actor, enrolment: Enrolment) -> None:
    sign_in_as(client, worker)
    answer = client.get("/api/caseload?scope=mine&limit=10")

    assert answer.mimetype == "application/json"
    assert CaseloadSchema().validate(answer.json) == {}
    assert answer.json["items"][0]["enrolment_id"] == str(enrolment.id)


@pytest.mark.parametrize("query", ["scope=theirs", "limit=0", "limit=201", "state=lost", "x=1", "after=x"])
def test_a_strange_filter_is_refused_by_name(client: Any, worker: Actor, query: str) -> None:
    sign_in_as(client, worker)
    answer = client.get(f"/api/caseload?{query}")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == query.partition("=")[0]


def test_people_are_searched_by_post(client: Any, worker: Actor, enrolment: Enrolment) -> None:
    headers = sign_in_as(client, worker)
    answer = client.post("/api/caseload/search", json={"text": "MARSH"}, headers=headers)

    assert [row["short_name"] for row in answer.json["items"]] == ["Dean M."]
    assert client.get("/api/caseload/counts").json["mine"]["count"] == 1


def test_a_journey_is_fetched_once(client: Any, worker: Actor, enrolment: Enrolment) -> None:
    path = f"/api/journeys/{enrolment.id}"
    sign_in_as(client, worker)
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert JourneySchema().validate(first.json) == {}
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(f"{path}/readers").json["count"] == 1


def test_a_journey_out_of_sight_is_none_at_all(client: Any, worker: Actor) -> None:
    sign_in_as(client, worker)
    strangers = make_enrolment()

    paths = [f"/api/journeys/{one}{end}" for one in (strangers.id, new_id()) for end in ("", "/readers")]
    answers = [client.get(path) for path in paths]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1


def test_holdings_are_fetched_once(client: Any, worker: Actor, enrolment: Enrolment) -> None:
    sign_in_as(client, worker)
    first: Any = client.get("/api/holdings")

    assert first.json == [[str(enrolment.id), 1]]
    assert client.get("/api/holdings", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/api/caseload", "/api/caseload/counts", "/api/holdings"])
def test_nobody_reads_of_people_signed_out(client: Any, path: str) -> None:
    assert client.get(path).status_code == 401


def test_a_journey_comes_compressed_to_whoever_takes_that(
    client: Any, worker: Actor, enrolment: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "COMPRESSED_FROM", 1)
    path = f"/api/journeys/{enrolment.id}"
    sign_in_as(client, worker)
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "br, gzip"})

    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == "Accept-Encoding"
    again = client.get(path, headers={"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"})
    assert (again.status_code, again.data) == (304, b"")


def test_what_a_device_may_hold_of_120_people_is_small(app: Flask) -> None:
    chance = random.Random(7)
    held = [[str(UUID(int=chance.getrandbits(128))), chance.randrange(1, 99)] for _ in range(120)]
    with app.test_request_context(headers={"Accept-Encoding": "gzip"}):
        answer = views.packed_json(json.dumps(held, separators=(",", ":")), "tag")

    assert len(answer.get_data()) <= 4_000
