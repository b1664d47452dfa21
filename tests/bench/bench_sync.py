"""A sync batch of 100 new records, held against COPY of the same rows into the same tables.

Everything is on: the session, validation, sight, audit, triggers, foreign keys and the commit's fsync. COPY
gets one connection, one transaction a batch, and rows that are ready; it checks nothing and answers nobody.
The same is measured of batches whose every item is sealed as a tablet seals it, within one unlocking a batch.
"""

import http.client
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
from flask import Flask
from psycopg import sql

from app.core.ids import new_id
from app.core.permissions import Role
from tests.accounts.builders import sign_in_as
from tests.bench.bench_reads import Served
from tests.bench.figures import Figure
from tests.bench.server import new_place, postgresql, running
from tests.builders import act_as, make_enrolment, make_subcontract
from tests.sync.builders import (
    assessment_item,
    contact_item,
    intervention_item,
    make_instrument,
    make_milestone_kind,
    milestone_item,
    plan_item,
)
from tests.sync.sealing import Unlocked

PEOPLE = 400  # of whom each batch is about twenty, so that nobody has more records than people have
PEOPLE_A_BATCH = 20
CYCLES = 5
BATCHES = 10
TABLES = (
    "record",
    "record_text",
    "contact",
    "intervention",
    "action_plan",
    "milestone",
    "assessment",
    "audit_event",
)
REACH = {"plain": 0.3, "sealed": 0.2}
GROWTH_AT_MOST = 1.5


@dataclass(frozen=True)
class Desk:
    """Somebody signed in who records for a few people."""

    headers: dict[str, str]
    enrolment_ids: list[UUID]
    instrument_id: UUID
    kind_code: str


def make_desk(app: Flask) -> Desk:
    """Make a worker with twenty people and a live session."""
    with app.app_context():
        place = make_subcontract()
        people = [make_enrolment(place).id for _ in range(PEOPLE)]
        instrument, kind = make_instrument(f"bench-{new_id()}"), make_milestone_kind()
        client = app.test_client()
        headers = sign_in_as(client, act_as(Role.WORKER, at=place.provider_id))
        cookie = client.get_cookie("waymark")
        value = cookie.value if cookie else ""
        headers |= {"Cookie": f"waymark={value}", "Content-Type": "application/json"}
        return Desk(headers, people, instrument.id, kind.code)


def make_batch(desk: Desk) -> bytes:
    """Return a day's work of twenty people: 100 records of the kinds that are recorded most."""
    return json.dumps({"items": _items(desk)}).encode()


def make_sealed_batch(desk: Desk, seal: dict[str, str]) -> bytes:
    """Return the same, sealed to a key as ``GET /api/sync/seal`` gives it."""
    unlocked = Unlocked(seal["key_id"], seal["public_key"], UUID(seal["user_id"]))
    return json.dumps({"items": [unlocked.seal_item(item) for item in _items(desk)]}).encode()


