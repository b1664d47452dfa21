"""A tablet that sends batches to a server which is being killed, and remembers what was acknowledged."""

import http.client
import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tests.sync.builders import contact_item, intervention_item, plan_item

ROOT = Path(__file__).parent.parent.parent
BATCH_ITEMS = 8
START_SECONDS = 180  # where others want the machine, too


@dataclass
class Server:
    """A gunicorn of one worker; killing the worker is killing what serves, the master only starts another."""

    module: str
    port: int
    environ: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                f"{self.module}:app",
                *("--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--preload", "--timeout", "60"),
                *("--log-level", "critical", "--worker-tmp-dir", "/dev/shm"),
            ],
            cwd=ROOT,
            env=self.environ,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_SECONDS
        while not self.answers():
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether somebody serves."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/livez")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill(self, *, whole: bool) -> None:
        """Kill -9: the serving process, or the master with it."""
        assert self.process
        victims = self._workers()
        if whole:
            self.process.kill()
            self.process.wait()
        for pid in victims:
            with suppress(ProcessLookupError):
                _kill(pid)
        if whole:
            self.start()

    def stop(self) -> None:
        """End it."""
        if self.process and self.process.poll() is None:
            self.kill_all()

    def kill_all(self) -> None:
        """Leave nothing behind."""
        assert self.process
        victims = self._workers()
        self.process.kill()
        self.process.wait()
        for pid in victims:
            with suppress(ProcessLookupError):
                _kill(pid)

    def _workers(self) -> list[int]:
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]


def _kill(pid: int) -> None:
    import os

    os.kill(pid, signal.SIGKILL)


@dataclass
class Tablet:
    """Sends batches one after the other; an answer that never came means: send the same again."""

    port: int
    headers: dict[str, str]
    enrolment_ids: list[UUID]
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    batches: list[list[str]] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Send until told to stop, and end with every batch answered."""
        while not self.stopping.is_set():
            items = self._batch()
            while not self._send(items):
                time.sleep(0.02)

    def _batch(self) -> list[dict[str, Any]]:
        makers = (contact_item, intervention_item, plan_item)
        items = [
            random.choice(makers)(random.choice(self.enrolment_ids), sequence=len(self.sent) + place)
            for place in range(BATCH_ITEMS)
        ]
        self.sent |= {item["id"]: item for item in items}
        self.batches.append([item["id"] for item in items])
        return items

    def _send(self, items: list[dict[str, Any]]) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request("POST", "/api/sync/batches", json.dumps({"items": items}), self.headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        if answer.status != 200:
            if answer.status not in {502, 503}:
                self.faults.append(f"{answer.status} {body[:200]!r}")
            return answer.status not in {502, 503}
        for outcome in json.loads(body)["outcomes"]:
            if outcome["outcome"] not in {"recorded", "already-recorded"}:
                self.faults.append(str(outcome))
            elif (
                self.acknowledged.setdefault(outcome["id"], outcome["receipt"]["content_hash"])
                != (outcome["receipt"]["content_hash"])
            ):
                self.faults.append(f"two receipts for {outcome['id']}")
        return True


def check(tablet: Tablet, connection: sa.Connection) -> dict[str, list[str]]:
    """Compare what was acknowledged with what stands: lost, doubled, altered, half recorded, unasked."""
    rows = connection.execute(
        sa.text(
            "SELECT record.id, record.kind, record.content_hash, record_text.texts, contact.outcome, "
            "intervention.duration_minutes, action_plan.review_on FROM record "
            "LEFT JOIN record_text ON record_text.id = record.id LEFT JOIN contact ON contact.id = record.id "
            "LEFT JOIN intervention ON intervention.id = record.id "
            "LEFT JOIN action_plan ON action_plan.id = record.id"
        )
    ).all()
    stored = {str(row.id): row for row in rows}
    audited = connection.execute(
        sa.text("SELECT subject_id FROM audit_event WHERE name LIKE '%.recorded'")
    ).scalars()
    traces = [str(subject_id) for subject_id in audited]
    return {
        "lost": [record_id for record_id in tablet.acknowledged if record_id not in stored],
        "doubled": sorted(record_id for record_id, count in Counter(traces).items() if count > 1)
        + (["rows"] if len(rows) != len(stored) else []),
        "altered": [
            record_id
            for record_id, row in stored.items()
            if row.content_hash != tablet.acknowledged.get(record_id, row.content_hash)
            or not _says_what_was_sent(row, tablet.sent[record_id]["body"])
        ],
        "half": [batch[0] for batch in tablet.batches if 0 < len(stored.keys() & set(batch)) < len(batch)],
        "unasked": [record_id for record_id in stored if record_id not in tablet.sent],
        "untraced": sorted(stored.keys() ^ set(traces)),
        "faults": tablet.faults,
    }


def _says_what_was_sent(row: Any, body: dict[str, Any]) -> bool:
    texts = json.loads(row.texts) if isinstance(row.texts, str) else row.texts or {}
    if "outcome" in body:
        return bool(row.outcome == body["outcome"] and texts == {"note": body["note"]})
    if "duration_minutes" in body:
        return bool(row.duration_minutes == body["duration_minutes"])
    return bool(str(row.review_on) == body["review_on"] and texts["goal"] == body["goal"])
