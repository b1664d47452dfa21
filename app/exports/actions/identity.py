"""The identity sheet: the only paper of a claim that names anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.audit.actions import trace
from app.claims.models import Claim
from app.core.csv import csv_chunks
from app.core.database import transaction
from app.core.permissions import Actor
from app.exports.documents.contents.schedules import Identity, IdentitySheetDocument
from app.exports.documents.words import Words, words_of
from app.exports.queries.lines import Person, people_of
from app.participants.actions import reveal_ninos
from app.participants.rules.nino import NinoKeys

HEADS = ("person", "given_name", "family_name", "born_on", "nino", "lines")


@dataclass(frozen=True)
class Reveal:
    """Who reveals names and numbers, and when.

    Attributes:
        actor: For whom; None for the keeper of the installation, who holds keys and database anyway.
        keys: Those of National Insurance numbers.
        at: Now, for the trail.
    """

    actor: Actor | None
    keys: NinoKeys
    at: datetime


def identity_sheet(
    claim: Claim,
    lines_by_person: Mapping[UUID, Sequence[str]],
    reveal: Reveal,
    *,
    made_at: datetime,
    language: str,
) -> tuple[bytes, IdentitySheetDocument]:
    """Return who a claim's references are, as a table and as a paper.

    Restricted people are never named in bulk: their rows say who can be asked.

    Args:
        claim: The claim.
        lines_by_person: The numbers of each participant's lines.
        reveal: Who names them.
        made_at: As the paper says.
        language: Its language.

    Raises:
        Forbidden: the actor prepares and approves no claims there.
    """
    people = people_of(list(lines_by_person))
    named = [person for person in people if not person.participant.is_restricted]
    numbers = _numbers(claim, named, reveal)
    words = words_of(language)
    rows = [_row(person, numbers, lines_by_person, words) for person in people]
    table = b"".join(csv_chunks(HEADS, rows))
    document = IdentitySheetDocument(
        reference=claim.label,
        contract=f"{claim.contract.code}, {claim.contract.title}",
        prime=claim.contract.prime.name,
        commissioner=claim.contract.commissioner.name if claim.contract.commissioner else "",
        made_at=made_at,
        people=tuple(map(_identity, rows)),
    )
    return table, document


def _numbers(claim: Claim, named: Sequence[Person], reveal: Reveal) -> dict[UUID, str]:
    """Return the National Insurance numbers of these people; each one revealed leaves a row."""
    if reveal.actor is not None:
        ids = [person.participant.id for person in named]
        return reveal_ninos(reveal.actor, claim.contract_id, ids, keys=reveal.keys, at=reveal.at)
    found: dict[UUID, str] = {}
    with transaction():
        for person in named:
            details = person.details
            if details is None or details.nino_cipher is None or details.nino_key_id is None:
                continue
            found[details.id] = reveal.keys.open(details.nino_cipher, details.nino_key_id, details.id)
            trace(None, "nino.revealed", at=reveal.at, subject_id=details.id, contract_id=claim.contract_id)
    return found


_Row = tuple[str, str, str, date | None, str, str]


def _row(
    person: Person, numbers: Mapping[UUID, str], lines_by_person: Mapping[UUID, Sequence[str]], words: Words
) -> _Row:
    participant, details = person.participant, person.details
    lines = ", ".join(lines_by_person[participant.id])
    if participant.is_restricted:
        return participant.reference, words("frozen.held-apart"), "", None, "", lines
    if details is None:
        return participant.reference, words("frozen.forgotten"), "", None, "", lines
    nino = numbers.get(participant.id, "")
    names = (details.given_name, details.family_name)
    return participant.reference, *names, details.born_on, nino, lines


def _identity(row: _Row) -> Identity:
    reference, given_name, family_name, born_on, nino, lines = row
    return Identity(
        person=reference,
        names=f"{given_name} {family_name}".strip(),
        born_on=born_on,
        nino=nino,
        lines=lines,
    )
