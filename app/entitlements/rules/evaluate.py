"""From all records of one person to what is owed of each rate: numbers, prerequisites, caps, windows.

Numbers once claimed keep their records. The free numbers go to what is complete; where more is complete
than there are numbers, to what pays most and stays open longest. So the order of records never matters,
and one more verified record never lowers what is owed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.core.money import pounds
from app.entitlements.models import EntitlementState
from app.entitlements.rules import held, job_sustained, milestone, reliable_improvement, started
from app.entitlements.rules.conditions import met, missing
from app.entitlements.rules.facts import (
    Condition,
    EnrolmentFacts,
    Owed,
    PersonFacts,
    RateTerms,
    Unit,
)
from app.entitlements.rules.groups import (
    Group,
    Reached,
    barred_roots,
    disputed_of,
    make_group,
    one_of_a_key,
    parts_of,
)

TRIGGERS = {
    "started": started,
    "milestone": milestone,
    "job-sustained": job_sustained,
    "reliable-improvement": reliable_improvement,
    "held": held,
}
IMPROVEMENT = "reliable-improvement"


def evaluate(person: PersonFacts) -> tuple[Owed, ...]:
    """Return what one person's records earn, in the order of the card, then by number."""
    rates = _rates(person)
    reached: dict[str, date | None] = {}
    owed: list[Owed] = []
    spent = _spent_by_lines(person, rates)
    for code in _in_order_of_need(rates):
        answers, reached[code] = _of_rate(person, rates[code], reached, frozenset(spent))
        spent |= {root for one in answers if one.missing is None for root in one.spent_root_ids}
        owed += answers
    position = {code: rate.position for code, (_, rate) in _latest(rates).items()}
    capped = _within_cap(person, owed)
    return tuple(sorted(capped, key=lambda one: (position[one.rate.code], one.rate.code, one.occurrence)))


_Rates = dict[str, list[tuple[EnrolmentFacts, RateTerms]]]


def _rates(person: PersonFacts) -> _Rates:
    """Return each rate code with the enrolments whose card has it, the newest enrolment last."""
    found: _Rates = {}
    for enrolment in sorted(person.enrolments, key=lambda one: (one.referred_on, one.enrolment_id)):
        for rate in enrolment.terms.rates if enrolment.terms else ():
            found.setdefault(rate.code, []).append((enrolment, rate))
    return found


def _latest(rates: _Rates) -> dict[str, tuple[EnrolmentFacts, RateTerms]]:
    return {code: places[-1] for code, places in rates.items()}


def _in_order_of_need(rates: _Rates) -> Iterator[str]:
    """Yield the codes so that what a rate requires comes before it; a ring is cut where it is met."""
    seen: set[str] = set()

    def visit(code: str) -> Iterator[str]:
        if code in seen or code not in rates:
            return
        seen.add(code)
        for _, rate in rates[code]:
            for needed in rate.requires:
                yield from visit(needed)
        yield code

    # An improvement stands beside a milestone that is not itself paid, so it is asked first which one.
    for code in sorted(rates, key=lambda code: (rates[code][-1][1].kind != IMPROVEMENT, code)):
        yield from visit(code)


def _spent_by_lines(person: PersonFacts, rates: _Rates) -> set[UUID]:
    """Return what stands beside a claimed improvement, so that nothing else is paid for it."""
    measured = {code for code, places in rates.items() if places[-1][1].kind == IMPROVEMENT}
    return {root for line in person.lines if line.rate_code in measured for root in line.used_root_ids}


def _units(person: PersonFacts, enrolment: EnrolmentFacts, rate: RateTerms) -> list[Unit]:
    """Return the events of one enrolment that count towards a rate."""
    if rate.kind == IMPROVEMENT:
        return reliable_improvement.units(enrolment, rate, person.lines)
    if rate.kind == "held":
        return held.units(enrolment, rate, person.lines)
    found: list[Unit] = TRIGGERS[rate.kind].units(enrolment, rate)
    return found


def _of_rate(
    person: PersonFacts,
    places: Sequence[tuple[EnrolmentFacts, RateTerms]],
    reached: Reached,
    spent: frozenset[UUID],
) -> tuple[list[Owed], date | None]:
    """Return the answers for one rate, and the day on which it was first reached.

    Args:
        person: Whose.
        places: The rate on each enrolment's card, the newest last.
        reached: What was reached before.
        spent: Events that stand beside an improvement: a free number does not go to them.
    """
    enrolment, rate = places[-1]
    lines = {line.occurrence: line for line in person.lines if line.rate_code == rate.code}
    if rate.kind not in TRIGGERS:
        reached_on = person.contract_starts_on if lines else None
        return [_without_events(enrolment, rate, EntitlementState.NOT_EVALUATED)], reached_on
    units = sorted(
        (
            replace(unit, ready_on=None) if disputed_of(person, unit) else unit
            for place in places
            if place[1].kind in TRIGGERS
            for unit in _units(person, *place)
        ),
        key=lambda unit: (unit.reached_on, unit.root_id),
    )
    claimed = [
        _claimed(person, line.occurrence, line.root_ids, units, places, reached) for line in lines.values()
    ]
    used_roots = frozenset().union(*(line.root_ids for line in lines.values()))
    used_keys = {unit.key for unit in units if unit.root_id in used_roots}
    taken = used_roots | spent if rate.kind == milestone.KIND else used_roots
    free = [unit for unit in units if unit.root_id not in taken and unit.key not in used_keys]
    barred = barred_roots(person, rate.code)
    parts = parts_of(rate, one_of_a_key(free, barred), barred)
    groups = [make_group(person, part, reached) for part in parts]
    answers = claimed + _numbered(groups, set(lines), rate)
    complete = [group.ready_on for group in groups if group.ready_on]
    days = complete + [one.claimable_from for one in claimed if one.claimable_from]
    if not answers:
        answers = [_without_events(enrolment, rate, EntitlementState.NOT_YET)]
    return answers, min(days, default=None)


