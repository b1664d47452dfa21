"""The trigger `held`: an improvement that is still there, or that led to work or a course.

Source:
    docs/claims.md#change
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.entitlements.rules import reliable_improvement, sittings
from app.entitlements.rules.conditions import dated, met, missing
from app.entitlements.rules.confirmed import confirm
from app.entitlements.rules.facts import (
    Condition,
    EnrolmentFacts,
    Fixer,
    MilestoneFact,
    RateTerms,
    SpellFact,
    StandingLine,
    Unit,
)
from app.entitlements.rules.measured import (
    calibrated_condition,
    measure_review,
    review_conditions,
)
from app.entitlements.rules.naming import Named, part, titles_of
from app.entitlements.rules.sittings import DAYS_A_WEEK, Baseline, MeasuredFacts, SittingFact
from app.entitlements.rules.support import (
    Enough,
    Support,
    choose,
    counting,
    needs_of,
    people_condition,
    verified_condition,
)
from app.evidence.models import EvidenceKind

KEY = "held"
COURSES = frozenset({"course-started"})
WORK_EVIDENCE = frozenset(
    {
        EvidenceKind.PAYSLIPS,
        EvidenceKind.EMPLOYER_CONFIRMATION,
        EvidenceKind.BANK_CREDITS,
        EvidenceKind.EARNINGS_MATCH,
        EvidenceKind.TRADING_RECORD,
    }
)


@dataclass(frozen=True)
class Span:
    """From when to when an improvement must be there again, by the person's own clock."""

    improved: Unit
    review_on: date
    weeks: tuple[int, int]
    opens_on: date | None
    closes_on: date | None

    def holds(self, day: date) -> bool:
        """Whether a review of this day can show it."""
        return (
            self.opens_on is not None
            and self.opens_on <= day
            and (self.closes_on is None or day <= self.closes_on)
        )

    @property
    def words(self) -> dict[str, Any]:
        """The span in words."""
        return {
            "least": self.weeks[0],
            "most": self.weeks[1],
            "since": self.opens_on or part("their-return"),
            "until": self.closes_on or part("later"),
        }


def units(enrolment: EnrolmentFacts, rate: RateTerms, lines: Sequence[StandingLine] = ()) -> list[Unit]:
    """Return each review in the span, and each job or course begun since, as what it could earn."""
    facts, of = enrolment.measured, _rate_of(enrolment, rate)
    if facts is None or of is None:
        return []
    found = reliable_improvement.units(enrolment, of, lines)
    improved = reliable_improvement.triggering(found, of, lines)
    terms = reliable_improvement.Terms.of(of)
    baseline = sittings.find_baseline(facts, terms.instrument, with_focus=terms.has_focus)
    if improved is None or baseline is None:
        return []
    span = _span(facts, improved, rate)
    reviews = [
        sitting
        for sitting in facts.sittings
        if sitting.kind in sittings.REVIEWS
        and sitting.instrument.code == terms.instrument
        and span.holds(sitting.on)
        and (enrolment.ended_on is None or sitting.on <= enrolment.ended_on)
    ]
    kept = [spell for spell in enrolment.spells if spell.started_on >= span.review_on]
    courses = [
        event
        for event in enrolment.milestones
        if event.kind_code in COURSES and event.occurred_on >= span.review_on
    ]
    made = [_of_review(enrolment, rate, baseline, span, review) for review in reviews]
    made += [_of_work(enrolment, rate, span, spell) for spell in kept]
    made += [_of_course(enrolment, rate, span, course) for course in courses]
    made.sort(key=lambda unit: (unit.reached_on, unit.root_id))
    if not made:
        made = [_waiting(enrolment, rate, span)]
    return [replace(unit, rank=-place if unit.ready_on else place) for place, unit in enumerate(made)]


def outlook(rate: RateTerms) -> tuple[Condition, ...]:
    """Return what the rate waits for while nothing has improved."""
    del rate
    return (missing("improvement-reached", "nothing"),)


def _rate_of(enrolment: EnrolmentFacts, rate: RateTerms) -> RateTerms | None:
    rates = enrolment.terms.rates if enrolment.terms else ()
    named = (other for other in rates if other.code == rate.trigger["of"])
    return next((other for other in named if other.kind == "reliable-improvement"), None)


def _span(facts: MeasuredFacts, improved: Unit, rate: RateTerms) -> Span:
    least, most = (int(weeks) for weeks in rate.trigger["weeks"])
    day = improved.reached_on
    opens, closes = (facts.clock.after(day, weeks * DAYS_A_WEEK) for weeks in (least, most))
    return Span(improved, day, (least, most), opens, closes)


def _reached(span: Span) -> Condition:
    return met("improvement-reached", "day", *span.improved.record_ids[:1], day=span.review_on)


def _waiting(enrolment: EnrolmentFacts, rate: RateTerms, span: Span) -> Unit:
    due = missing("review-in-window", "no-review", Fixer.WORKER, **span.words)
    return Unit(
        enrolment=enrolment,
        rate=rate,
        root_id=span.improved.root_id,
        key=KEY,
        reached_on=span.opens_on or span.review_on,
        conditions=(_reached(span), dated(due, span.closes_on) if span.closes_on else due),
        ready_on=None,
        record_ids=(),
    )


