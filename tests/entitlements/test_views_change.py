"""What change is paid for reaches those who claim; a worker and the signed-out read of it nowhere."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.core.database import db
from app.core.permissions import Actor
from app.entitlements.models import Entitlement
from app.instruments.actions import load_library
from app.instruments.models import Instrument
from app.records.models import Record
from tests.accounts.builders import sign_in_as
from tests.entitlements.builders import START, World, make_world, noon
from tests.entitlements.test_actions_change import LATER, improve, improvement, sign

PARAMETER = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
# Keys of an answer, and words in it, that would tell a rater what is paid for and from where on.
KEYS = frozenset(
    {
        "conditions",
        "measurement",
        "price_pence",
        "amount_pence",
        "provider_share_pence",
        "promised_value_pence",
        "cap_per_person_pence",
        "claimable_from",
        "closes_on",
        "rate_code",
        "rci",
        "sem",
        "sdiff",
        "mdc95",
        "sd",
        "r_lower",
        "z",
    }
)
WORDS = re.compile(
    r"\brci\b|sdiff|pence|£|claimable|reliabl[ey]|calibrat|the least that counts|improved by|p-rel|in shadow",
    re.IGNORECASE,
)


@pytest.fixture
def world(session: Any) -> World:
    load_library(noon(START))
    made = make_world()
    instrument = db.session().scalars(sa.select(Instrument).where(Instrument.code == "open-ladders")).one()
    improve(made, instrument)
    sign(made, instrument)
    return made


def ids_of(world: World) -> dict[str, Any]:
    """Return what stands in an address; a record is one of the ratings."""
    found: Entitlement = improvement(world)
    return {
        "enrolment_id": found.enrolment_id,
        "contract_id": world.contract.id,
        "provider_id": found.provider_id,
        "rate_card_id": world.card.id,
        "record_id": found.record_ids[0],
        "subcontract_id": world.subcontract.id,
    }


def reads(app: Flask, ids: dict[str, Any]) -> Iterator[str]:
    """Yield the address of every GET that these ids fill; of records each."""
    records = db.session().scalars(sa.select(Record.id)).all()
    for rule in app.url_map.iter_rules():
        names = PARAMETER.findall(rule.rule)
        if "GET" not in (rule.methods or ()) or not rule.rule.startswith("/api/") or "openapi" in rule.rule:
            continue
        if set(names) <= set(ids):
            for record_id in records if "record_id" in names else records[:1]:
                filled = ids | {"record_id": record_id}
                yield PARAMETER.sub(lambda match, filled=filled: str(filled[match[1]]), rule.rule)  # type: ignore[misc]


def said(value: Any) -> Any:
    """Return an answer without what it leaves empty: a place that only others get filled tells nothing."""
    if isinstance(value, dict):
        return {key: found for key, one in value.items() if (found := said(one)) not in (None, [], {})}
    return [said(one) for one in value] if isinstance(value, list) else value


def keys_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys_in(one) for one in value.values()))
    return set().union(*(keys_in(one) for one in value)) if isinstance(value, list) else set()


def ask(client: FlaskClient, path: str, who: Actor | None) -> Any:
    with time_machine.travel(noon(LATER), tick=False):
        headers = sign_in_as(client, who) if who else {}
        return client.get(path, headers=headers)


def test_no_answer_to_a_worker_or_to_the_signed_out_tells_what_is_paid_for(
    app: Flask, client: FlaskClient, world: World
) -> None:
    told: list[str] = []
    answered = 0
    for path in list(reads(app, ids_of(world))):
        for who in (world.worker, None):
            answer = ask(client, path, who)
            if answer.status_code >= 300:
                continue
            answered += who is not None
            content = said(answer.json) if answer.is_json else {}
            found, words = keys_in(content) & KEYS, WORDS.findall(json.dumps(content, ensure_ascii=False))
            if found or words:
                told.append(f"{path}: {sorted(found)} {sorted(set(words))}")

    assert told == [], "\n".join(told)
    assert answered > 15


def test_a_manager_and_a_preparer_read_each_condition_and_the_whole_measurement(
    client: FlaskClient, world: World
) -> None:
    path = f"/api/enrolments/{ids_of(world)['enrolment_id']}/entitlements"
    for who in (world.manager, world.preparer):
        items = {one["rate_code"]: one for one in ask(client, path, who).json["items"]}
        improved = items["P-REL"]
        assert improved["state"] == "claimable"
        assert "Improved by 2.0; 1.3 is the least that counts" in {c["found"] for c in improved["conditions"]}
        assert improved["measurement"]["raters"][0]["rci"] == "3.4427"
