"""The door of devices answers by item, and the single doors by status; files come in pieces."""

import hashlib
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from tests.accounts.builders import sign_in_as
from tests.builders import act_as, make_enrolment
from tests.evidence.hostile import picture
from tests.sync.builders import DEVICE, contact_item, make_milestone_kind, milestone_item
from tests.sync.sealing import Unlocked


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


def said(answer: Any) -> Any:
    return answer.get_json()


def single(item: dict, *, without: str = "enrolment_id") -> dict:
    return {name: value for name, value in item["body"].items() if name != without}


def test_a_batch_is_answered_item_by_item(client: FlaskClient, enrolment: Enrolment, worker: Actor) -> None:
    headers = sign_in_as(client, worker)
    good, bad = contact_item(enrolment.id), contact_item(new_id())
    wordy = contact_item(enrolment.id, note="x" * 4_001)

    answer = client.post("/api/sync/batches", json={"items": [good, bad, wordy, 7]}, headers=headers)

    assert answer.status_code == 200
    outcomes = said(answer)["outcomes"]
    assert [outcome["outcome"] for outcome in outcomes] == ["recorded", "refused", "refused", "refused"]
    assert [outcome["id"] for outcome in outcomes] == [good["id"], bad["id"], wordy["id"], None]
    assert outcomes[0]["receipt"]["record_id"] == good["id"]
    assert outcomes[1]["problem"]["code"] == "not-found"
    assert outcomes[2]["problem"]["errors"][0]["field"] == "body.note"


@pytest.mark.parametrize(
    "body", [{}, {"items": []}, {"items": {}}, {"items": [1] * 201}, {"items": [], "x": 1}]
)
def test_an_envelope_that_is_none_is_refused_whole(client: FlaskClient, worker: Actor, body: dict) -> None:
    answer = client.post("/api/sync/batches", json=body, headers=sign_in_as(client, worker))

    assert answer.status_code == 422
    assert said(answer)["errors"]


def test_a_batch_needs_somebody_signed_in(client: FlaskClient, enrolment: Enrolment) -> None:
    assert client.post("/api/sync/batches", json={"items": [contact_item(enrolment.id)]}).status_code == 401


def test_a_single_record_is_made_once(client: FlaskClient, enrolment: Enrolment, worker: Actor) -> None:
    headers = sign_in_as(client, worker)
    url, body = f"/api/enrolments/{enrolment.id}/contacts", single(contact_item(enrolment.id))

    first, again = (client.post(url, json=body, headers=headers) for _ in range(2))
    other = client.post(url, json=body | {"note": "Other words."}, headers=headers)

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert said(first)["receipt"] == said(again)["receipt"]
    assert said(other)["code"] == "record-conflict"


def test_a_record_is_corrected_and_taken_back_by_address(
    client: FlaskClient, enrolment: Enrolment, worker: Actor
) -> None:
    headers = sign_in_as(client, worker)
    item = contact_item(enrolment.id)
    client.post(f"/api/enrolments/{enrolment.id}/contacts", json=single(item), headers=headers)

    right = single(contact_item(enrolment.id)) | {"channel": "telephone", "reason": "It was by telephone."}
    corrected = client.post(f"/api/records/{item['id']}/correction", json=right, headers=headers)
    gone = {"id": str(new_id()), "recorded_at": "2025-03-04T12:00:00Z", "reason": "Wrong person."}
    withdrawn = client.post(f"/api/records/{right['id']}/withdrawal", json=gone, headers=headers)

    assert (corrected.status_code, withdrawn.status_code) == (201, 201)


