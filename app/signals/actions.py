"""Looking at teams, keeping what stood out, and taking the team's answer."""

from datetime import date, datetime, timedelta
from uuid import UUID

from app.audit.actions import trace, trace_read
from app.contracts.models import Contract, Subcontract
from app.core.database import reading, transaction
from app.core.ids import new_id
from app.core.permissions import Actor, require
from app.records.rules import london_day
from app.signals import policies
from app.signals.models import Signal, SignalAnswer, SignalLook
from app.signals.queries import signals as queries
from app.signals.queries.facts import team_facts
from app.signals.queries.signals import RecordShown, SignalShown
from app.signals.rules.facts import TeamFacts
from app.signals.rules.looks import Look, cases_of, look

WINDOW_DAYS = 365


def look_at_teams(*, at: datetime) -> int:
    """Look at each team that was not looked at this month; return how many were.

    One transaction a team: a worker that is killed goes on with the next.
    """
    month = london_day(at).replace(day=1)
    teams = queries.teams_to_look_at(month)
    return sum(look_at_team(place, contract, at=at) for place, contract in teams)


def look_at_team(place: Subcontract, contract: Contract, *, at: datetime) -> bool:
    """Look at one team's year up to yesterday and keep what stands out; nothing where it recorded nothing."""
    until = london_day(at) - timedelta(days=1)
    since = until - timedelta(days=WINDOW_DAYS)
    facts = team_facts(place, contract, since=since, until=until)
    cases = cases_of(facts)
    if not any(cases.values()):
        return False
    seen = look(cases, since=since, until=until, told=queries.told_of(place))
    with transaction() as session:
        kept = _look_row(place, facts, seen, since, at)
        session.add(kept)
        session.flush()
        session.add_all(_signal_rows(kept, seen, until))
        session.flush()
        trace(
            None,
            "signals.looked",
            at=at,
            subject_id=kept.id,
            contract_id=place.contract_id,
            count=len(seen.sightings),
            kinds=sorted(one.kind.value for one in seen.sightings),
        )
    return True


def _look_row(place: Subcontract, facts: TeamFacts, seen: Look, since: date, at: datetime) -> SignalLook:
    people = {one.enrolment_id for one in facts.ratings if one.received_on > since}
    return SignalLook(
        id=new_id(),
        contract_id=place.contract_id,
        provider_id=place.provider_id,
        month=london_day(at).replace(day=1),
        looked_at=at,
        since=since,
        person_count=len(people),
        worker_count=seen.worker_count,
        test_count=seen.test_count,
    )


def _signal_rows(kept: SignalLook, seen: Look, until: date) -> list[Signal]:
    return [
        Signal(
            contract_id=kept.contract_id,
            provider_id=kept.provider_id,
            look_id=kept.id,
            kind=one.kind,
            worker_id=UUID(one.worker_id) if one.worker_id else None,
            since=one.since,
            until=until,
            seen_count=one.seen,
            case_count=one.cases,
            expected_share=one.expected_share,
            chance=one.chance,
            frequency=one.frequency,
            record_ids=list(one.record_ids),
            found_at=kept.looked_at,
        )
        for one in seen.sightings
    ]


def answer_signal(actor: Actor, signal_id: UUID, words: str, *, at: datetime) -> SignalShown:
    """Keep what the team says to a signal; the prime sees both from then on.

    Raises:
        Forbidden: the actor is no manager of the team's provider.
        NotFound: there is no such signal in the actor's sight.
    """
    today = london_day(at)
    with transaction() as session:
        signal = queries.get_signal(actor, signal_id, today=today).signal
        require(policies.can_answer_signal, actor, signal.provider_id)
        session.add(
            SignalAnswer(
                contract_id=signal.contract_id,
                provider_id=signal.provider_id,
                signal_id=signal.id,
                words=words,
                answered_by_id=actor.user_id,
                answered_at=at,
            )
        )
        trace(
            actor,
            "signal.answered",
            at=at,
            subject_id=signal.id,
            contract_id=signal.contract_id,
            kind=signal.kind.value,
        )
        session.flush()
        return queries.get_signal(actor, signal_id, today=today)


def open_records(actor: Actor, signal_id: UUID, *, at: datetime) -> list[RecordShown]:
    """Return what a signal was seen in, to a manager of the team, and note that people were read about.

    Raises:
        Forbidden: the actor is no manager of the team's provider.
        NotFound: there is no such signal in the actor's sight.
    """
    with reading() as session:
        signal = queries.get_signal(actor, signal_id, today=london_day(at)).signal
        require(policies.can_see_signal_records, actor, signal.provider_id)
        shown = queries.records_of(actor, signal)
        people = len({one.enrolment_id for one in shown})
        trace_read(
            session, actor, "signal.records-listed", at=at, contract_id=signal.contract_id, count=people
        )
    return shown
