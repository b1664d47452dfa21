"""What stands before and after every view."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.permissions import Role
from tests.accounts.builders import sign_in_as
from tests.builders import act_as
from tests.conftest import test_config


@pytest.fixture
def headers(client: FlaskClient) -> dict[str, str]:
    return {**sign_in_as(client, act_as(Role.ADMINISTRATOR)), "Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"short_name": "A", "short_name": "B", "outside_verifier_email": null}', 400),
        ('{"short_name": NaN, "outside_verifier_email": null}', 400),
        ('{"short_name": "A\\u0000", "outside_verifier_email": null}', 400),
        ('{"short_name": "\\ud800", "outside_verifier_email": null}', 400),
        ('{"short_name": 9007199254740993, "outside_verifier_email": null}', 400),
        ("[" * 5000, 400),
        ("{", 400),
        ("", 400),
        ("[]", 422),
        ("null", 422),
        ("{}", 422),
        ('{"short_name": ["A"], "outside_verifier_email": null}', 422),
        ('{"short_name": "A", "outside_verifier_email": null, "more": 1}', 422),
        (b"\xff\xfe", 400),
    ],
)
def test_a_bad_body_is_refused(
    client: FlaskClient, headers: dict[str, str], body: str | bytes, status: int
) -> None:
    answer = client.put("/api/organisation", data=body, headers=headers)

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == status


def test_what_is_wrong_with_a_body_is_named(client: FlaskClient, headers: dict[str, str]) -> None:
    twice = client.put("/api/organisation", data='{"short_name": "A", "short_name": "B"}', headers=headers)
    broken = client.put("/api/organisation", data='{"short_name": }', headers=headers)
    text = client.put("/api/organisation", data="{}", headers={**headers, "Content-Type": "text/plain"})

    (fault,) = twice.get_json()["errors"]
    assert (fault["field"], fault["code"]) == ("short_name", "key-twice")
    assert (broken.get_json()["code"], broken.status_code) == ("malformed-json", 400)
    assert "line 1, column 16" in broken.get_json()["detail"]
    assert (text.get_json()["code"], text.status_code) == ("media-type", 415)


def test_a_body_too_large_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.put("/api/organisation", data=b'"' + b"x" * 5_000_000 + b'"', headers=headers)

    assert answer.status_code == 413


def test_unknown_query_parameters_are_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    for url in ("/api/people?colour=red", "/api/audit?colour=red"):
        answer = client.get(url)
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["field"] == "colour"


@pytest.mark.parametrize("url", ["/api/audit?name=%00", "/api/audit?after=%F0%9F", "/api/audit?limit=0"])
def test_a_bad_query_is_refused(client: FlaskClient, headers: dict[str, str], url: str) -> None:
    assert 400 <= client.get(url).status_code < 500


def test_an_unknown_address_of_the_api_is_not_found(client: FlaskClient, headers: dict[str, str]) -> None:
    for method in ("GET", "POST"):
        answer = client.open("/api/nowhere", method=method, headers=headers)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_method_not_taken_is_told_with_those_that_are(client: FlaskClient) -> None:
    answer = client.patch("/api/session")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "POST", "DELETE"}


def test_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/livez").get_json() == {"status": "alive"}
    assert client.get("/readyz").get_json() == {"status": "ready"}


def test_not_ready_without_its_storage(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_key: str) -> bool:
        raise OSError

    monkeypatch.setattr(app.extensions["storage"], "has", fail)
    assert client.get("/readyz").status_code == 503


@pytest.fixture
def built(app: Flask, tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Waymark</title>")
    (tmp_path / "service-worker.js").write_text("1")
    (tmp_path / "manifest.webmanifest").write_text("{}")
    (tmp_path / "assets" / "main-abc123.js").write_text("2")
    (tmp_path / "assets" / "main-abc123.js.gz").write_bytes(b"zipped")
    app.config["WAYMARK"] = test_config("", tmp_path, frontend_folder=tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _config_comes_back(app: Flask) -> object:
    kept = app.config["WAYMARK"]
    yield
    app.config["WAYMARK"] = kept


@pytest.mark.usefixtures("built")
def test_every_screen_s_address_opens_the_app(client: FlaskClient) -> None:
    for path in ("/", "/people", "/journeys/01a2/print"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert b"Waymark" in answer.data
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.usefixtures("built")
def test_hashed_files_are_kept_and_the_worker_is_asked_for_anew(client: FlaskClient) -> None:
    asset = client.get("/assets/main-abc123.js")
    worker = client.get("/service-worker.js")
    manifest = client.get("/manifest.webmanifest")

    assert "immutable" in asset.headers["Cache-Control"]
    assert worker.headers["Cache-Control"] == manifest.headers["Cache-Control"] == "no-cache"
    assert worker.mimetype == "text/javascript"
    assert manifest.mimetype == "application/manifest+json"


@pytest.mark.usefixtures("built")
def test_a_file_packed_beforehand_is_sent_packed(client: FlaskClient) -> None:
    answer = client.get("/assets/main-abc123.js", headers={"Accept-Encoding": "gzip"})

    assert (answer.data, answer.headers["Content-Encoding"]) == (b"zipped", "gzip")
    assert answer.mimetype == "text/javascript"


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "path", ["/assets/nothing.js", "/nothing.js", "/..%2f..%2fetc/passwd.txt", "/assets/%2e%2e/x"]
)
def test_what_was_not_built_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
