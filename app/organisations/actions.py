"""Adding organisations."""

from datetime import datetime

from app.audit.actions import trace
from app.core.database import transaction
from app.core.ids import new_id
from app.core.permissions import Actor
from app.organisations import queries
from app.organisations.errors import OrganisationKnown
from app.organisations.models import Organisation


def add_organisation(actor: Actor | None, *, name: str, short_name: str, at: datetime) -> Organisation:
    """Add an organisation in the caller's transaction; who may was asked before.

    Raises:
        OrganisationKnown: there is one of this name.
    """
    with transaction() as session:
        if queries.find_organisation(name):
            raise OrganisationKnown(name.strip())
        organisation = Organisation(
            id=new_id(), name=name.strip(), short_name=short_name.strip(), created_at=at
        )
        session.add(organisation)
        session.flush()
        trace(actor, "organisation.added", at=at, subject_id=organisation.id)
    return organisation
