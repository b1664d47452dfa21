"""Who somebody is, who advises them, and with whom they are one: details, adviser, same-person links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.audit.actions import trace
from app.core.database import transaction
from app.core.errors import FieldFault, Invalid, NotFound
from app.core.permissions import Actor, Role, require
from app.enrolments import policies
from app.enrolments.actions import note_change
from app.enrolments.models import Enrolment
from app.enrolments.queries.placements import advisers_of, links_of, roles_at
from app.enrolments.queries.sight import enrolment_ids_of, find_participant, get_enrolment, get_led_enrolment
from app.participants import actions as people
from app.participants.models import Participant, PersonDetails, SamePersonLink
from app.participants.rules.nino import NinoKeys, read_nino
from app.participants.rules.person import (
    read_access_needs,
    read_language,
    read_name,
    read_phone,
    read_postcode,
)
from app.records.rules import london_day

_READERS = {
    "given_name": lambda text: read_name(text, "given_name"),
    "family_name": lambda text: read_name(text, "family_name"),
    "phone": read_phone,
    "postcode": read_postcode,
    "language": read_language,
    "access_needs": read_access_needs,
}


@dataclass(frozen=True)
class Person:
    """Who somebody is, as the provider's people read it; of a NINO only whether one is kept."""

    enrolment: Enrolment
    details: PersonDetails
    adviser_id: UUID | None
    links: list[tuple[SamePersonLink, str]]

    @property
    def has_nino(self) -> bool:
        """Whether a number is kept."""
        return self.details.nino_cipher is not None


def read_person(actor: Actor, enrolment_id: UUID, *, at: datetime) -> Person:
    """Return who somebody is; the reading is traced.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor is of another organisation than the provider.
    """
    with transaction():
        enrolment = get_enrolment(actor, enrolment_id)
        require(policies.can_change_person, actor, enrolment)
        trace_person(actor, "person.read", enrolment, at)
        return _person(enrolment)


def _person(enrolment: Enrolment) -> Person:
    with transaction() as session:
        details = session.get_one(PersonDetails, enrolment.participant_id, populate_existing=True)
        advisers = advisers_of([enrolment.participant_id])
    links = links_of(enrolment.participant_id)
    return Person(enrolment, details, advisers.get(enrolment.participant_id), links)


def change_person(
    actor: Actor, enrolment_id: UUID, changes: Mapping[str, Any], *, keys: NinoKeys, at: datetime
) -> Person:
    """Change a person's details; they change at once everywhere.

    Args:
        actor: A worker or manager of the provider.
        enrolment_id: Whose person.
        changes: `given_name`, `family_name`, `born_on`, `phone`, `postcode`, `language`, `access_needs`,
            `nino`: those to change; None or "" empties one that may be empty.
        keys: What a number is sealed with.
        at: When.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor is of another organisation than the provider.
        Invalid: a value is not what its field takes.
    """
    with transaction():
        enrolment = get_enrolment(actor, enrolment_id, for_update=True)
        require(policies.can_change_person, actor, enrolment)
        columns = _columns(enrolment.participant_id, changes, keys, at)
        if columns:
            people.change_person(enrolment.participant_id, columns, at=at)
            trace_person(actor, "person.changed", enrolment, at, fields=sorted(changes))
            note_change(enrolment_ids_of([enrolment.participant_id]), kinds=())
        return _person(enrolment)


def _columns(
    participant_id: UUID, changes: Mapping[str, Any], keys: NinoKeys, at: datetime
) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    faults: list[FieldFault] = []
    for name, value in changes.items():
        try:
            columns |= _column(participant_id, name, value, keys, at)
        except Invalid as error:
            faults += error.faults
    if faults:
        raise Invalid("Some details need correcting.", faults)
    return columns


def _column(participant_id: UUID, name: str, value: Any, keys: NinoKeys, at: datetime) -> dict[str, Any]:
    if name == "nino":
        return people.sealed_columns(keys, read_nino(value) if value else None, participant_id)
    if name == "born_on":
        if value is not None and value > london_day(at):
            raise Invalid.field("born_on", "day-in-future", "The day lies in the future.")
        return {"born_on": value}
    if not value and name in {"phone", "postcode", "access_needs"}:
        return {name: None}
    return {name: _READERS[name](value or "")}


