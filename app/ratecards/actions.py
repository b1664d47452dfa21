"""Loading rate cards, applying them to contracts, freezing those in use."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.audit.actions import trace
from app.contracts.models import Contract, PaymentGroup
from app.contracts.queries import get_contract
from app.core.database import transaction
from app.core.errors import Invalid
from app.core.ids import new_id
from app.core.permissions import Actor, require
from app.organisations.models import Organisation
from app.ratecards import policies
from app.ratecards.errors import CardAppliedAlready
from app.ratecards.models import CardApplication, Rate, RateCard
from app.ratecards.rules import CardDefinition, read_cards

# What depends on the prices of a contract hangs itself here from above, to hear of a change.
WHEN_APPLIED: list[Callable[[UUID], None]] = []


def load_rate_cards(actor: Actor, text: str, *, at: datetime) -> list[RateCard]:
    """Keep the cards of a YAML text for the actor's organisation.

    A card that says the same as a version that stands is that version; one that says anything else is
    the next version. A version is never edited.

    Raises:
        Forbidden: the actor is no administrator.
        DefinitionUnreadable: the text has faults; each names its line.
    """
    require(policies.can_load_rate_cards, actor)
    return _load(actor, actor.organisation_id, text, at)


def install_rate_cards(organisation_id: UUID, text: str, *, at: datetime) -> list[RateCard]:
    """Keep the cards of a YAML text for an organisation, as the installation itself (command line)."""
    return _load(None, organisation_id, text, at)


def _load(actor: Actor | None, owner_id: UUID, text: str, at: datetime) -> list[RateCard]:
    definitions = read_cards(text)
    with transaction() as session:
        # Two loads at once must not both make the same next version.
        session.execute(select(Organisation.id).where(Organisation.id == owner_id).with_for_update())
        cards = [_keep(session, owner_id, definition, at) for definition in definitions]
        for card, is_new in cards:
            if is_new:
                trace(
                    actor, "rate-card.loaded", at=at, subject_id=card.id, code=card.code, version=card.version
                )
    return [card for card, _ in cards]


def _keep(
    session: Session, owner_id: UUID, definition: CardDefinition, at: datetime
) -> tuple[RateCard, bool]:
    code = definition.columns["code"]
    own = (RateCard.owner_id == owner_id, RateCard.code == code)
    same = session.scalar(select(RateCard).where(*own, RateCard.definition_sha256 == definition.sha256))
    if same is not None:
        return same, False
    newest = session.scalar(select(func.max(RateCard.version)).where(*own)) or 0
    card = RateCard(
        id=new_id(),
        owner_id=owner_id,
        version=newest + 1,
        definition=definition.source,
        definition_sha256=definition.sha256,
        loaded_at=at,
        **definition.columns,
    )
    card.rates = [Rate(position=place, **columns) for place, columns in enumerate(definition.rates, start=1)]
    session.add(card)
    session.flush()
    return card, True


def apply_rate_card(
    actor: Actor,
    contract_id: UUID,
    rate_card_id: UUID,
    *,
    payment_group_id: UUID | None,
    applies_from: date,
    at: datetime,
) -> CardApplication:
    """Price a contract's people, or one payment group of them, by a card from a day on.

    The same application again is the same application.

    Raises:
        NotFound: the actor's organisation has no part in the contract.
        Forbidden: the actor is no administrator of its prime.
        Invalid: the card or the group is not one the contract could use, or the day lies outside it.
        CardAppliedAlready: another card applies to these people from that day.
    """
    with transaction() as session:
        contract = get_contract(actor, contract_id)
        require(policies.can_apply_rate_card, actor, contract)
        session.execute(select(Contract.id).where(Contract.id == contract_id).with_for_update())
        _check_application(session, contract, rate_card_id, payment_group_id, applies_from)
        existing = session.scalar(
            select(CardApplication).where(
                CardApplication.contract_id == contract_id,
                CardApplication.payment_group_id.is_(None)
                if payment_group_id is None
                else CardApplication.payment_group_id == payment_group_id,
                CardApplication.applies_from == applies_from,
            )
        )
        if existing is not None:
            if existing.rate_card_id != rate_card_id:
                raise CardAppliedAlready("Choose another day for this card to apply from.")
            return existing
        application = CardApplication(
            contract_id=contract_id,
            payment_group_id=payment_group_id,
            rate_card_id=rate_card_id,
            applies_from=applies_from,
        )
        session.add(application)
        session.flush()
        trace(actor, "rate-card.applied", at=at, subject_id=rate_card_id, contract_id=contract_id)
        for tell in WHEN_APPLIED:
            tell(contract_id)
    return application


def _check_application(
    session: Session,
    contract: Contract,
    rate_card_id: UUID,
    payment_group_id: UUID | None,
    applies_from: date,
) -> None:
    card = session.scalar(
        select(RateCard).where(RateCard.id == rate_card_id, RateCard.owner_id == contract.prime_id)
    )
    if card is None:
        raise Invalid.field("rate_card_id", "rate-card-unknown", "Choose a card that the prime has loaded.")
    if contract.is_own_programme:
        raise Invalid.field("rate_card_id", "own-programme", "Nobody pays by results for an own programme.")
    group_code = None
    if payment_group_id is not None:
        group_code = session.scalar(
            select(PaymentGroup.code).where(
                PaymentGroup.id == payment_group_id, PaymentGroup.contract_id == contract.id
            )
        )
        if group_code is None:
            raise Invalid.field(
                "payment_group_id", "payment-group-unknown", "Choose a group of this contract."
            )
    if card.payment_group_code is not None and card.payment_group_code != group_code:
        raise Invalid.field(
            "payment_group_id",
            "card-for-another-group",
            f"This card is for payment group {card.payment_group_code}; choose that group.",
        )
    if not contract.starts_on <= applies_from <= contract.ends_on:
        raise Invalid.field("applies_from", "outside-contract", "Choose a day on which the contract runs.")


def freeze(rate_card_ids: Collection[UUID], *, at: datetime) -> None:
    """Note that these cards are in use from now on; one that is frozen already keeps its moment."""
    with transaction() as session:
        session.execute(
            update(RateCard)
            .where(RateCard.id.in_(set(rate_card_ids)), RateCard.frozen_at.is_(None))
            .values(frozen_at=at)
        )
