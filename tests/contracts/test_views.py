"""Contracts over HTTP."""

from flask.testing import FlaskClient

from app.core.permissions import Role
from tests.accounts.builders import sign_in_as
from tests.builders import act_as, make_contract, make_notice, make_organisation, make_subcontract

BODY = {
    "code": "NME",
    "title": "Northmoor East",
    "nation": "ENG",
    "starts_on": "2025-04-01",
    "ends_on": "2028-03-31",
}


def test_a_contract_is_set_up_from_nothing(client: FlaskClient) -> None:
    headers = sign_in_as(client, act_as(Role.ADMINISTRATOR))
    provider = make_organisation()

    contract = client.post("/api/contracts", json=BODY, headers=headers).get_json()
    url = f"/api/contracts/{contract['id']}"
    place = {
        "provider_id": str(provider.id),
        "tier": 2,
        "delivery": "end-to-end",
        "promised_referrals": 10,
        "promised_value_pence": 100,
        "provider_share_basis_points": 9000,
        "starts_on": "2025-04-01",
    }
    made = client.post(f"{url}/subcontracts", json=place, headers=headers)
    place.pop("provider_id")
    changed = client.put(
        f"{url}/subcontracts/{made.get_json()['id']}", json=place | {"tier": 3}, headers=headers
    )
    group = client.post(f"{url}/payment-groups", json={"code": "PG1", "title": "One"}, headers=headers)
    notice = client.post(
        f"{url}/notices",
        json={"language": "en", "format": "standard", "title": "T", "body": "B"},
        headers=headers,
    )
    whole = client.get(url).get_json()

    assert [answer.status_code for answer in (made, changed, group, notice)] == [201, 200, 201, 201]
    assert changed.get_json()["tier"] == 3
    assert whole["parts"] == ["prime", "provider"]
    assert len(whole["subcontracts"]) == 2
    assert whole["payment_groups"][0]["code"] == "PG1"
    assert whole["notices"][0]["version"] == 1
    assert client.get("/api/contracts").get_json()["count"] == 1


def test_a_contract_ends_on_a_day_that_can_be_reckoned_with(client: FlaskClient) -> None:
    headers = sign_in_as(client, act_as(Role.ADMINISTRATOR))

    answer = client.post("/api/contracts", json=BODY | {"ends_on": "9999-12-31"}, headers=headers)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == ["ends_on"]


def test_the_commissioner_is_not_told_the_provider_s_share(client: FlaskClient) -> None:
    contract = make_contract()
    make_subcontract(contract)
    shares = []
    for part in (contract.commissioner_id, contract.prime_id):
        sign_in_as(client, act_as(Role.ADVISER, at=part))
        whole = client.get(f"/api/contracts/{contract.id}").get_json()
        shares.append(whole["subcontracts"][0]["provider_share_basis_points"])

    assert shares == [None, 8000]


def test_a_stranger_sees_no_contract(client: FlaskClient) -> None:
    contract = make_contract()
    make_notice(contract)
    sign_in_as(client, act_as(Role.ADMINISTRATOR))

    assert client.get(f"/api/contracts/{contract.id}").status_code == 404
    assert client.get(f"/api/contracts/{contract.id}/notices").status_code == 404


def test_faults_name_their_fields(client: FlaskClient) -> None:
    headers = sign_in_as(client, act_as(Role.ADMINISTRATOR))

    answer = client.post(
        "/api/contracts", json=BODY | {"nation": "FRA", "claim_day": 40, "colour": 1}, headers=headers
    )

    assert answer.status_code == 422
    assert {fault["field"] for fault in answer.get_json()["errors"]} == {"nation", "claim_day", "colour"}


def test_the_template_says_what_to_fill_in(client: FlaskClient) -> None:
    sign_in_as(client, act_as(Role.ADMINISTRATOR))

    english, welsh = client.get("/api/notice-templates").get_json()["items"]

    assert (english["language"], welsh["language"]) == ("en", "cy")
    assert english["formats"] == welsh["formats"] == ["standard", "large-print", "easy-read"]
    asked = [{field["name"] for field in template["fields"]} for template in (english, welsh)]
    assert asked[0] == asked[1] >= {"contact_name"}
