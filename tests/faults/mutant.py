"""The application with the one fault that must be found: it answers first and commits a moment later.

What a connection was told to commit is put off until the answer has left; the next request waits for it.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.wsgi import ClosingIterator

from app.core.database import db
from tests.faults.served import app as honest

LATE_SECONDS = 0.02

_put_off: list[Any] = []
_commit: Callable[[Any], None]


def _put_off_commit(connection: Any) -> None:
    _put_off.append(connection)


def _keep_put_off(rollback: Callable[[Any], None]) -> Callable[[Any], None]:
    def keep(connection: Any) -> None:
        if connection not in _put_off:
            rollback(connection)

    return keep


def _settle() -> None:
    while _put_off:
        _commit(_put_off.pop())


def _settle_late() -> None:
    if _put_off:
        time.sleep(LATE_SECONDS)
        _settle()


with honest.app_context():
    _dialect: Any = db.engine.dialect
    _commit = _dialect.do_commit
    _dialect.do_rollback = _keep_put_off(_dialect.do_rollback)
    _dialect.do_commit = _put_off_commit


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer, then commit."""
    _settle()
    return ClosingIterator(honest(environ, start_response), _settle_late)