def test_what_is_out_of_sight_is_corrected_as_little_as_what_is_not(
    client: FlaskClient, enrolment: Enrolment, worker: Actor
) -> None:
    item = contact_item(enrolment.id)
    headers = sign_in_as(client, worker)
    client.post(f"/api/enrolments/{enrolment.id}/contacts", json=single(item), headers=headers)
    headers = sign_in_as(client, act_as(Role.MANAGER))
    right = single(contact_item(enrolment.id)) | {"reason": "Not mine."}

    answers = [
        client.post(f"/api/records/{record_id}/correction", json=right, headers=headers)
        for record_id in (item["id"], new_id())
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data


def test_the_library_of_milestone_kinds_is_listed(client: FlaskClient, worker: Actor) -> None:
    kind = make_milestone_kind()
    headers = sign_in_as(client, worker)

    listed = client.get("/api/milestone-kinds", headers=headers)

    assert kind.code in [entry["code"] for entry in said(listed)["items"]]
    assert milestone_item(new_id(), kind.code)["action"] == "milestone"


PICTURE = picture()
SHA256 = hashlib.sha256(PICTURE).hexdigest()


def declare(client: FlaskClient, headers: dict, sha256: str = SHA256, size: int = len(PICTURE)) -> Any:
    body = {"size_bytes": size, "media_type": "image/jpeg"}
    return client.put(f"/api/sync/files/{sha256}", json=body, headers=headers)


def piece(client: FlaskClient, headers: dict, offset: int, content: bytes, sha256: str = SHA256) -> Any:
    return client.patch(
        f"/api/sync/files/{sha256}",
        data=content,
        content_type="application/octet-stream",
        headers={**headers, "Upload-Offset": str(offset)},
    )


def test_a_file_is_taken_up_where_it_broke(client: FlaskClient, worker: Actor) -> None:
    headers = sign_in_as(client, worker)
    assert said(declare(client, headers)) == {"received_bytes": 0, "complete": False}
    assert said(piece(client, headers, 0, PICTURE[:100])) == {"received_bytes": 100, "complete": False}

    assert said(client.get(f"/api/sync/files/{SHA256}")) == {"received_bytes": 100, "complete": False}
    assert said(declare(client, headers)) == {"received_bytes": 100, "complete": False}

    rest = piece(client, headers, 100, PICTURE[100:])
    assert said(rest) == {"received_bytes": len(PICTURE), "complete": True}
    assert said(declare(client, headers))["complete"]


@pytest.mark.parametrize("offset", [0, 50, 101])
def test_a_piece_from_the_wrong_place_is_told_where_to_go_on(
    client: FlaskClient, worker: Actor, offset: int
) -> None:
    headers = sign_in_as(client, worker)
    declare(client, headers)
    piece(client, headers, 0, PICTURE[:100])

    answer = piece(client, headers, offset, PICTURE[offset : offset + 20])

    assert (answer.status_code, said(answer)["code"], said(answer)["received_bytes"]) == (
        409,
        "wrong-offset",
        100,
    )
    assert said(client.get(f"/api/sync/files/{SHA256}"))["received_bytes"] == 100


def test_a_file_of_another_hash_is_refused_and_may_be_sent_anew(client: FlaskClient, worker: Actor) -> None:
    headers = sign_in_as(client, worker)
    other = "0" * 64
    declare(client, headers, other)

    answer = piece(client, headers, 0, PICTURE, other)

    assert (answer.status_code, said(answer)["code"]) == (422, "file-hash-differs")
    assert said(client.get(f"/api/sync/files/{other}")) == {"received_bytes": 0, "complete": False}


def test_a_piece_nobody_declared_is_not_found_nor_is_a_strangers(client: FlaskClient, worker: Actor) -> None:
    headers = sign_in_as(client, worker)
    assert piece(client, headers, 0, PICTURE).status_code == 404
    declare(client, headers)

    stranger = sign_in_as(client, act_as(Role.WORKER))
    assert piece(client, stranger, 0, PICTURE).status_code == 404
    assert client.get(f"/api/sync/files/{SHA256}").status_code == 404


@pytest.mark.parametrize("name", ["x", "A" * 64, "g" * 64])
def test_a_file_is_named_by_its_hash(client: FlaskClient, worker: Actor, name: str) -> None:
    assert declare(client, sign_in_as(client, worker), name).status_code == 404


def test_more_than_was_declared_is_refused(client: FlaskClient, worker: Actor) -> None:
    headers = sign_in_as(client, worker)
    declare(client, headers, size=10)

    assert piece(client, headers, 0, PICTURE[:11]).status_code == 422


def test_a_sealed_file_is_opened_and_kept_under_the_hash_of_what_was_sealed(
    client: FlaskClient, worker: Actor
) -> None:
    headers = sign_in_as(client, worker)
    seal = said(client.get("/api/sync/seal"))
    tablet = Unlocked(seal["key_id"], seal["public_key"], worker.user_id)
    sealed, text = tablet.seal_file(PICTURE, DEVICE)
    body = {"size_bytes": len(text), "media_type": "image/jpeg", "sealed": sealed, "device": str(DEVICE)}

    refused = client.put(
        f"/api/sync/files/{SHA256}", json=body | {"sealed": sealed | {"nonce": "A" * 16}}, headers=headers
    )
    assert said(refused) == {"received_bytes": 0, "complete": False}
    assert said(piece(client, headers, 0, text))["code"] == "sealed-for-another"

    assert client.put(f"/api/sync/files/{SHA256}", json=body, headers=headers).status_code == 200
    piece(client, headers, 0, text[:100])
    assert said(client.put(f"/api/sync/files/{SHA256}", json=body, headers=headers))["received_bytes"] == 100
    assert said(piece(client, headers, 100, text[100:])) == {"received_bytes": len(text), "complete": True}


def test_the_seal_names_whom_it_is_for(client: FlaskClient, worker: Actor) -> None:
    sign_in_as(client, worker)

    first, again = said(client.get("/api/sync/seal")), said(client.get(f"/api/sync/seal?device={DEVICE}"))

    assert first["user_id"] == str(worker.user_id)
    assert (again["key_id"], again["device_revoked"]) == (first["key_id"], False)
