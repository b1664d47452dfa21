"""The trigger `milestone`: a verified observable event on the programme, with evidence that counts."""

from app.entitlements.rules.conditions import met, missing
from app.entitlements.rules.facts import Condition, EnrolmentFacts, MilestoneFact, RateTerms, Unit
from app.entitlements.rules.naming import titles_of
from app.entitlements.rules.support import (
    choose,
    counting,
    evidence_condition,
    needs_of,
    one_of_each,
    people_condition,
    verified_condition,
)

KIND = "milestone"


def units(enrolment: EnrolmentFacts, rate: RateTerms) -> list[Unit]:
    """Return each event of the rate's kinds that happened on the programme; earlier ones are background."""
    kinds = set(rate.trigger["any_of"])
    return [
        _unit(enrolment, rate, event)
        for event in enrolment.milestones
        if event.kind_code in kinds and _is_on_programme(enrolment, event)
    ]


def outlook(rate: RateTerms) -> tuple[Condition, ...]:
    """Return what the rate waits for while there is nothing."""
    titles = titles_of((str(code), str(code).replace("-", " ")) for code in rate.trigger["any_of"])
    return (missing("milestone", "nothing", titles=titles),)


def _is_on_programme(enrolment: EnrolmentFacts, event: MilestoneFact) -> bool:
    if enrolment.started_on is None or event.occurred_on < max(enrolment.started_on, enrolment.referred_on):
        return False
    return enrolment.ended_on is None or event.occurred_on <= enrolment.ended_on


def _unit(enrolment: EnrolmentFacts, rate: RateTerms, event: MilestoneFact) -> Unit:
    needs = needs_of(rate.evidence, event.counts)
    wanted = frozenset().union(*needs)
    items = [item for item in event.evidence if counting(item, wanted, enrolment.referred_on)]
    support = choose(event, items, one_of_each(needs))
    title = titles_of([(event.kind_code, event.title)])
    conditions = (
        met("on-programme", "event", event.record_id, title=title, day=event.occurred_on),
        evidence_condition(event, support, needs, title),
        verified_condition(event, support, title),
        people_condition(event, support),
    )
    ready_on = support.ready_on if all(condition.met for condition in conditions) else None
    return Unit(
        enrolment=enrolment,
        rate=rate,
        root_id=event.root_id,
        # A kind counts once, unless the rate says that it may come again.
        key=str(event.root_id) if rate.trigger.get("repeat") else event.kind_code,
        reached_on=event.occurred_on,
        conditions=conditions,
        ready_on=None if ready_on is None else max(ready_on, event.received_on),
        record_ids=(event.record_id, *support.record_ids),
    )
