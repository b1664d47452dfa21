"""What a device may hold, and who has read a record."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app.accounts.models import User
from app.audit.models import AuditEvent
from app.audit.queries import READ_SUFFIX, reads_of
from app.core.database import db
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.enrolments.queries.sight import get_enrolment, reach_of
from app.journeys.queries.groups import IS_LIVE, ORGANISATION, USER
from app.journeys.queries.names import staff_name
from app.organisations.models import Organisation
from app.participants.models import Participant


@dataclass(frozen=True)
class Holdings:
    """The journeys a device may keep, as JSON text, with its tag."""

    text: str
    etag: str


_HELD = (
    select(Enrolment.id, Enrolment.revision)
    .join(Participant, Participant.id == Enrolment.participant_id)
    .where(
        Enrolment.worker_id == USER,
        reach_of({Role.WORKER}, USER, ORGANISATION),
        IS_LIVE,
        ~Participant.is_restricted,  # not even for those who are named: a device can be lost
    )
    .order_by(Enrolment.id)
)


def holdings_of(actor: Actor) -> Holdings:
    """Return the actor's own people with the revision of each journey: nobody restricted, nobody else's.

    It names nobody, so nothing is audited; each journey that is fetched is.
    """
    held: list[Any] = []
    if actor.roles & {Role.WORKER, Role.MANAGER}:
        values = {"user_id": actor.user_id, "organisation_id": actor.organisation_id}
        held = list(db.session().connection().execute(_HELD, values))
    text = "[" + ",".join(f'["{row.id}",{row.revision}]' for row in held) + "]"
    # Whoever reads in another language now holds titles of the one before.
    return Holdings(text, sha256(f"{actor.user_id}{actor.language}{text}".encode()).hexdigest()[:32])


def readers_of(actor: Actor, enrolment_id: UUID, *, after: str | None, limit: int) -> dict[str, Any]:
    """Return a page of who has read a record, newest first; asking is itself no read of the person.

    Raises:
        NotFound: there is no such enrolment in the actor's sight.
    """
    get_enrolment(actor, enrolment_id)
    page = reads_of(enrolment_id, after=after, limit=limit)
    people = _names(select(User.id, staff_name(User.name)), User.id, [event.user_id for event in page.events])
    places = _names(
        select(Organisation.id, Organisation.short_name),
        Organisation.id,
        [event.organisation_id for event in page.events],
    )
    return {
        "items": [
            {
                "at": event.at,
                "name": event.name,
                "by": people.get(event.user_id),
                "organisation": places.get(event.organisation_id),
            }
            for event in page.events
        ],
        "next": page.next,
        "count": _count_reads(enrolment_id),
    }


def _names(query: Select[UUID, str], key: Any, ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    rows = db.session().execute(query.where(key.in_({one for one in ids if one is not None})))
    return {row[0]: row[1] for row in rows}


def _count_reads(enrolment_id: UUID) -> int:
    query = select(func.count()).where(
        AuditEvent.enrolment_id == enrolment_id, AuditEvent.name.endswith(READ_SUFFIX)
    )
    return db.session().scalar(query) or 0
