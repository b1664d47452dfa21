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
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
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

pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("EXPORT_KILLS", "6"))
AT_WORK_SECONDS = 1.0  # a kill comes within this time of the first page, or of the pack's beginning
PATIENCE_SECONDS = 120


@dataclass
class Site:
    """An installation whose claim was locked and whose pack was asked for; no worker has run yet."""

    app: Flask
    environ: dict[str, str]
    export_id: UUID
    storage: Storage
    line_count: int


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[Site]:
    url = databases.migrated(request.param)
    environ = {
        **os.environ,
        "WAYMARK_ENV": "demo",
        "WAYMARK_DATA": str(tmp_path),
        "DATABASE_URL": url,
        "FLASK_APP": "wsgi",
        "WAYMARK_NINO_KEY": f"test:{DEMO_NINO_KEY}",
    }
    application = create_app(load_config(environ))
    with application.app_context():
        locked = make_locked(people=6)
        export_id = ask_for_pack(
            locked.world.approver, locked.claim.id, keep=timedelta(days=1), at=datetime.now(UTC)
        )
        db.session.remove()
        yield Site(application, environ, export_id, application.extensions["storage"], 12)
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@contextmanager
def worker(site: Site) -> Iterator[subprocess.Popen[bytes]]:
    """Run a real worker until the end of the block; it is dead afterwards, and so is its drawing child."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "work"],
        env=site.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


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
    states = db.session.scalars(select(Job.state).where(Job.name.in_(["render-lines", "build-pack"]))).all()
    assert JobState.FAILED not in states
    return set(states) == {JobState.DONE}


def is_at_work() -> bool:
    db.session.rollback()
    return (
        is_over()
        or db.session.scalar(select(Job.id).where(Job.lease_until.is_not(None)).limit(1)) is not None
    )


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_killed_workers_leave_no_half_file_and_every_job_ends(site: Site) -> None:
    chance = random.Random(20250304)
    for _ in range(KILLS):
        if is_over():
            break
        with worker(site):
            wait_until(is_at_work)
            time.sleep(chance.uniform(0, AT_WORK_SECONDS))
        check_whole(site)
        # A take-up counts as a try; what is tested is the file, not how often a worker may die.
        for job in db.session.scalars(select(Job)):
            job.attempts, job.lease_until = 0, None
        db.session.commit()

    with worker(site):
        wait_until(is_over)
    check_whole(site)
    export = db.session.get_one(Export, site.export_id)
    with zipfile.ZipFile(io.BytesIO(site.storage.get(export.storage_key))) as archive:
        papers = [name for name in archive.namelist() if name.startswith("lines/")]
    assert len(papers) == site.line_count == len(db.session.scalars(select(LineDocument.id)).all())
