"""The milestone that a measured change stands beside: verified, since the baseline, not itself paid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.entitlements.rules.conditions import met, missing
from app.entitlements.rules.facts import (
    Condition,
    EnrolmentFacts,
    Fixer,
    MilestoneFact,
    RateTerms,
    StandingLine,
)
from app.entitlements.rules.naming import Named, part, titles_of
from app.entitlements.rules.support import Support, choose, counting, needs_of, one_of_each

BY_MILESTONE = {"by_milestone": True}


@dataclass(frozen=True)
class Milestones:
    """The events that were chosen, and whether they are enough."""

    condition: Condition
    days: tuple[date, ...] = ()
    record_ids: tuple[UUID, ...] = ()
    root_ids: tuple[UUID, ...] = ()


def choose_milestones(
    enrolment: EnrolmentFacts,
    rate: RateTerms,
    since: date,
    count: int,
    hands: frozenset[UUID],
    lines: Sequence[StandingLine],
) -> Milestones:
    """Return the milestones to stand beside a change.

    The ones a live line of the rate names already come first, then those that no rate of the card pays for,
    then those that were ready first: they are the least likely to earn anything else.

    Args:
        enrolment: Whose.
        rate: The measured rate.
        since: The first baseline.
        count: How many the card asks for.
        hands: Who recorded the ratings and their evidence: none of them verifies.
        lines: What is claimed of the person.
    """
    paid = frozenset().union(*(line.root_ids for line in lines if line.rate_code != rate.code))
    own = frozenset().union(*(line.used_root_ids for line in lines if line.rate_code == rate.code))
    payable = _payable(enrolment)
    events = [
        event
        for event in enrolment.milestones
        if event.occurred_on >= since
        and (enrolment.ended_on is None or event.occurred_on <= enrolment.ended_on)
    ]
    free = [event for event in events if event.root_id not in paid]
    ready = [(event, support) for event in free if (support := _support(enrolment, event, hands)).ready_on]
    ready.sort(
        key=lambda one: (
            one[0].root_id not in own,
            one[0].kind_code in payable,
            max(one[1].ready_on or date.max, one[0].received_on),
            one[0].root_id,
        )
    )
    said = part("verified-milestone") if count == 1 else part("verified-milestones", count=count)
    if len(ready) >= count:
        return _chosen(ready[:count], said)
    return Milestones(_lacking(events, free, said))


def _support(enrolment: EnrolmentFacts, event: MilestoneFact, hands: frozenset[UUID]) -> Support:
    """Return what an event rests on; whoever rated does not verify it for this rate."""
    needs = needs_of(BY_MILESTONE, event.counts)
    wanted = frozenset().union(*needs)
    items = [item for item in event.evidence if counting(item, wanted, enrolment.referred_on)]
    others = tuple(one for one in event.verifications if one.by_id not in hands)
    return choose(replace(event, verifications=others), items, one_of_each(needs))


def _payable(enrolment: EnrolmentFacts) -> frozenset[str]:
    """Return the kinds of milestone that a rate of the card pays for."""
    rates = enrolment.terms.rates if enrolment.terms else ()
    return frozenset(kind for rate in rates for kind in rate.trigger.get("any_of", ()))


def _chosen(chosen: Sequence[tuple[MilestoneFact, Support]], said: Named) -> Milestones:
    ids = [i for event, support in chosen for i in (event.record_id, *support.record_ids)]
    titles = _titles([event for event, _ in chosen])
    return Milestones(
        met("milestone-since", "milestones", *ids, count=said, titles=titles),
        tuple(day for event, support in chosen for day in (event.received_on, support.ready_on) if day),
        tuple(ids),
        tuple(event.root_id for event, _ in chosen),
    )


def _lacking(events: Sequence[MilestoneFact], free: Sequence[MilestoneFact], said: Named) -> Condition:
    if free:
        ids = [event.record_id for event in free]
        told = _titles(free)
        return missing("milestone-since", "milestones-open", Fixer.MANAGER, *ids, count=said, titles=told)
    if events:
        told = _titles(events)
        return missing("milestone-since", "milestones-paid", Fixer.WORKER, count=said, titles=told)
    return missing("milestone-since", "nothing", Fixer.WORKER, count=said)


def _titles(events: Sequence[MilestoneFact]) -> Named:
    return titles_of((event.kind_code, event.title) for event in events)
