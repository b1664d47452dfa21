"""How long processors worked, so that what else a machine does fails no bound on time."""

import os
import time
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session


def processor_seconds(session: Session) -> float:
    """Return how long processors have worked for this process and for its connection to PostgreSQL.

    Two parts that wait for nothing but each other: on a quiet machine the clock on the wall shows the same.
    Where PostgreSQL runs on another machine, that clock is what counts.
    """
    if session.get_bind().dialect.name != "postgresql":
        return time.process_time()  # SQLite works within it
    if "TEST_POSTGRES_URL" in os.environ:
        return time.perf_counter()
    backend = session.scalar(sa.text("SELECT pg_backend_pid()"))
    user, system = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
