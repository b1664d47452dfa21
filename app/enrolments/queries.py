"""Reads of enrolments, always bounded by the actor."""

import json
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    false,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import defer, joinedload

from app.accounts.models import Membership, User
from app.contracts.models import Contract, PaymentGroup, Subcontract
from app.contracts.queries import get_contract
from app.core.database import db
from app.core.errors import Invalid, NotFound
from app.core.hot import HotStatement, is_among
from app.core.json import as_text, json_array, json_object
from app.core.model import Id
from app.core.paging import PAGE_SIZE, decode_cursor, encode_cursor
from app.core.permissions import Actor, Role, require
from app.enrolments.models import (
    Enrolment,
    EnrolmentEvent,
    EnrolmentState,
    NoticeManner,
    ReferralImport,
)
from app.enrolments.policies import can_follow_placements
from app.enrolments.rules import CLOCK_STEPS, Clock, read_clock
from app.organisations.models import Organisation
from app.participants.models import AdviserAssignment, Participant, RestrictedViewer, SamePersonLink
from app.records.rules import Place

ALWAYS_RUNS = Clock()


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor may see an enrolment's person and journey.

    A provider's workers and managers see its own; a prime's adviser those assigned to them; a
    restricted person only those who are named.
    """
    return in_sight_of(actor.roles, actor.user_id, actor.organisation_id)


def in_sight_of(
    roles: Set[Role], user_id: UUID | BindParameter[UUID], organisation_id: UUID | BindParameter[UUID]
) -> ColumnElement[bool]:
    """Return the same condition for roles; the ids may be parameters, so that a hot read is built once."""
    return reach_of(roles, user_id, organisation_id) & Enrolment.participant_id.not_in(hidden_from(user_id))


def reach_of(
    roles: Set[Role], user_id: UUID | BindParameter[UUID], organisation_id: UUID | BindParameter[UUID]
) -> ColumnElement[bool]:
    """Return which enrolments these roles reach, before restricted people are taken out."""
    ways: list[ColumnElement[bool]] = []
    if roles & {Role.WORKER, Role.MANAGER}:
        ways.append(Enrolment.provider_id == organisation_id)
    if Role.ADVISER in roles:
        assigned = select(AdviserAssignment.participant_id).where(
            AdviserAssignment.user_id == user_id, AdviserAssignment.ended_on.is_(None)
        )
        led = select(Contract.id).where(Contract.prime_id == organisation_id)
        ways.append(and_(Enrolment.participant_id.in_(assigned), Enrolment.contract_id.in_(led)))
    return or_(*ways) if ways else false()


def hidden_from(user_id: UUID | BindParameter[UUID]) -> Select[UUID]:
    """Return the restricted participants whom this user is not named to see."""
    named = select(RestrictedViewer.participant_id).where(RestrictedViewer.user_id == user_id)
    return select(Participant.id).where(Participant.is_restricted, Participant.id.not_in(named))


def visible_enrolments(actor: Actor) -> Select[Enrolment]:
    """Return the enrolments whose journeys the actor may see."""
    return select(Enrolment).where(in_sight(actor))


def get_enrolment(actor: Actor, enrolment_id: UUID, *, for_update: bool = False) -> Enrolment:
    """Return one enrolment in the actor's sight.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    query = visible_enrolments(actor).where(Enrolment.id == enrolment_id)
    enrolment = db.session().scalar(query.with_for_update() if for_update else query)
    if enrolment is None:
        raise NotFound
    return enrolment


@dataclass(frozen=True)
class Standing:
    """What recording needs to know of an enrolment."""

    enrolment_id: UUID
    contract_id: UUID
    provider_id: UUID
    state: EnrolmentState
    referred_on: date
    started_on: date | None

    @cached_property
    def place(self) -> Place:
        """Where a record of theirs belongs."""
        return Place(self.enrolment_id, self.contract_id, self.provider_id)


