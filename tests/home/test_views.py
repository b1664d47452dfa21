from typing import Any

from app.core.permissions import Role
from tests.accounts.builders import sign_in_as
from tests.builders import act_as


def test_home_has_the_sections_of_each_role_held(client: Any) -> None:
    sign_in_as(client, act_as(Role.WORKER, Role.ADMINISTRATOR))

    codes = [section["code"] for section in client.get("/api/home").json["sections"]]

    assert codes == ["today", "reviews", "needs-you", "people", "devices", "instruments", "rate-cards"]


def test_home_takes_no_query(client: Any) -> None:
    sign_in_as(client, act_as(Role.WORKER))

    assert client.get("/api/home?x=1").status_code == 422


def test_only_pages_about_money_speak_of_it(client: Any) -> None:
    sign_in_as(client, act_as(Role.WORKER))
    assert "pence" not in client.get("/api/home").text

    sign_in_as(client, act_as(Role.CLAIMS_APPROVER))
    (section,) = client.get("/api/home").json["sections"]
    assert section["total_pence"] == 0
