"""The worker, and a look at its jobs."""

import os
import secrets
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import FrameType
from uuid import UUID

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app.core.database import db
from app.jobs import actions, queries
from app.jobs.actions import Worker
from app.jobs.errors import LeaseLost
from app.jobs.models import JobState
from app.jobs.rules import HEARTBEAT_SECONDS

POLL_SECONDS = 0.5
PLAN_SECONDS = 30
PAUSE_AFTER_FAULT_SECONDS = 5

jobs = AppGroup("jobs", help="Look at the jobs, or do them at once.")


def utc_now() -> datetime:
    """Return the time on this machine."""
    return datetime.now(UTC)


def owner_name() -> str:
    """Return a name for this process on the leases it takes."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_dead_here(owner: str) -> bool:
    """Whether the owner of a lease ran on this machine and certainly runs no more."""
    host, _, rest = owner.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname() or not rest.isdigit():
        return False
    if int(rest) == os.getpid():
        return True  # an earlier process with our own number
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@contextmanager
def beating(worker: Worker, job_id: UUID, app: Flask) -> Iterator[None]:
    """Renew the lease from a thread of its own, however long a piece of work takes."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(HEARTBEAT_SECONDS):
            # A busy database is asked again at the next beat; a lost lease ends with the handler's next step.
            with app.app_context(), suppress(SQLAlchemyError, LeaseLost):
                worker.keep(job_id)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@click.command("work")
@with_appcontext
def work() -> None:
    """Do jobs until told to stop: the worker of `make run` and of the service."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    worker = Worker(
        owner_name(),
        clock=utc_now,
        should_stop=stopping.is_set,
        heartbeat=lambda worker, job_id: beating(worker, job_id, app),
    )
    click.echo(f"The worker {worker.owner} is ready.")
    planned_at = datetime.min.replace(tzinfo=UTC)
    while not stopping.is_set():
        try:
            if (utc_now() - planned_at).total_seconds() >= PLAN_SECONDS:
                planned_at = utc_now()
                actions.release_leases(is_dead_here, at=planned_at)
                actions.plan_periodic(at=planned_at)
            if not worker.run_one():
                stopping.wait(POLL_SECONDS)
        except SQLAlchemyError as error:
            # The database restarts, or somebody holds it; what we held is taken up when the lease ends.
            click.echo(f"The database did not answer ({type(error).__name__}); trying again.", err=True)
            stopping.wait(PAUSE_AFTER_FAULT_SECONDS)
        finally:
            db.session.remove()


@jobs.command("run")
def run() -> None:
    """Do everything that is due now, then end."""
    count = 0
    worker = Worker(owner_name(), clock=utc_now)
    while worker.run_one():
        count += 1
    click.echo(f"{count} jobs done.")


@jobs.command("show")
def show() -> None:
    """Count the jobs by state."""
    counts = queries.count_by_state()
    for state in JobState:
        click.echo(f"{state.value:<8} {counts.get(state, 0):>7}")


COMMANDS = (work, jobs)
