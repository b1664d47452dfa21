"""Writing who people are; the acts of `enrolments` admit the actor, except where a function says so."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from app.audit.actions import trace
from app.contracts.models import Contract
from app.core.database import transaction
from app.core.errors import NotFound
from app.core.json import insert_rows
from app.core.permissions import Actor, require
from app.participants import policies, queries
from app.participants.errors import AlreadyLinked
from app.participants.models import (
    AdviserAssignment,
    Participant,
    PersonDetails,
    RestrictedViewer,
    SamePersonLink,
)
from app.participants.rules.nino import NinoKeys
from app.participants.rules.person import fold_name

ROTATE_AT_A_TIME = 500
TRIES = 5


def add_people(contract_id: UUID, people: Sequence[Mapping[str, Any]], *, at: datetime) -> set[UUID]:
    """Keep new people of a contract and return the ids of those who were not there yet.

    Args:
        contract_id: The contract.
        people: `id`, `referral_reference`, `payment_group_id`, and the columns of `PersonDetails` from
            `given_name` to `nino_key_id` of each, numbers sealed.
        at: When.
    """
    added: set[UUID] = set()
    waiting = list(people)
    with transaction() as session:
        for _ in range(TRIES):
            if not waiting:
                break
            references = queries.free_references(contract_id, len(waiting))
            added |= insert_rows(
                session,
                Participant,
                [
                    {
                        "id": person["id"],
                        "contract_id": contract_id,
                        "payment_group_id": person["payment_group_id"],
                        "reference": reference,
                        "referral_reference": person["referral_reference"],
                        "is_restricted": False,
                        "created_at": at,
                    }
                    for person, reference in zip(waiting, references, strict=True)
                ],
            )
            # Whoever is not in by now is known by the referrer's reference, or lost ours to somebody else.
            known = queries.known_referrals(contract_id, [person["referral_reference"] for person in waiting])
            waiting = [person for person in waiting if person["referral_reference"] not in known]
        details = [_details(contract_id, person, at) for person in people if person["id"] in added]
        if details:
            session.execute(insert(PersonDetails), details)
    return added


def _details(contract_id: UUID, person: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    names = ("born_on", "phone", "postcode", "language", "access_needs")
    secret = ("nino_cipher", "nino_hash", "nino_key_id")
    return {
        "id": person["id"],
        "contract_id": contract_id,
        "given_name": person["given_name"],
        "family_name": person["family_name"],
        "search_name": fold_name(person["given_name"], person["family_name"]),
        "updated_at": at,
        **{name: person[name] for name in (*names, *secret)},
    }


def change_person(participant_id: UUID, changes: Mapping[str, Any], *, at: datetime) -> None:
    """Change who a person is, everywhere at once.

    Args:
        participant_id: Whom.
        changes: Columns of `PersonDetails`.
        at: When.
    """
    with transaction() as session:
        details = session.get_one(PersonDetails, participant_id)
        given_name = changes.get("given_name", details.given_name)
        family_name = changes.get("family_name", details.family_name)
        session.execute(
            update(PersonDetails)
            .where(PersonDetails.id == participant_id)
            .values({**changes, "search_name": fold_name(given_name, family_name), "updated_at": at})
        )


def restrict(participant: Participant, viewer_ids: Collection[UUID]) -> None:
    """Let only these users see a person from now on; nobody named lifts the restriction."""
    with transaction() as session:
        session.execute(
            update(Participant).where(Participant.id == participant.id).values(is_restricted=bool(viewer_ids))
        )
        session.execute(delete(RestrictedViewer).where(RestrictedViewer.participant_id == participant.id))
        session.add_all(
            RestrictedViewer(
                contract_id=participant.contract_id, participant_id=participant.id, user_id=user_id
            )
            for user_id in sorted(viewer_ids)
        )
        session.flush()


def assign_adviser(participant: Participant, user_id: UUID | None, *, on: date) -> bool:
    """Assign an adviser to a person from a day on, or nobody; return whether anything changed."""
    with transaction() as session:
        standing = session.scalar(
            select(AdviserAssignment)
            .where(AdviserAssignment.participant_id == participant.id, AdviserAssignment.ended_on.is_(None))
            .with_for_update()
        )
        if (standing.user_id if standing else None) == user_id:
            return False
        if standing is not None:
            standing.ended_on = on
            session.flush()
        if user_id is not None:
            session.add(
                AdviserAssignment(
                    contract_id=participant.contract_id,
                    participant_id=participant.id,
                    user_id=user_id,
                    started_on=on,
                )
            )
            session.flush()
    return True


def link_people(actor: Actor, one: Participant, other: Participant, *, at: datetime) -> SamePersonLink:
    """Note that two participants of a contract are one human; nothing is merged.

    Raises:
        AlreadyLinked: they are known to be.
    """
    with transaction() as session:
        if other.id in queries.same_people([one.id])[one.id]:
            raise AlreadyLinked("The two are known to be one person already.")
        link = SamePersonLink(
            contract_id=one.contract_id,
            participant_id=one.id,
            other_id=other.id,
            linked_at=at,
            linked_by_id=actor.user_id,
        )
        session.add(link)
        session.flush()
    return link


def reveal_ninos(
    actor: Actor, contract_id: UUID, participant_ids: Collection[UUID], *, keys: NinoKeys, at: datetime
) -> dict[UUID, str]:
    """Return the numbers of these participants, for an identity sheet; who has none is left out.

    Admits the actor itself, and leaves a row for every number.

    Raises:
        NotFound: the contract is not the actor's prime's.
        Forbidden: the actor prepares and approves no claims there.
        NinoKeyMissing: a number was sealed with a key that is not given.
    """
    with transaction() as session:
        prime_id = session.scalar(select(Contract.prime_id).where(Contract.id == contract_id))
        if prime_id is None or prime_id != actor.organisation_id:
            raise NotFound
        require(policies.can_reveal_ninos, actor, prime_id)
        found: dict[UUID, str] = {}
        for portion in queries.in_portions(set(participant_ids)):
            rows = session.execute(
                select(PersonDetails.id, PersonDetails.nino_cipher, PersonDetails.nino_key_id).where(
                    PersonDetails.contract_id == contract_id,
                    PersonDetails.id.in_(portion),
                    PersonDetails.nino_cipher.is_not(None),
                )
            )
            found |= {row.id: keys.open(row.nino_cipher, row.nino_key_id, row.id) for row in rows}
        for participant_id in sorted(found):
            trace(actor, "nino.revealed", at=at, subject_id=participant_id, contract_id=contract_id)
    return found


def rotate_nino_keys(keys: NinoKeys, *, at: datetime) -> int:
    """Seal every number anew with the newest key, a portion a transaction; return how many were.

    May be interrupted and run again at any time: each number is readable throughout.

    Raises:
        NinoKeyMissing: a number was sealed with a key that is not given.
    """
    count = 0
    while True:
        with transaction() as session:
            rows = session.execute(
                select(PersonDetails.id, PersonDetails.nino_cipher, PersonDetails.nino_key_id)
                .where(PersonDetails.nino_cipher.is_not(None), PersonDetails.nino_key_id != keys.newest_id)
                .order_by(PersonDetails.id)
                .limit(ROTATE_AT_A_TIME)
                .with_for_update()
            ).all()
            if not rows:
                break
            session.execute(
                update(PersonDetails),
                [{"id": row.id, **sealed_columns(keys, _opened(keys, row), row.id)} for row in rows],
            )
            trace(None, "nino-key.rotated", at=at, count=len(rows), key_id=keys.newest_id)
            count += len(rows)
    return count


def _opened(keys: NinoKeys, row: Any) -> str:
    return keys.open(row.nino_cipher, row.nino_key_id, row.id)


def sealed_columns(keys: NinoKeys, nino: str | None, participant_id: UUID) -> dict[str, Any]:
    """Return the columns of `PersonDetails` that keep a number; empty ones where there is none."""
    if not nino:
        return {"nino_cipher": None, "nino_hash": None, "nino_key_id": None}
    sealed = keys.seal(nino, participant_id)
    return {"nino_cipher": sealed.cipher, "nino_hash": sealed.hash, "nino_key_id": sealed.key_id}
