"""Start Waymark whole on one machine: the database brought up to date, the web server and one worker.

Both end together: on one signal, or when one of them dies. In the demo environment (the default here) an
empty database is first filled with the demo world, and its sign-ins are printed.
"""

import contextlib
import http
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config import Config, ConfigError, load_config  # noqa: E402  (stands beside deploy/, not on the path before)

HOST = "127.0.0.1"
SIGN_INS = "demo-sign-ins.txt"
READY_SECONDS = 60
STOP_SECONDS = 15
POLL_SECONDS = 0.1

Child = subprocess.Popen[bytes]


def main() -> int:
    """Run until told to stop; return 0 after a signal, 1 when a part died or never began."""
    os.chdir(ROOT)
    os.environ.setdefault("WAYMARK_ENV", "demo")
    os.environ.setdefault("FLASK_APP", "wsgi")
    try:
        config = load_config()
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 1
    port = int(os.environ.get("PORT", "8000"))
    if is_taken(port):
        print(
            f"Port {port} is taken; choose another, for instance: PORT={port + 1} make run", file=sys.stderr
        )
        return 1
    config.data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        prepare_database(config)
    except subprocess.CalledProcessError as error:
        print(f"Waymark did not start: `{' '.join(error.cmd[1:])}` failed.", file=sys.stderr)
        return 1
    return run_together(config, port)


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

    The database is asked directly: starting the application only to learn that nothing is to be done would
    double the time of every later start.
    """
    engine = create_engine(config.database_url)
    try:
        with engine.connect() as connection:
            heads = set(ScriptDirectory(str(ROOT / "migrations")).get_heads())
            is_behind = set(MigrationContext.configure(connection).get_current_heads()) != heads
            is_empty = not (
                inspect(connection).has_table("organisation")
                and connection.execute(text("SELECT 1 FROM organisation LIMIT 1")).first()
            )
    finally:
        engine.dispose()
    if is_behind:
        flask("db", "upgrade")
    if is_empty and config.name == "demo":
        print("Making the demo world; this takes a moment the first time.", flush=True)
        flask("demo")


def flask(*arguments: str) -> None:
    """Run one of the application's commands to its end."""
    subprocess.run([sys.executable, "-m", "flask", *arguments], check=True)


def run_together(config: Config, port: int) -> int:
    """Start the web server and the worker, wait, and end both; return the exit status."""
    told_to_stop: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told_to_stop.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)

    web, worker = start(web_command(port)), start([sys.executable, "-m", "flask", "work"])
    children = (web, worker)
    announced = False
    deadline = time.monotonic() + READY_SECONDS
    try:
        while not told_to_stop and all(child.poll() is None for child in children):
            if not announced and answers(port):
                announce(config, port)
                announced = True
            if not announced and time.monotonic() > deadline:
                print(f"The web server did not answer within {READY_SECONDS} seconds.", file=sys.stderr)
                break
            time.sleep(POLL_SECONDS)
        for name, child in (("web server", web), ("worker", worker)):
            if child.poll() is not None and not told_to_stop:
                print(f"The {name} ended by itself (status {child.returncode}).", file=sys.stderr)
    finally:
        stop(children)
    return 0 if told_to_stop else 1


def web_command(port: int) -> list[str]:
    """Return gunicorn's command line: threads serve the many short waits, two processes the two cores."""
    return [
        *(sys.executable, "-m", "gunicorn", "wsgi:app"),
        *("--bind", f"{HOST}:{port}"),
        *("--workers", os.environ.get("WEB_WORKERS", "2"), "--threads", os.environ.get("WEB_THREADS", "4")),
        *("--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"),
    ]


def start(command: Sequence[str]) -> Child:
    """Start one part in its own session, so that Ctrl-C reaches it only through us.

    Where the machine has setpriv, the part also ends when we are killed outright.
    """
    tied = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return subprocess.Popen([*tied, *command], start_new_session=True)


def announce(config: Config, port: int) -> None:
    """Print where Waymark is and, in the demo, who may sign in."""
    sign_ins = config.data_folder / SIGN_INS
    if config.name == "demo" and sign_ins.exists():
        print(sign_ins.read_text(encoding="utf-8").rstrip() + "\n")
    print(f"Waymark is ready on http://{HOST}:{port} (Ctrl-C ends it)", flush=True)


def stop(children: Sequence[Child]) -> None:
    """Ask every part to end, wait for all, and end by force what is left of them."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(POLL_SECONDS, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


if __name__ == "__main__":
    sys.exit(main())
