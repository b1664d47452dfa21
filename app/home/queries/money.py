"""Sections about money and offices: claims, partners, people and settings. Nobody is named but staff."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from app.accounts.models import Device, Membership
from app.claims.models import ClaimState
from app.claims.queries.claims import ClaimRow, list_claims
from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.permissions import Actor
from app.enrolments.models import Enrolment
from app.entitlements.queries.board import Scope
from app.entitlements.queries.sums import MissingSum, MonthSum, Summary, summarise
from app.home.rules import ROWS_SHOWN, Section, SectionCode, claim_deadline, claim_month
from app.instruments.models import Instrument
from app.organisations.models import Organisation
from app.ratecards.models import RateCard

CLAIMS_LOOKED_AT = 100


def led_contracts(actor: Actor) -> Sequence[Contract]:
    """Return the contracts that the actor's organisation leads and is paid by results for."""
    query = select(Contract).where(
        Contract.prime_id == actor.organisation_id, Contract.commissioner_id.is_not(None)
    )
    return db.session().scalars(query.order_by(Contract.code)).all()


def delivered_contracts(actor: Actor) -> Sequence[Contract]:
    """Return the contracts that the actor's organisation delivers on and is paid by results for."""
    query = (
        select(Contract)
        .join(Subcontract, Subcontract.contract_id == Contract.id)
        .where(Subcontract.provider_id == actor.organisation_id, Contract.commissioner_id.is_not(None))
    )
    return db.session().scalars(query.order_by(Contract.code)).all()


def provider_sections(actor: Actor, contracts: Sequence[Contract], today: date) -> list[Section]:
    """Return what is blocked at a provider and why, and what it can expect, its own share of each."""
    sums = [
        (one, summarise(Scope(one.id, actor.organisation_id), today=today, language=actor.language))
        for one in contracts
    ]
    months = [row for contract, summary in sums for row in _expected(contract, summary)]
    months.sort(key=lambda row: (row["on"] or date.max, row["contract"]))
    return [
        _incomplete(SectionCode.BLOCKED, sums, is_share=True),
        Section(
            SectionCode.EXPECTED,
            sum(row["count"] for row in months),
            months,
            sum(row["provider_share_pence"] for row in months),
        ),
    ]


def preparer_sections(actor: Actor, contracts: Sequence[Contract], today: date) -> list[Section]:
    """Return what is claimable by rate, what is missing by reason, and this month's claims."""
    sums = [(one, summarise(Scope(one.id, None), today=today, language=actor.language)) for one in contracts]
    rates = [
        {
            "contract_id": contract.id,
            "contract": contract.code,
            "code": rate.rate_code,
            "title": rate.rate_title,
            "count": rate.sum.count,
            "amount_pence": rate.sum.amount_pence,
        }
        for contract, summary in sums
        for rate in summary.by_rate
    ]
    claimable = Section(
        SectionCode.CLAIMABLE,
        sum(summary.claimable.count for _, summary in sums),
        rates,
        sum(summary.claimable.amount_pence for _, summary in sums),
    )
    return [
        claimable,
        _incomplete(SectionCode.INCOMPLETE, sums, is_share=False),
        _this_month(actor, contracts, today),
    ]


def _incomplete(code: SectionCode, sums: Sequence[tuple[Contract, Summary]], *, is_share: bool) -> Section:
    rows = [_missing(contract, missing) for contract, summary in sums for missing in summary.missing]
    name = "provider_share_pence" if is_share else "amount_pence"
    return Section(code, sum(row["count"] for row in rows), rows, sum(row[name] for row in rows))


def _missing(contract: Contract, missing: MissingSum) -> dict[str, Any]:
    return {
        "contract_id": contract.id,
        "contract": contract.code,
        "code": missing.missing_code,
        "title": missing.title,
        "who": missing.who,
        "due_on": missing.first_closes_on,
        "count": missing.sum.count,
        "amount_pence": missing.sum.amount_pence,
        "provider_share_pence": missing.sum.provider_share_pence,
    }


def _expected(contract: Contract, summary: Summary) -> list[dict[str, Any]]:
    def row(month: MonthSum) -> dict[str, Any]:
        return {
            "contract_id": contract.id,
            "contract": contract.code,
            "on": month.month,
            "count": month.sum.count,
            "amount_pence": month.sum.amount_pence,
            "provider_share_pence": month.sum.provider_share_pence,
        }

    return [row(month) for month in summary.expected]


