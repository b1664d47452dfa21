"""Inserting records: set-wise, append-only, one answer a draft."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from app.audit.actions import trace_columns
from app.audit.models import AuditEvent
from app.core.database import db, joined
from app.core.errors import DomainError
from app.core.families import Rows, insert_family, insert_new_family
from app.core.hot import HotStatement, is_among
from app.core.ids import new_id, new_salt
from app.core.model import Base
from app.core.permissions import Actor
from app.records.errors import (
    DetailTaken,
    OccurredTooLate,
    RecordConflict,
    RecordMissing,
    RecordsOvertaken,
    RecordSuperseded,
)
from app.records.models import Record, RecordKind, RecordText
from app.records.rules import (
    AFTER_CORRECTION,
    Draft,
    Outcome,
    Place,
    Receipt,
    Result,
    content_hash,
    london_day,
)

CONFLICTS = (RecordConflict, RecordSuperseded, DetailTaken)


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
        today = london_day(at)
        fresh: list[_Fresh] = []
        seen: set[UUID] = set()
        for draft, place in drafts:
            if draft.id in seen:
                continue
            seen.add(draft.id)
            if draft.id in stored:
                outcomes[draft.id] = _repeat(kind, actor, draft, stored[draft.id])
                continue
            refusal = _refusal(kind, draft, origins, today)
            if refusal is not None:
                outcomes[draft.id] = refused(draft.id, refusal)
                continue
            salt = new_salt() if draft.texts else None
            root_id = origins[draft.supersedes_id].root_id if draft.supersedes_id else draft.id
            hashed = content_hash(kind, actor.user_id, draft, salt)
            fresh.append(_Fresh(kind, detail_model, draft, place, salt, root_id, hashed))
        outcomes |= _insert(actor, kind, fresh, at)
        _tell_corrected(actor, [one.draft for one in fresh], outcomes, origins, at)
    return [outcomes[draft.id] for draft, _ in drafts]


def refused(draft_id: UUID, error: DomainError) -> Outcome:
    """Return the answer to a draft that the rules refuse."""
    result = Result.CONFLICT if isinstance(error, CONFLICTS) else Result.REFUSED
    return Outcome(draft_id, result, error=error)


def find_stored(ids: Sequence[UUID]) -> dict[UUID, Stored]:
    """Return what stands already under these ids, whoever's it is."""
    rows = _STORED.all({"ids": ids})
    return {
        row.id: Stored(
            RecordKind(row.kind), Receipt(row.id, row.content_hash, row.received_at), row.author_id, row.salt
        )
        for row in rows
    }


_STORED = HotStatement(
    select(Record.id, Record.kind, Record.content_hash, Record.received_at, Record.author_id, RecordText.salt)
    .outerjoin(RecordText, RecordText.id == Record.id)
    .where(is_among(Record.id))
)


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
    kind: RecordKind, draft: Draft, origins: Mapping[UUID, _Origin], today: date
) -> DomainError | None:
    if draft.occurred_on > today:
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


class _Fresh(NamedTuple):
    """A draft that is to be inserted."""

    kind: RecordKind
    detail_model: type[Base]
    draft: Draft
    place: Place
    salt: str | None
    root_id: UUID
    content_hash: str


@dataclass(frozen=True)
class _Waiting:
    """What is inserted at the end of `inserted_together`."""

    actor: Actor
    at: datetime
    entries: list[_Fresh]


_waiting: ContextVar[_Waiting | None] = ContextVar("waymark.insertion", default=None)


@contextmanager
def inserted_together(actor: Actor, at: datetime) -> Iterator[None]:
    """Insert what is recorded within at the end, a statement a table: five kinds cost as many as one.

    Nothing within may look for what was recorded within: no corrections, and no id twice.

    Raises:
        RecordsOvertaken: not all of it could be inserted. Nothing may be kept; record each kind by itself.
    """
    waiting = _Waiting(actor, at, [])
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if not insert_new_family(db.session(), *_rows_of(actor, waiting.entries, at)):
        raise RecordsOvertaken("Somebody recorded the same a moment ago.")


def _insert(actor: Actor, kind: RecordKind, fresh: Sequence[_Fresh], at: datetime) -> dict[UUID, Outcome]:
    waiting = _waiting.get()
    if waiting is None or any(one.draft.supersedes_id for one in fresh):
        made = _insert_rows_of(actor, fresh, at)
    else:
        waiting.entries.extend(fresh)
        made = {one.draft.id for one in fresh}
    outcomes = {
        one.draft.id: Outcome(one.draft.id, Result.RECORDED, Receipt(one.draft.id, one.content_hash, at))
        for one in fresh
        if one.draft.id in made
    }
    return outcomes | _overtaken(kind, actor, [one.draft for one in fresh if one.draft.id not in made])


def _insert_rows_of(actor: Actor, fresh: Sequence[_Fresh], at: datetime) -> set[UUID]:
    """Insert records with their texts, details and traces, and return the ids that were new."""
    made, _, _, *detailed = insert_family(db.session(), *_rows_of(actor, fresh, at))
    if sum(map(len, detailed)) != len(made):
        raise DetailTaken("Somebody recorded the same a moment ago.")
    return made


def _rows_of(actor: Actor, fresh: Sequence[_Fresh], at: datetime) -> list[Rows]:
    """Return the rows of the spine, of the texts, of the trail, and of each kind's details."""
    details: dict[type[Base], list[dict[str, Any]]] = {}
    for one in fresh:
        details.setdefault(one.detail_model, []).append({**_walls(one), **one.draft.detail})
    return [
        Rows(Record, [_record_row(one) for one in fresh], {"author_id": actor.user_id, "received_at": at}),
        Rows(RecordText, [_text_row(one) for one in fresh if one.salt]),
        Rows(AuditEvent, [_trace_of(one) for one in fresh], trace_columns(actor, at), "subject_id"),
        *(Rows(model, rows) for model, rows in details.items()),
    ]


def _trace_of(one: _Fresh) -> dict[str, Any]:
    return {
        "id": new_id(),
        "name": f"{one.kind}.recorded",
        "subject_id": one.draft.id_text,
        "contract_id": one.place.contract_text,
        "enrolment_id": one.place.enrolment_text,
    }


def _record_row(one: _Fresh) -> dict[str, Any]:
    draft, place = one.draft, one.place
    return {
        "id": draft.id_text,
        "root_id": draft.id_text if one.root_id == draft.id else one.root_id,
        "contract_id": place.contract_text,
        "provider_id": place.provider_text,
        "enrolment_id": place.enrolment_text,
        "kind": one.kind,
        "occurred_on": draft.occurred_on,
        "recorded_at": draft.recorded_at,
        "clock_offset_seconds": draft.clock_offset_seconds,
        "device_id": draft.device_id,
        "content_hash": one.content_hash,
        "supersedes_id": draft.supersedes_id,
        "is_withdrawn": draft.is_withdrawn,
    }


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


def _walls(one: _Fresh) -> dict[str, Any]:
    place = one.place
    return {"id": one.draft.id_text, "contract_id": place.contract_text, "provider_id": place.provider_text}


def _text_row(one: _Fresh) -> dict[str, Any]:
    return {**_walls(one), "salt": one.salt, "texts": one.draft.texts}