def _items(desk: Desk) -> list[dict[str, Any]]:
    items = []
    people = random.sample(desk.enrolment_ids, PEOPLE_A_BATCH)
    for enrolment_id in people:
        items += [contact_item(enrolment_id), contact_item(enrolment_id), intervention_item(enrolment_id)]
    for enrolment_id in people[: PEOPLE_A_BATCH // 2]:
        sitting_id = new_id()
        items.append(plan_item(enrolment_id))
        items.append(milestone_item(enrolment_id, desk.kind_code))
        items.append(assessment_item(enrolment_id, desk.instrument_id, sitting_id=sitting_id))
        items.append(assessment_item(enrolment_id, desk.instrument_id, rater="worker", sitting_id=sitting_id))
    return items


def send(connection: http.client.HTTPConnection, desk: Desk, body: bytes) -> list[UUID]:
    """Send one batch; every item must be recorded."""
    connection.request("POST", "/api/sync/batches", body, desk.headers)
    answer = connection.getresponse()
    outcomes = json.loads(answer.read())["outcomes"] if answer.status == 200 else []
    if [outcome["outcome"] for outcome in outcomes] != ["recorded"] * 100:
        raise RuntimeError(f"{answer.status}: not every item was recorded; this cycle does not count.")
    return [UUID(outcome["id"]) for outcome in outcomes]


def copies_of(connection: psycopg.Connection, ids: list[UUID], count: int) -> Iterator[dict[str, bytes]]:
    """Yield what COPY reads for as many new batches: the very rows, each time under new ids."""
    text = {}
    for table in TABLES:
        key = "subject_id" if table == "audit_event" else "id"
        query = sql.SQL("COPY (SELECT * FROM {} WHERE {} = ANY({})) TO STDOUT").format(
            sql.Identifier(table), sql.Identifier(key), sql.Literal(ids)
        )
        with connection.cursor().copy(query) as copy:
            text[table] = b"".join(bytes(piece) for piece in copy).decode()
    traces = connection.execute("SELECT id FROM audit_event WHERE subject_id = ANY(%s)", [ids]).fetchall()
    sittings = connection.execute(
        "SELECT DISTINCT sitting_id FROM assessment WHERE id = ANY(%s)", [ids]
    ).fetchall()
    for _ in range(count):
        fresh = {str(old): str(new_id()) for old in [*ids, *(row[0] for row in [*traces, *sittings])]}
        yield {table: _renamed(content, fresh).encode() for table, content in text.items()}


def _renamed(content: str, fresh: dict[str, str]) -> str:
    lines = [line.split("\t") for line in content.splitlines()]
    return "".join("\t".join(fresh.get(part, part) for part in line) + "\n" for line in lines)


def copy_in(connection: psycopg.Connection, batch: dict[str, bytes]) -> None:
    """Insert one batch by COPY, in one transaction."""
    with connection.transaction(), connection.cursor() as cursor:
        for table in TABLES:
            query = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
            with cursor.copy(query) as copy:
                copy.write(batch[table])


def measure(address: str, database_url: str, desk: Desk) -> dict[str, list[float]]:
    """Return the ratios of each cycle: batches a second through the server, to those by COPY."""
    web = connect(address)
    seal = ask_for_seal(web, desk)
    make: dict[str, Callable[[], bytes]] = {
        "plain": lambda: make_batch(desk),
        "sealed": lambda: make_sealed_batch(desk, seal),
    }
    ratios: dict[str, list[float]] = {name: [] for name in make}
    with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as database:
        for name in make:
            ids = [send(web, desk, make[name]()) for _ in range(BATCHES)][-1]  # these warm both up
        for cycle in range(CYCLES):
            taken: dict[str, float] = {}
            for name in sorted(make, reverse=cycle % 2 == 1):
                taken[name], ids = _by_server(web, database, desk, [make[name]() for _ in range(BATCHES)])
            taken["COPY"] = _by_copy(database, ids)
            print("  " + ", ".join(f"{name} {each / BATCHES * 1000:.1f} ms" for name, each in taken.items()))
            for name, found in ratios.items():
                found.append(taken["COPY"] / taken[name])
    return ratios


def _by_server(
    web: http.client.HTTPConnection, database: psycopg.Connection, desk: Desk, bodies: list[bytes]
) -> tuple[float, list[UUID]]:
    """Send batches; return the seconds it took, and the ids of the last one's records."""
    started = time.perf_counter()
    sent = [send(web, desk, body) for body in bodies]
    taken = time.perf_counter() - started
    verify_kept(database, [record_id for batch in sent for record_id in batch])
    return taken, sent[-1]


def _by_copy(database: psycopg.Connection, ids: list[UUID]) -> float:
    batches = list(copies_of(database, ids, BATCHES))
    started = time.perf_counter()
    for batch in batches:
        copy_in(database, batch)
    return time.perf_counter() - started


def ask_for_seal(web: http.client.HTTPConnection, desk: Desk) -> dict[str, str]:
    """Return the key that devices seal to, as they get it."""
    web.request("GET", "/api/sync/seal", headers=desk.headers)
    seal: dict[str, str] = json.loads(web.getresponse().read())
    return seal


def connect(address: str) -> http.client.HTTPConnection:
    """Return a connection that is kept open."""
    place = urlsplit(address)
    return http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)


def verify_kept(database: psycopg.Connection, ids: list[UUID]) -> None:
    """Look whether every acknowledged record is there, and its trace with it."""
    for table, key in (("record", "id"), ("audit_event", "subject_id")):
        query = sql.SQL("SELECT count(DISTINCT {}) FROM {} WHERE {} = ANY(%s)").format(
            sql.Identifier(key), sql.Identifier(table), sql.Identifier(key)
        )
        row = database.execute(query, [ids]).fetchone()
        if row is None or row[0] != len(ids):
            raise RuntimeError(f"{table} holds {row} of {len(ids)} acknowledged records.")


def figures(served: Served) -> list[Figure]:
    """Measure on a world that is being served."""
    desk = make_desk(served.place.application())
    ratios = measure(served.address, served.place.database_url, desk)
    return [
        Figure("sync batch of 100 / COPY of the same rows", min(ratios["plain"]), REACH["plain"]),
        Figure("sealed sync batch of 100 / COPY of the same rows", min(ratios["sealed"]), REACH["sealed"]),
    ]


def growth(small: Served, grown: Served) -> list[Figure]:
    """Measure batches on both worlds in turn: how many times longer one takes when grown."""
    desks = [(make_desk(served.place.application()), connect(served.address)) for served in (small, grown)]
    for desk, web in desks:
        send(web, desk, make_batch(desk))
    ratios = []
    for _ in range(CYCLES):
        taken = [0.0, 0.0]
        for _ in range(BATCHES):
            for number, (desk, web) in enumerate(desks):
                body = make_batch(desk)
                started = time.perf_counter()
                send(web, desk, body)
                taken[number] += time.perf_counter() - started
        ratios.append(taken[1] / taken[0])
    size = f"{small.world.records:,} → {grown.world.records:,} records"
    return [Figure(f"sync batch: {size}", max(ratios), GROWTH_AT_MOST, at_most=True)]


def main() -> int:
    """Measure by itself, print, and say whether it reaches far enough."""
    with postgresql() as server:
        place = new_place(server)
        desk = make_desk(place.application())
        with running(place) as address:
            ratios = measure(address, place.database_url, desk)
    for name, found in ratios.items():
        shown = ", ".join(f"{ratio:.2f}" for ratio in found)
        worst, middle = min(found), statistics.median(found)
        print(f"{name} sync batch of 100 / COPY: worst {worst:.2f}, median {middle:.2f} ({shown})")
    return 0 if all(min(found) >= REACH[name] for name, found in ratios.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
