"""What was left out of claims, for the prime and for the provider whose it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.claims.models import Claim, ClaimState, Exclusion
from app.claims.rules.left_out import Why, told
from app.contracts.models import Contract
from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor
from app.entitlements.models import Entitlement
from app.organisations.models import Organisation
from app.participants.models import Participant
from app.ratecards.models import Rate


@dataclass(frozen=True, kw_only=True)
class ExclusionRow:
    """What was left out of a claim, why, and what the provider says to it."""

    id: UUID
    claim_id: UUID
    claim: str
    entitlement_id: UUID
    enrolment_id: UUID
    person: str
    provider_id: UUID
    provider: str
    rate_code: str
    rate_title: str
    occurrence: int
    price_pence: int
    reason: str
    words: str
    excluded_at: datetime
    contested_at: datetime | None
    contest_words: str | None
    can_contest: bool


def select_exclusions() -> Any:
    """Return the selection of exclusions with the columns of `ExclusionRow`; the caller says which."""
    return (
        select(
            Exclusion.id,
            Exclusion.claim_id,
            Contract.code.label("contract_code"),
            Claim.month,
            Claim.number.label("claim_number"),
            Claim.state,
            Exclusion.entitlement_id,
            Entitlement.enrolment_id,
            Participant.reference.label("person"),
            Exclusion.provider_id,
            Organisation.short_name.label("provider"),
            Entitlement.rate_code,
            Rate.title.label("rate_title"),
            Entitlement.occurrence,
            Entitlement.price_pence,
            Exclusion.reason,
            Exclusion.words,
            Exclusion.said,
            Exclusion.excluded_at,
            Exclusion.contested_at,
            Exclusion.contest_words,
        )
        .join(Claim, Claim.id == Exclusion.claim_id)
        .join(Contract, Contract.id == Exclusion.contract_id)
        .join(Entitlement, Entitlement.id == Exclusion.entitlement_id)
        .join(Rate, Rate.id == Entitlement.rate_id)
        .join(Participant, Participant.id == Entitlement.participant_id)
        .join(Organisation, Organisation.id == Exclusion.provider_id)
    )


def exclusion_row(row: Any, language: str) -> ExclusionRow:
    """Return a selected exclusion, typed, with a check's reason in a language."""
    columns = dict(row._mapping)
    columns["words"] = told(language, Why(columns["reason"], columns["words"], columns.pop("said")))
    code, month, number = (columns.pop(name) for name in ("contract_code", "month", "claim_number"))
    state = columns.pop("state")
    return ExclusionRow(
        **columns,
        claim=f"{code}-{month:%Y-%m}-{number}",
        can_contest=state is ClaimState.DRAFT and columns["contested_at"] is None,
    )


def exclusions_of(claim_id: UUID, language: str) -> list[ExclusionRow]:
    """Return what was left out of a claim, in the order in which it was; said in a language."""
    query = select_exclusions().where(Exclusion.claim_id == claim_id)
    rows = db.session().execute(query.order_by(Exclusion.excluded_at, Exclusion.id))
    return [exclusion_row(row, language) for row in rows]


def get_exclusion(actor: Actor, exclusion_id: UUID, *, for_update: bool = False) -> Exclusion:
    """Return an exclusion of the actor's own organisation as a provider.

    Raises:
        NotFound: there is none.
    """
    query = select(Exclusion).where(
        Exclusion.id == exclusion_id, Exclusion.provider_id == actor.organisation_id
    )
    found = db.session().scalar(query.with_for_update() if for_update else query)
    if found is None:
        raise NotFound
    return found
