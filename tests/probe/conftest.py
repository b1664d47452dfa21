"""The worlds, made once, and a client whose every request is undone."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from werkzeug.routing import Rule

from app import create_app
from app.core.database import db
from app.core.permissions import Actor
from app.core.web import csrf_token
from tests.conftest import test_config
from tests.probe.bodies import body_for, query_for
from tests.probe.world import World, make_world

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PARAMETER = re.compile(r"<(?:[^:<>]+:)?(\w+)>")


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    method: str
    rule: str
    parameters: tuple[str, ...]
    body: Any = field(compare=False)
    query: dict[str, Any] = field(compare=False, default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    def address(self, ids: dict[str, str]) -> str:
        """Return the address with these ids in it."""
        return PARAMETER.sub(lambda match: ids[match[1]], self.rule)


@dataclass(frozen=True)
class Answer:
    """What came back: the status, and the body with the ids asked for taken out."""

    status: int
    body: str


@dataclass
class Probe:
    """Asks every operation as anybody, leaving nothing behind."""

    app: Flask
    home: World
    foreign: World
    operations: list[Operation]
    count: int = 0

    def ask(self, operation: Operation, actor: Actor | None, ids: dict[str, str]) -> Answer:
        """Ask as an actor (nobody: signed out); whatever it changed is rolled back."""
        self.count += 1
        engines: Any = db.engines
        engine = engines[None]
        with engine.connect() as connection:
            outer = connection.begin()
            engines[None] = connection
            db.session.remove()
            db.session.configure(join_transaction_mode="create_savepoint")
            try:
                return self._send(operation, actor, ids)
            finally:
                db.session.remove()
                engines[None] = engine
                outer.rollback()

    def _send(self, operation: Operation, actor: Actor | None, ids: dict[str, str]) -> Answer:
        client: FlaskClient = self.app.test_client()
        headers = {}
        if actor is not None:
            secret = self.home.cookies[actor.membership_id]
            client.set_cookie("waymark", secret)
            headers["X-CSRF-Token"] = csrf_token(secret)
        named = {**_ids_of(self.home), **ids}
        sent: dict[str, Any] = {"json": _filled(operation.body, named)}
        if isinstance(operation.body, tuple):
            sent = dict(zip(("data", "content_type"), operation.body, strict=True))
        if operation.query:
            sent["query_string"] = _filled(operation.query, named)
        with self.app.app_context():
            response = client.open(operation.address(ids), method=operation.method, headers=headers, **sent)
            text = response.get_data().decode("utf-8", "replace")
            response.close()
            db.session.remove()
        for value in ids.values():
            text = text.replace(value, "ID")
        return Answer(response.status_code, text)


def _ids_of(world: World) -> dict[str, str]:
    return {name: world.subject(name) for name in ("contract_id", "enrolment_id")}


def _filled(body: Any, ids: dict[str, str]) -> Any:
    """Return a body with ids put where their names stand in braces."""
    if body is None or isinstance(body, tuple):
        return None
    text = json.dumps(body)
    for name, value in ids.items():
        text = text.replace("{" + name + "}", value)
    return json.loads(text)


def operations_of(app: Flask) -> list[Operation]:
    """Return every operation of the API that wants a sign-in, from the routes themselves."""
    document = app.extensions["openapi"]()
    found: list[Operation] = []
    for rule in app.url_map.iter_rules():
        is_public = getattr(app.view_functions[rule.endpoint], "is_public", False)
        if is_public or not rule.rule.startswith("/api/"):
            continue
        found += [_operation(document, rule, method) for method in METHODS if method in (rule.methods or ())]
    return sorted(found, key=str)


def _operation(document: dict[str, Any], rule: Rule, method: str) -> Operation:
    path = PARAMETER.sub(r"{\1}", rule.rule)
    described = document["paths"].get(path, {}).get(method.lower(), {})
    names = tuple(PARAMETER.findall(rule.rule))
    body = body_for(document, method, rule.rule, described)
    return Operation(method, rule.rule, names, body, query_for(document, described))


@pytest.fixture(scope="session")
def probe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Probe]:
    """Give the probe with both worlds in a database of its own."""
    folder = tmp_path_factory.mktemp("probe")
    app = create_app(test_config(f"sqlite:///{folder / 'probe.sqlite'}", folder))
    with app.app_context():
        upgrade()
        home, foreign = make_world("home"), make_world("foreign")
        db.session.remove()
        yield Probe(app, home, foreign, operations_of(app))
        db.session.remove()
        db.engine.dispose()
