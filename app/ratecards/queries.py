"""Reads of rate cards, and the card of a person on a day."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import selectinload

from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor, Role
from app.ratecards.models import CardApplication, RateCard
from app.ratecards.rules import Application, choose_card

OWNER_ROLES = frozenset(
    {Role.ADMINISTRATOR, Role.SUPPLY_CHAIN, Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER, Role.MANAGER}
)


def visible_cards(actor: Actor) -> Select[RateCard]:
    """Return the cards an actor may see, never a key worker: money stays off the rating table.

    A prime's own; those a contract applies, for its commissioner's assessors and its providers'
    managers and administrators.
    """
    ways: list[ColumnElement[bool]] = []
    if actor.roles & OWNER_ROLES:
        ways.append(RateCard.owner_id == actor.organisation_id)
    if Role.ASSESSOR in actor.roles:
        paid = select(Contract.id).where(Contract.commissioner_id == actor.organisation_id)
        ways.append(RateCard.id.in_(_applied_on(paid)))
    if actor.roles & {Role.MANAGER, Role.ADMINISTRATOR}:
        delivered = select(Subcontract.contract_id).where(Subcontract.provider_id == actor.organisation_id)
        ways.append(RateCard.id.in_(_applied_on(delivered)))
    return (
        select(RateCard)
        .where(or_(*ways) if ways else false())
        .order_by(RateCard.code, RateCard.version)
        .options(selectinload(RateCard.rates))
    )


def _applied_on(contracts: Select[UUID]) -> Select[UUID]:
    return select(CardApplication.rate_card_id).where(CardApplication.contract_id.in_(contracts))


def list_cards(actor: Actor) -> list[RateCard]:
    """Return every version of the cards that an actor may see."""
    return list(db.session().scalars(visible_cards(actor)))


def get_card(actor: Actor, rate_card_id: UUID) -> RateCard:
    """Return one card in the actor's sight.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    card = db.session().scalar(visible_cards(actor).where(RateCard.id == rate_card_id))
    if card is None:
        raise NotFound
    return card


def applications_of(contract_ids: Collection[UUID]) -> dict[UUID, list[Application]]:
    """Return what each contract applies, to whom, from when."""
    found: dict[UUID, list[Application]] = {contract_id: [] for contract_id in contract_ids}
    rows = db.session().execute(
        select(
            CardApplication.contract_id,
            CardApplication.rate_card_id,
            CardApplication.payment_group_id,
            CardApplication.applies_from,
        ).where(CardApplication.contract_id.in_(set(contract_ids)))
    )
    for row in rows:
        found[row.contract_id].append(Application(row.rate_card_id, row.payment_group_id, row.applies_from))
    return found


def cards_by_id(rate_card_ids: Collection[UUID]) -> dict[UUID, RateCard]:
    """Return cards with their rates, by id."""
    cards = db.session().scalars(
        select(RateCard).where(RateCard.id.in_(set(rate_card_ids))).options(selectinload(RateCard.rates))
    )
    return {card.id: card for card in cards}


def card_for(contract_id: UUID, payment_group_id: UUID | None, on: date) -> RateCard | None:
    """Return the card that prices a person of a payment group on a day; None where none applies."""
    return cards_for(contract_id, [(payment_group_id, on)])[(payment_group_id, on)]


def cards_for(
    contract_id: UUID, people: Collection[tuple[UUID | None, date]]
) -> dict[tuple[UUID | None, date], RateCard | None]:
    """Return the card of each (payment group, day) on a contract, in two queries."""
    applications = applications_of([contract_id])[contract_id]
    chosen = {(group, on): choose_card(applications, group, on) for group, on in people}
    cards = cards_by_id({card_id for card_id in chosen.values() if card_id})
    return {key: cards[card_id] if card_id else None for key, card_id in chosen.items()}
