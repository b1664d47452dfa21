"""Files from devices: declared by their hash, sent in chunks, taken up where they broke."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.database import db, is_postgresql, transaction
from app.core.errors import Invalid, NotFound
from app.core.ids import new_id
from app.core.json import insert_rows
from app.core.permissions import Actor, require
from app.core.storage import Storage
from app.evidence.actions import keep_file
from app.evidence.errors import FileRefused
from app.evidence.policies import can_send_files
from app.evidence.queries import find_file
from app.sync.errors import WrongOffset
from app.sync.models import Upload
from app.sync.rules import CHUNK_MAX, chunk_keys

KEPT_DAYS = 14


@dataclass(frozen=True)
class Progress:
    """How far a file has come."""

    received_bytes: int
    complete: bool
    refusal: str | None = None


def declare_file(
    actor: Actor, storage: Storage, sent_sha256: str, *, size_bytes: int, media_type: str, at: datetime
) -> Progress:
    """Say that a file will be sent, or ask how far it has come; a file that is here is complete at once.

    Raises:
        Forbidden: the actor sends no files.
        FileRefused: it was sent before and is not kept.
    """
    require(can_send_files, actor)
    file = find_file(actor.organisation_id, sent_sha256)
    if file is not None:
        return Progress(size_bytes, complete=True)
    with transaction() as session:
        upload = _find(actor, sent_sha256)
        if upload is None:
            insert_rows(session, Upload, [_new(actor, sent_sha256, size_bytes, media_type, at)])
            upload = _get(actor, sent_sha256)
        if upload.refusal is not None:
            raise FileRefused(upload.refusal)
        if (
            upload.size_bytes != size_bytes
        ):  # another file cannot have this hash: one of them lies, begin anew
            _forget_chunks(storage, upload)
            upload.size_bytes, upload.received_bytes = size_bytes, 0
    return _finish(actor, storage, upload, at)


def get_progress(actor: Actor, sent_sha256: str) -> Progress:
    """Return how far a file of the actor's organisation has come.

    Raises:
        NotFound: nobody has declared it.
    """
    require(can_send_files, actor)
    upload = _find(actor, sent_sha256)
    file = find_file(actor.organisation_id, sent_sha256)
    if file is not None:
        return Progress(upload.size_bytes if upload else file.size_bytes, complete=True)
    if upload is None:
        raise NotFound
    return Progress(upload.received_bytes, complete=False, refusal=upload.refusal)


def receive_chunk(
    actor: Actor, storage: Storage, sent_sha256: str, *, offset: int, chunk: bytes, at: datetime
) -> Progress:
    """Take the next piece of a file; the last one completes it.

    Raises:
        NotFound: the file was not declared.
        WrongOffset: the piece does not begin where the last one ended.
        FileRefused: the whole file is not kept; sending it again does not help.
    """
    require(can_send_files, actor)
    file = find_file(actor.organisation_id, sent_sha256)
    if file is not None:
        return Progress(offset + len(chunk), complete=True)
    with transaction():
        upload = _get(actor, sent_sha256)
        if upload.refusal is not None:
            raise FileRefused(upload.refusal)
        if offset != upload.received_bytes:
            raise WrongOffset(upload.received_bytes)
        if not chunk or len(chunk) > CHUNK_MAX or offset + len(chunk) > upload.size_bytes:
            detail = f"Send 1 to {CHUNK_MAX} bytes, and no more than were declared."
            raise Invalid.field("body", "chunk-size", detail)
        storage.put(f"pending/{upload.id}/{offset:010}", chunk)
        upload.received_bytes = offset + len(chunk)
    return _finish(actor, storage, upload, at)


def forget_stale_uploads(storage: Storage, *, at: datetime) -> int:
    """Forget what was begun and not gone on with for two weeks; return how many."""
    with transaction() as session:
        stale = session.scalars(
            select(Upload).where(
                Upload.completed_at.is_(None), Upload.started_at < at - timedelta(days=KEPT_DAYS)
            )
        ).all()
        for upload in stale:
            _forget_chunks(storage, upload)
            session.delete(upload)
    return len(stale)


def _finish(actor: Actor, storage: Storage, upload: Upload, at: datetime) -> Progress:
    """Check and keep a file that has arrived whole; outside any transaction, for it may take two seconds."""
    if upload.received_bytes < upload.size_bytes:
        return Progress(upload.received_bytes, complete=False)
    content = b"".join(storage.get(key) for key in chunk_keys(storage.keys(f"pending/{upload.id}/")))
    refusal: FileRefused | None = None
    if hashlib.sha256(content).hexdigest() != upload.sent_sha256:
        refusal = FileRefused("file-hash-differs")
    else:
        try:
            keep_file(actor, storage, upload.sent_sha256, content, at=at)
        except FileRefused as error:
            refusal = error
    with transaction():
        settled = _get(actor, upload.sent_sha256)
        if refusal is None:
            settled.completed_at = at
        elif refusal.code == "file-hash-differs":
            settled.received_bytes = 0
        else:
            settled.refusal = refusal.code
    _forget_chunks(storage, upload)
    if refusal is not None:
        raise refusal
    return Progress(upload.size_bytes, complete=True)


def _find(actor: Actor, sent_sha256: str) -> Upload | None:
    query = select(Upload).where(
        Upload.organisation_id == actor.organisation_id, Upload.sent_sha256 == sent_sha256
    )
    held = query.with_for_update() if is_postgresql() else query
    return db.session().scalar(held.execution_options(populate_existing=True))


def _get(actor: Actor, sent_sha256: str) -> Upload:
    upload = _find(actor, sent_sha256)
    if upload is None:
        raise NotFound("Declare the file first, by PUT.")
    return upload


def _new(actor: Actor, sent_sha256: str, size_bytes: int, media_type: str, at: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "organisation_id": actor.organisation_id,
        "user_id": actor.user_id,
        "sent_sha256": sent_sha256,
        "media_type": media_type,
        "size_bytes": size_bytes,
        "received_bytes": 0,
        "started_at": at,
        "completed_at": None,
        "refusal": None,
    }


def _forget_chunks(storage: Storage, upload: Upload) -> None:
    for key in list(storage.keys(f"pending/{upload.id}/")):
        storage.delete(key)
