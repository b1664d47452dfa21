"""Reads of the trail. Who may read which part of it is asked by whoever calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from app.audit.models import AuditEvent
from app.core.database import db
from app.core.errors import Invalid
from app.core.paging import decode_cursor, encode_cursor

# Reads of one person's records; a list is noted once with its count and names nobody.
READ_SUFFIX = ".read"


@dataclass(frozen=True)
class Page:
    """Some events, newest first, and the cursor of the next ones."""

    events: Sequence[AuditEvent]
    next: str | None


@dataclass(frozen=True)
class EventFilter:
    """Which events to show: of one name, of one user, from a moment until another."""

    name: str | None = None
    user_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def find_events(organisation_id: UUID, wanted: EventFilter, *, after: str | None, limit: int) -> Page:
    """Return what one organisation's people did, newest first, by keyset."""
    query = select(AuditEvent).where(AuditEvent.organisation_id == organisation_id)
    if wanted.name:
        query = query.where(AuditEvent.name == wanted.name)
    if wanted.user_id:
        query = query.where(AuditEvent.user_id == wanted.user_id)
    if wanted.since:
        query = query.where(AuditEvent.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEvent.at < wanted.until)
    return _page(query, after, limit)


def reads_of(enrolment_id: UUID, *, after: str | None = None, limit: int = 50) -> Page:
    """Return who has read about one enrolment's person, newest first: journeys, files, PDFs and exports."""
    query = select(AuditEvent).where(
        AuditEvent.enrolment_id == enrolment_id, AuditEvent.name.endswith(READ_SUFFIX)
    )
    return _page(query, after, limit)


def _page(query: Select[AuditEvent], after: str | None, limit: int) -> Page:
    if after is not None:
        at, event_id = _cursor(after)
        query = query.where(or_(AuditEvent.at < at, and_(AuditEvent.at == at, AuditEvent.id < event_id)))
    query = query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(limit + 1)
    events = db.session().scalars(query).all()
    shown = events[:limit]
    more = len(events) > limit
    return Page(shown, encode_cursor(shown[-1].at.isoformat(), shown[-1].id) if more else None)


def _cursor(after: str) -> tuple[datetime, UUID]:
    at, event_id = decode_cursor(after, 2)
    try:
        moment, last_id = datetime.fromisoformat(at), UUID(event_id)
    except ValueError as error:
        raise Invalid.field("after", "cursor-unknown", "Leave `after` out to begin anew.") from error
    if moment.tzinfo is None:
        raise Invalid.field("after", "cursor-unknown", "Leave `after` out to begin anew.")
    return moment, last_id
