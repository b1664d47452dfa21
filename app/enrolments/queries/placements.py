"""Referrals and places: who waits where, who may be sent to whom, who looks after them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import (
    Select,
    case,
    false,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import defer, joinedload

from app.accounts.models import Membership, User
from app.contracts.models import PaymentGroup, Subcontract
from app.contracts.queries import get_contract
from app.core.database import db
from app.core.errors import Invalid, NotFound
from app.core.paging import PAGE_SIZE, decode_cursor, encode_cursor
from app.core.permissions import Actor, Role, require
from app.enrolments.models import (
    Enrolment,
    EnrolmentState,
    ReferralImport,
)
from app.enrolments.policies import can_follow_placements
from app.enrolments.queries.sight import hidden_from, visible_enrolments
from app.organisations.models import Organisation
from app.participants.models import AdviserAssignment, Participant, SamePersonLink


def providers_of(contract_id: UUID, *, on: date) -> dict[str, UUID]:
    """Return who delivers on a contract on a day, by name and by short name, folded."""
    rows = (
        db.session()
        .execute(
            select(Organisation.id, Organisation.name, Organisation.short_name)
            .join(Subcontract, Subcontract.provider_id == Organisation.id)
            .where(
                Subcontract.contract_id == contract_id,
                or_(Subcontract.ends_on.is_(None), Subcontract.ends_on >= on),
            )
        )
        .all()
    )
    return {row.short_name.casefold(): row.id for row in rows} | {row.name.casefold(): row.id for row in rows}


def groups_of(contract_id: UUID) -> dict[str, UUID]:
    """Return a contract's payment groups by code and by title, folded."""
    rows = (
        db.session()
        .execute(
            select(PaymentGroup.id, PaymentGroup.code, PaymentGroup.title).where(
                PaymentGroup.contract_id == contract_id
            )
        )
        .all()
    )
    return {row.title.casefold(): row.id for row in rows} | {row.code.casefold(): row.id for row in rows}


def visible_referral_imports(actor: Actor) -> Select[ReferralImport]:
    """Return the uploads of the actor's own organisation, for those who take in referrals there."""
    query = select(ReferralImport).where(ReferralImport.organisation_id == actor.organisation_id)
    if actor.roles & {Role.SUPPLY_CHAIN, Role.MANAGER}:
        return query
    return query.where(false())


def list_referral_imports(actor: Actor, contract_id: UUID) -> list[ReferralImport]:
    """Return the newest uploads for a contract, without their rows.

    Raises:
        NotFound: the actor's organisation has no part in the contract.
    """
    contract = get_contract(actor, contract_id)
    query = visible_referral_imports(actor).where(ReferralImport.contract_id == contract.id)
    newest = query.order_by(ReferralImport.uploaded_at.desc(), ReferralImport.id.desc()).limit(PAGE_SIZE)
    return list(db.session().scalars(newest.options(defer(ReferralImport.rows))))


def get_referral_import(actor: Actor, import_id: UUID, *, for_update: bool = False) -> ReferralImport:
    """Return one upload in the actor's sight.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    query = visible_referral_imports(actor).where(ReferralImport.id == import_id)
    found = db.session().scalar(query.with_for_update() if for_update else query)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Page:
    """Some rows, and the cursor after the last of them; None where there are no more."""

    items: list[Enrolment]
    next: str | None


def waiting_referrals(actor: Actor, *, after: str | None) -> Page:
    """Return who waits for the actor's provider to accept them, the longest waiting first."""
    provider = Enrolment.provider_id == actor.organisation_id
    query = visible_enrolments(actor).where(Enrolment.state == EnrolmentState.REFERRED, provider)
    return _page(query, after)


def led_enrolments(
    actor: Actor, contract_id: UUID, *, state: EnrolmentState | None, after: str | None
) -> Page:
    """Return where people on a contract stand, for the supply-chain staff of its prime, the newest first.

    Raises:
        NotFound: the actor's organisation has no part in the contract.
        Forbidden: the actor looks after no supply chain there.
    """
    contract = get_contract(actor, contract_id)
    require(can_follow_placements, actor, contract)
    shown = Enrolment.participant_id.not_in(hidden_from(actor.user_id))
    query = select(Enrolment).where(Enrolment.contract_id == contract_id, shown)
    return _page(query.where(Enrolment.state == state) if state else query, after, newest_first=True)


