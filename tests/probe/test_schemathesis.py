"""What the API's own document says is what it does: thousands of made-up requests, as every role.

Each operation is asked with bodies and parameters made from the document, fitting ones and unfitting ones,
half of them about things that are there, in a small demo world. Whatever a request changed is undone.
A longer run:
`SCHEMA_EXAMPLES=500 SCHEMA_SEED=7 pytest tests/probe/test_schemathesis.py`.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from flask import Flask
from flask_migrate import upgrade
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select, text

from app import create_app
from app.accounts.models import Membership
from app.core.database import db
from app.core.permissions import Actor, Role
from app.core.web import csrf_token
from app.demo.actions import Order
from app.demo.actions import make_world as make_demo_world
from app.participants.rules.nino import NinoKeys
from tests.builders import make_membership
from tests.conftest import test_config
from tests.probe.world import PARAMETERS, session_for

EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "20"))
SEED = int(os.environ.get("SCHEMA_SEED", "1"))
SHARES = 6  # so that the processes of one run have something to divide
CASES_MIN = 2_000
TODAY = date(2025, 6, 16)
SMALL = Order(participants=8, seed=1, today=TODAY, months=6)
# Things that bodies and queries name beyond those that stand in addresses.
NAMED = {**PARAMETERS, "notice_id": ("notice", "id"), "instrument_id": ("instrument", "id")}
NAMED |= {"worker_id": ("membership", "user_id"), "user_id": ("membership", "user_id")}
NAMED |= {"supersedes_id": ("record", "id"), "subject_id": ("record", "id")}
THINGS_MAX = 12
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]


@dataclass
class Caller:
    """Sends made-up requests as anybody, leaving nothing behind.

    Attributes:
        secrets: Session secrets by role; one a role and organisation.
        things: Ids of what is there, by the name of a parameter.
        asked: How many requests each role sent.
    """

    app: Flask
    schema: Any
    secrets: dict[Role, list[str]]
    things: dict[str, list[str]]
    asked: Counter[Role] = field(default_factory=Counter)

    def call(self, case: schemathesis.Case, role: Role, secret: str) -> Response:
        """Send one request; whatever it changed is rolled back."""
        self.asked[role] += 1
        engines: Any = db.engines
        engine = engines[None]
        with engine.connect() as connection:
            outer = connection.begin()
            engines[None] = connection
            db.session.remove()
            db.session.configure(join_transaction_mode="create_savepoint")
            try:
                with self.app.app_context():
                    headers = {"X-CSRF-Token": csrf_token(secret), "Accept-Encoding": "identity"}
                    answer = case.call(cookies={"waymark": secret}, headers=headers)
                    db.session.remove()
                return answer
            finally:
                db.session.remove()
                engines[None] = engine
                outer.rollback()


@pytest.fixture(scope="session")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """Give the caller in a small demo world of its own."""
    folder = tmp_path_factory.mktemp("schema")
    app = create_app(test_config(f"sqlite:///{folder / 'schema.sqlite'}", folder))
    with app.app_context():
        upgrade()
        make_demo_world(
            SMALL,
            keys=NinoKeys(app.config["WAYMARK"].nino_keys),
            storage=app.extensions["storage"],
            tell=lambda _: None,
        )
        make_membership(Role.OPERATOR)
        secrets, things = secrets_by_role(), things_there()
        db.session.remove()
        yield Caller(app, schemathesis.openapi.from_wsgi("/openapi.json", app), secrets, things)
        db.session.remove()
        db.engine.dispose()


def secrets_by_role() -> dict[Role, list[str]]:
    """Sign everybody in and return their secrets by each role they hold."""
    found: dict[Role, list[str]] = {role: [] for role in Role}
    for membership in db.session().scalars(select(Membership).order_by(Membership.id)).all():
        roles = frozenset(Role(role) for role in membership.roles)
        secret = session_for(Actor(membership.user_id, membership.id, membership.organisation_id, roles))
        for role in roles:
            found[role].append(secret)
    return found


def things_there() -> dict[str, list[str]]:
    """Return ids of what is there, by the name that addresses and bodies give it."""
    found: dict[str, list[str]] = {}
    for name, (table, column) in NAMED.items():
        rows = db.session().execute(text(f'SELECT DISTINCT "{column}" FROM "{table}" LIMIT {THINGS_MAX}'))
        values = [row[0] for row in rows]
        found[name] = [_written(value, column) for value in values if value is not None]
    return found


def _written(value: Any, column: str) -> str:
    is_digest = "sha256" in column
    return str(value) if is_digest else str(UUID(bytes=value) if isinstance(value, bytes) else UUID(value))


@st.composite
def requests(draw: st.DrawFn, operation: Any, caller: Caller) -> tuple[Any, Role, str]:
    """Make a request of an operation, about something that is there as often as not, and who sends it."""
    mode = draw(st.sampled_from(modes_of(operation)))
    case = draw(operation.as_strategy(generation_mode=mode))
    case.path_parameters = _led(draw, case.path_parameters, caller.things)
    case.query = _led(draw, case.query, caller.things)
    if isinstance(case.body, dict):
        case.body = _led(draw, case.body, caller.things)
    role = draw(st.sampled_from(list(Role)))
    return case, role, draw(st.sampled_from(caller.secrets[role]))


def modes_of(operation: Any) -> list[schemathesis.GenerationMode]:
    """Return whether an operation can be asked wrongly at all, besides rightly."""
    fitting = schemathesis.GenerationMode.POSITIVE
    takes = operation.body or operation.query or operation.path_parameters
    return [fitting, fitting, schemathesis.GenerationMode.NEGATIVE] if takes else [fitting]


def _led(draw: st.DrawFn, values: Any, things: dict[str, list[str]]) -> Any:
    """Return parameters of which some now name things that are there."""
    if not values:
        return values
    return {
        name: draw(st.sampled_from(things[name])) if things.get(name) and draw(st.booleans()) else value
        for name, value in values.items()
    }


def breaches_of(operation: Any, caller: Caller) -> list[str]:
    """Ask an operation many times and return what its document does not say of the answers."""
    found: dict[str, str] = {}

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(asked=requests(operation, caller))
    def ask(asked: tuple[Any, Role, str]) -> None:
        case, role, secret = asked
        answer = caller.call(case, role, secret)
        try:
            case.validate_response(answer, checks=CHECKS)
        except (Failure, FailureGroup) as failure:
            found.setdefault(f"{operation.label} {answer.status_code}", f"as {role.value}: {failure}"[:3000])

    ask()
    return [f"{what} {why}" for what, why in found.items()]


@pytest.mark.parametrize("share", range(SHARES))
def test_every_answer_is_as_the_document_says(caller: Caller, share: int) -> None:
    operations = [result.ok() for result in caller.schema.get_all_operations()][share::SHARES]
    before = caller.asked.total()

    breaches = [breach for operation in operations for breach in breaches_of(operation, caller)]

    assert not breaches, "\n\n".join(breaches)
    assert caller.asked.total() - before >= CASES_MIN / SHARES
    assert set(caller.asked) == set(Role)
