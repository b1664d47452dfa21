"""Looking, answering, and who is told when: the team first, the prime in time, nobody a worker's name."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.database import transaction
from app.core.errors import Forbidden, NotFound
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.participants.models import Participant
from app.records.rules import london_day
from app.signals.actions import answer_signal, look_at_teams, open_records
from app.signals.models import Signal, SignalKind, SignalLook
from app.signals.queries.signals import count_unanswered, list_looks, list_signals
from tests.builders import act_as
from tests.signals.builders import AT, TODAY, TeamMade, make_team

LATER = AT + timedelta(days=28)


@pytest.fixture
def team(session: Session) -> TeamMade:
    return make_team(60, workers=2, late=30)


@pytest.fixture
def manager(team: TeamMade) -> Actor:
    return act_as(Role.MANAGER, at=team.place.provider_id)


@pytest.fixture
def prime(team: TeamMade) -> Actor:
    return act_as(Role.SUPPLY_CHAIN, at=team.contract.prime_id)


def test_a_team_is_looked_at_once_a_month_and_nothing_is_told_twice(
    team: TeamMade, manager: Actor, session: Session
) -> None:
    assert (look_at_teams(at=AT), look_at_teams(at=AT + timedelta(days=1))) == (1, 0)
    assert look_at_teams(at=AT + timedelta(days=30)) == 1

    (one,) = list_signals(manager, today=TODAY)
    signal = one.signal
    assert (signal.kind, signal.worker_id) == (SignalKind.LATE_TESTIMONY, team.workers[0])
    assert (signal.seen_count, signal.case_count) == (180, 240)
    assert signal.frequency < 0.01
    assert session.scalar(select(func.count()).select_from(SignalLook)) == 2
    assert [look.look.person_count for look in list_looks(manager)] == [60]
    assert [row.count for row in count_unanswered(manager)] == [1]


def test_the_prime_sees_it_after_28_days(team: TeamMade, manager: Actor, prime: Actor) -> None:
    look_at_teams(at=AT)

    assert list_signals(prime, today=TODAY + timedelta(days=27)) == []
    assert len(list_signals(prime, today=london_day(LATER))) == 1
    assert list_looks(prime) == []
    assert len(list_signals(manager, today=TODAY)) == 1


def test_the_prime_sees_it_with_the_answer_and_another_answer_is_added(
    team: TeamMade, manager: Actor, prime: Actor, session: Session
) -> None:
    look_at_teams(at=AT)
    signal_id = list_signals(manager, today=TODAY)[0].signal.id
    with pytest.raises(NotFound):
        open_records(prime, signal_id, at=AT)
    answer_signal(manager, signal_id, "Their tablet was away for repair.", at=AT)
    answer_signal(manager, signal_id, "It is back.", at=AT + timedelta(days=1))

    (one,) = list_signals(prime, today=TODAY)
    assert [(answer.words, by) for answer, by in one.answers] == [
        ("Their tablet was away for repair.", "Amina O."),
        ("It is back.", "Amina O."),
    ]
    assert count_unanswered(manager) == []
    for act in (
        lambda: answer_signal(prime, signal_id, "We say so.", at=AT),
        lambda: open_records(prime, signal_id, at=AT),
    ):
        with pytest.raises(Forbidden):
            act()
    names = session.scalars(select(AuditEvent.name).where(AuditEvent.name.like("signal%"))).all()
    assert sorted(names) == ["signal.answered", "signal.answered", "signals.looked"]


def test_a_manager_sees_what_it_was_seen_in_but_nobody_who_is_restricted(
    team: TeamMade, manager: Actor, session: Session
) -> None:
    look_at_teams(at=AT)
    signal_id = list_signals(manager, today=TODAY)[0].signal.id
    first = open_records(manager, signal_id, at=AT)
    hidden = session.get_one(Enrolment, first[0].enrolment_id)
    restrict = update(Participant).where(Participant.id == hidden.participant_id)
    with transaction() as writing:
        writing.execute(restrict.values(is_restricted=True))
    hidden_id = hidden.id

    shown = open_records(manager, signal_id, at=AT)

    assert (len(first), {one.person for one in first}) == (50, {"Dean M."})
    assert hidden_id not in {one.enrolment_id for one in shown}
    assert session.scalars(select(AuditEvent.name)).all().count("signal.records-listed") == 2


def test_strangers_and_workers_learn_nothing(team: TeamMade, manager: Actor) -> None:
    look_at_teams(at=AT)
    signal_id = list_signals(manager, today=TODAY)[0].signal.id
    stranger = act_as(Role.MANAGER)
    worker = act_as(Role.WORKER, at=team.place.provider_id)

    assert list_signals(stranger, today=TODAY) == []
    with pytest.raises(NotFound):
        answer_signal(stranger, signal_id, "Ours?", at=AT)
    with pytest.raises(Forbidden):
        list_signals(worker, today=TODAY)
    with pytest.raises(Forbidden):
        answer_signal(worker, signal_id, "Mine?", at=AT)


def test_a_team_without_records_is_not_looked_at(session: Session) -> None:
    make_team(2, workers=1)
    look_at_teams(at=AT.replace(year=2030))

    assert session.scalars(select(Signal)).all() == []
    assert session.scalars(select(SignalLook)).all() == []
