"""The trigger `reliable-improvement`: a change that both raters saw and that chance does not explain.

One unit a review. The first review that meets everything is the one that counts, whatever comes after it:
somebody who falls back and climbs again is not paid for twice, and a relapse takes nothing back.

Source:
    docs/claims.md#change; Jacobson & Truax 1991
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.enrolments.rules import (
    BASELINE_LOCKS_DAYS,
    BASELINE_LOCKS_EXTENDED_DAYS,
    BASELINE_WITHIN_DAYS,
    SECOND_BASELINE_DAYS,
)
from app.entitlements.rules import sittings
from app.entitlements.rules.conditions import dated, found_by, met, missing
from app.entitlements.rules.confirmed import confirm
from app.entitlements.rules.facts import (
    Condition,
    EnrolmentFacts,
    Fixer,
    RateTerms,
    StandingLine,
    Unit,
)
from app.entitlements.rules.measured import (
    calibrated_condition,
    measure_review,
    rated_condition,
    review_conditions,
    room_condition,
)
from app.entitlements.rules.milestone_since import choose_milestones
from app.entitlements.rules.naming import part
from app.entitlements.rules.sittings import Baseline, Look, MeasuredFacts
from app.entitlements.rules.worse import find_worse, worse_condition

KEY = "improvement"  # one a person: to climb again is not another improvement
SUPPORT_HOURS = 6
MINUTES = 60


@dataclass(frozen=True)
class Terms:
    """What the card states of the trigger."""

    instrument: str
    min_weeks: int
    z: Decimal
    milestones: int
    has_focus: bool

    @classmethod
    def of(cls, rate: RateTerms) -> "Terms":
        """Return the terms of a rate."""
        trigger = rate.trigger
        return cls(
            instrument=str(trigger["instrument"]),
            min_weeks=int(trigger["min_weeks"]),
            z=Decimal(str(trigger["z"])),
            milestones=int(trigger.get("observable_milestones", 1)),
            has_focus=bool(trigger.get("focus", False)),
        )


def units(enrolment: EnrolmentFacts, rate: RateTerms, lines: Sequence[StandingLine] = ()) -> list[Unit]:
    """Return each review as what it could earn; before the first one what is waited for."""
    facts, terms = enrolment.measured, Terms.of(rate)
    if facts is None or enrolment.started_on is None:
        return []
    baseline = sittings.find_baseline(facts, terms.instrument, with_focus=terms.has_focus)
    if baseline is None:
        return [] if enrolment.ended_on else [_without_baseline(enrolment, rate, facts, terms)]
    stay = (max(enrolment.started_on, enrolment.referred_on), enrolment.ended_on)
    looks = sittings.find_looks(facts, baseline, terms.min_weeks, stay)
    found = [_unit(enrolment, rate, lines, baseline, look) for look in looks]
    if not looks and enrolment.ended_on is None:
        found = [_without_review(enrolment, rate, facts, baseline)]
    return [_ranked(unit, place) for place, unit in enumerate(found)]


def outlook(rate: RateTerms) -> tuple[Condition, ...]:
    """Return what the rate waits for while there is nothing."""
    del rate
    return (missing("baseline-in-time", "no-baseline", days=BASELINE_WITHIN_DAYS, until=part("day-due")),)


def _ranked(unit: Unit, place: int) -> Unit:
    """Return a unit that stands before later ones where it is complete, and after earlier ones where not."""
    return replace(unit, rank=-place if unit.ready_on else place)


def _unit(
    enrolment: EnrolmentFacts,
    rate: RateTerms,
    lines: Sequence[StandingLine],
    baseline: Baseline,
    look: Look,
) -> Unit:
    facts, terms, review = enrolment.measured, Terms.of(rate), look.sitting
    if facts is None:  # a baseline stands in them
        raise LookupError(enrolment.enrolment_id)
    measured = measure_review(facts, baseline, review, terms.z)
    confirmed = confirm(rate, review, enrolment.referred_on)
    hands = measured.authors | confirmed.authors
    milestones = choose_milestones(enrolment, rate, baseline.first.on, terms.milestones, hands, lines)
    worse = find_worse(facts, measured)
    conditions = [
        *baseline_conditions(enrolment, facts, baseline),
        room_condition(measured),
        _in_time(look, terms),
        *review_conditions(facts, measured),
        milestones.condition,
        confirmed.condition,
        *worse_condition(facts, measured, worse),
        calibrated_condition(measured),
    ]
    days = [
        *(rating.received_on for rating in measured.ratings),
        *(item.received_on for item in confirmed.items),
        *milestones.days,
        review.on,
    ]
    return Unit(
        enrolment=enrolment,
        rate=rate,
        root_id=review.lead.root_id,
        key=KEY,
        reached_on=review.on,
        conditions=tuple(conditions),
        ready_on=max(days) if all(condition.met for condition in conditions) else None,
        record_ids=(
            *(rating.record_id for rating in measured.ratings),
            *milestones.record_ids,
            *confirmed.record_ids,
        ),
        spent_root_ids=milestones.root_ids,
        measurement=measured.frozen(worse),
    )


def _without_baseline(enrolment: EnrolmentFacts, rate: RateTerms, facts: MeasuredFacts, terms: Terms) -> Unit:
    """Return what is waited for before both have given a first baseline."""
    begins = facts.first_met_on or enrolment.started_on or enrolment.referred_on
    due = facts.clock.after(begins, BASELINE_WITHIN_DAYS)
    words: dict[str, Any] = {"days": BASELINE_WITHIN_DAYS, "until": due or part("their-return")}
    waiting = sittings.find_first(facts, terms.instrument)
    lacking = missing("baseline-in-time", "no-baseline", Fixer.WORKER, **words)
    if waiting is not None:
        lacking = found_by(lacking, rated_condition(waiting))
    return Unit(
        enrolment=enrolment,
        rate=rate,
        root_id=enrolment.enrolment_id,  # nothing is recorded yet that could stand for it
        key=KEY,
        reached_on=(due or begins) + timedelta(weeks=terms.min_weeks),
        conditions=(dated(lacking, due) if due else lacking,),
        ready_on=None,
        record_ids=(),
    )


def _without_review(
    enrolment: EnrolmentFacts, rate: RateTerms, facts: MeasuredFacts, baseline: Baseline
) -> Unit:
    terms = Terms.of(rate)
    since = sittings.first_look_on(facts, baseline, terms.min_weeks)
    measured = measure_review(facts, baseline, None, terms.z)
    words: dict[str, Any] = {"weeks": terms.min_weeks, "since": since}
    return Unit(
        enrolment=enrolment,
        rate=rate,
        root_id=baseline.first.lead.root_id,
        key=KEY,
        reached_on=since,
        conditions=(
            *baseline_conditions(enrolment, facts, baseline),
            room_condition(measured),
            missing("review-in-time", "no-review", Fixer.WORKER, **words),
            calibrated_condition(measured),
        ),
        ready_on=None,
        record_ids=tuple(rating.record_id for rating in baseline.first.ratings),
    )


def baseline_conditions(
    enrolment: EnrolmentFacts, facts: MeasuredFacts, baseline: Baseline
) -> list[Condition]:
    """Return whether the baseline was taken early enough, and when it was locked."""
    first = baseline.first
    ids = [rating.record_id for rating in first.ratings]
    begins = facts.first_met_on or enrolment.started_on or first.on
    days = max(0, facts.clock.days_between(begins, first.on))
    due = facts.clock.after(begins, BASELINE_WITHIN_DAYS)
    said: dict[str, Any] = {"days": BASELINE_WITHIN_DAYS, "until": due or first.on}
    in_time = days <= BASELINE_WITHIN_DAYS
    make, told = (met, "baseline-day") if in_time else (_lost, "baseline-late")
    timely = make("baseline-in-time", told, *ids, day=first.on, nth=days, **said)
    minutes = sittings.support_before(facts, first.on)
    early = met if minutes < SUPPORT_HOURS * MINUTES else _lost
    return [
        timely,
        early("baseline-before-support", "support-before", *ids, hours=SUPPORT_HOURS, minutes=minutes),
        _locked(facts, baseline),
    ]


def _lost(code: str, found: str, *record_ids: UUID, **words: Any) -> Condition:
    """Return a condition that nobody can meet any more."""
    return missing(code, found, None, *record_ids, **words)


def _locked(facts: MeasuredFacts, baseline: Baseline) -> Condition:
    first, second, clock = baseline.first, baseline.second, facts.clock
    due = clock.after(first.on, SECOND_BASELINE_DAYS[1])
    said: dict[str, Any] = {
        "days": BASELINE_LOCKS_EXTENDED_DAYS if clock.is_extended else BASELINE_LOCKS_DAYS,
        "until": due or part("after-return"),
    }
    if second is not None:
        ids = [rating.record_id for rating in second.ratings]
        between = clock.days_between(first.on, second.on)
        return met("baseline-locked", "second-day", *ids, day=second.on, between=between, **said)
    locks = baseline.locked_on
    if baseline.focus:
        waits = missing("baseline-locked", "focus-waits", Fixer.WORKER, **said)
        return dated(waits, locks) if locks else waits
    if locks is None:
        return met("baseline-locked", "no-second-away", **said)
    return met("baseline-locked", "no-second", day=locks, **said)


def _in_time(look: Look, terms: Terms) -> Condition:
    ids = [rating.record_id for rating in look.sitting.ratings]
    said: dict[str, Any] = {"weeks": terms.min_weeks, "since": look.counts_from, "day": look.sitting.on}
    if not look.is_in_time:
        return missing("review-in-time", "review-too-soon", None, *ids, **said)
    later = (look.since_lock_days or 0) // sittings.DAYS_A_WEEK
    return met("review-in-time", "review-day", *ids, later=later, **said)


def triggering(found: Sequence[Unit], rate: RateTerms, lines: Sequence[StandingLine]) -> Unit | None:
    """Return the review that earned a rate: that of its live line, or the first that meets everything."""
    taken = {root for line in lines if line.rate_code == rate.code for root in line.root_ids}
    claimed = [unit for unit in found if unit.root_id in taken]
    complete = [unit for unit in found if unit.ready_on is not None]
    return next(iter(claimed or complete), None)
