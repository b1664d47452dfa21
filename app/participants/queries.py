"""Reads of people by contract; whoever asks has bounded them by the actor before."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select

from app.core.database import db
from app.core.ids import new_reference
from app.participants.models import Participant, PersonDetails, SamePersonLink

AT_A_TIME = 5_000  # values a statement; SQLite takes 32,766, PostgreSQL 65,535

T = TypeVar("T")


def in_portions(values: Collection[T]) -> Iterator[list[T]]:
    """Yield values in lists that a statement can take."""
    rest = iter(values)
    while portion := list(islice(rest, AT_A_TIME)):
        yield portion


def known_referrals(contract_id: UUID, referral_references: Collection[str]) -> set[str]:
    """Return which of a referrer's references stand on a contract."""
    found: set[str] = set()
    for portion in in_portions(referral_references):
        found |= set(
            db.session().scalars(
                select(Participant.referral_reference).where(
                    Participant.contract_id == contract_id, Participant.referral_reference.in_(portion)
                )
            )
        )
    return found


def people_with_ninos(contract_id: UUID, hashes: Collection[bytes]) -> dict[bytes, str]:
    """Return the reference of whoever has a number on a contract, by its hash; nobody restricted."""
    found: dict[bytes, str] = {}
    for portion in in_portions(hashes):
        rows = db.session().execute(
            select(PersonDetails.nino_hash, Participant.reference)
            .join(Participant, Participant.id == PersonDetails.id)
            .where(
                PersonDetails.contract_id == contract_id,
                PersonDetails.nino_hash.in_(portion),
                ~Participant.is_restricted,
            )
        )
        found |= {hashed: reference for hashed, reference in rows if hashed}
    return found


def people_named(contract_id: UUID, search_names: Collection[str]) -> dict[tuple[str, date], str]:
    """Return the reference of whoever has a name and birth date on a contract; nobody restricted."""
    found: dict[tuple[str, date], str] = {}
    for portion in in_portions(search_names):
        rows = db.session().execute(
            select(PersonDetails.search_name, PersonDetails.born_on, Participant.reference)
            .join(Participant, Participant.id == PersonDetails.id)
            .where(
                PersonDetails.contract_id == contract_id,
                PersonDetails.search_name.in_(portion),
                ~Participant.is_restricted,
            )
        )
        found |= {(name, born_on): reference for name, born_on, reference in rows if born_on}
    return found


def free_references(contract_id: UUID, count: int) -> list[str]:
    """Return pseudonymous references that nobody on a contract has."""
    free: set[str] = set()
    while len(free) < count:
        fresh = {new_reference() for _ in range(count - len(free))} - free
        for portion in in_portions(fresh):
            taken = db.session().scalars(
                select(Participant.reference).where(
                    Participant.contract_id == contract_id, Participant.reference.in_(portion)
                )
            )
            free |= set(portion) - set(taken)
    return sorted(free)


def same_people(participant_ids: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return with each participant all who are the same human by live links, themselves among them."""
    links: dict[UUID, set[UUID]] = {}
    asked: set[UUID] = set()
    waiting = set(participant_ids)
    while waiting:
        for portion in in_portions(waiting):
            rows = db.session().execute(
                select(SamePersonLink.participant_id, SamePersonLink.other_id).where(
                    SamePersonLink.ended_at.is_(None),
                    or_(SamePersonLink.participant_id.in_(portion), SamePersonLink.other_id.in_(portion)),
                )
            )
            for one, other in rows:
                links.setdefault(one, set()).add(other)
                links.setdefault(other, set()).add(one)
        asked |= waiting
        waiting = set(links) - asked
    return {participant_id: frozenset(_reach(participant_id, links)) for participant_id in participant_ids}


def _reach(start: UUID, links: dict[UUID, set[UUID]]) -> set[UUID]:
    reached, waiting = {start}, [start]
    while waiting:
        for other in links.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached
