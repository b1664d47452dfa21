"""Files that are kept of evidence, and who may see them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select

from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor
from app.enrolments.queries.standing import standings
from app.evidence.models import EvidenceItem, StoredFile
from app.evidence.queries.outside import requests_to
from app.evidence.rules.priorities import ADMISSIONS
from app.records.models import Record


def its_file() -> Any:
    """Return the condition that a file is the one an evidence item names."""
    return and_(
        StoredFile.provider_id == EvidenceItem.provider_id,
        StoredFile.sent_sha256 == EvidenceItem.sent_sha256,
        StoredFile.disposed_at.is_(None),
    )


def find_file(provider_id: UUID, sent_sha256: str) -> StoredFile | None:
    """Return the file that an organisation keeps of what was once sent, if it does."""
    return db.session().scalar(select_file(provider_id, sent_sha256))


def select_file(provider_id: UUID, sent_sha256: str) -> Select[StoredFile]:
    """Return the query for the file that an organisation keeps of what was once sent."""
    return select(StoredFile).where(
        StoredFile.provider_id == provider_id,
        StoredFile.sent_sha256 == sent_sha256,
        StoredFile.disposed_at.is_(None),
    )


def waiting_for(provider_id: UUID, sent_sha256: str) -> set[UUID]:
    """Return the enrolments whose evidence names this file."""
    return set(
        db.session().scalars(
            select(Record.enrolment_id)
            .join(EvidenceItem, EvidenceItem.id == Record.id)
            .where(EvidenceItem.provider_id == provider_id, EvidenceItem.sent_sha256 == sent_sha256)
        )
    )


@dataclass(frozen=True)
class EvidenceFile:
    """A file in sight, and where it belongs."""

    file: StoredFile
    enrolment_id: UUID
    contract_id: UUID


def get_evidence_file(actor: Actor, record_id: UUID) -> EvidenceFile:
    """Return the file of one evidence item: of people in sight, or sent to the actor, or sampled.

    Raises:
        NotFound: there is none that the actor may see, or it is still to come.
    """
    row = (
        db.session()
        .execute(
            select(StoredFile, Record.enrolment_id, Record.contract_id, EvidenceItem.subject_root_id)
            .join(EvidenceItem, EvidenceItem.id == Record.id)
            .join(StoredFile, its_file())
            .where(Record.id == record_id)
        )
        .one_or_none()
    )
    if row is None:
        raise NotFound
    file, enrolment_id, contract_id, root_id = row
    in_sight = bool(standings(actor, [enrolment_id])) or bool(requests_to(actor.user_id, [root_id]))
    if not in_sight and not any(admits(actor, root_id) for admits in ADMISSIONS):
        raise NotFound
    return EvidenceFile(file, enrolment_id, contract_id)
