"""People with a history, for tests of the read model."""

from app.core.permissions import Actor
from app.enrolments.models import Enrolment
from app.participants.models import RestrictedViewer
from tests.builders import save

__all__ = ["restrict_to"]


def restrict_to(enrolment: Enrolment, *actors: Actor) -> None:
    """Name who may see an enrolment's restricted person."""
    for actor in actors:
        save(
            RestrictedViewer(
                contract_id=enrolment.contract_id,
                participant_id=enrolment.participant_id,
                user_id=actor.user_id,
            )
        )
