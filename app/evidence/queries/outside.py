"""Who verifies from outside, and what was sent to them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import exists, select

from app.accounts.models import User
from app.core.database import db
from app.evidence.models import VerificationRequest
from app.organisations.models import Organisation


def requests_to(verifier_id: UUID, root_ids: Collection[UUID]) -> dict[UUID, VerificationRequest]:
    """Return what was sent to this outside verifier, by fact."""
    rows = db.session().scalars(
        select(VerificationRequest).where(
            VerificationRequest.verifier_id == verifier_id,
            VerificationRequest.subject_root_id.in_(set(root_ids)),
        )
    )
    return {request.subject_root_id: request for request in rows}


def was_ever_asked(verifier_id: UUID) -> bool:
    """Whether anything was ever sent to this person to verify from outside."""
    asked = exists().where(VerificationRequest.verifier_id == verifier_id)
    return bool(db.session().scalar(select(asked)))


def outside_verifier(provider_id: UUID) -> User | None:
    """Return whom a provider has named to verify from outside."""
    return db.session().scalar(
        select(User)
        .join(Organisation, Organisation.outside_verifier_id == User.id)
        .where(Organisation.id == provider_id)
    )
