"""A whole Waymark for browsers: a database, the real server, and the real worker where it has work to do."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import make_url

from app import create_app
from app.core.database import db
from app.demo.setting import Setting
from config import load_config

ROOT = Path(__file__).parents[2]
READY_SECONDS = 180  # where others want the machine, too
STOP_SECONDS = 15


@dataclass
class Server:
    """The server's process, which can really stop and come back at the same address."""

    command: tuple[str, ...]
    environ: dict[str, str]
    url: str
    log: IO[bytes]
    child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it where it does not run, and wait until it answers."""
        if self.child is None:
            self.child = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environ, stdout=self.log, stderr=self.log
            )
            _wait_for(self.url)

    def stop(self) -> None:
        """End it."""
        if self.child is not None:
            _stop(self.child)
            self.child = None


@dataclass(frozen=True)
class Site:
    """Where it is, and who may sign in there.

    Attributes:
        setting: Organisations, contracts and people by the names that the demo world uses.
    """

    url: str
    folder: Path
    setting: Setting
    server: Server
    database_url: str

    @property
    def sqlite_file(self) -> str:
        """Return the path of its database, where that is SQLite."""
        return make_url(self.database_url).database or ""

    def email_of(self, player: str) -> str:
        """Return the address of somebody such as ``hopeworks/Amina``."""
        return self.setting.sign_ins[player][2]


@contextmanager
def running(
    folder: Path, database_url: str, seed: Callable[[Flask], Setting], *, with_worker: bool = True
) -> Iterator[Site]:
    """Make a database, fill it, serve it with its worker, and end both."""
    setting = make(folder, database_url, seed)
    with serving(folder, database_url, setting, with_worker=with_worker) as site:
        yield site


def make(folder: Path, database_url: str, seed: Callable[[Flask], Setting]) -> Setting:
    """Make a database and the folder of its files, and fill both."""
    folder.mkdir(parents=True, exist_ok=True)
    application = create_app(load_config(_environ(folder, database_url)))
    with application.app_context():
        upgrade()
        setting = seed(application)
        db.session.remove()
        db.engine.dispose()
    return setting


@contextmanager
def serving(folder: Path, database_url: str, setting: Setting, *, with_worker: bool = True) -> Iterator[Site]:
    """Serve what was made, with its worker, and end both."""
    environ = _environ(folder, database_url)
    port = free_port()
    serve = (
        *(sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--workers", "1"),
        *("--threads", "8", "--log-level", "warning", "--no-control-socket", "--graceful-timeout", "1"),
    )
    url = f"http://127.0.0.1:{port}"
    with open(folder / "output.log", "wb") as log, contextlib.ExitStack() as stack:
        server = Server(serve, environ, url, log)
        stack.callback(server.stop)
        if with_worker:
            worker = subprocess.Popen(
                (sys.executable, "-m", "flask", "work"), cwd=ROOT, env=environ, stdout=log, stderr=log
            )
            stack.callback(_stop, worker)
        server.start()
        yield Site(url, folder, setting, server, database_url)


def _environ(folder: Path, database_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "WAYMARK_ENV": "demo",
        "WAYMARK_DATA": str(folder),
        "DATABASE_URL": database_url,
        "FLASK_APP": "wsgi",
    }


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError),
            urllib.request.urlopen(f"{url}/readyz"),
        ):
            return
        time.sleep(0.1)  # for the server, never for a page
    message = f"{url} did not answer."
    raise TimeoutError(message)


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
