"""A server killed at each named point loses, doubles and alters nothing, neither items nor files."""

import hashlib
import http.client
import json
import os
import time
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.ids import new_id
from app.devices.models import DeviceOutbox
from app.evidence.models import StoredFile
from tests.evidence.hostile import picture
from tests.faults.tablet import Server, Tablet, check
from tests.faults.test_kills import World, world
from tests.sync.builders import contact_item, intervention_item, plan_item
from tests.sync.sealing import Unlocked

pytestmark = pytest.mark.faults
__all__ = ["world"]

POINTS = ("before-insert", "after-insert", "before-commit", "after-commit")  # and mid-upload, of files
EACH = int(os.environ.get("POINT_KILLS", "5"))
PATIENCE_SECONDS = 120  # where others want the machine, too
PORTS = iter(range(8966, 8970))
MAKERS = (contact_item, intervention_item, plan_item)


class Sender:
    """A tablet that sends one thing at a time, and the same again until it is answered."""

    def __init__(self, world: World, port: int) -> None:
        self.world, self.port = world, port
        self.tablet = Tablet(port, world.headers, world.enrolment_ids)
        self.device, self.sequence = new_id(), 0
        seal = self.ask("GET", "/api/sync/seal")
        self.unlocked = Unlocked(seal["key_id"], seal["public_key"], UUID(seal["user_id"]))

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Ask; None where nobody answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        sent = json.dumps(body) if isinstance(body, dict) else body
        try:
            connection.request(method, path, sent, {**self.world.headers, **headers})
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        assert answer.status == 200, (answer.status, text)
        return json.loads(text)

    def again(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Ask until somebody answers."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            answer = self.ask(method, path, body, **headers)
            if answer is not None:
                return answer
            time.sleep(0.02)
        raise AssertionError("nobody answers")

    def batch(self, number: int) -> dict[str, Any]:
        """Make a batch, every other one sealed."""
        items = []
        for place in range(4):
            self.sequence += 1
            item = MAKERS[place % 3](self.world.enrolment_ids[place], sequence=self.sequence)
            item["device"] = str(self.device)
            self.tablet.sent[item["id"]] = item
            items.append(self.unlocked.seal_item(item) if number % 2 else item)
        self.tablet.batches.append([item["id"] for item in items])
        return {"items": items}

    def acknowledge(self, answer: Any) -> None:
        """Remember what was acknowledged."""
        for outcome in answer["outcomes"]:
            if "receipt" not in outcome:
                self.tablet.faults.append(str(outcome))
                continue
            known = self.tablet.acknowledged.setdefault(outcome["id"], outcome["receipt"]["content_hash"])
            assert known == outcome["receipt"]["content_hash"]

    def send_killed(self, point: str, number: int) -> None:
        """Send a batch to a server that dies of it, and again."""
        batch = self.batch(number)
        assert self.ask("POST", "/api/sync/batches", batch, **{"X-Kill-At": point}) is None
        self.acknowledge(self.again("POST", "/api/sync/batches", batch))

    def upload_killed(self, number: int) -> str:
        """Send a file whose second piece kills the server, and go on from where it says."""
        content = picture(size=(400 + number, 300))
        sha256 = hashlib.sha256(content).hexdigest()
        path = f"/api/sync/files/{sha256}"
        declared: dict[str, Any] = {"size_bytes": len(content), "media_type": "image/jpeg"}
        if number % 2:
            sealed, content = self.unlocked.seal_file(content, self.device)
            declared |= {"size_bytes": len(content), "sealed": sealed, "device": str(self.device)}
        pieces = {"Content-Type": "application/octet-stream"}
        self.again("PUT", path, declared)
        offset, half = 0, len(content) // 2 + 1
        while offset < len(content):
            piece = content[offset : offset + half]
            if offset:
                assert (
                    self.ask(
                        "PATCH",
                        path,
                        piece,
                        **pieces,
                        **{"Upload-Offset": str(offset), "X-Kill-At": "mid-upload"},
                    )
                    is None
                )
                offset = self.again("PUT", path, declared)["received_bytes"]
                piece = content[offset:]
            answer = self.again("PATCH", path, piece, **pieces, **{"Upload-Offset": str(offset)})
            offset = answer["received_bytes"]
        return sha256


def test_nothing_is_lost_doubled_or_altered_at_any_named_point(world: World) -> None:
    server = Server("tests.faults.points", next(PORTS), world.environ)
    try:
        server.start()
        sender = Sender(world, server.port)
        for number in range(EACH):
            for point in POINTS:
                sender.send_killed(point, number)
        sent_files = {sender.upload_killed(number) for number in range(EACH)}
    finally:
        server.stop()

    with world.engine.connect() as connection:
        assert {name: ids for name, ids in check(sender.tablet, connection).items() if ids} == {}
        assert len(sender.tablet.acknowledged) == EACH * 4 * len(POINTS)
        kept = set(connection.scalars(sa.select(StoredFile.sent_sha256)))
        assert kept == sent_files
        boxes = connection.execute(sa.select(DeviceOutbox.last_sequence, DeviceOutbox.missing)).all()
        assert [tuple(box) for box in boxes] == [(sender.sequence, [])]
