"""The story of a claim over HTTP, each role for itself."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from app.claims.actions import locking
from app.claims.models import LineState
from app.claims.queries.following import get_line
from app.core.permissions import Actor
from app.entitlements.actions import settle_contract
from app.entitlements.queries.board import BoardState, Filter, find_page, scope_of
from app.exports.documents.frozen import line_document
from tests.accounts.builders import sign_in_as
from tests.claims.builders import AT, MILESTONE_ON, MONTH, lines_by_rate, make_draft, make_submitted
from tests.entitlements.builders import (
    World,
    make_milestone,
    make_payable_milestone,
    make_payable_start,
    make_person,
    make_world,
)

pytestmark = pytest.mark.usefixtures("session")


def send(client: FlaskClient, who: Actor, method: str, path: str, body: Any = None) -> Any:
    with time_machine.travel(AT, tick=False):
        headers = sign_in_as(client, who)
        return client.open(f"/api{path}", method=method, json=body, headers=headers)


def world_with_money() -> World:
    world = make_world()
    person = make_person(world)
    make_payable_start(world, person)
    make_payable_milestone(world, person, MILESTONE_ON)
    make_milestone(world, make_person(world), MILESTONE_ON)
    return world


def test_from_the_board_to_the_statement(client: FlaskClient) -> None:
    world = world_with_money()
    contract_id = str(world.contract.id)

    board = send(client, world.preparer, "GET", f"/claimable?contract_id={contract_id}").json
    assert [row["rate_code"] for row in board["items"]] == ["ATT", "P-OBS"]
    assert board["items"][0]["conditions"][0]["met"] is True
    summary = send(client, world.preparer, "GET", f"/claimable/summary?contract_id={contract_id}").json
    assert summary["claimable"] == {"count": 2, "amount_pence": 40000, "provider_share_pence": 32000}
    assert [(one["missing_code"], one["who"]) for one in summary["missing"]] == [("evidence", "worker")]

    claim = send(client, world.preparer, "POST", "/claims", {"contract_id": contract_id, "month": str(MONTH)})
    assert claim.status_code == 201
    path = f"/claims/{claim.json['id']}"
    added = send(client, world.preparer, "POST", f"{path}/lines", {"entitlement_ids": "all"})
    assert added.json == {"added_count": 2, "left_out": []}
    locked = send(client, world.approver, "POST", f"{path}/lock")
    assert (locked.status_code, locked.json["claim"]["state"]) == (200, "locked")
    assert send(client, world.approver, "POST", f"{path}/approval").status_code == 200
    submitted = send(client, world.approver, "POST", f"{path}/submission").json
    assert submitted["claim"]["state"] == "submitted"
    sums = submitted["claim"]["sums"]

    schedule = send(client, world.approver, "GET", f"{path}/schedule.csv")
    rows = list(csv.DictReader(io.StringIO(schedule.data.decode("utf-8-sig"), newline="")))
    assert sum(int(row["price_pence"]) for row in rows) == sums["amount_pence"] == 40000
    assert schedule.data.startswith(b"\xef\xbb\xbf")

    listed = send(client, world.assessor, "GET", "/assess/claims").json
    assert listed["items"][0]["undecided_count"] == 2
    lines = send(client, world.assessor, "GET", f"{path}/lines").json["items"]
    view = send(client, world.assessor, "GET", f"/claim-lines/{lines[1]['id']}").json
    assert view.get("can_decide") is True, view
    assert view["content"]["evidence"][0]["ref"] == "E1"
    rejection = {
        "accepted": False,
        "reason": "evidence-unreadable",
        "words": "The letter is blurred.",
        "curable": True,
    }
    first = send(
        client, world.assessor, "POST", f"/claim-lines/{lines[0]['id']}/decision", {"accepted": True}
    )
    assert first.json["line"]["state"] == "accepted"
    second = send(client, world.assessor, "POST", f"/claim-lines/{lines[1]['id']}/decision", rejection)
    assert second.json["line"]["state"] == "rejected"
    judged = send(client, world.assessor, "GET", path).json
    assert (judged["decided_count"], judged["rejected_count"], judged["rejected_pence"]) == (2, 1, 10000)

    statements = send(client, world.approver, "GET", f"/statements?contract_id={contract_id}").json
    statement = send(client, world.manager, "GET", f"/statements/{statements['items'][0]['id']}").json
    assert [entry["amount_pence"] for entry in statement["entries"]] == [30000]
    assert [one["words"] for one in statement["rejected"]] == ["The letter is blurred."]
    own = send(client, world.manager, "GET", "/lines").json
    assert {one["line"]["rate_code"]: one["line"]["state"] for one in own["items"]} == {
        "ATT": "accepted",
        "P-OBS": "rejected",
    }


def test_a_line_reads_in_the_readers_language_and_is_frozen_in_both() -> None:
    story = make_draft(world_with_money())
    welsh = replace(story.world.preparer, language="cy")
    line = lines_by_rate(story)["P-OBS"]

    def found_of(who: Actor) -> tuple[list[str], list[str]]:
        content = get_line(who, line.id, on=AT.date()).content
        return [one["found"] for one in content["conditions"]], [one["what"] for one in content["records"]]

    drafts = found_of(story.world.preparer), found_of(welsh)
    locking.lock_claim(story.world.approver, story.claim.id, at=AT)
    frozen = lines_by_rate(story)["P-OBS"].frozen or ""
    assert (found_of(story.world.preparer), found_of(welsh)) == drafts
    assert drafts[0][0][0] == "Debt plan, 20 January 2025"
    assert drafts[1][0][0].endswith(", 20 Ionawr 2025")
    assert drafts[1][1][1] == "Dilysiad: R1"
    assert line_document(frozen, "cy").conditions[0].found == drafts[1][0][0]
    assert line_document(frozen, "en").conditions[0].found == drafts[0][0][0]
    older = json.dumps({name: value for name, value in json.loads(frozen).items() if name != "said"})
    assert line_document(older, "cy").conditions[0].found == drafts[0][0][0]


def test_the_board_is_read_in_welsh() -> None:
    world = world_with_money()
    settle_contract(world.contract.id, at=AT)
    reader = replace(world.preparer, language="cy")
    scope = scope_of(reader, world.contract.id)
    page = find_page(reader, scope, Filter(BoardState.INCOMPLETE), at=AT, limit=10)
    (row,) = json.loads(page.text)["items"]
    lacking = next(one for one in row["conditions"] if not one["met"])

    assert lacking["found"] == "Dim byd sy’n cyfrif eto"
    assert lacking["task"].startswith("Ychwanegwch ")


def test_a_worker_is_shown_no_money(client: FlaskClient) -> None:
    world = world_with_money()
    person = make_person(world)

    for path in (
        f"/enrolments/{person.id}/entitlements",
        f"/claimable?contract_id={world.contract.id}",
        "/lines",
        "/statements",
    ):
        assert send(client, world.worker, "GET", path).status_code == 403


def test_a_manager_and_a_preparer_read_a_persons_entitlements(client: FlaskClient) -> None:
    world = world_with_money()
    person = make_person(world)
    make_payable_start(world, person)

    for actor in (world.manager, world.preparer):
        answer = send(client, actor, "GET", f"/enrolments/{person.id}/entitlements")
        assert answer.status_code == 200
        assert answer.json["items"][0]["state"] == "claimable"
        assert answer.json["items"][-1]["state"] == "closed"  # nobody took a baseline in time


def test_out_of_sight_is_not_found(client: FlaskClient) -> None:
    story, other = make_submitted(), make_world()
    line = lines_by_rate(story)["ATT"]

    for actor in (other.preparer, other.assessor, other.manager):
        assert send(client, actor, "GET", f"/claims/{story.claim.id}").status_code == 404
        assert send(client, actor, "GET", f"/claim-lines/{line.id}").status_code == 404
        assert send(client, actor, "GET", f"/enrolments/{story.person.id}/entitlements").status_code == 404


def test_the_board_pages_without_gap_or_overlap(client: FlaskClient) -> None:
    world = make_world()
    for _ in range(5):
        make_payable_start(world, make_person(world))
    path = f"/claimable?contract_id={world.contract.id}&limit=2"
    seen, after = [], ""
    while after is not None:
        page = send(client, world.preparer, "GET", path + (f"&after={after}" if after else "")).json
        seen += [row["id"] for row in page["items"]]
        after = page["next"]

    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    "body",
    [
        {"accepted": False},
        {"accepted": True, "reason": "not-eligible"},
        {"accepted": False, "reason": "because", "words": "x", "curable": True},
        {"accepted": "perhaps"},
    ],
)
def test_a_rejection_says_why(client: FlaskClient, body: dict[str, Any]) -> None:
    story = make_submitted()
    line = lines_by_rate(story)["ATT"]

    assert (
        send(client, story.world.assessor, "POST", f"/claim-lines/{line.id}/decision", body).status_code
        == 422
    )
    assert lines_by_rate(story)["ATT"].state is LineState.SUBMITTED


def test_bad_cursors_and_ids_are_told_apart(client: FlaskClient) -> None:
    story = make_draft()
    path = f"/claims/{story.claim.id}"

    for bad in ("!!", "WyJ4Il0", "WyI5OTk5OTk5OTk5OTk5OTk5OTkiXQ"):
        assert send(client, story.world.preparer, "GET", f"{path}/lines?after={bad}").status_code == 422
    assert send(client, story.world.preparer, "GET", f"{path}?x=1").status_code == 422
    lines = {"entitlement_ids": ["x"]}
    assert send(client, story.world.preparer, "POST", f"{path}/lines", lines).status_code == 422
