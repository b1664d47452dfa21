"""The trigger `started`: a verified start, notice given before it, an action plan made by then."""

from app.entitlements.rules.conditions import met, missing
from app.entitlements.rules.facts import (
    Condition,
    EnrolmentFacts,
    EvidenceFact,
    Fixer,
    RateTerms,
    StartFact,
    Unit,
)
from app.entitlements.rules.naming import part
from app.entitlements.rules.support import (
    choose,
    needs_of,
    one_of_each,
    people_condition,
    verified_condition,
)
from app.evidence.models import EvidenceKind

TITLE = part("start")


def units(enrolment: EnrolmentFacts, rate: RateTerms) -> list[Unit]:
    """Return each start that could earn the rate."""
    return [
        _unit(enrolment, rate, start)
        for start in enrolment.starts
        if start.occurred_on >= enrolment.referred_on
    ]


def outlook(rate: RateTerms) -> tuple[Condition, ...]:
    """Return what the rate waits for while there is nothing."""
    del rate
    return (missing("started", "nothing"),)


def _unit(enrolment: EnrolmentFacts, rate: RateTerms, start: StartFact) -> Unit:
    items = _plans(enrolment, start) + list(start.evidence)
    # What a rate asks of a start is its plan; an item of that kind on the start serves as well.
    needs = needs_of(rate.evidence, frozenset())
    support = choose(start, items, one_of_each([need for need in needs if need]))
    conditions = (
        _notice(start),
        _plan(start, support.evidence, needs),
        verified_condition(start, support, TITLE),
        people_condition(start, support),
    )
    ready_on = support.ready_on if all(condition.met for condition in conditions) else None
    return Unit(
        enrolment=enrolment,
        rate=rate,
        root_id=start.root_id,
        key=str(start.root_id),
        reached_on=start.occurred_on,
        conditions=conditions,
        ready_on=None if ready_on is None else max(ready_on, start.received_on),
        record_ids=(start.record_id, *support.record_ids),
    )


def _plans(enrolment: EnrolmentFacts, start: StartFact) -> list[EvidenceFact]:
    """Return the action plans made by the start as evidence of it; before the referral is background."""
    return [
        EvidenceFact(
            record_id=plan.record_id,
            root_id=plan.root_id,
            kind=EvidenceKind.ACTION_PLAN,
            author_id=plan.author_id,
            received_on=plan.received_on,
        )
        for plan in enrolment.plans
        if enrolment.referred_on <= plan.occurred_on <= start.occurred_on
    ]


def _notice(start: StartFact) -> Condition:
    given_on = start.notice_given_on
    if given_on is not None and given_on <= start.occurred_on:
        return met("notice-given", "notice", start.record_id, day=given_on)
    return missing("notice-given", "no-notice", Fixer.WORKER, start.record_id, task="notice-given")


def _plan(
    start: StartFact,
    evidence: tuple[EvidenceFact, ...] | None,
    needs: tuple[frozenset[EvidenceKind], ...],
) -> Condition:
    if evidence is not None:
        ids = [item.record_id for item in evidence]
        return met("action-plan", "plan", *ids, day=start.occurred_on)
    if any(need == {EvidenceKind.ACTION_PLAN} for need in needs):
        return missing(
            "action-plan",
            "no-plan",
            Fixer.WORKER,
            start.record_id,
            task="action-plan",
            day=start.occurred_on,
        )
    return missing("evidence", "no-evidence", Fixer.WORKER, start.record_id, kinds=part("evidence-of-start"))
