"""Nothing that was acknowledged is lost, doubled or altered, however often what serves is killed."""

import os
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app import create_app
from app.core.database import db
from app.core.permissions import Role
from app.records.models import Record
from config import load_config
from tests.accounts.builders import sign_in_as
from tests.builders import act_as, make_enrolment, make_organisation, make_subcontract
from tests.conftest import Databases
from tests.faults.tablet import Server, Tablet, check

pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("KILLS", "30"))  # and 25 at named points, in `test_points`
MUTANT_KILLS = 25
WHOLE_EVERY = 25  # every so often the master goes with it, as when the machine dies
PATIENCE_SECONDS = 120  # where others want the machine, too
PORTS = iter(range(8955, 8965))


@dataclass
class World:
    """A database with a worker who records for a few people."""

    environ: dict[str, str]
    headers: dict[str, str]
    enrolment_ids: list[UUID]
    engine: sa.Engine


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[World]:
    url = databases.migrated(request.param)
    environ = {**os.environ, "WAYMARK_ENV": "demo", "WAYMARK_DATA": str(tmp_path), "DATABASE_URL": url}
    application = create_app(load_config(environ))
    with application.app_context():
        place = make_subcontract(provider=make_organisation())
        enrolment_ids = [make_enrolment(place).id for _ in range(5)]
        client = application.test_client()
        headers = sign_in_as(client, act_as(Role.WORKER, at=place.provider_id))
        cookie = client.get_cookie("waymark")
        assert cookie is not None
        headers |= {"Cookie": f"waymark={cookie.value}", "Content-Type": "application/json"}
        db.session.remove()
        yield World(environ, headers, enrolment_ids, db.engine)
        db.session.remove()
        db.engine.dispose()


def kill_while_sending(world: World, module: str, kills: int) -> tuple[Tablet, int]:
    """Kill what serves at random moments while a tablet sends; stop early once something was lost."""
    server = Server(module, next(PORTS), world.environ)
    tablet = Tablet(server.port, world.headers, world.enrolment_ids)
    sender = threading.Thread(target=tablet.run, daemon=True)
    done = 0
    try:
        server.start()
        sender.start()
        while done < kills:
            before = len(tablet.acknowledged)
            until = time.monotonic() + PATIENCE_SECONDS
            while len(tablet.acknowledged) == before:
                assert time.monotonic() < until, "nothing is acknowledged any more"
                time.sleep(0.002)  # a kill counts only between acknowledged batches
            # Half of them at once: what was told and not yet written is lost then, however slow the machine.
            time.sleep(random.choice((0, random.uniform(0, 0.12))))
            server.kill(whole=done % WHOLE_EVERY == WHOLE_EVERY - 1)
            done += 1
            if module == "tests.faults.mutant" and is_lost(world, tablet):
                break
        tablet.stopping.set()
        sender.join(timeout=PATIENCE_SECONDS)
        assert not sender.is_alive()
    finally:
        tablet.stopping.set()
        server.stop()
    return tablet, done


def is_lost(world: World, tablet: Tablet) -> bool:
    """Whether something acknowledged before the kill is not there, nor comes a moment later."""
    acknowledged = list(tablet.acknowledged)
    time.sleep(0.2)
    with world.engine.connect() as connection:
        stored = {str(record_id) for record_id in connection.scalars(sa.select(Record.id))}
    return not stored.issuperset(acknowledged)


def find(world: World, tablet: Tablet) -> dict[str, list[str]]:
    """Return what is wrong, by kind of fault."""
    with world.engine.connect() as connection:
        return {name: ids for name, ids in check(tablet, connection).items() if ids}


def test_nothing_acknowledged_is_lost_doubled_or_altered(world: World) -> None:
    random.seed(20261122)
    tablet, done = kill_while_sending(world, "tests.faults.served", KILLS)

    assert done == KILLS
    assert len(tablet.acknowledged) >= KILLS * 8
    assert find(world, tablet) == {}


def test_a_server_that_answers_before_it_commits_is_found_out(world: World) -> None:
    random.seed(20261122)
    tablet, done = kill_while_sending(world, "tests.faults.mutant", MUTANT_KILLS)

    assert done <= MUTANT_KILLS
    assert "lost" in find(world, tablet)