def assign_adviser(actor: Actor, enrolment_id: UUID, user_id: UUID | None, *, at: datetime) -> Enrolment:
    """Assign an adviser of the prime to a person, or nobody.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor looks after no supply chain there.
        Invalid: the user advises nobody for the prime.
    """
    with transaction() as session:
        enrolment = get_led_enrolment(actor, enrolment_id, for_update=True)
        prime_id = enrolment.contract.prime_id
        require(policies.can_assign_adviser, actor, enrolment, prime_id)
        if user_id is not None:
            roles = roles_at(prime_id, [user_id]).get(user_id, set())
            if Role.ADVISER.value not in roles:
                raise Invalid.field("user_id", "adviser-unknown", "Choose an adviser of the prime.")
        participant = session.get_one(Participant, enrolment.participant_id)
        if people.assign_adviser(participant, user_id, on=london_day(at)):
            trace_person(actor, "adviser.assigned", enrolment, at, user_id=user_id)
            note_change(enrolment_ids_of([participant.id]), kinds=())
    return enrolment


def list_links(actor: Actor, enrolment_id: UUID) -> tuple[str, list[tuple[SamePersonLink, str]]]:
    """Return a person's reference, and the live links with the reference of each other one.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor neither leads the contract's supply chain nor manages the provider.
    """
    enrolment = get_led_enrolment(actor, enrolment_id)
    require(policies.can_link_people, actor, enrolment, enrolment.contract.prime_id)
    return enrolment.participant.reference, links_of(enrolment.participant_id)


def link_same_person(actor: Actor, enrolment_id: UUID, reference: str, *, at: datetime) -> SamePersonLink:
    """Note that somebody is the same human as another participant of the contract; nothing is merged.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor neither leads the contract's supply chain nor manages the provider.
        Invalid: the contract has no other such participant in the actor's sight.
        AlreadyLinked: they are known to be one.
    """
    with transaction() as session:
        enrolment = get_led_enrolment(actor, enrolment_id, for_update=True)
        require(policies.can_link_people, actor, enrolment, enrolment.contract.prime_id)
        one = session.get_one(Participant, enrolment.participant_id)
        other = find_participant(actor, enrolment.contract_id, reference)
        if other is None or other.id == one.id:
            raise Invalid.field("reference", "person-unknown", "Write the reference of another person here.")
        link = people.link_people(actor, one, other, at=at)
        trace_person(actor, "person.linked", enrolment, at, other_id=other.id)
        note_change(enrolment_ids_of([one.id, other.id]), kinds=())
    return link


def end_link(actor: Actor, enrolment_id: UUID, link_id: UUID, *, at: datetime) -> None:
    """Take a same-person link back; that it stood stays readable.

    Raises:
        NotFound: the actor sees no such enrolment, or it has no such live link.
        Forbidden: the actor neither leads the contract's supply chain nor manages the provider.
    """
    with transaction() as session:
        enrolment = get_led_enrolment(actor, enrolment_id, for_update=True)
        require(policies.can_link_people, actor, enrolment, enrolment.contract.prime_id)
        links = {link.id: link for link, _ in links_of(enrolment.participant_id)}
        if link_id not in links:
            raise NotFound
        link = links[link_id]
        link.ended_at = at
        session.flush()
        trace_person(actor, "person.unlinked", enrolment, at, link_id=link_id)
        note_change(enrolment_ids_of([link.participant_id, link.other_id]), kinds=())


def trace_person(actor: Actor, name: str, enrolment: Enrolment, at: datetime, **detail: Any) -> None:
    """Note in the trail what was done or read about an enrolment's person."""
    trace(
        actor,
        name,
        at=at,
        subject_id=enrolment.participant_id,
        contract_id=enrolment.contract_id,
        enrolment_id=enrolment.id,
        **detail,
    )
