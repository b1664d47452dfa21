"""What waits on a device is never erased from here."""

from flask import Flask
from flask.testing import FlaskClient

from app.core.permissions import Role
from tests.accounts.builders import sign_in_as
from tests.architecture.test_routes import NO_ID, PARAMETER, addresses
from tests.builders import act_as


def test_no_answer_asks_a_browser_to_clear_what_it_keeps(app: Flask, client: FlaskClient) -> None:
    told: list[str] = []
    headers = sign_in_as(client, act_as(Role.WORKER, Role.MANAGER))

    # Those that end the sign-in come last, so that the others are answered to somebody signed in.
    for rule, method in sorted(addresses(app), key=lambda one: "/session" in one[0].rule):
        url = PARAMETER.sub(lambda found: "0" * 64 if found[2] else NO_ID, rule.rule)
        answer = client.open(url, method=method, headers=headers, json=None if method == "GET" else {})
        told += [f"{method} {url}"] if "Clear-Site-Data" in answer.headers else []
        answer.close()

    assert told == []
