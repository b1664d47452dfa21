"""Reads of contracts, bounded by the parts that the actor's organisation has."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.contracts import policies
from app.contracts.models import Contract, Notice, PackageArea, PaymentGroup, Subcontract
from app.contracts.rules import NoticeTemplate, Part, parts_of, read_template
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import LANGUAGES
from app.core.permissions import Actor, Role, require
from app.core.yaml import read_shipped

LIBRARY = Path(__file__).parent / "library" / "notices.yaml"


@cache
def notice_templates() -> tuple[NoticeTemplate, ...]:
    """Return the notices of the library."""
    return tuple(read_template(entry) for entry in read_shipped(LIBRARY)["notices"])


def visible_contracts(actor: Actor) -> Select[Contract]:
    """Return the contracts on which the actor's organisation has a part.

    Raises:
        Forbidden: the actor is an operator only.
    """
    require(policies.can_see_contracts, actor)
    delivered = select(Subcontract.contract_id).where(Subcontract.provider_id == actor.organisation_id)
    return select(Contract).where(
        or_(
            Contract.prime_id == actor.organisation_id,
            Contract.commissioner_id == actor.organisation_id,
            Contract.id.in_(delivered),
        )
    )


def list_contracts(actor: Actor) -> list[Contract]:
    """Return the actor's contracts by code, with prime and commissioner."""
    query = visible_contracts(actor).options(
        joinedload(Contract.prime), joinedload(Contract.commissioner), joinedload(Contract.package_area)
    )
    return list(db.session().scalars(query.order_by(Contract.code, Contract.id)))


def get_contract(actor: Actor, contract_id: UUID, *, for_update: bool = False) -> Contract:
    """Return one contract in the actor's sight.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    query = visible_contracts(actor).where(Contract.id == contract_id)
    contract = db.session().scalar(query.with_for_update() if for_update else query)
    if contract is None:
        raise NotFound
    return contract


def parts(actor: Actor, contracts: Iterable[Contract]) -> dict[UUID, list[Part]]:
    """Return the actor's parts on contracts, by contract."""
    known = list(contracts)
    delivered = set(
        db.session().scalars(
            select(Subcontract.contract_id).where(
                Subcontract.provider_id == actor.organisation_id,
                Subcontract.contract_id.in_([contract.id for contract in known]),
            )
        )
    )
    return {
        contract.id: parts_of(actor, contract, is_provider=contract.id in delivered) for contract in known
    }


def list_subcontracts(actor: Actor, contract: Contract) -> list[Subcontract]:
    """Return the places on a contract: all for its prime and commissioner, its own for a provider.

    None for a key worker: what was promised is money, and stays off their tablet.
    """
    if actor.roles <= {Role.WORKER}:
        return []
    query = select(Subcontract).options(joinedload(Subcontract.provider))
    query = query.where(Subcontract.contract_id == contract.id)
    if actor.organisation_id not in {contract.prime_id, contract.commissioner_id}:
        query = query.where(Subcontract.provider_id == actor.organisation_id)
    return list(db.session().scalars(query.order_by(Subcontract.tier, Subcontract.id)))


def get_subcontract(contract: Contract, subcontract_id: UUID) -> Subcontract:
    """Return one place on a contract.

    Raises:
        NotFound: there is none.
    """
    subcontract = db.session().scalar(
        select(Subcontract).where(Subcontract.id == subcontract_id, Subcontract.contract_id == contract.id)
    )
    if subcontract is None:
        raise NotFound
    return subcontract


def list_payment_groups(contract: Contract) -> list[PaymentGroup]:
    """Return the payment groups of a contract by code."""
    query = select(PaymentGroup).where(PaymentGroup.contract_id == contract.id).order_by(PaymentGroup.code)
    return list(db.session().scalars(query))


def get_payment_group(contract: Contract, payment_group_id: UUID) -> PaymentGroup:
    """Return one payment group of a contract.

    Raises:
        NotFound: there is none.
    """
    group = db.session().scalar(
        select(PaymentGroup).where(
            PaymentGroup.id == payment_group_id, PaymentGroup.contract_id == contract.id
        )
    )
    if group is None:
        raise NotFound
    return group


def list_notices(contract: Contract) -> list[Notice]:
    """Return the notices of a contract, the newest version first, English before others."""
    query = select(Notice).where(Notice.contract_id == contract.id)
    order = (Notice.language != LANGUAGES[0], Notice.language, Notice.format, Notice.id)
    return list(db.session().scalars(query.order_by(Notice.version.desc(), *order)))


def find_package_area(commissioner_id: UUID, code: str) -> PackageArea | None:
    """Return a commissioner's package area by its code."""
    return db.session().scalar(
        select(PackageArea).where(PackageArea.commissioner_id == commissioner_id, PackageArea.code == code)
    )
