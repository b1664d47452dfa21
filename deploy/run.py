"""Start Waymark whole on one machine: the database brought up to date, the web server and one worker.

The application is read once and both are forked from it, since reading it is most of a start. Both end
together: on one signal, or when one of them dies. In the demo environment (the default here) an empty
database is first filled with the demo world, and its sign-ins are printed.
"""

import contextlib
import ctypes
import gc
import http
import http.client
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # we stand beside deploy/, which is not on the path
gc.disable()  # nothing that is read becomes garbage, and looking for it is a sixth of the start

from flask import Flask  # noqa: E402
from flask.cli import ScriptInfo  # noqa: E402
from gunicorn.app.base import BaseApplication  # noqa: E402
from sqlalchemy import select  # noqa: E402

from app import create_app, database_faults  # noqa: E402
from app.core.database import db  # noqa: E402
from app.core.health import is_migrated  # noqa: E402
from app.jobs.cli import work  # noqa: E402
from app.organisations.models import Organisation  # noqa: E402
from config import Config, ConfigError, load_config  # noqa: E402

HOST = "127.0.0.1"
SIGN_INS = "demo-sign-ins.txt"
READY_SECONDS = 60
STOP_SECONDS = 15
POLL_SECONDS = 0.1
ENDED_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TELL_OF_PARENTS_DEATH = 1  # PR_SET_PDEATHSIG, linux/prctl.h


def main() -> int:
    """Run until told to stop; return 0 after a signal, 1 when a part died or never began."""
    os.chdir(ROOT)
    os.environ.setdefault("WAYMARK_ENV", "demo")
    os.environ.setdefault("FLASK_APP", "wsgi")
    port = int(os.environ.get("PORT", "8000"))
    if is_taken(port):
        print(
            f"Port {port} is taken; choose another, for instance: PORT={port + 1} make run", file=sys.stderr
        )
        return 1
    try:
        config = load_config()
        app = create_app(config, is_command=True)
        with app.app_context():
            prepare_database(config)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"Waymark did not start: `{' '.join(error.cmd[1:])}` failed.", file=sys.stderr)
        return 1
    gc.freeze()  # the parts share what is read, as long as nobody looks it through
    gc.enable()
    return run_together(app, config, port)


def is_taken(port: int) -> bool:
    """Whether something listens on the port already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def answers(port: int) -> bool:
    """Whether the web server serves by now; it takes connections before that and lets them wait."""
    connection = http.client.HTTPConnection(HOST, port, timeout=1)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def prepare_database(config: Config) -> None:
    """Migrate when behind, and load the demo world into an empty demo database.

    Raises:
        ConfigError: the database does not allow a start.
    """
    is_behind = not is_migrated()
    db.session.remove()
    if is_behind:
        flask("db", "upgrade")
    is_empty = db.session().scalar(select(Organisation.id).limit(1)) is None
    db.session.remove()
    if is_empty and config.is_demo:
        print("Making the demo world; this takes a moment the first time.", flush=True)
        flask("demo", "--no-sign-ins")  # they are printed once it is ready
    faults = database_faults() if config.is_production else []
    db.engine.dispose()  # two processes cannot share a connection
    if faults:
        raise ConfigError(faults)


def flask(*arguments: str) -> None:
    """Run one of the application's commands to its end."""
    subprocess.run([sys.executable, "-m", "flask", *arguments], check=True)


class Web(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """Gunicorn with the application that was read before: threads serve the many short waits."""

    def __init__(self, app: Flask, port: int) -> None:
        self.application = app
        self.settings = {
            "bind": f"{HOST}:{port}",
            "workers": int(os.environ.get("WEB_WORKERS", "2")),  # one a core
            "threads": int(os.environ.get("WEB_THREADS", "4")),
            "preload_app": True,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take our settings."""
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return what is served."""
        return self.application


def serve(app: Flask, port: int) -> None:
    """Be the web server."""
    Web(app, port).run()


def do_jobs(app: Flask, _port: int) -> None:
    """Be the worker."""
    work.main(args=[], obj=ScriptInfo(create_app=lambda: app))


def run_together(app: Flask, config: Config, port: int) -> int:
    """Start the web server and the worker, wait, and end both; return the exit status."""
    told_to_stop: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told_to_stop.append(number)

    for number in ENDED_BY:
        signal.signal(number, note)

    fork = multiprocessing.get_context("fork")
    children = [
        fork.Process(name=name, target=be_part, args=(part, app, port))
        for name, part in (("web server", serve), ("worker", do_jobs))
    ]
    for child in children:
        child.start()
    try:
        watch(children, told_to_stop, lambda: announce(config, port), port)
        for child in children:
            if not child.is_alive() and not told_to_stop:
                print(f"The {child.name} ended by itself (status {child.exitcode}).", file=sys.stderr)
    finally:
        stop(children)
    return 0 if told_to_stop else 1


def watch(
    children: Sequence[BaseProcess], told_to_stop: Sequence[int], begun: Callable[[], None], port: int
) -> None:
    """Return when a part has died, the web server does not begin, or somebody tells us to stop."""
    announced = False
    deadline = time.monotonic() + READY_SECONDS
    while not told_to_stop and all(child.is_alive() for child in children):
        if not announced and answers(port):
            begun()
            announced = True
        if not announced and time.monotonic() > deadline:
            print(f"The web server did not answer within {READY_SECONDS} seconds.", file=sys.stderr)
            return
        time.sleep(POLL_SECONDS)


def be_part(run: Callable[[Flask, int], Any], app: Flask, port: int) -> None:
    """Be one part, in a session of its own, so that Ctrl-C reaches it only through us.

    On Linux it also ends when we are killed outright.
    """
    for number in ENDED_BY:
        signal.signal(number, signal.SIG_DFL)
    os.setsid()
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).prctl(TELL_OF_PARENTS_DEATH, signal.SIGTERM)
    run(app, port)


def announce(config: Config, port: int) -> None:
    """Print where Waymark is and, in the demo, who may sign in."""
    sign_ins = config.data_folder / SIGN_INS
    if config.name == "demo" and sign_ins.exists():
        print(sign_ins.read_text(encoding="utf-8").rstrip() + "\n")
    print(f"Waymark is ready on http://{HOST}:{port} (Ctrl-C ends it)", flush=True)


def stop(children: Sequence[BaseProcess]) -> None:
    """Ask every part to end, wait for all, and end by force what is left of them."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.join(timeout=max(POLL_SECONDS, deadline - time.monotonic()))
        if child.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        child.join()


if __name__ == "__main__":
    sys.exit(main())