def _page(query: Select[Enrolment], after: str | None, *, newest_first: bool = False) -> Page:
    place = tuple_(Enrolment.referred_on, Enrolment.id)
    if after is not None:
        day, enrolment_id = decode_cursor(after, 2)
        begin = _keys(day, enrolment_id)
        query = query.where(place < begin if newest_first else place > begin)
    order = [
        column.desc() if newest_first else column.asc() for column in (Enrolment.referred_on, Enrolment.id)
    ]
    query = query.order_by(*order).limit(PAGE_SIZE + 1)
    related = joinedload(Enrolment.participant).joinedload(Participant.details)
    rows = list(db.session().scalars(query.options(related, joinedload(Enrolment.contract))))
    if len(rows) <= PAGE_SIZE:
        return Page(rows, None)
    last = rows[PAGE_SIZE - 1]
    return Page(rows[:PAGE_SIZE], encode_cursor(last.referred_on, last.id))


def _keys(day: str, enrolment_id: str) -> tuple[date, UUID]:
    try:
        return date.fromisoformat(day), UUID(enrolment_id)
    except ValueError as error:
        raise Invalid.field(
            "after", "cursor-unknown", "Leave `after` out to begin at the first page."
        ) from error


def advisers_of(participant_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return who is assigned to each person today."""
    rows = db.session().execute(
        select(AdviserAssignment.participant_id, AdviserAssignment.user_id).where(
            AdviserAssignment.participant_id.in_(participant_ids), AdviserAssignment.ended_on.is_(None)
        )
    )
    return {participant_id: user_id for participant_id, user_id in rows}


def roles_at(organisation_id: UUID, user_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """Return what these users do for an organisation today; who does nothing there is left out."""
    rows = db.session().execute(
        select(Membership.user_id, Membership.roles).where(
            Membership.organisation_id == organisation_id,
            Membership.user_id.in_(set(user_ids)),
            Membership.ended_at.is_(None),
        )
    )
    return {user_id: set(roles) for user_id, roles in rows}


def staff_at(organisation_id: UUID, *roles: Role) -> list[User]:
    """Return who holds one of these roles at an organisation today, by name."""
    rows = db.session().execute(
        select(User, Membership.roles)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation_id, Membership.ended_at.is_(None))
        .order_by(User.name)
    )
    wanted = {role.value for role in roles}
    return [user for user, held in rows if wanted.intersection(held)]


def destinations_of(enrolment: Enrolment, *, on: date, with_own: bool = False) -> list[Organisation]:
    """Return the providers of the contract to whom a person may go; their own one only where asked."""
    query = (
        select(Organisation)
        .join(Subcontract, Subcontract.provider_id == Organisation.id)
        .where(
            Subcontract.contract_id == enrolment.contract_id,
            true() if with_own else Organisation.id != enrolment.provider_id,
            or_(Subcontract.ends_on.is_(None), Subcontract.ends_on >= on),
        )
        .order_by(Organisation.name)
    )
    return list(db.session().scalars(query))


def links_of(participant_id: UUID) -> list[tuple[SamePersonLink, str]]:
    """Return the live links of a person, each with the reference of the other; nobody restricted."""
    other = case(
        (SamePersonLink.participant_id == participant_id, SamePersonLink.other_id),
        else_=SamePersonLink.participant_id,
    )
    rows = db.session().execute(
        select(SamePersonLink, Participant.reference)
        .join(Participant, Participant.id == other)
        .where(
            or_(SamePersonLink.participant_id == participant_id, SamePersonLink.other_id == participant_id),
            SamePersonLink.ended_at.is_(None),
            ~Participant.is_restricted,
        )
        .order_by(SamePersonLink.linked_at)
    )
    return [(link, reference) for link, reference in rows]