def _claimed(
    person: PersonFacts,
    occurrence: int,
    root_ids: frozenset[UUID],
    units: Sequence[Unit],
    places: Sequence[tuple[EnrolmentFacts, RateTerms]],
    reached: Reached,
) -> Owed:
    """Return the answer for a number that a live line holds: its own records, whatever else there is."""
    own = tuple(unit for unit in units if unit.root_id in root_ids)
    if len(own) == len(root_ids) and own:
        return replace(_owed(make_group(person, own, reached), occurrence), is_claimed=True)
    enrolment, rate = (own[-1].enrolment, own[-1].rate) if own else places[-1]
    gone = _without_events(enrolment, rate, EntitlementState.INCOMPLETE)
    return replace(
        gone,
        occurrence=occurrence,
        conditions=(missing("records-stand", "gone"),),
        consumed_root_ids=tuple(sorted(root_ids)),
        is_claimed=True,
    )


def _numbered(groups: Sequence[Group], taken: set[int], rate: RateTerms) -> list[Owed]:
    """Return the groups that get a free number, with it."""
    room = None if rate.max_per_person is None else max(0, rate.max_per_person - len(taken))
    best = sorted(
        (g for g in groups if g.state is EntitlementState.COMPLETE), key=lambda g: g.worth, reverse=True
    )
    chosen = sorted(best[:room], key=lambda group: group.time_order)
    rank = {EntitlementState.INCOMPLETE: 0, EntitlementState.NOT_YET: 1}
    chosen += sorted(
        (group for group in groups if group.state is not EntitlementState.COMPLETE),
        key=lambda group: (rank[group.state], group.time_order),
    )
    return [_owed(group, number) for group, number in zip(chosen, _free_numbers(taken, room), strict=False)]


def _free_numbers(taken: set[int], room: int | None) -> Iterator[int]:
    number, given = 0, 0
    while room is None or given < room:
        number += 1
        if number not in taken:
            given += 1
            yield number


def _owed(group: Group, occurrence: int) -> Owed:
    roots = tuple(sorted(unit.root_id for unit in group.units))
    return Owed(
        rate=group.lead.rate,
        enrolment=group.lead.enrolment,
        occurrence=occurrence,
        state=group.state,
        price_pence=group.price_pence,
        claimable_from=group.claimable_from,
        closes_on=group.closes_on,
        conditions=group.conditions,
        record_ids=tuple(dict.fromkeys(record_id for unit in group.units for record_id in unit.record_ids)),
        consumed_root_ids=roots,
        spent_root_ids=tuple(dict.fromkeys(root for unit in group.units for root in unit.spent_root_ids)),
        measurement=group.lead.measurement,
    )


def _without_events(enrolment: EnrolmentFacts, rate: RateTerms, state: EntitlementState) -> Owed:
    if state is EntitlementState.NOT_EVALUATED:
        conditions: tuple[Condition, ...] = (missing("not-evaluated", "not-evaluated", kind=rate.kind),)
    else:
        conditions = TRIGGERS[rate.kind].outlook(rate)
    return Owed(
        rate=rate,
        enrolment=enrolment,
        occurrence=1,
        state=state,
        price_pence=rate.price_pence,
        claimable_from=None,
        closes_on=None,
        conditions=conditions,
    )


def _within_cap(person: PersonFacts, owed: Sequence[Owed]) -> list[Owed]:
    """Return the answers with those that would pass the card's cap for one person set back.

    Of what is complete and not yet claimed, the choice that comes to most keeps its place.
    """
    caps = [
        e.terms.cap_per_person_pence for e in person.enrolments if e.terms and e.terms.cap_per_person_pence
    ]
    if not caps:
        return list(owed)
    cap = min(caps)
    claimed = sum(line.price_pence for line in person.lines)
    waiting = [one for one in owed if one.state is EntitlementState.COMPLETE and not one.is_claimed]
    kept = _most_within(waiting, cap - claimed)
    total = claimed + sum(one.price_pence for one in kept)
    return [_judged(one, cap, claimed, total, one in kept) if one in waiting else one for one in owed]


def _judged(one: Owed, cap: int, claimed: int, total: int, is_kept: bool) -> Owed:
    if is_kept:
        said = met("within-cap", "within-cap", cap=pounds(cap), total=pounds(claimed + one.price_pence))
        return replace(one, conditions=(*one.conditions, said))
    over = missing("within-cap", "over-cap", cap=pounds(cap), total=pounds(total))
    return replace(one, state=EntitlementState.NOT_YET, conditions=(*one.conditions, over))


def _most_within(waiting: Iterable[Owed], room: int) -> list[Owed]:
    """Return the choice of answers that comes to most without passing the room, the earlier ones first."""
    best: dict[int, list[Owed]] = {0: []}
    for one in sorted(waiting, key=lambda o: (o.claimable_from or date.max, o.rate.code, o.occurrence)):
        for total, chosen in sorted(best.items(), reverse=True):
            reached = total + one.price_pence
            if reached <= room and reached not in best:
                best[reached] = [*chosen, one]
    return best[max(best)]
