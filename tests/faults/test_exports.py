"""Exports are whole: however often workers are killed, every job ends and no half file is to be seen."""

import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from app import create_app
from app.core.database import db
from app.core.storage import Storage
from app.exports.actions.asking import ask_for_pack
from app.exports.models import Export, LineDocument
from app.jobs.models import Job, JobState
from config import DEMO_NINO_KEY, load_config
from tests.conftest import Databases
from tests.exports.builders import make_locked

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("EXPORT_KILLS", "6"))
TAKEN_SECONDS = 3.0  # some kills come within this time of a job's being taken,
MOVED_SECONDS = 1.0  # the others within this time of its first step: a page drawn, or the lines packed
PATIENCE_SECONDS = 240  # where others want the machine, too
EARLY = 0.25
PEOPLE = 6
LINES = 2 * PEOPLE
WORK = ("render-lines", "build-pack")


@dataclass
class Site:
    """An installation whose claims were locked and whose packs were asked for; no worker has run yet."""

    storage: Storage
    parent: subprocess.Popen[str]
    export_ids: list[UUID] = field(default_factory=list)

    def ask(self) -> None:
        """Lock one more claim and ask for its pack."""
        locked = make_locked(people=PEOPLE)
        self.export_ids.append(
            ask_for_pack(locked.world.approver, locked.claim.id, keep=timedelta(days=1), at=datetime.now(UTC))
        )
        db.session.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[Site]:
    url = databases.migrated(request.param)
    environ = {
        **os.environ,
        "WAYMARK_ENV": "demo",
        "WAYMARK_DATA": str(tmp_path),
        "DATABASE_URL": url,
        "WAYMARK_NINO_KEY": f"test:{DEMO_NINO_KEY}",
    }
    application = create_app(load_config(environ))
    with application.app_context():
        with subprocess.Popen(
            [sys.executable, "-m", "tests.faults.workers"],
            env=environ,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as parent:
            yield Site(application.extensions["storage"], parent)
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@contextmanager
def worker(site: Site) -> Iterator[None]:
    """Run a real worker until the end of the block; it is dead afterwards, and so is its drawing child."""
    asked, told = site.parent.stdin, site.parent.stdout
    assert asked
    assert told
    print(file=asked, flush=True)
    number = int(told.readline())
    try:
        yield
    finally:
        os.kill(number, signal.SIGKILL)
        assert told.readline() == "dead\n"


def check_whole(site: Site) -> None:
    """Hold everything that is to be seen against the hash it was noted with."""
    storage = site.storage
    known = {}
    db.session.rollback()
    for document in db.session.scalars(select(LineDocument)):
        known[LineDocument.key_of(document.id)] = document.sha256
    for export in db.session.scalars(select(Export).where(Export.finished_at.is_not(None))):
        known[export.storage_key] = export.sha256 or ""
    for key, sha256 in known.items():
        assert hashlib.sha256(storage.get(key)).hexdigest() == sha256
    for key in storage.keys("lines/"):
        assert storage.get(key).rstrip().endswith(b"%%EOF")
    for key in storage.keys("exports/"):
        assert zipfile.ZipFile(io.BytesIO(storage.get(key))).testzip() is None


def is_over() -> bool:
    db.session.rollback()
    states = db.session.scalars(select(Job.state).where(Job.name.in_(WORK))).all()
    assert JobState.FAILED not in states
    return set(states) <= {JobState.DONE}


def is_at_work() -> bool:
    db.session.rollback()
    taken = select(Job.id).where(Job.name.in_(WORK), Job.lease_until.is_not(None)).limit(1)
    return db.session.scalar(taken) is not None or is_over()


def steps_done(site: Site) -> int:
    """Count the pages that stand, and how far the pack that is being made has come."""
    db.session.rollback()
    packed = select(Job.done_count).where(Job.name == "build-pack", Job.lease_until.is_not(None))
    return sum(1 for _ in site.storage.keys("lines/")) + sum(db.session.scalars(packed))


def has_moved(site: Site, before: int) -> bool:
    return steps_done(site) > before or is_over()


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_killed_workers_leave_no_half_file_and_every_job_ends(site: Site) -> None:
    chance = random.Random(20250304)
    kills = 0
    while kills < KILLS:
        if is_over():
            site.ask()
        before = steps_done(site)
        with worker(site):
            wait_until(is_at_work)
            if chance.random() < EARLY:
                time.sleep(chance.uniform(0, TAKEN_SECONDS))
            else:
                wait_until(partial(has_moved, site, before))
                time.sleep(chance.uniform(0, MOVED_SECONDS))
            kills += not is_over()
        check_whole(site)
        # A take-up counts as a try; what is tested is the file, not how often a worker may die.
        for job in db.session.scalars(select(Job)):
            job.attempts, job.lease_until = 0, None
            job.done_count = 0
        db.session.commit()

    with worker(site):
        wait_until(is_over)
    check_whole(site)
    for export_id in site.export_ids:
        export = db.session.get_one(Export, export_id)
        with zipfile.ZipFile(io.BytesIO(site.storage.get(export.storage_key))) as archive:
            papers = [name for name in archive.namelist() if name.startswith("lines/")]
        assert len(papers) == LINES
    documents = db.session.scalars(select(LineDocument.id)).all()
    assert len(documents) == LINES * len(site.export_ids)
