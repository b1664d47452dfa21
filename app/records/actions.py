"""Inserting records: set-wise, append-only, one answer a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.audit.actions import trace_many
from app.core.database import db, joined
from app.core.errors import DomainError
from app.core.ids import new_salt
from app.core.json import insert_rows
from app.core.model import Base
from app.core.permissions import Actor
from app.records.errors import DetailTaken, OccurredTooLate, RecordConflict, RecordMissing, RecordSuperseded
from app.records.models import Record, RecordKind, RecordText
from app.records.rules import AFTER_CORRECTION, Draft, Outcome, Receipt, Result, content_hash, london_day

CONFLICTS = (RecordConflict, RecordSuperseded, DetailTaken)


@dataclass(frozen=True)
class Place:
    """Where a record belongs: its enrolment inside both walls."""

    enrolment_id: UUID
    contract_id: UUID
    provider_id: UUID


@dataclass(frozen=True)
class Stored:
    """What stands already under an id."""

    kind: RecordKind
    receipt: Receipt
    author_id: UUID
    salt: str | None


def insert_records(
    actor: Actor,
    kind: RecordKind,
    detail_model: type[Base],
    drafts: Sequence[tuple[Draft, Place]],
    *,
    at: datetime,
    stored: Mapping[UUID, Stored] | None = None,
) -> list[Outcome]:
    """Insert drafts of one kind, whose author was admitted to their places before.

    The same id with the same content is the same record and gets its original receipt; with other
    content it is a conflict and nothing changes. A row of `detail_model` is made for each; a
    withdrawal carries the details of what it takes back.

    Args:
        actor: Becomes the author.
        kind: Of every draft.
        detail_model: The kind's own table.
        drafts: Each with its place.
        at: When they arrived.
        stored: What `find_stored` said of their ids, where the caller has asked already.

    Raises:
        DetailTaken: somebody else took the one place a detail row may have; nothing was inserted.
    """
    with joined():
        if stored is None:
            stored = find_stored([draft.id for draft, _ in drafts])
        origins = _origins([draft.supersedes_id for draft, _ in drafts if draft.supersedes_id])
        outcomes: dict[UUID, Outcome] = {}
        fresh: list[tuple[Draft, Place, str | None]] = []
        seen: set[UUID] = set()
        for draft, place in drafts:
            if draft.id in seen:
                continue
            seen.add(draft.id)
            if draft.id in stored:
                outcomes[draft.id] = _repeat(kind, actor, draft, stored[draft.id])
                continue
            refusal = _refusal(kind, draft, origins, at)
            if refusal is not None:
                outcomes[draft.id] = refused(draft.id, refusal)
                continue
            fresh.append((draft, place, new_salt() if draft.texts else None))
        outcomes |= _insert(actor, kind, detail_model, fresh, origins, at)
        _tell_corrected(actor, [entry[0] for entry in fresh], outcomes, origins, at)
    return [outcomes[draft.id] for draft, _ in drafts]


def refused(draft_id: UUID, error: DomainError) -> Outcome:
    """Return the answer to a draft that the rules refuse."""
    result = Result.CONFLICT if isinstance(error, CONFLICTS) else Result.REFUSED
    return Outcome(draft_id, result, error=error)


def find_stored(ids: Sequence[UUID]) -> dict[UUID, Stored]:
    """Return what stands already under these ids, whoever's it is."""
    rows = db.session().execute(
        select(
            Record.id, Record.kind, Record.content_hash, Record.received_at, Record.author_id, RecordText.salt
        )
        .outerjoin(RecordText, RecordText.id == Record.id)
        .where(Record.id.in_(ids))
    )
    return {
        row.id: Stored(row.kind, Receipt(row.id, row.content_hash, row.received_at), row.author_id, row.salt)
        for row in rows
    }


@dataclass(frozen=True)
class _Origin:
    root_id: UUID
    enrolment_id: UUID
    kind: RecordKind
    corrected_by_id: UUID | None


def _origins(ids: Sequence[UUID]) -> dict[UUID, _Origin]:
    if not ids:
        return {}
    newer = select(Record.supersedes_id, Record.id.label("newer_id")).subquery()
    rows = db.session().execute(
        select(Record.id, Record.root_id, Record.enrolment_id, Record.kind, newer.c.newer_id)
        .outerjoin(newer, newer.c.supersedes_id == Record.id)
        .where(Record.id.in_(ids))
    )
    return {row.id: _Origin(row.root_id, row.enrolment_id, row.kind, row.newer_id) for row in rows}


