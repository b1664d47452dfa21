"""Asking for an export, fetching it, and forgetting what has expired."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.audit.actions import trace
from app.claims.models import ClaimState
from app.claims.queries.claims import get_claim
from app.core.database import transaction
from app.core.ids import new_id
from app.core.permissions import Actor, require
from app.core.storage import Storage
from app.exports import policies
from app.exports.errors import ClaimNotLocked, ExportNotReady
from app.exports.models import Export, ExportKind
from app.exports.queries.asked import expired_exports, find_waiting_export, get_own_export, keys_in_use
from app.jobs.actions import enqueue

BUILD_PACK, BUILD_ORGANISATION = "build-pack", "build-organisation-export"


def ask_for_pack(actor: Actor, claim_id: UUID, *, keep: timedelta, at: datetime) -> UUID:
    """Ask for a claim's evidence pack and return the export's id; a second asking joins the first.

    Args:
        actor: Who asks; the file will be theirs alone.
        claim_id: The claim.
        keep: How long the file may be fetched once it is made.
        at: When.

    Raises:
        NotFound: the actor can see no such claim.
        Forbidden: the actor packs no claims of this prime.
        ClaimNotLocked: nothing is frozen yet.
    """
    with transaction():
        claim = get_claim(actor, claim_id)
        require(policies.can_pack_claim, actor, claim)
        if claim.state is ClaimState.DRAFT:
            raise ClaimNotLocked
        waiting = find_waiting_export(actor, ExportKind.PACK, claim_id)
        if waiting is not None:
            return waiting
        export_id = _enqueued(actor, ExportKind.PACK, BUILD_PACK, (claim_id, claim.contract_id), keep, at)
        trace(
            actor,
            "claim.pack-asked",
            at=at,
            subject_id=claim_id,
            contract_id=claim.contract_id,
            export_id=export_id,
        )
        return export_id


def ask_for_organisation(actor: Actor, *, keep: timedelta, at: datetime) -> UUID:
    """Ask for everything that the actor's organisation owns and return the export's id.

    Raises:
        Forbidden: the actor is no administrator.
    """
    with transaction():
        require(policies.can_export_organisation, actor, actor.organisation_id)
        waiting = find_waiting_export(actor, ExportKind.ORGANISATION, None)
        if waiting is not None:
            return waiting
        export_id = _enqueued(actor, ExportKind.ORGANISATION, BUILD_ORGANISATION, (None, None), keep, at)
        trace(
            actor, "organisation.export-asked", at=at, subject_id=actor.organisation_id, export_id=export_id
        )
        return export_id


def _enqueued(
    actor: Actor,
    kind: ExportKind,
    job_name: str,
    about: tuple[UUID | None, UUID | None],
    keep: timedelta,
    at: datetime,
) -> UUID:
    """Write the export and its job; `about` holds the claim and its contract."""
    claim_id, contract_id = about
    export_id = new_id()
    with transaction() as session:
        job_id = enqueue(
            job_name, f"{job_name}:{export_id}", {"export_id": str(export_id)}, actor=actor, at=at
        )
        session.add(
            Export(
                id=export_id,
                kind=kind,
                organisation_id=actor.organisation_id,
                asked_by_id=actor.user_id,
                asked_at=at,
                expires_at=at + keep,
                contract_id=contract_id,
                claim_id=claim_id,
                job_id=job_id,
            )
        )
    return export_id


@dataclass(frozen=True)
class Fetched:
    """A finished file on its way to whoever asked for it."""

    file_name: str
    size_bytes: int
    sha256: str
    pieces: Iterator[bytes]


def fetch_export(actor: Actor, export_id: UUID, storage: Storage, *, at: datetime) -> Fetched:
    """Hand out a finished export to whoever asked for it, and note that they had it.

    Raises:
        NotFound: there is none of theirs, or it expired.
        ExportNotReady: it is not finished.
    """
    with transaction():
        export = get_own_export(actor, export_id, at=at).export
        if export.finished_at is None or export.file_name is None or not storage.has(export.storage_key):
            raise ExportNotReady
        pieces = storage.stream(export.storage_key)
        trace(
            actor,
            "export.read",
            at=at,
            subject_id=export.id,
            contract_id=export.contract_id,
            kind=export.kind.value,
        )
        return Fetched(export.file_name, export.size_bytes or 0, export.sha256 or "", pieces)


def purge_exports(storage: Storage, *, at: datetime) -> int:
    """Delete expired exports with their files, and files that no export names; return how many exports.

    The file goes first: what is cut short between the two is done at the next purge.
    """
    gone = expired_exports(at)
    for export in gone:
        storage.delete(export.storage_key)
        with transaction() as session:
            kept = session.get(Export, export.id)
            if kept is not None:
                session.delete(kept)
    known = keys_in_use()
    for key in list(storage.keys("exports/")):
        if key not in known:
            storage.delete(key)
    return len(gone)
