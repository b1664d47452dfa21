"""Which enrolments somebody sees; every other read of people is bounded by these."""

from collections.abc import Collection, Set
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    false,
    or_,
    select,
)

from app.contracts.models import Contract
from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor, Role
from app.enrolments.models import (
    Enrolment,
)
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


def get_led_enrolment(actor: Actor, enrolment_id: UUID, *, for_update: bool = False) -> Enrolment:
    """Return an enrolment in the actor's sight, or on a contract whose supply chain they look after.

    Supply-chain staff place people with providers and advisers; they see no journey by it.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    ways = in_sight(actor)
    if Role.SUPPLY_CHAIN in actor.roles:
        led = select(Contract.id).where(Contract.prime_id == actor.organisation_id)
        shown = Enrolment.participant_id.not_in(hidden_from(actor.user_id))
        ways = or_(ways, and_(Enrolment.contract_id.in_(led), shown))
    query = select(Enrolment).where(Enrolment.id == enrolment_id, ways)
    enrolment = db.session().scalar(query.with_for_update() if for_update else query)
    if enrolment is None:
        raise NotFound
    return enrolment


def enrolment_ids_of(participant_ids: Collection[UUID]) -> set[UUID]:
    """Return every enrolment of these people, whoever's it is; the caller admitted the actor."""
    query = select(Enrolment.id).where(Enrolment.participant_id.in_(set(participant_ids)))
    return set(db.session().scalars(query))


def find_participant(actor: Actor, contract_id: UUID, reference: str) -> Participant | None:
    """Return a contract's participant by our reference, where the actor sees one of their enrolments."""
    ways = in_sight(actor)
    if Role.SUPPLY_CHAIN in actor.roles:
        led = select(Contract.id).where(Contract.prime_id == actor.organisation_id)
        ways = or_(ways, Enrolment.contract_id.in_(led))
    seen = select(Enrolment.participant_id).where(Enrolment.contract_id == contract_id, ways)
    return db.session().scalar(
        select(Participant).where(
            Participant.contract_id == contract_id,
            Participant.reference == reference,
            Participant.id.in_(seen),
            Participant.id.not_in(hidden_from(actor.user_id)),
        )
    )
