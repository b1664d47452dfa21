"""A server whose clock a test can set back: gunicorn reads this file as its settings.

Months lie between the first rating and the review that is paid for. The test says in a file how many days ago
it is; before each request the server's clock is set so, and from then on it runs.
"""

import os
import threading
import time
from pathlib import Path
from typing import Any

import time_machine

DAYS_AGO = "days-ago"
_DAY_SECONDS = 86_400
_lock = threading.Lock()
_set: list[tuple[str, time_machine.travel]] = []


def pre_request(_worker: Any, _request: Any) -> None:
    """Set the clock as the file says, where it says something new."""
    file = Path(os.environ["WAYMARK_DATA"]) / DAYS_AGO
    said = file.read_text("utf-8") if file.exists() else "0"
    with _lock:
        if _set and _set[0][0] == said:
            return
        if _set:
            _set.pop()[1].stop()
        travel = time_machine.travel(time.time() - int(said) * _DAY_SECONDS, tick=True)
        travel.start()
        _set.append((said, travel))
