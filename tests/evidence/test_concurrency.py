"""A file is kept once, however many send it at the same moment, on both databases."""

import hashlib
import threading
from pathlib import Path
from uuid import UUID

from flask import Flask

from app.core.database import db
from app.core.permissions import Actor, Role
from app.core.storage import Storage, open_storage
from app.evidence.actions import keep_file
from app.evidence.models import StoredFile
from app.evidence.rules.inspection import Inspected
from tests.builders import NOON, act_as

CONTENT = b"a certificate"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
SENDERS = 8


def _send(app: Flask, actor: Actor, storage: Storage, together: threading.Barrier, kept: list[UUID]) -> None:
    def inspect(content: bytes) -> tuple[Inspected, bytes]:
        together.wait(timeout=120)  # nobody's is kept yet
        return Inspected("image/jpeg"), content

    with app.app_context():
        try:
            kept.append(keep_file(actor, storage, SHA256, CONTENT, at=NOON, inspect=inspect).id)
        finally:
            db.session.remove()


def test_a_file_that_many_send_at_once_is_kept_once(own_app: Flask, tmp_path: Path) -> None:
    actor, storage = act_as(Role.WORKER), open_storage(tmp_path / "files")
    db.session.commit()
    together, kept = threading.Barrier(SENDERS), list[UUID]()
    threads = [
        threading.Thread(target=_send, args=(own_app, actor, storage, together, kept)) for _ in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=240)

    db.session.rollback()  # look afresh
    (file,) = db.session().query(StoredFile).all()
    assert kept == [file.id] * SENDERS
    assert storage.get(file.storage_key) == CONTENT
