"""Who may hand somebody a link to their own picture."""

from app.core.permissions import Actor, Role, act
from app.enrolments.models import Enrolment


@act("picture.share", Role.WORKER, Role.MANAGER)
def can_share_picture(actor: Actor, enrolment: Enrolment) -> bool:
    """A worker or manager of the provider, with the person in the room: nothing is ever sent."""
    return actor.holds(Role.WORKER, Role.MANAGER, at=enrolment.provider_id)
