"""Reads of organisations."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select

from app.core.database import db
from app.core.permissions import Actor, require
from app.organisations import policies
from app.organisations.models import Organisation


def find_organisation(name: str) -> Organisation | None:
    """Return the organisation of a name, however it is capitalised."""
    return db.session().scalar(
        select(Organisation).where(func.lower(Organisation.name) == name.strip().lower())
    )


def list_organisations(actor: Actor) -> list[Organisation]:
    """Return every organisation by name, for whoever chooses partners.

    Raises:
        Forbidden: the actor chooses none.
    """
    require(policies.can_list_organisations, actor)
    return list(db.session().scalars(select(Organisation).order_by(Organisation.name)))


def names_of(organisation_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of organisations by id."""
    rows = db.session().execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(set(organisation_ids)))
    )
    return {row.id: row.name for row in rows}
