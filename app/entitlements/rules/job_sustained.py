"""The trigger `job-sustained`: one job for so many weeks without a break, evidence covering them all."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from app.entitlements.rules.conditions import met, missing
from app.entitlements.rules.facts import (
    Condition,
    EnrolmentFacts,
    EvidenceFact,
    Fixer,
    RateTerms,
    SpellFact,
    Unit,
)
from app.entitlements.rules.naming import kinds_of, part, these_kinds
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

ONE_DAY = timedelta(days=1)
MINUTES = 60


def units(enrolment: EnrolmentFacts, rate: RateTerms) -> list[Unit]:
    """Return each spell of work that began on the programme."""
    return [
        _unit(enrolment, rate, spell) for spell in enrolment.spells if _began_on_programme(enrolment, spell)
    ]


def outlook(rate: RateTerms) -> tuple[Condition, ...]:
    """Return what the rate waits for while there is nothing."""
    return (missing("job", "nothing", weeks=rate.trigger["weeks"]),)


def _began_on_programme(enrolment: EnrolmentFacts, spell: SpellFact) -> bool:
    if enrolment.started_on is None or spell.started_on < max(enrolment.started_on, enrolment.referred_on):
        return False
    return enrolment.ended_on is None or spell.started_on <= enrolment.ended_on


def _unit(enrolment: EnrolmentFacts, rate: RateTerms, spell: SpellFact) -> Unit:
    weeks = int(rate.trigger["weeks"])
    last_day = spell.started_on + timedelta(weeks=weeks) - ONE_DAY
    (kinds,) = needs_of(rate.evidence, frozenset())[:1]
    items = [item for item in spell.evidence if counting(item, kinds, enrolment.referred_on)]
    support = choose(spell, items, covering(spell.started_on, last_day))
    conditions = (
        _hours(spell, int(rate.trigger["hours_min"])),
        _lasted(spell, weeks, last_day),
        _evidence(spell, support, items, kinds, last_day),
        verified_condition(spell, support, part("job")),
        people_condition(spell, support),
    )
    ready_on = support.ready_on if all(condition.met for condition in conditions) else None
    return Unit(
        enrolment=enrolment,
        rate=rate,
        root_id=spell.root_id,
        key=str(spell.root_id),
        reached_on=last_day + ONE_DAY,
        conditions=conditions,
        ready_on=None if ready_on is None else max(ready_on, spell.received_on, last_day + ONE_DAY),
        record_ids=(spell.record_id, *support.record_ids),
    )


def covering(since: date, until: date) -> Enough:
    """Return the test that items together cover a period without a gap, the oldest arrivals taken."""

    def enough(items: Sequence[EvidenceFact]) -> tuple[EvidenceFact, ...] | None:
        taken: list[EvidenceFact] = []
        for item in items:
            if item.covers_from is None or item.covers_until is None:
                continue
            taken.append(item)
            if _covers(taken, since, until):
                return tuple(taken)
        return None

    return enough


def _covers(items: Sequence[EvidenceFact], since: date, until: date) -> bool:
    reached = since
    for first, last in sorted((i.covers_from or until, i.covers_until or since) for i in items):
        if first > reached:
            return False
        reached = max(reached, last + ONE_DAY)
    return reached > until


def _hours(spell: SpellFact, hours_min: int) -> Condition:
    words: dict[str, Any] = {"hours": hours_min, "worked": f"{spell.weekly_minutes / MINUTES:g}"}
    if spell.weekly_minutes >= hours_min * MINUTES:
        return met("hours", "hours", spell.record_id, **words)
    return missing("hours", "hours", None, spell.record_id, **words)


def _lasted(spell: SpellFact, weeks: int, last_day: date) -> Condition:
    words: dict[str, Any] = {
        "weeks": weeks,
        "since": spell.started_on,
        "until": last_day,
        "ended": spell.ended_on,
    }
    if spell.ended_on is None:
        return met("period-worked", "still-in-work", spell.record_id, **words)
    if spell.ended_on >= last_day:
        return met("period-worked", "worked", spell.record_id, **words)
    return missing("period-worked", "worked", None, spell.record_id, **words)


def _evidence(
    spell: SpellFact,
    support: Support,
    items: Sequence[EvidenceFact],
    kinds: frozenset[EvidenceKind],
    last_day: date,
) -> Condition:
    words: dict[str, Any] = {
        "kinds": kinds_of([kinds]),
        "since": spell.started_on,
        "until": last_day,
    }
    if support.evidence is not None:
        ids = [item.record_id for item in support.evidence]
        shown = these_kinds([item.kind for item in support.evidence])
        return met("period-evidence", "cover", *ids, shown=shown, **words)
    found = "part-cover" if items else "no-cover"
    return missing("period-evidence", found, Fixer.WORKER, spell.record_id, task="period-evidence", **words)
