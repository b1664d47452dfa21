"""Who alone may see somebody: at least two named people, one of whom can verify."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import User
from app.core.database import transaction
from app.core.errors import Invalid
from app.core.permissions import Actor, Role, require
from app.enrolments import policies
from app.enrolments.actions import note_change
from app.enrolments.models import Enrolment
from app.enrolments.people import trace_person
from app.enrolments.queries.placements import advisers_of, roles_at, staff_at
from app.enrolments.queries.sight import enrolment_ids_of, get_enrolment
from app.participants import actions as people
from app.participants.models import Participant, RestrictedViewer

FEWEST_VIEWERS = 2


@dataclass(frozen=True)
class Restriction:
    """Whether only named people see somebody, and who they are."""

    is_restricted: bool
    viewers: list[User]


@dataclass(frozen=True)
class PossibleViewer:
    """Somebody who can be named, and whether they could verify the person's records."""

    id: UUID
    name: str
    short_name: str
    can_verify: bool


def read_restriction(actor: Actor, enrolment_id: UUID) -> tuple[Restriction, list[PossibleViewer]]:
    """Return who alone sees a person today, and who can be named.

    Those are the provider's workers and managers, the person's own adviser, and whoever is named already.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor manages nobody there.
    """
    with transaction():
        enrolment = get_enrolment(actor, enrolment_id)
        require(policies.can_restrict_person, actor, enrolment)
        viewers = _viewers(enrolment.participant_id)
        managers = {user.id for user in staff_at(enrolment.provider_id, Role.MANAGER)}
        possible = staff_at(enrolment.provider_id, Role.WORKER, Role.MANAGER)
        known = {user.id for user in viewers}
        known |= set(advisers_of([enrolment.participant_id]).values())
        advisers = staff_at(enrolment.contract.prime_id, Role.ADVISER)
        here = {user.id for user in possible}
        possible += [user for user in advisers if user.id in known - here]
    return Restriction(bool(viewers), viewers), [
        PossibleViewer(user.id, user.name, user.short_name, user.id in managers) for user in possible
    ]


def restrict_person(
    actor: Actor, enrolment_id: UUID, viewer_ids: Collection[UUID], *, at: datetime
) -> Restriction:
    """Let only the named people see somebody from now on; nobody named lifts the restriction.

    They are at least two, all work with people at the provider or advise for the prime, and one of them
    is a manager of the provider, so that records can be verified.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor manages nobody there.
        Invalid: the people named do not suffice.
    """
    with transaction() as session:
        enrolment = get_enrolment(actor, enrolment_id, for_update=True)
        require(policies.can_restrict_person, actor, enrolment)
        if viewer_ids:
            _check_viewers(enrolment, set(viewer_ids))
        participant = session.get_one(Participant, enrolment.participant_id)
        people.restrict(participant, set(viewer_ids))
        trace_person(actor, "person.restricted", enrolment, at, count=len(set(viewer_ids)))
        note_change(enrolment_ids_of([participant.id]), kinds=())
        return Restriction(bool(viewer_ids), _viewers(participant.id))


def _viewers(participant_id: UUID) -> list[User]:
    named = select(RestrictedViewer.user_id).where(RestrictedViewer.participant_id == participant_id)
    with transaction() as session:
        return list(session.scalars(select(User).where(User.id.in_(named)).order_by(User.name, User.id)))


def _check_viewers(enrolment: Enrolment, viewer_ids: set[UUID]) -> None:
    here = roles_at(enrolment.provider_id, viewer_ids)
    leading = roles_at(enrolment.contract.prime_id, viewer_ids)
    working = {
        user_id for user_id, roles in here.items() if roles & {Role.WORKER.value, Role.MANAGER.value}
    } | {user_id for user_id, roles in leading.items() if Role.ADVISER.value in roles}
    if viewer_ids - working:
        detail = "Name people who work with people at the provider, or advise for the prime."
        raise Invalid.field("viewer_ids", "viewer-unknown", detail)
    if len(viewer_ids) < FEWEST_VIEWERS:
        raise Invalid.field("viewer_ids", "viewers-too-few", "Name at least two people.")
    if not any(Role.MANAGER.value in roles for roles in here.values()):
        detail = "Name a manager of the provider too, who can verify."
        raise Invalid.field("viewer_ids", "verifier-missing", detail)
