"""From a list to a person who is told and looked after, over HTTP."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.ids import new_id
from app.core.permissions import Actor
from tests.accounts.builders import sign_in_as
from tests.builders import make_enrolment, make_notice
from tests.enrolments.builders import Place, list_of, make_place, row


@pytest.fixture
def place(app: Flask) -> Place:
    return make_place()


def send(client: FlaskClient, actor: Actor, method: str, path: str, **options: Any) -> Any:
    headers = {**sign_in_as(client, actor), **options.pop("headers", {})}
    return client.open(f"/api{path}", method=method, headers=headers, **options)


def test_a_list_goes_from_preview_to_the_provider(client: FlaskClient, place: Place) -> None:
    contract_id, lead = place.contract.id, place.supply_chain
    path = f"/contracts/{contract_id}/referral-imports"
    content = list_of(row("R1", nino="AB123456C"), row("R2", phone="no"))
    sent = send(client, lead, "POST", path, data=content, content_type="text/csv")
    assert sent.status_code == 201, sent.get_json()
    preview = sent.get_json()
    assert [shown["result"] for shown in preview["rows"]] == ["new", "faulty"]
    assert "AB123456C" not in sent.get_data(as_text=True)
    assert send(client, lead, "GET", f"/referral-imports/{preview['id']}").get_json() == preview

    confirmation = f"/referral-imports/{preview['id']}/confirmation"
    assert send(client, lead, "POST", confirmation, json={}).status_code == 409
    taken = send(client, lead, "POST", confirmation, json={"drop_faulty": True})
    assert (taken.status_code, taken.get_json()["imported_count"]) == (200, 1)
    assert send(client, lead, "GET", path).get_json()["count"] == 1

    waiting = send(client, place.worker, "GET", "/referrals").get_json()
    assert [one["id"] for one in waiting["workers"]] == [str(place.worker.user_id)]
    assert waiting["items"][0]["participant"]["short_name"] == "Dean M."
    placed = send(client, lead, "GET", f"/contracts/{contract_id}/placements?state=referred").get_json()
    assert placed["items"][0]["referral_reference"] == "R1"
    assert "Dean" not in str(placed)


def test_only_csv_is_taken_as_a_list(client: FlaskClient, place: Place) -> None:
    path = f"/contracts/{place.contract.id}/referral-imports"
    assert send(client, place.supply_chain, "POST", path, json={}).status_code == 415
    empty = send(client, place.supply_chain, "POST", path, data=b"", content_type="text/csv")
    assert (empty.status_code, empty.get_json()["code"]) == (422, "referral-list-unreadable")


def test_a_referral_is_accepted_told_and_shown(client: FlaskClient, place: Place) -> None:
    referred = make_enrolment(
        place.subcontract, state="referred", accepted_on=None, started_on=None, notice_given_on=None
    )
    notice_id = make_notice(place.contract).id
    here = f"/enrolments/{referred.id}"
    accepted = send(client, place.worker, "POST", f"{here}/acceptance", json={})
    assert accepted.get_json()["state"] == "accepted"
    body = {"notice_id": str(notice_id), "given_on": "2025-03-01", "manner": "read-aloud"}
    assert send(client, place.worker, "POST", f"{here}/notice", json=body).status_code == 200
    body = {"worker_id": str(place.worker.user_id)}
    assert send(client, place.manager, "PUT", f"{here}/worker", json=body).status_code == 200
    shown = send(client, place.worker, "GET", here).get_json()
    assert [step["name"] for step in shown["steps"]] == ["accepted", "notice-given", "worker-assigned"]
    assert shown["notice_manner"] == "read-aloud"
    refused = send(client, place.worker, "POST", f"{here}/declination", json={"reason": "because"})
    assert refused.get_json()["errors"][0]["field"] == "reason"


def test_details_restriction_adviser_and_links_have_their_doors(client: FlaskClient, place: Place) -> None:
    enrolment, other = make_enrolment(place.subcontract), make_enrolment(place.subcontract)
    reference = other.participant.reference
    here = f"/enrolments/{enrolment.id}"
    changed = send(client, place.worker, "PUT", f"{here}/person", json={"phone": "07700 900123"})
    assert changed.get_json()["phone"] == "+447700900123"
    assert changed.get_json()["has_nino"] is False
    linked = send(client, place.manager, "POST", f"{here}/same-person-links", json={"reference": reference})
    assert linked.status_code == 201, linked.get_json()
    person = send(client, place.worker, "GET", f"{here}/person").get_json()
    assert person["same_person"] == [linked.get_json()]
    links = send(client, place.supply_chain, "GET", f"{here}/same-person-links").get_json()
    assert links == {"reference": person["reference"], "items": person["same_person"], "count": 1}
    assert send(client, place.worker, "GET", f"{here}/same-person-links").status_code == 403
    gone = send(client, place.manager, "DELETE", f"{here}/same-person-links/{linked.get_json()['id']}")
    assert gone.status_code == 204
    body: dict[str, Any] = {"viewer_ids": [str(place.manager.user_id), str(place.worker.user_id)]}
    restricted = send(client, place.manager, "PUT", f"{here}/restriction", json=body)
    assert restricted.get_json()["is_restricted"] is True
    standing = send(client, place.manager, "GET", f"{here}/restriction").get_json()
    assert standing["is_restricted"] is True
    assert {one["id"] for one in standing["viewers"]} == set(body["viewer_ids"])
    assert {(one["id"], one["can_verify"]) for one in standing["possible"]} == {
        (str(place.manager.user_id), True),
        (str(place.worker.user_id), False),
    }
    assert send(client, place.worker, "GET", f"{here}/restriction").status_code == 403
    assert (
        send(client, place.supply_chain, "PUT", f"{here}/adviser", json={"user_id": None}).status_code == 404
    )
    lifted = send(client, place.manager, "PUT", f"{here}/restriction", json={"viewer_ids": []})
    assert lifted.get_json() == {"is_restricted": False, "viewers": []}
    assigned = send(client, place.supply_chain, "PUT", f"{here}/adviser", json={"user_id": None})
    assert assigned.get_json() == {"user_id": None}


def test_a_person_is_paused_resumed_and_handed_on(client: FlaskClient, place: Place) -> None:
    enrolment = make_enrolment(place.subcontract)
    here = f"/enrolments/{enrolment.id}"
    pause = {"reason": "health", "paused_on": "2025-03-03"}
    assert send(client, place.worker, "POST", f"{here}/pause", json=pause).get_json()["state"] == "paused"
    back = {"resumed_on": "2025-03-02"}
    refused = send(client, place.worker, "POST", f"{here}/resumption", json=back).get_json()
    assert refused["errors"][0]["field"] == "resumed_on"
    back = {"resumed_on": "2025-03-04"}
    resumed = send(client, place.worker, "POST", f"{here}/resumption", json=back)
    assert resumed.get_json()["state"] == "started"
    assert send(client, place.manager, "GET", f"{here}/destinations").get_json() == {"items": [], "count": 0}
    body = {"provider_id": str(place.subcontract.provider_id), "reason": "moved"}
    assert send(client, place.manager, "POST", f"{here}/transfer", json=body).status_code == 422


def test_unknown_query_parameters_and_cursors_are_refused(client: FlaskClient, place: Place) -> None:
    for path in (
        "/referrals?x=1",
        "/referrals?after=zz",
        f"/contracts/{place.contract.id}/placements?state=odd",
    ):
        assert send(client, place.supply_chain, "GET", path).status_code == 422, path


def test_a_person_who_left_has_left_once(client: FlaskClient, place: Place) -> None:
    here = f"/enrolments/{make_enrolment(place.subcontract).id}"
    body = {
        "id": str(new_id()),
        "occurred_on": "2025-03-03",
        "recorded_at": "2025-03-03T10:00:00Z",
        "reason": "work",
    }
    answers = [send(client, place.worker, "POST", f"{here}/end", json=body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200], answers[0].get_json()
    shown = send(client, place.worker, "GET", here).get_json()
    assert (shown["state"], shown["closed_reason"]) == ("ended", "work")
