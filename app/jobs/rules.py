"""Leases, tries and the register of what workers can do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

LEASE = timedelta(seconds=60)
HEARTBEAT_SECONDS = 15
TRIES_MAX = 5
FIRST_WAIT = timedelta(seconds=15)


@dataclass(frozen=True)
class Work:
    """A job as its handler sees it.

    Attributes:
        at: When this try began.
        progress: Call it between pieces with how many are done, and of how many: keeps the lease, shows
            the asker where it stands, and ends the handler when the worker is told to stop.
    """

    job_id: UUID
    payload: Mapping[str, Any]
    at: datetime
    organisation_id: UUID | None = None
    asked_by_id: UUID | None = None
    progress: Callable[[int, int], None] = field(repr=False, default=lambda _done, _total: None)


@dataclass(frozen=True)
class Periodic:
    """A handler that is asked for by the clock."""

    name: str
    every: timedelta


Handler = Callable[[Work], None]
H = TypeVar("H", bound=Handler)

HANDLERS: dict[str, Handler] = {}
PERIODICS: list[Periodic] = []


def handler(name: str, *, every: timedelta | None = None) -> Callable[[H], H]:
    """Register what does the jobs of a name.

    It may be called again for a job that was half done, after a failure or a killed worker, so it
    begins by looking at what stands.

    Args:
        name: The job's, such as ``render-lines``.
        every: Ask for it by the clock, this often.
    """

    def register(function: H) -> H:
        if name in HANDLERS:
            message = f"The jobs {name} have two handlers."
            raise ValueError(message)
        HANDLERS[name] = function
        if every is not None:
            PERIODICS.append(Periodic(name, every))
        return function

    return register


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after a failed try: 15 seconds, then twice as long each time."""
    doublings: int = 2 ** max(tries - 1, 0)
    return FIRST_WAIT * doublings
