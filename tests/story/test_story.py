"""The story of `docs/api.md`, run on both databases, and its pack held against what the screens said."""

import csv
import hashlib
import http
import io
import json
import re
import subprocess
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.ids import new_id
from app.demo.deeds import Paper
from app.demo.diary import Diary
from app.demo.papers import make
from app.demo.setting import PASSWORD, Setting, set_scene
from app.jobs.actions import run_due_jobs
from app.records.rules import london_day
from tests.conftest import Client
from tests.story.document import PLACE, Message, Step, compare, filled, steps_of

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
CERTIFICATE = Paper("certificate", ("Northmoor College", "Food hygiene, level 2", "4 March", "No. 4711"), 3)
AMOUNT = re.compile(r"£[\d,]+\.\d\d")
PIECE = re.compile(r"< certificate\.jpg, (?:its first (\d+) bytes|the rest)")


@dataclass
class Reader:
    """Does what the page says, step by step.

    Attributes:
        names: What the places in braces stand for by now.
        tokens: CSRF tokens of those who are signed in.
        answers: The last answer's bytes by request line.
    """

    app: Flask
    setting: Setting
    client: FlaskClient
    names: dict[str, Any] = field(default_factory=dict)
    signed_in: dict[str, dict[str, str]] = field(default_factory=dict)
    answers: dict[str, bytes] = field(default_factory=dict)
    sent_bytes: int = 0

    def do(self, step: Step) -> None:
        """Do one step, and hold the answer against the page."""
        if step.command:
            assert step.command == "flask jobs run"
            run_due_jobs(at=datetime.now(UTC))
            return
        assert step.request is not None
        assert step.answer is not None
        answer = self._send(step.request)
        self._check(step.answer, answer, f"line {step.answer.line}")
        self.answers[step.request.first] = answer.get_data()

    def _send(self, request: Message) -> TestResponse:
        method, address = filled(request.first, self.names).split(" ", 1)
        headers = {name: filled(value, self.names) for name, value in request.headers.items()}
        if request.sender:
            headers |= self._headers_of(request.sender)
        body: bytes | str | None = self._body(request)
        return self.client.open(address, method=method, headers=headers, data=body)

    def _body(self, request: Message) -> bytes | str | None:
        piece = PIECE.match(request.body)
        if piece:
            content = certificate()
            start, self.sent_bytes = self.sent_bytes, int(piece[1] or len(content))
            return content[start : self.sent_bytes]
        for name in PLACE.findall(request.body):
            if name.endswith("_id") and name not in self.names:
                self.names[name] = str(new_id())
        return filled(request.body, self.names) or None

    def _headers_of(self, name: str) -> dict[str, str]:
        """Return the two headers of somebody, who signs in first if need be."""
        if name not in self.signed_in:
            people = self.setting.sign_ins.values()
            email = next(address for whole, _, address in people if whole.startswith(name))
            answer = self.client.post("/api/session", json={"email": email, "password": PASSWORD})
            assert answer.status_code == http.HTTPStatus.OK, answer.get_data(as_text=True)
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
            self.signed_in[name] = {"Cookie": cookie, "X-CSRF-Token": answer.get_json()["csrf_token"]}
        return self.signed_in[name]

    def _check(self, said: Message, answer: TestResponse, where: str) -> None:
        _, status, _ = said.first.split(" ", 2)
        body = answer.get_data(as_text=True) if said.body else ""
        assert answer.status_code == int(status), f"{where}: {answer.status} {body[:2000]}"
        for name, value in said.headers.items():
            compare(value, answer.headers[name].partition("; charset")[0], self.names, f"{where}: {name}")
        if said.body:
            text = filled_numbers(said.body, self.names)
            compare(json.loads(text), answer.get_json(), self.names, where)


def filled_numbers(body: str, names: dict[str, Any]) -> str:
    """Return a body in which names that stand for numbers, outside quotes, are filled in."""
    return re.sub(r'(?<!")\{([a-z_]+)\}(?!")', lambda found: str(names[found[1]]), body)


def certificate() -> bytes:
    """Return the photograph."""
    return make(CERTIFICATE)[0]


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Give somebody who reads the page, in a world where nobody was referred yet."""
    at = datetime.now(UTC)
    today = london_day(at)
    setting = set_scene(Diary(today, 1))
    photo = certificate()
    return Reader(
        app,
        setting,
        Client(app, use_cookies=False),
        names={
            "password": PASSWORD,
            "today": today.isoformat(),
            "now": at.isoformat(timespec="seconds"),
            "this_month": today.replace(day=1).isoformat(),
            "in_8_weeks": (today + timedelta(weeks=8)).isoformat(),
            "certificate_sha256": hashlib.sha256(photo).hexdigest(),
            "certificate_bytes": len(photo),
        },
    )


def test_the_page_tells_what_happens(reader: Reader) -> None:
    for step in steps_of(PAGE):
        reader.do(step)
        if "first_instrument_id" in reader.names and "open_ladders_id" not in reader.names:
            listed = json.loads(reader.answers["GET /api/instruments"])["items"]
            reader.names["open_ladders_id"] = next(i["id"] for i in listed if i["code"] == "open-ladders")

    pack = reader.answers["GET /api/exports/{export_id}/file"]
    assert hashlib.sha256(pack).hexdigest() == reader.names["pack_sha256"]
    assert set(pence_in(pack).values()) == {(2, 40000, 32000)}
    assert first_amounts_in_pdfs(pack) == {
        "claim-schedule.pdf": ["£400.00", "£320.00"],
        "lines/…-001.pdf": ["£300.00", "£300.00"],
        "lines/…-002.pdf": ["£100.00", "£100.00"],
    }


def pence_in(pack: bytes) -> dict[str, tuple[int, int, int]]:
    """Return how many lines a pack has and what they come to, by each file that says so."""
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("claim-schedule.csv").decode("utf-8-sig"))))
        lines = [json.loads(line) for line in archive.read("lines.jsonl").decode().splitlines()]
        totals = json.loads(archive.read("manifest.json"))["totals"]
    return {
        "csv": _sums(rows),
        "json": _sums(lines),
        "manifest": (totals["lines"], totals["amount_pence"], totals["provider_share_pence"]),
    }


def _sums(lines: list[dict[str, Any]]) -> tuple[int, int, int]:
    prices, shares = ([int(line[key]) for line in lines] for key in ("price_pence", "provider_share_pence"))
    return len(lines), sum(prices), sum(shares)


def first_amounts_in_pdfs(pack: bytes) -> dict[str, list[str]]:
    """Return the two amounts that each PDF of a pack begins with: what it comes to."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        for name in archive.namelist():
            if re.search(r"schedule\.pdf|lines/.*\.pdf", name):
                text = subprocess.run(
                    ["pdftotext", "-layout", "-", "-"],
                    input=archive.read(name),
                    capture_output=True,
                    check=True,
                ).stdout.decode()
                found[re.sub(r"[A-Z]+-[0-9-]+-(\d{3})", r"…-\1", name)] = AMOUNT.findall(text)[:2]
    return found
