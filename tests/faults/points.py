"""The real application, whose process kills itself at the point that a request names in `X-Kill-At`.

One of `before-insert`, `after-insert`, `before-commit`, `after-commit` (before the answer) and `mid-upload`.
"""

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from app.core.database import db
from app.core.storage import Storage
from app.records import actions
from tests.faults.served import app as honest

_asked: dict[str, Any] = {"point": None, "inserted": False}  # one request at a time


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _watched(insert: Callable[..., Any]) -> Callable[..., Any]:
    def insert_watched(*args: Any) -> Any:
        if _asked["point"] == "before-insert":
            _die()
        made = insert(*args)
        _asked["inserted"] = True
        if _asked["point"] == "after-insert":
            _die()
        return made

    return insert_watched


_records: Any = actions
for _name in ("insert_family", "insert_new_family"):  # the doors through which records reach their tables
    setattr(_records, _name, _watched(getattr(_records, _name)))

with honest.app_context():
    _engine: Any = db.engine
    _commit = _engine.dialect.do_commit

    def _do_commit(connection: Any) -> None:
        if _asked["inserted"] and _asked["point"] == "before-commit":
            _die()
        _commit(connection)
        if _asked["inserted"] and _asked["point"] == "after-commit":
            _die()

    _engine.dialect.do_commit = _do_commit

_put = Storage.put


def _put_and_die(storage: Storage, key: str, content: Any) -> None:
    _put(storage, key, content)
    if _asked["point"] == "mid-upload" and key.startswith("pending/"):
        _die()


_storage: Any = Storage
_storage.put = _put_and_die


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer, unless the point comes first."""
    _asked.update(point=environ.get("HTTP_X_KILL_AT"), inserted=False)
    return honest(environ, start_response)
