"""The steps of an enrolment's life that are no records: accepted, told, given a worker, moved on.

Each is admitted, taken, noted in the story and settled; `pauses` does the same with its two.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.audit.actions import trace
from app.contracts.models import Notice
from app.core.database import transaction
from app.core.errors import Invalid
from app.core.ids import new_id
from app.core.permissions import Actor, Role, require
from app.enrolments import policies
from app.enrolments.actions import note_change
from app.enrolments.errors import EnrolmentNotInState, ReferredAlready
from app.enrolments.models import (
    LIVE_STATES,
    DeclineReason,
    Enrolment,
    EnrolmentEvent,
    EnrolmentState,
    NonStartReason,
    NoticeManner,
    TransferReason,
)
from app.enrolments.queries.placements import destinations_of, providers_of, roles_at
from app.enrolments.queries.sight import get_enrolment, get_led_enrolment
from app.enrolments.queries.standing import events_of
from app.enrolments.rules import IN_TOUCH, STEPS
from app.organisations.models import Organisation
from app.records.rules import london_day

Policy = Callable[[Actor, Enrolment], bool]


def read_enrolment(
    actor: Actor, enrolment_id: UUID, *, at: datetime
) -> tuple[Enrolment, list[EnrolmentEvent]]:
    """Return where a person stands and the steps that led there; the reading is traced.

    Raises:
        NotFound: the actor sees no such enrolment.
    """
    with transaction():
        enrolment = get_enrolment(actor, enrolment_id)
        trace(
            actor,
            "enrolment.read",
            at=at,
            subject_id=enrolment.id,
            contract_id=enrolment.contract_id,
            enrolment_id=enrolment.id,
        )
        return enrolment, events_of(enrolment.id)


def list_destinations(actor: Actor, enrolment_id: UUID, *, at: datetime) -> list[Organisation]:
    """Return the other providers of a contract, to whom the actor may hand a person.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor neither manages the provider nor leads the contract's supply chain.
    """
    enrolment = get_led_enrolment(actor, enrolment_id)
    if not policies.can_assign_worker(actor, enrolment):
        require(policies.can_refer_again, actor, enrolment, enrolment.contract.prime_id)
        return destinations_of(enrolment, on=london_day(at), with_own=True)
    return destinations_of(enrolment, on=london_day(at))


def accept_referral(actor: Actor, enrolment_id: UUID, *, worker_id: UUID | None, at: datetime) -> Enrolment:
    """Accept a person, and name their key worker where that is known.

    A manager names anybody who works with people there, a worker only themselves.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor decides nothing there, or names somebody else's worker.
        EnrolmentNotInState: it waits for no answer.
    """
    with transaction():
        enrolment = admit(actor, enrolment_id, policies.can_decide_enrolment)
        take(enrolment, "accepted")
        enrolment.accepted_on = london_day(at)
        note_step(actor, enrolment, "accepted", at)
        if worker_id is not None:
            if worker_id != actor.user_id:
                require(policies.can_assign_worker, actor, enrolment)
            _give_worker(actor, enrolment, worker_id, at)
        settle(enrolment)
    return enrolment


def decline_referral(actor: Actor, enrolment_id: UUID, *, reason: DeclineReason, at: datetime) -> Enrolment:
    """Decline a person with a reason; the prime may refer them to somebody else."""
    return _close(actor, enrolment_id, "declined", reason.value, at)


def note_non_start(actor: Actor, enrolment_id: UUID, *, reason: NonStartReason, at: datetime) -> Enrolment:
    """Note that an accepted person never started, with the reason."""
    return _close(actor, enrolment_id, "never-started", reason.value, at)


def _close(actor: Actor, enrolment_id: UUID, name: str, reason: str, at: datetime) -> Enrolment:
    with transaction():
        enrolment = admit(actor, enrolment_id, policies.can_decide_enrolment)
        take(enrolment, name)
        enrolment.ended_on = london_day(at)
        enrolment.closed_reason = reason
        note_step(actor, enrolment, name, at, reason=reason)
        settle(enrolment)
    return enrolment


def give_notice(
    actor: Actor, enrolment_id: UUID, *, notice_id: UUID, given_on: date, manner: NoticeManner, at: datetime
) -> Enrolment:
    """Note which notice a person was given, when, how and by whom; nobody starts before.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor decides nothing there.
        EnrolmentNotInState: the person has left.
        Invalid: the notice is none of the contract's, or the day is not between referral and today.
    """
    with transaction() as session:
        enrolment = admit(actor, enrolment_id, policies.can_decide_enrolment)
        if enrolment.state not in IN_TOUCH:
            raise EnrolmentNotInState(enrolment.state, "referred, accepted or started")
        if not enrolment.referred_on <= given_on <= london_day(at):
            raise Invalid.field("given_on", "day-not-possible", "Choose a day from the referral to today.")
        own = select(Notice.id).where(Notice.id == notice_id, Notice.contract_id == enrolment.contract_id)
        if session.scalar(own) is None:
            raise Invalid.field("notice_id", "notice-unknown", "Choose a notice of this contract.")
        enrolment.notice_id = notice_id
        enrolment.notice_given_on = given_on
        enrolment.notice_manner = manner
        enrolment.notice_given_by_id = actor.user_id
        note_step(
            actor,
            enrolment,
            "notice-given",
            at,
            happened_on=given_on,
            reason=manner.value,
            other_id=notice_id,
        )
        settle(enrolment)
    return enrolment


def assign_worker(actor: Actor, enrolment_id: UUID, *, worker_id: UUID, at: datetime) -> Enrolment:
    """Name a person's key worker.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor manages nobody there.
        EnrolmentNotInState: the person has left.
        Invalid: the user works with nobody at the provider.
    """
    with transaction():
        enrolment = admit(actor, enrolment_id, policies.can_assign_worker)
        if enrolment.state not in LIVE_STATES:
            raise EnrolmentNotInState(enrolment.state, "live")
        if enrolment.worker_id != worker_id:
            _give_worker(actor, enrolment, worker_id, at)
            settle(enrolment)
    return enrolment


def _give_worker(actor: Actor, enrolment: Enrolment, worker_id: UUID, at: datetime) -> None:
    roles = roles_at(enrolment.provider_id, [worker_id]).get(worker_id, set())
    if not roles & {Role.WORKER.value, Role.MANAGER.value}:
        raise Invalid.field("worker_id", "worker-unknown", "Choose a worker or manager of the provider.")
    enrolment.worker_id = worker_id
    note_step(actor, enrolment, "worker-assigned", at, other_id=worker_id)


def transfer_enrolment(
    actor: Actor, enrolment_id: UUID, *, provider_id: UUID, reason: TransferReason, at: datetime
) -> Enrolment:
    """Hand a person to another provider of the contract and return their enrolment there.

    The old one stays readable to the old provider; both tell of the other.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor manages nobody there.
        EnrolmentNotInState: the person has left.
        Invalid: the provider has no subcontract on this contract, or has the person already.
    """
    with transaction():
        old = admit(actor, enrolment_id, policies.can_assign_worker)
        take(old, "transferred")
        _check_destination(old, provider_id, at)
        old.ended_on = london_day(at)
        old.closed_reason = reason.value
        new = _refer(actor, old, provider_id, at, name="referred", reason="transfer")
        note_step(actor, old, "transferred", at, reason=reason.value, other_id=new.id)
        settle(old)
        settle(new)
    return new


def refer_again(actor: Actor, enrolment_id: UUID, *, provider_id: UUID, at: datetime) -> Enrolment:
    """Refer a person who was declined, or left, once more: a new enrolment of the same participant.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor looks after no supply chain there.
        ReferredAlready: the person is with somebody at this moment.
        Invalid: the provider has no subcontract on this contract.
    """
    with transaction() as session:
        old = get_led_enrolment(actor, enrolment_id, for_update=True)
        require(policies.can_refer_again, actor, old, old.contract.prime_id)
        live = select(Enrolment.id).where(
            Enrolment.participant_id == old.participant_id, Enrolment.state.in_(LIVE_STATES)
        )
        if session.scalar(live.limit(1)) is not None or old.state is EnrolmentState.DIED:
            raise ReferredAlready("This person has a live enrolment, or has died.")
        _check_provider(old.contract_id, provider_id, at)
        new = _refer(actor, old, provider_id, at, name="referred", reason="re-referral")
        settle(new)
    return new


def _check_destination(old: Enrolment, provider_id: UUID, at: datetime) -> None:
    if provider_id == old.provider_id:
        raise Invalid.field("provider_id", "provider-same", "Choose another provider.")
    _check_provider(old.contract_id, provider_id, at)


def _check_provider(contract_id: UUID, provider_id: UUID, at: datetime) -> None:
    if provider_id not in providers_of(contract_id, on=london_day(at)).values():
        raise Invalid.field("provider_id", "provider-unknown", "Choose a provider of this contract.")


def _refer(
    actor: Actor, old: Enrolment, provider_id: UUID, at: datetime, *, name: str, reason: str
) -> Enrolment:
    new = Enrolment(
        id=new_id(),
        contract_id=old.contract_id,
        provider_id=provider_id,
        participant_id=old.participant_id,
        state=EnrolmentState.REFERRED,
        referred_on=london_day(at),
        attention_on=london_day(at),
    )
    with transaction() as session:
        session.add(new)
        session.flush()
    note_step(actor, new, name, at, reason=reason, other_id=old.id)
    return new


def admit(actor: Actor, enrolment_id: UUID, policy: Policy) -> Enrolment:
    """Return an enrolment that the actor may take a step of, locked.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the policy does not admit the actor.
    """
    enrolment = get_enrolment(actor, enrolment_id, for_update=True)
    require(policy, actor, enrolment)
    return enrolment


def take(enrolment: Enrolment, name: str) -> None:
    """Move an enrolment one step.

    Raises:
        EnrolmentNotInState: the step is not taken from where it stands.
    """
    sources, target = STEPS[name]
    if enrolment.state not in sources:
        raise EnrolmentNotInState(enrolment.state, " or ".join(sorted(state.value for state in sources)))
    enrolment.state = target


def note_step(actor: Actor, enrolment: Enrolment, name: str, at: datetime, **columns: Any) -> None:
    """Append a step to an enrolment's story and to the trail."""
    with transaction() as session:
        session.flush()
        session.add(
            EnrolmentEvent(
                contract_id=enrolment.contract_id,
                provider_id=enrolment.provider_id,
                enrolment_id=enrolment.id,
                at=at,
                user_id=actor.user_id,
                name=name,
                **{"happened_on": london_day(at), **columns},
            )
        )
        session.flush()
        trace(
            actor,
            f"enrolment.{name}",
            at=at,
            subject_id=enrolment.id,
            contract_id=enrolment.contract_id,
            enrolment_id=enrolment.id,
        )


def settle(enrolment: Enrolment) -> None:
    """Bring the standing up to date after a step, and read it back."""
    note_change([enrolment.id], kinds=())
    with transaction() as session:
        session.refresh(enrolment)
