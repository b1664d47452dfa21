"""Reads of enrolments, always bounded by the actor."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, false, or_, select

from app.contracts.models import Contract
from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentState
from app.participants.models import AdviserAssignment, Participant, RestrictedViewer


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor may see an enrolment's person and journey.

    A provider's workers and managers see its own; a prime's adviser those assigned to them; a
    restricted person only those who are named.
    """
    return in_sight_of(actor.roles, actor.user_id, actor.organisation_id)


def in_sight_of(
    roles: Set[Role], user_id: UUID | BindParameter[UUID], organisation_id: UUID | BindParameter[UUID]
) -> ColumnElement[bool]:
    """Return the same condition for roles; the ids may be parameters, so that a hot read is built once."""
    ways: list[ColumnElement[bool]] = []
    if roles & {Role.WORKER, Role.MANAGER}:
        ways.append(Enrolment.provider_id == organisation_id)
    if Role.ADVISER in roles:
        assigned = select(AdviserAssignment.participant_id).where(
            AdviserAssignment.user_id == user_id, AdviserAssignment.ended_on.is_(None)
        )
        led = select(Contract.id).where(Contract.prime_id == organisation_id)
        ways.append(and_(Enrolment.participant_id.in_(assigned), Enrolment.contract_id.in_(led)))
    if not ways:
        return false()
    restricted = select(Participant.id).where(Participant.is_restricted)
    named = select(RestrictedViewer.participant_id).where(RestrictedViewer.user_id == user_id)
    return or_(*ways) & (Enrolment.participant_id.not_in(restricted) | Enrolment.participant_id.in_(named))


def visible_enrolments(actor: Actor) -> Select[tuple[Enrolment]]:
    """Return the enrolments whose journeys the actor may see."""
    return select(Enrolment).where(in_sight(actor))


def get_enrolment(actor: Actor, enrolment_id: UUID, *, for_update: bool = False) -> Enrolment:
    """Return one enrolment in the actor's sight.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    query = visible_enrolments(actor).where(Enrolment.id == enrolment_id)
    enrolment = db.session().scalar(query.with_for_update() if for_update else query)
    if enrolment is None:
        raise NotFound
    return enrolment


@dataclass(frozen=True)
class Standing:
    """What recording needs to know of an enrolment."""

    enrolment_id: UUID
    contract_id: UUID
    provider_id: UUID
    state: EnrolmentState
    referred_on: date
    started_on: date | None


def standings(actor: Actor, enrolment_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """Return those of these enrolments that the actor sees, by id, in one query."""
    rows = db.session().execute(
        select(
            Enrolment.id,
            Enrolment.contract_id,
            Enrolment.provider_id,
            Enrolment.state,
            Enrolment.referred_on,
            Enrolment.started_on,
        ).where(Enrolment.id.in_(set(enrolment_ids)), in_sight(actor))
    )
    return {row.id: Standing(*row) for row in rows}
