"""Setting up contracts: places, payment groups and notices."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from app.audit.actions import trace
from app.contracts import policies, queries
from app.contracts.errors import CodeTaken, NoticeStands, ProviderOnContract
from app.contracts.models import (
    Contract,
    Delivery,
    Notice,
    PackageArea,
    PaymentGroup,
    Subcontract,
)
from app.contracts.rules import BASIS_POINTS_WHOLE, NoticeDraft, NoticeText, Place, Terms, fill_notice
from app.core.database import db, transaction
from app.core.errors import Invalid, NotFound
from app.core.ids import new_id
from app.core.permissions import Actor, require
from app.organisations.models import Organisation


def add_contract(actor: Actor, terms: Terms, *, at: datetime) -> Contract:
    """Add a contract that the actor's organisation leads; an own programme gets its own place at once.

    Raises:
        Forbidden: the actor does not administer their organisation.
        Invalid: the dates are the wrong way round, or the commissioner is unknown.
        CodeTaken: the organisation leads another contract by this code.
    """
    require(policies.can_add_contract, actor, actor.organisation_id)
    _require_order(terms.starts_on, terms.ends_on)
    with transaction() as session:
        _lock(Organisation, actor.organisation_id)
        taken = select(Contract.id).where(
            Contract.prime_id == actor.organisation_id, Contract.code == terms.code
        )
        if session.scalar(taken):
            raise CodeTaken("You lead another contract by this code.")
        contract = Contract(
            id=new_id(),
            prime_id=actor.organisation_id,
            commissioner_id=terms.commissioner_id,
            package_area_id=_package_area(terms),
            code=terms.code,
            title=terms.title,
            nation=terms.nation,
            starts_on=terms.starts_on,
            ends_on=terms.ends_on,
            claim_day=terms.claim_day,
        )
        session.add(contract)
        session.flush()
        if contract.is_own_programme:
            own = Place(1, Delivery.END_TO_END, 0, 0, BASIS_POINTS_WHOLE, terms.starts_on)
            session.add(
                Subcontract(contract_id=contract.id, provider_id=actor.organisation_id, **own.as_columns())
            )
        trace(actor, "contract.added", at=at, subject_id=contract.id, contract_id=contract.id)
    return contract


def _package_area(terms: Terms) -> UUID | None:
    if terms.commissioner_id is None:
        if terms.package_area is not None:
            raise Invalid.field("package_area", "own-programme", "An own programme lies in no package area.")
        return None
    _require_organisation(terms.commissioner_id, "commissioner_id")
    if terms.package_area is None:
        return None
    _lock(Organisation, terms.commissioner_id)
    code, name = terms.package_area
    area = queries.find_package_area(terms.commissioner_id, code)
    if area is None:
        area = PackageArea(id=new_id(), commissioner_id=terms.commissioner_id, code=code, name=name)
        db.session().add(area)
        db.session().flush()
    return area.id


def _require_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Invalid.field("ends_on", "before-start", "Choose a day on or after the first one.")


def _require_organisation(organisation_id: UUID, field: str) -> None:
    if db.session().get(Organisation, organisation_id) is None:
        raise Invalid.field(field, "not-known", "Choose an organisation from the list, or add it first.")


def _lock(model: type[Organisation], row_id: UUID) -> None:
    """Let those who add under one organisation go one after the other."""
    db.session().execute(select(model.id).where(model.id == row_id).with_for_update())


def _changeable(actor: Actor, contract_id: UUID) -> Contract:
    contract = queries.get_contract(actor, contract_id, for_update=True)
    require(policies.can_change_contract, actor, contract)
    return contract


def add_subcontract(
    actor: Actor, contract_id: UUID, provider_id: UUID, place: Place, *, at: datetime
) -> Subcontract:
    """Give a provider its place on a contract; a prime that delivers gets one like any other.

    Raises:
        NotFound: no such contract in sight.
        Forbidden: the actor does not administer the prime.
        Invalid: the provider is unknown, or the days are the wrong way round.
        ProviderOnContract: it has a place.
    """
    _require_order(place.starts_on, place.ends_on)
    with transaction() as session:
        contract = _changeable(actor, contract_id)
        _require_organisation(provider_id, "provider_id")
        taken = select(Subcontract.id).where(
            Subcontract.contract_id == contract.id, Subcontract.provider_id == provider_id
        )
        if session.scalar(taken):
            raise ProviderOnContract("This provider has a place on the contract; change that one.")
        subcontract = Subcontract(
            id=new_id(), contract_id=contract.id, provider_id=provider_id, **place.as_columns()
        )
        session.add(subcontract)
        session.flush()
        trace(actor, "subcontract.added", at=at, subject_id=subcontract.id, contract_id=contract.id)
    return subcontract


def change_subcontract(
    actor: Actor, contract_id: UUID, subcontract_id: UUID, place: Place, *, at: datetime
) -> Subcontract:
    """Change what a place promises. What was paid before keeps the share it was paid by.

    Raises:
        NotFound: no such contract or place in sight.
        Forbidden: the actor does not administer the prime.
        Invalid: the days are the wrong way round.
    """
    _require_order(place.starts_on, place.ends_on)
    with transaction():
        contract = _changeable(actor, contract_id)
        subcontract = queries.get_subcontract(contract, subcontract_id)
        for column, value in place.as_columns().items():
            setattr(subcontract, column, value)
        trace(actor, "subcontract.changed", at=at, subject_id=subcontract.id, contract_id=contract.id)
    return subcontract


def add_payment_group(
    actor: Actor, contract_id: UUID, *, code: str, title: str, at: datetime
) -> PaymentGroup:
    """Add a group of people who are priced alike.

    Raises:
        NotFound: no such contract in sight.
        Forbidden: the actor does not administer the prime.
        CodeTaken: the contract has a group by this code.
    """
    with transaction() as session:
        contract = _changeable(actor, contract_id)
        if any(group.code == code for group in queries.list_payment_groups(contract)):
            raise CodeTaken("The contract has a payment group by this code.")
        group = PaymentGroup(id=new_id(), contract_id=contract.id, code=code, title=title)
        session.add(group)
        session.flush()
        trace(actor, "payment-group.added", at=at, subject_id=group.id, contract_id=contract.id)
    return group


def rename_payment_group(
    actor: Actor, contract_id: UUID, payment_group_id: UUID, *, title: str, at: datetime
) -> PaymentGroup:
    """Change a payment group's title; its code stands in referral lists and stays.

    Raises:
        NotFound: no such contract or group in sight.
        Forbidden: the actor does not administer the prime.
    """
    with transaction():
        contract = _changeable(actor, contract_id)
        group = queries.get_payment_group(contract, payment_group_id)
        group.title = title
        trace(actor, "payment-group.changed", at=at, subject_id=group.id, contract_id=contract.id)
    return group


def publish_notice(actor: Actor, contract_id: UUID, draft: NoticeDraft, *, at: datetime) -> Notice:
    """Publish a notice; from then on it is never changed, only followed by a newer version.

    Raises:
        NotFound: no such contract in sight, or it has no such version.
        Forbidden: the actor does not administer the prime.
        Invalid: a field of the template is missing.
        NoticeStands: this version has one in this language and format.
    """
    with transaction() as session:
        contract = _changeable(actor, contract_id)
        text = draft.text or _from_template(contract, draft)
        newest = session.scalar(select(func.max(Notice.version)).where(Notice.contract_id == contract.id))
        version = draft.version if draft.version is not None else (newest or 0) + 1
        standing = {
            (notice.version, notice.language, notice.format) for notice in queries.list_notices(contract)
        }
        if draft.version is not None and draft.version not in {entry[0] for entry in standing}:
            raise NotFound("The contract has no notice of this version.")
        if (version, draft.language, draft.format) in standing:
            raise NoticeStands("It may have been given to somebody; publish a new version.")
        notice = Notice(
            id=new_id(),
            contract_id=contract.id,
            version=version,
            language=draft.language,
            format=draft.format,
            title=text.title,
            body=text.body,
            published_at=at,
            published_by_id=actor.user_id,
        )
        session.add(notice)
        session.flush()
        trace(actor, "notice.published", at=at, subject_id=notice.id, contract_id=contract.id)
    return notice


def _from_template(contract: Contract, draft: NoticeDraft) -> NoticeText:
    template = next((found for found in queries.notice_templates() if found.language == draft.language), None)
    if template is None:
        raise Invalid.field("language", "no-template", "The library has none in this language; write it.")
    known = {
        "programme_title": contract.title,
        "prime_name": contract.prime.name,
        "commissioner_name": contract.commissioner.name if contract.commissioner else contract.prime.name,
    }
    return fill_notice(template, draft.format, known | dict(draft.fields or {}))
