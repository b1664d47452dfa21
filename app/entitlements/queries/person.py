"""What one person's records earn, in full for those who claim."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.contracts.models import Contract
from app.core.database import db
from app.core.errors import Forbidden, NotFound
from app.core.languages import spoken
from app.core.model import alias_of
from app.core.permissions import Actor
from app.enrolments.models import Enrolment
from app.enrolments.queries.sight import in_sight
from app.entitlements.models import Entitlement, EntitlementState
from app.entitlements.policies import CLAIMS_STAFF, can_read_entitlements
from app.entitlements.rules.saying import retold
from app.organisations.models import Organisation
from app.participants.models import Participant, RestrictedViewer
from app.ratecards.models import Rate, RateCard

_Prime = alias_of(Contract)
LISTED = (EntitlementState.COMPLETE, EntitlementState.INCOMPLETE)


@dataclass(frozen=True)
class Place:
    """An enrolment whose money somebody may see."""

    enrolment_id: UUID
    participant_id: UUID
    contract_id: UUID
    person: str


@dataclass(frozen=True)
class PersonEntitlement:
    """One occurrence of one rate, with where its card comes from, its conditions in the reader's language."""

    entitlement: Entitlement
    rate_title: str
    provider: str
    card_title: str
    card_version: int
    card_source: str
    conditions: list[dict[str, Any]]


def get_place(actor: Actor, enrolment_id: UUID) -> Place:
    """Return an enrolment whose entitlements the actor may read.

    Raises:
        NotFound: there is none, or it is out of sight.
        Forbidden: the actor sees the person, and their role shows no money.
    """
    restricted = select(Participant.id).where(Participant.is_restricted)
    named = select(RestrictedViewer.participant_id).where(RestrictedViewer.user_id == actor.user_id)
    row = (
        db.session()
        .execute(
            select(
                Enrolment.id,
                Enrolment.participant_id,
                Enrolment.contract_id,
                Enrolment.provider_id,
                Participant.reference,
                _Prime.prime_id,
                in_sight(actor).label("is_in_sight"),
                (Participant.id.in_(restricted) & Participant.id.not_in(named)).label("is_hidden"),
            )
            .join(Participant, Participant.id == Enrolment.participant_id)
            .join(_Prime, _Prime.id == Enrolment.contract_id)
            .where(Enrolment.id == enrolment_id)
        )
        .one_or_none()
    )
    if row is None:
        raise NotFound
    may_read = can_read_entitlements(actor, row.provider_id, row.prime_id)
    if row.is_hidden or not (may_read or row.is_in_sight):
        raise NotFound
    if not may_read:
        raise Forbidden(f"Your role here does not allow this. Who may: {can_read_entitlements.__doc__}")
    return Place(row.id, row.participant_id, row.contract_id, row.reference)


def entitlements_of(actor: Actor, place: Place) -> list[PersonEntitlement]:
    """Return all that the person's records earn, in the order of the card; a provider sees its own."""
    query = (
        select(
            Entitlement,
            Rate.title,
            Organisation.short_name,
            RateCard.title,
            RateCard.version,
            RateCard.source,
        )
        .join(Rate, Rate.id == Entitlement.rate_id)
        .join(RateCard, RateCard.id == Rate.rate_card_id)
        .join(Organisation, Organisation.id == Entitlement.provider_id)
        .join(Contract, Contract.id == Entitlement.contract_id)
        .where(
            Entitlement.participant_id == place.participant_id,
            (Entitlement.occurrence == 1) | Entitlement.state.in_(LISTED),
        )
        .order_by(Rate.position, Entitlement.occurrence)
    )
    contract = db.session().get(Contract, place.contract_id)
    if contract is None or not actor.holds(*CLAIMS_STAFF, at=contract.prime_id):
        query = query.where(Entitlement.enrolment_id == place.enrolment_id)
    rows = db.session().execute(query.execution_options(populate_existing=True))
    language = spoken(actor.language)
    return [PersonEntitlement(*row, retold(language, row[0].conditions, row[0].sayings)) for row in rows]