def _this_month(actor: Actor, contracts: Sequence[Contract], today: date) -> Section:
    """Return each contract's claim for last month, or that there is none yet, with its last day."""
    month = claim_month(today)
    made = {
        claim.contract_id: claim
        for claim in reversed(list_claims(actor, contract_id=None, before=None, limit=CLAIMS_LOOKED_AT))
        if claim.month == month
    }
    rows = [
        {
            "contract_id": contract.id,
            "contract": contract.code,
            "on": month,
            "due_on": claim_deadline(month, contract.claim_day),
            **(_claim(made[contract.id]) if contract.id in made else {"code": "none", "claim_id": None}),
        }
        for contract in contracts
        if contract.starts_on < today.replace(day=1)  # it had begun in the month that is claimed for
    ]
    return Section(SectionCode.THIS_MONTH, len(rows), rows)


def _claim(claim: ClaimRow) -> dict[str, Any]:
    return {
        "claim_id": claim.id,
        "contract_id": claim.contract_id,
        "title": claim.label,
        "code": claim.state.value,
        "on": claim.month,
        "count": claim.sums.line_count,
        "amount_pence": claim.sums.amount_pence,
        "undecided_count": claim.undecided_count,
    }


def approver_sections(actor: Actor) -> list[Section]:
    """Return the claims that wait for an approver: to lock, to approve, to submit."""
    waiting = {ClaimState.DRAFT, ClaimState.LOCKED, ClaimState.APPROVED}
    claims = list_claims(actor, contract_id=None, before=None, limit=CLAIMS_LOOKED_AT)
    rows = [_claim(claim) for claim in claims if claim.state in waiting]
    total = sum(row["amount_pence"] for row in rows)
    return [Section(SectionCode.TO_APPROVE, len(rows), rows[:ROWS_SHOWN], total)]


def assessor_sections(actor: Actor) -> list[Section]:
    """Return the claims that were submitted, those with lines to judge first."""
    claims = list_claims(actor, contract_id=None, before=None, limit=CLAIMS_LOOKED_AT)
    rows = [_claim(claim) for claim in sorted(claims, key=lambda claim: claim.undecided_count == 0)]
    return [Section(SectionCode.CLAIMS, len(rows), rows[:ROWS_SHOWN], sum(r["amount_pence"] for r in rows))]


def supply_chain_sections(actor: Actor) -> list[Section]:
    """Return the partners by what was promised and what came, the largest gap first."""
    referred = (
        select(Enrolment.contract_id, Enrolment.provider_id, func.count().label("actual"))
        .join(Contract, Contract.id == Enrolment.contract_id)
        .where(Contract.prime_id == actor.organisation_id)
        .group_by(Enrolment.contract_id, Enrolment.provider_id)
        .subquery()
    )
    actual = func.coalesce(referred.c.actual, 0)
    rows = db.session().execute(
        select(
            Contract.id.label("contract_id"),
            Contract.code.label("contract"),
            Organisation.short_name.label("title"),
            Subcontract.promised_referrals.label("promised"),
            actual.label("actual"),
        )
        .select_from(Subcontract)
        .join(Contract, Contract.id == Subcontract.contract_id)
        .join(Organisation, Organisation.id == Subcontract.provider_id)
        .outerjoin(
            referred,
            and_(
                referred.c.contract_id == Subcontract.contract_id,
                referred.c.provider_id == Subcontract.provider_id,
            ),
        )
        .where(Contract.prime_id == actor.organisation_id)
        .order_by((Subcontract.promised_referrals - actual).desc(), Organisation.short_name)
    )
    found = [dict(row._mapping) for row in rows]
    return [Section(SectionCode.PARTNERS, len(found), found)]


def administrator_sections(actor: Actor) -> list[Section]:
    """Return how many people, devices, instruments and rate cards there are."""
    own = actor.organisation_id
    counts = {
        SectionCode.PEOPLE: select(func.count()).where(
            Membership.organisation_id == own, Membership.ended_at.is_(None)
        ),
        SectionCode.DEVICES: select(func.count()).where(
            Device.organisation_id == own, Device.revoked_at.is_(None)
        ),
        SectionCode.INSTRUMENTS: select(func.count()).select_from(Instrument),
        SectionCode.RATE_CARDS: select(func.count()).where(RateCard.owner_id == own),
    }
    return [Section(code, db.session().scalar(query) or 0) for code, query in counts.items()]
