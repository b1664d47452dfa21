"""Keeping what could not be recorded, until it is replaced, given up, accepted or discarded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.audit.actions import trace
from app.core.database import db, joined, transaction
from app.core.errors import DomainError, NotFound
from app.core.json import canonical, insert_rows
from app.core.permissions import Actor
from app.devices import queries
from app.devices.errors import ItemSettled
from app.devices.models import ParkedItem, ParkedState, Settlement

KEPT_BYTES_MAX = 64 * 1024


@dataclass(frozen=True)
class Unrecorded:
    """An item to keep.

    Attributes:
        content: What it says, opened where it could be.
    """

    item_id: UUID
    author_id: UUID
    device_id: UUID
    state: ParkedState
    error: DomainError
    content: Mapping[str, Any]


def park_items(actor: Actor, items: Sequence[Unrecorded], *, at: datetime) -> None:
    """Keep items, each once, in the caller's transaction; one kept before tells the newest reason."""
    if not items:
        return
    rows = {one.item_id: _row(actor, one, at) for one in items}
    with joined() as session:
        made = insert_rows(session, ParkedItem, list(rows.values()))
        for row in rows.values():
            if row["id"] not in made:
                session.execute(
                    update(ParkedItem)
                    .where(
                        ParkedItem.organisation_id == actor.organisation_id,
                        ParkedItem.user_id == row["user_id"],
                        ParkedItem.item_id == row["item_id"],
                        ParkedItem.settled_at.is_(None),
                    )
                    .values(state=row["state"], code=row["code"], detail=row["detail"], received_at=at)
                    .execution_options(synchronize_session=False)
                )


def _row(actor: Actor, one: Unrecorded, at: datetime) -> dict[str, Any]:
    body = one.content.get("body")
    return {
        "id": queries.new_parked_id(),
        "organisation_id": actor.organisation_id,
        "user_id": one.author_id,
        "item_id": one.item_id,
        "device_id": one.device_id,
        "state": one.state,
        "code": one.error.code,
        "detail": one.error.detail[:500],
        "action": _short(one.content.get("action")),
        "enrolment_id": _id(body.get("enrolment_id")) if isinstance(body, dict) else None,
        "item": _kept(one.content),
        "received_at": at,
        "settled_at": None,
        "settled_by_id": None,
        "settlement": None,
        "reason": None,
    }


def _kept(content: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what an item says, where it can be written down and is no larger than any real one."""
    try:
        is_kept = len(canonical(dict(content))) <= KEPT_BYTES_MAX
    except ValueError:
        return None
    return dict(content) if is_kept else None


def _short(value: Any) -> str | None:
    return value[:40] if isinstance(value, str) else None


def _id(value: Any) -> UUID | None:
    try:
        return UUID(value)
    except (ValueError, AttributeError, TypeError):
        return None


def settle_items(author: Actor, item_ids: Iterable[UUID], settlement: Settlement, *, at: datetime) -> None:
    """Settle what its author put right or sent again, in the caller's transaction; its text is forgotten."""
    db.session().execute(
        update(ParkedItem)
        .where(
            ParkedItem.organisation_id == author.organisation_id,
            ParkedItem.user_id == author.user_id,
            ParkedItem.item_id.in_(list(item_ids)),
            ParkedItem.settled_at.is_(None),
        )
        .values(settled_at=at, settled_by_id=author.user_id, settlement=settlement, item=None)
        .execution_options(synchronize_session=False)
    )


def give_up_item(actor: Actor, item_id: UUID, *, at: datetime) -> None:
    """Give up a parked item of one's own; giving it up again changes nothing.

    Raises:
        NotFound: the actor has no such item.
    """
    with transaction() as session:
        query = select(ParkedItem).where(
            ParkedItem.user_id == actor.user_id,
            ParkedItem.organisation_id == actor.organisation_id,
            ParkedItem.item_id == item_id,
        )
        parked = session.scalar(query)
        if parked is None:
            raise NotFound
        if parked.settled_at is None:
            settle(parked, actor, Settlement.GIVEN_UP, None, at=at)


def discard_item(actor: Actor, parked_id: UUID, reason: str, *, at: datetime) -> ParkedItem:
    """Discard what was parked or quarantined, with the reason.

    Raises:
        Forbidden: the actor manages no organisation.
        NotFound: there is none in the actor's organisation.
        ItemSettled: it was settled before.
    """
    with transaction():
        parked = queries.get_parked_item(actor, parked_id, for_update=True)
        if parked.settled_at is not None:
            raise ItemSettled
        settle(parked, actor, Settlement.DISCARDED, reason, at=at)
    return parked


def settle(
    parked: ParkedItem, actor: Actor, settlement: Settlement, reason: str | None, *, at: datetime
) -> None:
    """Note what became of an item, forget what it said, and leave a trace."""
    parked.settled_at, parked.settled_by_id = at, actor.user_id
    parked.settlement, parked.reason, parked.item = settlement, reason, None
    trace(
        actor,
        f"parked-item.{settlement.value}",
        at=at,
        subject_id=parked.id,
        enrolment_id=parked.enrolment_id,
        item_id=parked.item_id,
    )
