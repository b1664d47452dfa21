"""Files from devices: declared by their hash, sent in chunks, taken up where they broke; plain or sealed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.database import db, is_postgresql, transaction
from app.core.errors import DomainError, Invalid, NotFound
from app.core.ids import new_id
from app.core.json import insert_rows
from app.core.permissions import Actor, require
from app.core.storage import Storage
from app.evidence.actions import keep_file
from app.evidence.errors import FileRefused
from app.evidence.policies import can_send_files
from app.evidence.queries.files import find_file
from app.sync.errors import SealedForAnother, SealKeyGone, WrongOffset
from app.sync.models import Upload
from app.sync.rules import CHUNK_MAX, chunk_keys
from app.sync.seals.at_rest import SealSecrets
from app.sync.seals.opening import make_opener, read_seal

KEPT_DAYS = 14


# What is worth sending again, from the beginning: nothing is held against the file itself.
SENT_ANEW = frozenset({"file-hash-differs", SealedForAnother.code, SealKeyGone.code})


@dataclass(frozen=True)
class Declared:
    """A file as its sender declares it.

    Attributes:
        size_bytes: Of what is sent: of the sealed bytes where it is sealed.
        media_type: As the device names it.
        seal: How it is sealed, with `user_id` and `device`; None where it comes in plain.
    """

    size_bytes: int
    media_type: str
    seal: dict[str, Any] | None = None


@dataclass(frozen=True)
class Progress:
    """How far a file has come."""

    received_bytes: int
    complete: bool
    refusal: str | None = None


def declare_file(
    actor: Actor,
    storage: Storage,
    sent_sha256: str,
    declared: Declared,
    *,
    secrets: SealSecrets,
    at: datetime,
) -> Progress:
    """Say that a file will be sent, or ask how far it has come; a file that is here is complete at once.

    Raises:
        Forbidden: the actor sends no files.
        FileRefused: it was sent before and is not kept.
    """
    require(can_send_files, actor)
    file = find_file(actor.organisation_id, sent_sha256)
    if file is not None:
        return Progress(declared.size_bytes, complete=True)
    with transaction() as session:
        upload = _find(actor, sent_sha256)
        if upload is None:
            insert_rows(session, Upload, [_new(actor, sent_sha256, declared, at)])
            upload = _get(actor, sent_sha256)
        if upload.refusal is not None:
            raise FileRefused(upload.refusal)
        # Another file cannot have this hash: one of them lies, or it was sealed anew. Begin anew.
        if (upload.size_bytes, upload.seal) != (declared.size_bytes, declared.seal):
            _forget_chunks(storage, upload)
            upload.size_bytes, upload.received_bytes = declared.size_bytes, 0
            upload.seal = declared.seal
    return _finish(actor, storage, upload, secrets, at)


def declared_seal(sealed: Mapping[str, Any], device: UUID, user_id: UUID) -> dict[str, Any]:
    """Return how a file is sealed, as it is kept until the file is whole.

    Raises:
        Invalid: it is not base64url without padding.
    """
    read_seal(sealed)
    kept = {"ephemeral": sealed["ephemeral"], "nonce": sealed["nonce"]}
    return {**kept, "key_id": str(sealed["key_id"]), "device": str(device), "user_id": str(user_id)}


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
    actor: Actor,
    storage: Storage,
    sent_sha256: str,
    piece: tuple[int, bytes],
    *,
    secrets: SealSecrets,
    at: datetime,
) -> Progress:
    """Take the next piece of a file; the last one completes it.

    Args:
        actor: Who sends.
        storage: Where it is kept.
        sent_sha256: Of the file.
        piece: Where it begins, and its bytes.
        secrets: By which a sealed file is opened.
        at: When.

    Raises:
        NotFound: the file was not declared.
        WrongOffset: the piece does not begin where the last one ended.
        FileRefused: the whole file is not kept; sending it again does not help.
        SealedForAnother: it is sealed for somebody or something else.
        SealKeyGone: it is sealed to a key that is not kept.
    """
    offset, chunk = piece
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
    return _finish(actor, storage, upload, secrets, at)


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


def _finish(actor: Actor, storage: Storage, upload: Upload, secrets: SealSecrets, at: datetime) -> Progress:
    """Check and keep a file that has arrived whole; outside any transaction, for it may take two seconds."""
    if upload.received_bytes < upload.size_bytes:
        return Progress(upload.received_bytes, complete=False)
    refusal: DomainError | None = None
    try:
        keep_file(actor, storage, upload.sent_sha256, _content(storage, upload, secrets), at=at)
    except (FileRefused, SealedForAnother, SealKeyGone) as error:
        refusal = error
    with transaction():
        settled = _get(actor, upload.sent_sha256)
        if refusal is None:
            settled.completed_at = at
        elif refusal.code in SENT_ANEW:
            settled.received_bytes = 0
        else:
            settled.refusal = refusal.code
    _forget_chunks(storage, upload)
    if refusal is not None:
        raise refusal
    return Progress(upload.size_bytes, complete=True)


def _content(storage: Storage, upload: Upload, secrets: SealSecrets) -> bytes:
    """Return a whole file's plain bytes, which have the hash they were announced by."""
    content = b"".join(storage.get(key) for key in chunk_keys(storage.keys(f"pending/{upload.id}/")))
    if upload.seal is not None:
        seal = upload.seal
        opener = make_opener(secrets, [UUID(seal["key_id"])])
        content = opener.open_file(
            read_seal(seal), content, upload.sent_sha256, UUID(seal["user_id"]), UUID(seal["device"])
        )
    if hashlib.sha256(content).hexdigest() != upload.sent_sha256:
        raise FileRefused("file-hash-differs")
    return content


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


def _new(actor: Actor, sent_sha256: str, declared: Declared, at: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "organisation_id": actor.organisation_id,
        "user_id": actor.user_id,
        "sent_sha256": sent_sha256,
        "media_type": declared.media_type,
        "size_bytes": declared.size_bytes,
        "received_bytes": 0,
        "started_at": at,
        "completed_at": None,
        "refusal": None,
        "seal": declared.seal,
    }


def _forget_chunks(storage: Storage, upload: Upload) -> None:
    for key in list(storage.keys(f"pending/{upload.id}/")):
        storage.delete(key)
