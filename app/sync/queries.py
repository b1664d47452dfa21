"""Reads of what the door of devices stands on: the seal's keys, and who sealed what is handed in."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Membership
from app.core.database import db
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.enrolments.queries.sight import in_sight
from app.sync.models import SealKey


def find_newest_seal_key() -> SealKey | None:
    """Return the key that devices seal to today."""
    return db.session().scalar(
        select(SealKey)
        .where(SealKey.retired_at.is_(None))
        .order_by(SealKey.created_at.desc(), SealKey.id.desc())
        .limit(1)
    )


def find_seal_keys(key_ids: Iterable[UUID]) -> dict[UUID, SealKey]:
    """Return those of these keys that still open something, by id."""
    wanted = set(key_ids)
    if not wanted:
        return {}
    rows = db.session().scalars(select(SealKey).where(SealKey.id.in_(wanted), SealKey.destroyed_at.is_(None)))
    return {row.id: row for row in rows}


def find_colleagues(actor: Actor, user_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of these users who work, or have worked, for the actor's organisation."""
    query = select(Membership.user_id).where(
        Membership.organisation_id == actor.organisation_id, Membership.user_id.in_(set(user_ids))
    )
    return set(db.session().scalars(query))


def find_author(user_id: UUID, organisation_id: UUID) -> Actor | None:
    """Return the author of an item as they acted: in their live place in the organisation, or their last."""
    place = db.session().scalar(
        select(Membership)
        .where(Membership.user_id == user_id, Membership.organisation_id == organisation_id)
        .order_by(Membership.ended_at.is_not(None), Membership.ended_at.desc())
        .limit(1)
    )
    if place is None:
        return None
    roles = frozenset(Role(role) for role in place.roles)
    return Actor(user_id, place.id, organisation_id, roles)


def contracts_of(actor: Actor, enrolment_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return the contracts of those enrolments whose journeys the actor sees, or their provider once held."""
    own = in_sight(actor)
    if actor.roles & {Role.WORKER, Role.MANAGER}:
        own = own | (Enrolment.provider_id == actor.organisation_id)
    query = select(Enrolment.id, Enrolment.contract_id).where(Enrolment.id.in_(set(enrolment_ids)), own)
    return {row[0]: row[1] for row in db.session().execute(query)}
