"""The addresses of Waymark: which are public, and that the API's document tells of all of them."""

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app import create_app
from tests.conftest import test_config

PUBLIC = {
    "DELETE /api/picture",
    "GET /",
    "GET /<page:address>",
    "GET /api/picture",
    "GET /assets/<path:name>",
    "GET /docs",
    "GET /docs.css",
    "GET /livez",
    "GET /openapi.json",
    "GET /readyz",
    "POST /api/invitations/acceptance",
    "POST /api/picture/opening",
    "POST /api/picture/records/<uuid:record_id>/disagreement",
    "POST /api/session",
}
UNDOCUMENTED = {"/", "/<page:address>", "/assets/<path:name>", "/docs", "/docs.css", "/openapi.json"}
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
NO_ID = "01a20000-0000-7000-8000-000000000000"
# A parameter of an address: its converter, the converter's settings, its name.
PARAMETER = re.compile(r"<(?:(\w+)(\([^)]*\))?:)?(\w+)>")


def addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & METHODS):
            yield rule, method


def is_public(app: Flask, rule: Rule) -> bool:
    return getattr(app.view_functions[rule.endpoint], "is_public", False)


def test_these_addresses_alone_answer_the_signed_out(app: Flask) -> None:
    public = {f"{method} {rule.rule}" for rule, method in addresses(app) if is_public(app, rule)}

    assert public == PUBLIC


def test_every_other_address_wants_a_sign_in(app: Flask, client: FlaskClient) -> None:
    for rule, method in addresses(app):
        if is_public(app, rule):
            continue
        url = PARAMETER.sub(lambda found: "0" * 64 if found[2] else NO_ID, rule.rule)
        answer = client.open(url, method=method)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "not-signed-in"), url


def test_every_address_of_the_api_takes_ids_only(app: Flask) -> None:
    for rule, _ in addresses(app):
        if rule.rule.startswith("/api/"):
            kinds = {kind + settings for kind, settings, _ in PARAMETER.findall(rule.rule)}
            assert kinds <= {"uuid", "string(length=64)"}, rule.rule  # an id, or a file's hash


def test_the_document_equals_the_routes(app: Flask) -> None:
    routes = {
        (method, PARAMETER.sub(r"{\3}", rule.rule))
        for rule, method in addresses(app)
        if rule.rule not in UNDOCUMENTED
    }
    document = {
        (method.upper(), path)
        for path, methods in app.extensions["openapi"]()["paths"].items()
        for method in methods
        if method != "parameters"
    }

    assert document == routes


def test_each_schema_of_the_document_has_a_name_of_its_own(app: Flask, tmp_path: Path) -> None:
    # apispec warns of a clash and adds a number; such a name would move with the order of mounting.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = create_app(test_config(f"sqlite:///{tmp_path / 'names.sqlite'}", tmp_path))

    names = made.extensions["openapi"]()["components"]["schemas"]
    assert [name for name in names if name[-1].isdigit()] == []


def test_every_operation_says_what_it_is_for(app: Flask) -> None:
    silent = [
        f"{method} {path}"
        for path, methods in app.extensions["openapi"]()["paths"].items()
        for method, operation in methods.items()
        if method != "parameters" and not operation.get("summary")
    ]

    assert silent == []


def test_the_document_is_openapi_3_1_and_the_page_shows_all_of_it(client: FlaskClient) -> None:
    document = json.loads(client.get("/openapi.json").get_data())
    page = client.get("/docs").get_data(as_text=True)

    assert document["openapi"] == "3.1.0"
    for path in document["paths"]:
        assert path in page
    for name in document["components"]["schemas"]:
        assert f'id="schema-{name}"' in page


@pytest.mark.parametrize("path", ["/docs", "/docs.css", "/openapi.json"])
def test_the_documentation_asks_no_other_host_and_runs_nothing(client: FlaskClient, path: str) -> None:
    text = client.get(path).get_data(as_text=True)

    assert not re.findall(r"(?:src|href|url\()\s*=?\s*[\"']?(?:https?:)?//", text)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text)


@pytest.mark.parametrize("path", ["/", "/api/session", "/docs", "/nowhere/at/all", "/livez"])
def test_every_answer_carries_the_strict_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers

    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
