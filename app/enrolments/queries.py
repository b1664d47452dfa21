"""Reads of enrolments, always bounded by the actor."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, false, or_, select

from app.contracts.models import Contract
from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentState, NoticeManner
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
    return reach_of(roles, user_id, organisation_id) & Enrolment.participant_id.not_in(hidden_from(user_id))


def reach_of(
    roles: Set[Role], user_id: UUID | BindParameter[UUID], organisation_id: UUID | BindParameter[UUID]
) -> ColumnElement[bool]:
    """Return which enrolments these roles reach, before restricted people are taken out."""
    ways: list[ColumnElement[bool]] = []
    if roles & {Role.WORKER, Role.MANAGER}:
        ways.append(Enrolment.provider_id == organisation_id)
    if Role.ADVISER in roles:
        assigned = select(AdviserAssignment.participant_id).where(
            AdviserAssignment.user_id == user_id, AdviserAssignment.ended_on.is_(None)
        )
        led = select(Contract.id).where(Contract.prime_id == organisation_id)
        ways.append(and_(Enrolment.participant_id.in_(assigned), Enrolment.contract_id.in_(led)))
    return or_(*ways) if ways else false()


def hidden_from(user_id: UUID | BindParameter[UUID]) -> Select[UUID]:
    """Return the restricted participants whom this user is not named to see."""
    named = select(RestrictedViewer.participant_id).where(RestrictedViewer.user_id == user_id)
    return select(Participant.id).where(Participant.is_restricted, Participant.id.not_in(named))


def visible_enrolments(actor: Actor) -> Select[Enrolment]:
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


@dataclass(frozen=True)
class NoticeGiven:
    """What a person was told before they start."""

    notice_id: UUID
    given_on: date
    manner: NoticeManner

    def as_detail(self) -> dict[str, Any]:
        """Return the columns of `start`."""
        return {
            "notice_id": self.notice_id,
            "notice_given_on": self.given_on,
            "notice_manner": self.manner,
        }


def notices_given(enrolment_ids: Sequence[UUID]) -> dict[UUID, NoticeGiven]:
    """Return the notices that were given, by enrolment; the caller bounds what follows by sight."""
    rows = db.session().execute(
        select(Enrolment.id, Enrolment.notice_id, Enrolment.notice_given_on, Enrolment.notice_manner).where(
            Enrolment.id.in_(set(enrolment_ids)),
            Enrolment.notice_id.is_not(None),
            Enrolment.notice_given_on.is_not(None),
            Enrolment.notice_manner.is_not(None),
        )
    )
    return {
        enrolment_id: NoticeGiven(notice_id, given_on, manner)
        for enrolment_id, notice_id, given_on, manner in rows
        if notice_id and given_on and manner
    }