def _repeat(kind: RecordKind, actor: Actor, draft: Draft, stored: Stored) -> Outcome:
    is_same = (
        stored.kind is kind
        and stored.author_id == actor.user_id
        and content_hash(kind, actor.user_id, draft, stored.salt) == stored.receipt.content_hash
    )
    if is_same:
        return Outcome(draft.id, Result.ALREADY_RECORDED, stored.receipt)
    return refused(draft.id, RecordConflict("A record with this id and other content stands already."))


def _refusal(
    kind: RecordKind, draft: Draft, origins: Mapping[UUID, _Origin], at: datetime
) -> DomainError | None:
    if draft.occurred_on > london_day(at):
        return OccurredTooLate.field(
            "occurred_on", "occurred-in-future", "Choose the day it happened, today or earlier."
        )
    if draft.supersedes_id is None:
        return None
    origin = origins.get(draft.supersedes_id)
    if origin is None or origin.kind is not kind or origin.enrolment_id != draft.enrolment_id:
        return RecordMissing("The record to correct was not found for this person.")
    if origin.corrected_by_id is not None:
        return RecordSuperseded("It was corrected before; open the newest version and correct that one.")
    return None


def _insert(
    actor: Actor,
    kind: RecordKind,
    detail_model: type[Base],
    fresh: Sequence[tuple[Draft, Place, str | None]],
    origins: Mapping[UUID, _Origin],
    at: datetime,
) -> dict[UUID, Outcome]:
    if not fresh:
        return {}
    session = db.session()
    hashes = {draft.id: content_hash(kind, actor.user_id, draft, salt) for draft, _, salt in fresh}
    made = insert_rows(
        session,
        Record,
        [
            {
                "id": draft.id,
                "root_id": origins[draft.supersedes_id].root_id if draft.supersedes_id else draft.id,
                "contract_id": place.contract_id,
                "provider_id": place.provider_id,
                "enrolment_id": place.enrolment_id,
                "kind": kind,
                "occurred_on": draft.occurred_on,
                "recorded_at": draft.recorded_at,
                "received_at": at,
                "clock_offset_seconds": draft.clock_offset_seconds,
                "author_id": actor.user_id,
                "device_id": draft.device_id,
                "content_hash": hashes[draft.id],
                "supersedes_id": draft.supersedes_id,
                "is_withdrawn": draft.is_withdrawn,
            }
            for draft, place, _ in fresh
        ],
    )
    kept = [(draft, place, salt) for draft, place, salt in fresh if draft.id in made]
    insert_rows(session, RecordText, [_text_row(*entry) for entry in kept if entry[2]])
    details = insert_rows(
        session, detail_model, [{**_walls(draft, place), **draft.detail} for draft, place, _ in kept]
    )
    if len(details) != len(kept):
        raise DetailTaken("Somebody recorded the same a moment ago.")
    trace_many(
        actor,
        f"{kind}.recorded",
        at=at,
        rows=[
            {"subject_id": draft.id, "contract_id": place.contract_id, "enrolment_id": place.enrolment_id}
            for draft, place, _ in kept
        ],
    )
    outcomes = {
        draft.id: Outcome(draft.id, Result.RECORDED, Receipt(draft.id, hashes[draft.id], at))
        for draft, _, _ in kept
    }
    return outcomes | _overtaken(kind, actor, [entry[0] for entry in fresh if entry[0].id not in made])


def _tell_corrected(
    actor: Actor,
    drafts: Sequence[Draft],
    outcomes: Mapping[UUID, Outcome],
    origins: Mapping[UUID, _Origin],
    at: datetime,
) -> None:
    """Tell whoever uses records which of them have a newer version now, in this same transaction."""
    corrected = [
        origins[draft.supersedes_id].root_id
        for draft in drafts
        if draft.supersedes_id and outcomes[draft.id].result is Result.RECORDED
    ]
    if corrected:
        for listener in AFTER_CORRECTION:
            listener(actor, corrected, at)


def _overtaken(kind: RecordKind, actor: Actor, drafts: Sequence[Draft]) -> dict[UUID, Outcome]:
    """Answer drafts whose id or correction somebody else inserted while we were at it."""
    if not drafts:
        return {}
    stored = find_stored([draft.id for draft in drafts])
    superseded = RecordSuperseded("It was corrected a moment ago; open the newest version.")
    return {
        draft.id: _repeat(kind, actor, draft, stored[draft.id])
        if draft.id in stored
        else refused(draft.id, superseded)
        for draft in drafts
    }


def _walls(draft: Draft, place: Place) -> dict[str, Any]:
    return {"id": draft.id, "contract_id": place.contract_id, "provider_id": place.provider_id}


def _text_row(draft: Draft, place: Place, salt: str | None) -> dict[str, Any]:
    return {**_walls(draft, place), "salt": salt, "texts": dict(draft.texts), "disposed_at": None}
