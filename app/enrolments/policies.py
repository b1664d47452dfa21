"""Who may do what with enrolments."""

from uuid import UUID

from app.core.permissions import Actor, Role, act
from app.enrolments.models import Enrolment


@act("record.make", Role.WORKER, Role.MANAGER)
def can_record_for(actor: Actor, provider_id: UUID) -> bool:
    """A worker or manager of the provider that the person is enrolled with."""
    return actor.holds(Role.WORKER, Role.MANAGER, at=provider_id)


@act("enrolment.decide", Role.WORKER, Role.MANAGER)
def can_decide_enrolment(actor: Actor, enrolment: Enrolment) -> bool:
    """A worker or manager of the provider: accepts, declines, gives notice."""
    return actor.holds(Role.WORKER, Role.MANAGER, at=enrolment.provider_id)


@act("enrolment.assign", Role.MANAGER)
def can_assign_worker(actor: Actor, enrolment: Enrolment) -> bool:
    """A manager of the provider: names the key worker, transfers the person."""
    return actor.holds(Role.MANAGER, at=enrolment.provider_id)