def standings(actor: Actor, enrolment_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """Return those of these enrolments that the actor sees, by id, in one query."""
    rows = _standings(actor.roles).all(
        {
            "ids": list(set(enrolment_ids)),
            "user_id": actor.user_id,
            "organisation_id": actor.organisation_id,
        },
    )
    return {
        row.id: Standing(
            row.id,
            row.contract_id,
            row.provider_id,
            EnrolmentState(row.state),
            row.referred_on,
            row.started_on,
        )
        for row in rows
    }


@lru_cache(maxsize=64)  # as many as there are ways to join roles
def _standings(roles: Set[Role]) -> HotStatement:
    user_id, organisation_id = (bindparam(name, type_=Id()) for name in ("user_id", "organisation_id"))
    return HotStatement(
        select(
            Enrolment.id,
            Enrolment.contract_id,
            Enrolment.provider_id,
            Enrolment.state,
            Enrolment.referred_on,
            Enrolment.started_on,
        ).where(is_among(Enrolment.id), in_sight_of(roles, user_id, organisation_id))
    )


@dataclass(frozen=True)
class NoticeGiven:
    """What a person was told before they start."""

    notice_id: UUID
    given_on: date
    manner: NoticeManner

    def as_detail(self) -> dict[str, Any]:
        """Return the columns of `start`."""
        return {
            "notice_id": self.notice_id,
            "notice_given_on": self.given_on,
            "notice_manner": self.manner,
        }


def notices_given(enrolment_ids: Sequence[UUID]) -> dict[UUID, NoticeGiven]:
    """Return the notices that were given, by enrolment; the caller bounds what follows by sight."""
    rows = db.session().execute(
        select(Enrolment.id, Enrolment.notice_id, Enrolment.notice_given_on, Enrolment.notice_manner).where(
            Enrolment.id.in_(set(enrolment_ids)),
            Enrolment.notice_id.is_not(None),
            Enrolment.notice_given_on.is_not(None),
            Enrolment.notice_manner.is_not(None),
        )
    )
    return {
        enrolment_id: NoticeGiven(notice_id, given_on, manner)
        for enrolment_id, notice_id, given_on, manner in rows
        if notice_id and given_on and manner
    }


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


def get_led_enrolment(actor: Actor, enrolment_id: UUID, *, for_update: bool = False) -> Enrolment:
    """Return an enrolment in the actor's sight, or on a contract whose supply chain they look after.

    Supply-chain staff place people with providers and advisers; they see no journey by it.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    ways = in_sight(actor)
    if Role.SUPPLY_CHAIN in actor.roles:
        led = select(Contract.id).where(Contract.prime_id == actor.organisation_id)
        shown = Enrolment.participant_id.not_in(hidden_from(actor.user_id))
        ways = or_(ways, and_(Enrolment.contract_id.in_(led), shown))
    query = select(Enrolment).where(Enrolment.id == enrolment_id, ways)
    enrolment = db.session().scalar(query.with_for_update() if for_update else query)
    if enrolment is None:
        raise NotFound
    return enrolment


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
    """Return where people on a contract stand, for the supply-chain staff of its prime.

    Raises:
        NotFound: the actor's organisation has no part in the contract.
        Forbidden: the actor looks after no supply chain there.
    """
    contract = get_contract(actor, contract_id)
    require(can_follow_placements, actor, contract)
    shown = Enrolment.participant_id.not_in(hidden_from(actor.user_id))
    query = select(Enrolment).where(Enrolment.contract_id == contract_id, shown)
    return _page(query.where(Enrolment.state == state) if state else query, after)


def _page(query: Select[Enrolment], after: str | None) -> Page:
    if after is not None:
        day, enrolment_id = decode_cursor(after, 2)
        query = query.where(
            tuple_(Enrolment.referred_on, Enrolment.id) > _keys(day, enrolment_id),
        )
    query = query.order_by(Enrolment.referred_on, Enrolment.id).limit(PAGE_SIZE + 1)
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


def clock_steps() -> ColumnElement[str]:
    """Return, beside an enrolment that is selected, the steps that its clock goes by, as JSON text."""
    step = json_object(name=EnrolmentEvent.name, on=EnrolmentEvent.happened_on, at=EnrolmentEvent.at)
    return as_text(
        select(json_array(step))
        .where(EnrolmentEvent.enrolment_id == Enrolment.id, EnrolmentEvent.name.in_(CLOCK_STEPS))
        .correlate(Enrolment)
        .scalar_subquery()
    )


def clock_of(steps: str) -> Clock:
    """Return how time runs by what `clock_steps` wrote."""
    if steps == "[]":
        return ALWAYS_RUNS
    found = sorted(json.loads(steps), key=lambda step: step["at"])
    return read_clock((step["name"], date.fromisoformat(step["on"])) for step in found)


def get_clock(enrolment_id: UUID) -> Clock:
    """Return how time runs for one person; the caller has seen that they are in sight."""
    steps = db.session().scalar(select(clock_steps()).where(Enrolment.id == enrolment_id))
    return clock_of(steps or "[]")


def events_of(enrolment_id: UUID) -> list[EnrolmentEvent]:
    """Return the steps of an enrolment's life, oldest first."""
    query = select(EnrolmentEvent).where(EnrolmentEvent.enrolment_id == enrolment_id)
    return list(db.session().scalars(query.order_by(EnrolmentEvent.at, EnrolmentEvent.id)))


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


def enrolment_ids_of(participant_ids: Collection[UUID]) -> set[UUID]:
    """Return every enrolment of these people, whoever's it is; the caller admitted the actor."""
    query = select(Enrolment.id).where(Enrolment.participant_id.in_(set(participant_ids)))
    return set(db.session().scalars(query))


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


def find_participant(actor: Actor, contract_id: UUID, reference: str) -> Participant | None:
    """Return a contract's participant by our reference, where the actor sees one of their enrolments."""
    ways = in_sight(actor)
    if Role.SUPPLY_CHAIN in actor.roles:
        led = select(Contract.id).where(Contract.prime_id == actor.organisation_id)
        ways = or_(ways, Enrolment.contract_id.in_(led))
    seen = select(Enrolment.participant_id).where(Enrolment.contract_id == contract_id, ways)
    return db.session().scalar(
        select(Participant).where(
            Participant.contract_id == contract_id,
            Participant.reference == reference,
            Participant.id.in_(seen),
            Participant.id.not_in(hidden_from(actor.user_id)),
        )
    )