def _of_review(
    enrolment: EnrolmentFacts, rate: RateTerms, baseline: Baseline, span: Span, review: SittingFact
) -> Unit:
    facts = enrolment.measured
    if facts is None:  # a baseline stands in them
        raise LookupError(enrolment.enrolment_id)
    measured = measure_review(facts, baseline, review, Decimal(str(rate.trigger["z"])))
    confirmed = confirm(rate, review, enrolment.referred_on)
    ids = [rating.record_id for rating in review.ratings]
    in_window = met("review-in-window", "day", *ids, day=review.on, **span.words)
    conditions = (
        _reached(span),
        in_window,
        *review_conditions(facts, measured),
        confirmed.condition,
        calibrated_condition(measured),
    )
    days = [
        *(rating.received_on for rating in measured.ratings),
        *(item.received_on for item in confirmed.items),
        review.on,
    ]
    return Unit(
        enrolment=enrolment,
        rate=rate,
        root_id=review.lead.root_id,
        key=KEY,
        reached_on=review.on,
        conditions=conditions,
        ready_on=max(days) if all(condition.met for condition in conditions) else None,
        record_ids=(*(rating.record_id for rating in measured.ratings), *confirmed.record_ids),
        measurement=measured.frozen(),
    )


def _of_work(enrolment: EnrolmentFacts, rate: RateTerms, span: Span, spell: SpellFact) -> Unit:
    """Return a job begun since the improvement: it lasts where it is not known to have ended by then."""
    kinds = WORK_EVIDENCE | _card_kinds(rate)
    support = choose(spell, _items(enrolment, spell.evidence, kinds), _any_one)
    until = span.opens_on
    said = {"until": span.words["since"], "what": part("work")}
    ids = (spell.record_id, *support.record_ids)
    if until is not None and spell.ended_on is not None and spell.ended_on < until:
        kept = missing("kept-since", "not-kept", None, *ids, day=spell.ended_on, **said)
    else:
        kept = _kept(support, ids, spell.started_on, said)
    return _kept_unit(enrolment, rate, span, spell, support, kept)


def _of_course(enrolment: EnrolmentFacts, rate: RateTerms, span: Span, course: MilestoneFact) -> Unit:
    """Return a course begun since the improvement: it lasts where its evidence reaches as far."""
    until = span.opens_on
    kinds = (course.counts | _card_kinds(rate)) - {EvidenceKind.WORKER_OBSERVATION}

    def reaches(items: Sequence[Any]) -> tuple[Any, ...] | None:
        found = (
            i for i in items if until is not None and (i.covers_until or i.dated_on or date.min) >= until
        )
        return next(((item,) for item in found), None)

    support = choose(course, _items(enrolment, course.evidence, kinds), reaches)
    said = {"until": span.words["since"], "what": _title(course)}
    ids = (course.record_id, *support.record_ids)
    kept = _kept(support, ids, course.occurred_on, said)
    return _kept_unit(enrolment, rate, span, course, support, kept)


def _kept(support: Support, ids: Sequence[Any], day: date, said: dict[str, Any]) -> Condition:
    if support.evidence is None:
        return missing("kept-since", "kept-open", Fixer.WORKER, *ids, day=day, **said)
    return met("kept-since", "kept", *ids, day=day, **said)


def _kept_unit(
    enrolment: EnrolmentFacts,
    rate: RateTerms,
    span: Span,
    fact: SpellFact | MilestoneFact,
    support: Support,
    kept: Condition,
) -> Unit:
    title = part("work") if isinstance(fact, SpellFact) else _title(fact)
    conditions = (
        _reached(span),
        kept,
        verified_condition(fact, support, title),
        people_condition(fact, support),
    )
    reached_on = span.opens_on or span.review_on
    ready_on = support.ready_on if all(condition.met for condition in conditions) else None
    if span.opens_on is None:
        ready_on = None
    return Unit(
        enrolment=enrolment,
        rate=rate,
        root_id=fact.root_id,
        key=KEY,
        reached_on=reached_on,
        conditions=conditions,
        ready_on=None if ready_on is None else max(ready_on, fact.received_on, reached_on),
        record_ids=(fact.record_id, *support.record_ids),
    )


def _title(course: MilestoneFact) -> Named:
    return titles_of([(course.kind_code, course.title)])


def _card_kinds(rate: RateTerms) -> frozenset[EvidenceKind]:
    return frozenset().union(*needs_of(rate.evidence, frozenset()))


def _items(enrolment: EnrolmentFacts, items: Sequence[Any], kinds: frozenset[EvidenceKind]) -> list[Any]:
    return [item for item in items if counting(item, kinds, enrolment.referred_on)]


def _first(items: Sequence[Any]) -> tuple[Any, ...] | None:
    return tuple(items[:1]) or None


_any_one: Enough = _first
