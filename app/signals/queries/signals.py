"""Signals as their readers see them: the team's managers at once, the prime later; no worker named."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from app.accounts.models import User
from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor, Role, require
from app.enrolments.models import Enrolment
from app.enrolments.queries.sight import in_sight
from app.journeys.queries.names import person_name
from app.organisations.models import Organisation
from app.participants.models import PersonDetails
from app.records.models import Record, RecordKind
from app.signals.models import Signal, SignalAnswer, SignalKind, SignalLook
from app.signals.policies import OF_PRIME, can_read_signals
from app.signals.rules.looks import Found
from app.signals.rules.telling import told_before


@dataclass(frozen=True, kw_only=True)
class SignalShown:
    """A signal with its answers, as a reader sees it."""

    signal: Signal
    contract: str
    provider: str
    answers: tuple[tuple[SignalAnswer, str], ...]


@dataclass(frozen=True)
class LookShown:
    """The newest look at one team."""

    look: SignalLook
    contract: str
    provider: str


@dataclass(frozen=True)
class RecordShown:
    """A record that a signal was seen in, and whom it is about."""

    record_id: UUID
    enrolment_id: UUID
    kind: RecordKind
    occurred_on: date
    person: str


def in_reach(actor: Actor, today: date) -> ColumnElement[bool]:
    """Return the condition that a signal is in the actor's sight.

    The team's own managers see it from the first day; staff of the prime once the team has answered, or has
    had 28 days.
    """
    ways: list[ColumnElement[bool]] = []
    if Role.MANAGER in actor.roles:
        ways.append(Signal.provider_id == actor.organisation_id)
    if actor.roles & set(OF_PRIME):
        led = select(Contract.id).where(Contract.prime_id == actor.organisation_id)
        answered = exists().where(SignalAnswer.signal_id == Signal.id)
        ways.append(and_(Signal.contract_id.in_(led), or_(Signal.found_at < told_before(today), answered)))
    return or_(*ways)


def list_signals(actor: Actor, *, today: date) -> list[SignalShown]:
    """Return the signals in the actor's sight, unanswered ones first, then the newest.

    Raises:
        Forbidden: the actor is neither a manager nor of the prime's supply-chain or claims staff.
    """
    require(can_read_signals, actor)
    shown = _shown(_signals().where(in_reach(actor, today)))
    return sorted(shown, key=lambda one: (bool(one.answers), -one.signal.found_at.timestamp()))


def get_signal(actor: Actor, signal_id: UUID, *, today: date) -> SignalShown:
    """Return one signal in the actor's sight.

    Raises:
        Forbidden: the actor reads no signals.
        NotFound: there is none, or it is out of sight.
    """
    require(can_read_signals, actor)
    shown = _shown(_signals().where(Signal.id == signal_id, in_reach(actor, today)))
    if not shown:
        raise NotFound
    return shown[0]


def _signals() -> Select[*tuple[Any, ...]]:
    return (
        select(Signal, Contract.code, Organisation.short_name)
        .join(Contract, Contract.id == Signal.contract_id)
        .join(Organisation, Organisation.id == Signal.provider_id)
    )


def _shown(query: Select[*tuple[Any, ...]]) -> list[SignalShown]:
    rows = db.session().execute(query.order_by(Signal.found_at.desc(), Signal.id.desc())).all()
    answers = _answers([signal.id for signal, _, _ in rows])
    return [
        SignalShown(signal=signal, contract=contract, provider=provider, answers=tuple(answers[signal.id]))
        for signal, contract, provider in rows
    ]


def _answers(signal_ids: Collection[UUID]) -> dict[UUID, list[tuple[SignalAnswer, str]]]:
    found: dict[UUID, list[tuple[SignalAnswer, str]]] = defaultdict(list)
    rows = db.session().execute(
        select(SignalAnswer, User)
        .join(User, User.id == SignalAnswer.answered_by_id)
        .where(SignalAnswer.signal_id.in_(signal_ids))
        .order_by(SignalAnswer.answered_at, SignalAnswer.id)
    )
    for answer, user in rows:
        found[answer.signal_id].append((answer, user.short_name))
    return found


def list_looks(actor: Actor) -> list[LookShown]:
    """Return the newest look at each team of the actor's own organisation; only its managers are told."""
    if Role.MANAGER not in actor.roles:
        return []
    newest = (
        select(func.max(SignalLook.looked_at))
        .where(SignalLook.provider_id == actor.organisation_id)
        .group_by(SignalLook.contract_id)
    )
    rows = db.session().execute(
        select(SignalLook, Contract.code, Organisation.short_name)
        .join(Contract, Contract.id == SignalLook.contract_id)
        .join(Organisation, Organisation.id == SignalLook.provider_id)
        .where(SignalLook.provider_id == actor.organisation_id, SignalLook.looked_at.in_(newest))
        .order_by(Contract.code)
    )
    return [LookShown(*row) for row in rows]


def records_of(actor: Actor, signal: Signal) -> list[RecordShown]:
    """Return what a signal was seen in, of the people whom the actor may see."""
    rows = db.session().execute(
        select(
            Record.id.label("record_id"),
            Record.enrolment_id,
            Record.kind,
            Record.occurred_on,
            person_name(PersonDetails.given_name, PersonDetails.family_name).label("person"),
        )
        .join(Enrolment, Enrolment.id == Record.enrolment_id)
        .join(PersonDetails, PersonDetails.id == Enrolment.participant_id)
        .where(Record.id.in_([UUID(one) for one in signal.record_ids]), in_sight(actor))
        .order_by(Record.occurred_on.desc(), Record.id)
    )
    return [RecordShown(*row) for row in rows]


def count_unanswered(actor: Actor) -> Sequence[Any]:
    """Return how many signals of the actor's own organisation wait for an answer, by contract and kind."""
    answered = exists().where(SignalAnswer.signal_id == Signal.id)
    rows = db.session().execute(
        select(Signal.contract_id, Contract.code.label("contract"), Signal.kind, func.count().label("count"))
        .join(Contract, Contract.id == Signal.contract_id)
        .where(Signal.provider_id == actor.organisation_id, ~answered)
        .group_by(Signal.contract_id, Contract.code, Signal.kind)
        .order_by(Contract.code, Signal.kind)
    )
    return rows.all()


def teams_to_look_at(month: date) -> list[tuple[Subcontract, Contract]]:
    """Return the teams that were not looked at in a month, whoever's they are (nightly job)."""
    looked = exists().where(
        SignalLook.contract_id == Subcontract.contract_id,
        SignalLook.provider_id == Subcontract.provider_id,
        SignalLook.month == month,
    )
    rows = db.session().execute(
        select(Subcontract, Contract)
        .join(Contract, Contract.id == Subcontract.contract_id)
        .where(~looked)
        .order_by(Subcontract.id)
    )
    return [(place, contract) for place, contract in rows]


def told_of(place: Subcontract) -> dict[Found, date]:
    """Return up to when each signal of a team has been told, so that the same records are not told twice."""
    rows = db.session().execute(
        select(Signal.kind, Signal.worker_id, func.max(Signal.until))
        .where(Signal.contract_id == place.contract_id, Signal.provider_id == place.provider_id)
        .group_by(Signal.kind, Signal.worker_id)
    )
    return {
        (SignalKind(kind), str(worker_id) if worker_id else None): until for kind, worker_id, until in rows
    }
