"""Signing in and out over HTTP."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.accounts.models import SignInSession
from app.core.database import db, transaction
from app.core.permissions import Role
from tests.accounts.builders import PASSWORD, make_account, sign_in_as
from tests.builders import act_as, make_membership


def test_a_session_says_who_acts_where_with_which_roles(client: FlaskClient) -> None:
    actor = act_as(Role.WORKER)
    sign_in_as(client, actor)

    body = client.get("/api/session").get_json()

    assert body["membership"]["id"] == str(actor.membership_id)
    assert body["membership"]["roles"] == ["worker"]
    assert body["user"]["short_name"] == "Amina O."
    assert len(body["csrf_token"]) == 64


def test_signing_in_sets_a_cookie_that_no_script_reads(client: FlaskClient) -> None:
    user = make_account(Role.MANAGER)

    answer = client.post("/api/session", json={"email": user.email.upper(), "password": PASSWORD})

    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 200
    assert cookie.startswith("waymark=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.get("/api/session").get_json()["user"]["email"] == user.email


def test_over_https_the_cookie_is_bound_to_the_host(client: FlaskClient) -> None:
    user = make_account(Role.MANAGER)

    answer = client.post(
        "/api/session", json={"email": user.email, "password": PASSWORD}, base_url="https://localhost"
    )

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-waymark=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(client: FlaskClient) -> None:
    user = make_account(Role.MANAGER)

    wrong = client.post("/api/session", json={"email": user.email, "password": "something else"})
    unknown = client.post("/api/session", json={"email": "nobody@example.org", "password": PASSWORD})

    assert (wrong.status_code, wrong.get_json()) == (unknown.status_code, unknown.get_json())
    assert wrong.status_code == 401


def test_each_sign_in_has_an_id_of_its_own(client: FlaskClient) -> None:
    user = make_account(Role.MANAGER)
    body = {"email": user.email, "password": PASSWORD}

    first, second = (client.post("/api/session", json=body).headers["Set-Cookie"] for _ in range(2))

    assert first != second


def test_after_signing_out_the_cookie_opens_nothing(client: FlaskClient) -> None:
    headers = sign_in_as(client, act_as(Role.WORKER))
    cookie = client.get_cookie("waymark")
    assert cookie is not None

    assert client.delete("/api/session", headers=headers).status_code == 204
    client.set_cookie("waymark", cookie.value)

    assert client.get("/api/session").status_code == 401


def test_signing_out_everywhere_ends_every_session(client: FlaskClient) -> None:
    actor = act_as(Role.WORKER)
    sign_in_as(client, actor)
    other = client.get_cookie("waymark")
    assert other is not None
    headers = sign_in_as(client, actor)

    assert client.delete("/api/sessions", headers=headers).status_code == 204
    client.set_cookie("waymark", other.value)

    assert client.get("/api/session").status_code == 401


@pytest.mark.parametrize(("ago", "status"), [(timedelta(minutes=59), 200), (timedelta(minutes=61), 401)])
def test_an_idle_session_ends(client: FlaskClient, ago: timedelta, status: int) -> None:
    sign_in_as(client, act_as(Role.WORKER))
    _change_sessions(seen_at=datetime.now(UTC) - ago)

    assert client.get("/api/session").status_code == status


def test_a_session_ends_at_its_absolute_limit(client: FlaskClient) -> None:
    sign_in_as(client, act_as(Role.WORKER))
    _change_sessions(ends_at=datetime.now(UTC))

    assert client.get("/api/session").status_code == 401


def test_use_is_written_at_most_once_a_minute(client: FlaskClient) -> None:
    sign_in_as(client, act_as(Role.WORKER))
    recent = datetime.now(UTC) - timedelta(seconds=30)
    _change_sessions(seen_at=recent)
    client.get("/api/session")
    assert _seen_at() == recent

    _change_sessions(seen_at=recent - timedelta(seconds=40))
    client.get("/api/session")
    assert _seen_at() > recent


def test_unsafe_requests_need_the_token_of_their_session(client: FlaskClient) -> None:
    sign_in_as(client, act_as(Role.WORKER))

    missing = client.delete("/api/session")
    wrong = client.delete("/api/session", headers={"X-CSRF-Token": "0" * 64})

    assert (missing.status_code, missing.get_json()["code"]) == (403, "csrf-token")
    assert wrong.status_code == 403


def test_another_site_may_not_sign_anybody_in(client: FlaskClient) -> None:
    user = make_account(Role.MANAGER)

    answer = client.post(
        "/api/session",
        json={"email": user.email, "password": PASSWORD},
        headers={"Origin": "https://elsewhere.example"},
    )

    assert answer.status_code == 403


def test_a_person_with_two_places_changes_between_them(client: FlaskClient) -> None:
    user = make_account(Role.WORKER)
    other = make_membership(Role.MANAGER, user=user)
    headers = sign_in_as(client, other)
    first = next(
        place["id"]
        for place in client.get("/api/session").get_json()["memberships"]
        if place["id"] != str(other.id)
    )

    answer = client.put("/api/session/membership", json={"membership_id": first}, headers=headers)

    assert answer.get_json()["membership"]["roles"] == ["worker"]
    assert client.get("/api/session").get_json()["membership"]["id"] == first


def test_nobody_acts_in_a_stranger_s_place(client: FlaskClient) -> None:
    headers = sign_in_as(client, act_as(Role.WORKER))
    stranger = make_membership(Role.ADMINISTRATOR)

    answer = client.put("/api/session/membership", json={"membership_id": str(stranger.id)}, headers=headers)

    assert answer.status_code == 404


def test_after_too_many_failures_one_waits(client: FlaskClient) -> None:
    user = make_account(Role.MANAGER)
    body = {"email": user.email, "password": "something else"}

    answers = [client.post("/api/session", json=body).status_code for _ in range(6)]
    blocked = client.post("/api/session", json={"email": user.email, "password": PASSWORD})

    assert answers == [401] * 5 + [429]
    assert blocked.status_code == 429
    assert 1 <= int(blocked.headers["Retry-After"]) <= 900


def _change_sessions(**columns: datetime) -> None:
    with transaction() as session:
        session.execute(db.update(SignInSession).values(**columns))


def _seen_at() -> datetime:
    return db.session().scalars(db.select(SignInSession.seen_at)).one()


def test_an_administrator_invites_somebody_who_then_signs_in(client: FlaskClient) -> None:
    headers = sign_in_as(client, act_as(Role.ADMINISTRATOR))
    made = client.post(
        "/api/invitations",
        json={"email": "bea@example.org", "name": "Bea Holt", "roles": ["worker"]},
        headers=headers,
    ).get_json()
    assert client.get("/api/invitations").get_json()["items"][0]["email"] == "bea@example.org"
    secret = made["link"].partition("#")[2]

    accepted = client.post(
        "/api/invitations/acceptance", json={"secret": secret, "password": "seven quiet herons"}
    )
    signed_in = client.post(
        "/api/session", json={"email": "bea@example.org", "password": "seven quiet herons"}
    )

    assert "link" not in client.get("/api/session").get_json()
    assert accepted.get_json()["email"] == "bea@example.org"
    assert signed_in.get_json()["membership"]["roles"] == ["worker"]


def test_an_administrator_looks_after_people_and_settings(client: FlaskClient) -> None:
    actor = act_as(Role.ADMINISTRATOR)
    colleague = make_membership(Role.WORKER, at=actor.organisation_id)
    headers = sign_in_as(client, actor)
    url = f"/api/people/{colleague.id}"

    changed = client.put(url, json={"roles": ["manager", "worker"]}, headers=headers).get_json()
    reset = client.post(f"{url}/password-reset", headers=headers)
    settings = client.put(
        "/api/organisation", json={"short_name": "Us", "outside_verifier_email": None}, headers=headers
    ).get_json()
    ended = client.delete(url, headers=headers)

    assert changed["roles"] == ["worker", "manager"]
    assert "/invitation#" in reset.get_json()["link"]
    assert settings["needs_outside_verifier"]
    assert ended.status_code == 204
    assert client.get("/api/people").get_json()["count"] == 1
    names = [event["name"] for event in client.get("/api/audit").get_json()["items"]]
    assert names == [
        "membership.ended",
        "organisation.changed",
        "invitation.made",
        "membership.roles-changed",
    ]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_without_another_beside_it_is_refused(client: FlaskClient, day: str) -> None:
    sign_in_as(client, act_as(Role.ADMINISTRATOR))

    assert client.get("/api/audit", query_string={"day": day}).status_code == 422


def test_a_partner_s_administrator_is_invited_by_a_link(client: FlaskClient) -> None:
    headers = sign_in_as(client, act_as(Role.ADMINISTRATOR))
    body = {
        "name": "Hopeworks",
        "short_name": "Hopeworks",
        "administrator": {"email": "a@example.org", "name": "Ada"},
    }

    made = client.post("/api/organisations", json=body, headers=headers)

    assert "/invitation#" in made.get_json()["link"]
    assert "Hopeworks" in {item["name"] for item in client.get("/api/organisations").get_json()["items"]}


def test_one_s_own_password_is_changed_with_the_old_one(client: FlaskClient) -> None:
    user = make_account(Role.WORKER)
    session = client.post("/api/session", json={"email": user.email, "password": PASSWORD}).get_json()
    headers = {"X-CSRF-Token": session["csrf_token"]}

    wrong = client.put(
        "/api/account/password", json={"current": "no", "new": "seven quiet herons"}, headers=headers
    )
    right = client.put(
        "/api/account/password", json={"current": PASSWORD, "new": "seven quiet herons"}, headers=headers
    )

    assert (wrong.status_code, wrong.get_json()["errors"][0]["field"]) == (422, "current")
    assert right.status_code == 204


def test_a_chosen_language_is_spoken_by_every_session(client: FlaskClient) -> None:
    user = make_account(Role.WORKER)
    session = client.post("/api/session", json={"email": user.email, "password": PASSWORD}).get_json()
    headers = {"X-CSRF-Token": session["csrf_token"]}

    chosen = client.put("/api/account/language", json={"language": "cy"}, headers=headers)
    unknown = client.put("/api/account/language", json={"language": "tlh"}, headers=headers)

    assert (chosen.status_code, unknown.status_code) == (204, 422)
    assert client.get("/api/session").get_json()["user"]["language"] == "cy"
