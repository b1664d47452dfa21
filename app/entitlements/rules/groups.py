"""Grouping events into what could earn one occurrence: as many as the rate counts, with joined conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.entitlements.models import EntitlementState
from app.entitlements.rules import window
from app.entitlements.rules.conditions import dated, join, met, missing
from app.entitlements.rules.facts import Condition, Disputed, Fixer, PersonFacts, RateTerms, Refusal, Unit
from app.entitlements.rules.naming import record_of

# When each rate code was first reached; None where it has not been.
Reached = Mapping[str, date | None]


@dataclass(frozen=True, kw_only=True)
class Group:
    """The events that together could earn one occurrence."""

    units: tuple[Unit, ...]
    conditions: tuple[Condition, ...]
    ready_on: date | None
    price_pence: int
    claimable_from: date
    closes_on: date

    @property
    def lead(self) -> Unit:
        """The last of the events, whose enrolment and rate decide."""
        return max(self.units, key=lambda unit: (unit.reached_on, unit.root_id))

    @property
    def state(self) -> EntitlementState:
        """Complete, incomplete where somebody can put right what is missing, or not yet."""
        if all(condition.met for condition in self.conditions):
            return EntitlementState.COMPLETE
        if all(condition.met or condition.who for condition in self.conditions):
            return EntitlementState.INCOMPLETE
        return EntitlementState.NOT_YET

    @property
    def worth(self) -> tuple[int, date, list[UUID]]:
        """What pays most, and then stays open longest, comes last."""
        return self.price_pence, self.closes_on, sorted(unit.root_id for unit in self.units)

    @property
    def time_order(self) -> tuple[date, date, UUID]:
        """In which order groups are numbered."""
        return self.claimable_from, self.lead.reached_on, self.lead.root_id


def one_of_a_key(units: Sequence[Unit], barred: frozenset[UUID]) -> list[Unit]:
    """Return one event a key: a complete one before another, the one that came last before the first."""

    def worth(unit: Unit) -> tuple[bool, bool, int, int, date, UUID]:
        met_count = sum(condition.met for condition in unit.conditions)
        day = unit.ready_on or unit.reached_on
        return unit.root_id not in barred, unit.ready_on is not None, unit.rank, met_count, day, unit.root_id

    best: dict[str, Unit] = {}
    for unit in units:
        if unit.key not in best or worth(unit) > worth(best[unit.key]):
            best[unit.key] = unit
    return list(best.values())


def parts_of(rate: RateTerms, units: Sequence[Unit], barred: frozenset[UUID]) -> list[tuple[Unit, ...]]:
    """Return the events in parts of as many as the rate counts, whole parts of complete ones first."""
    count = int(rate.trigger.get("count", 1))
    if count == 1:
        return [(unit,) for unit in units]
    whole = sorted(
        (unit for unit in units if unit.ready_on and unit.root_id not in barred),
        key=lambda unit: (unit.ready_on, unit.root_id),
    )
    open_units = [unit for unit in units if unit.ready_on is None and unit.root_id not in barred]
    parts: list[tuple[Unit, ...]] = []
    while len(whole) >= count:
        parts.append(tuple(whole[-count:]))
        del whole[-count:]
    rest = whole + open_units
    return parts + [tuple(rest[at : at + count]) for at in range(0, len(rest), count)]


def barred_roots(person: PersonFacts, rate_code: str) -> frozenset[UUID]:
    """Return the events that a commissioner rejected for good."""
    refused = [r.root_ids for r in person.refusals if r.rate_code == rate_code and not r.is_curable]
    return frozenset().union(*refused)


def make_group(person: PersonFacts, units: tuple[Unit, ...], reached: Reached) -> Group:
    """Return events as what they could earn together: joined conditions, price, first and last day."""
    lead = max(units, key=lambda unit: (unit.reached_on, unit.root_id))
    rate = lead.rate
    price = window.price_pence(rate, lead.enrolment, lead.reached_on, person.contract_starts_on)
    conditions, requires_on = _conditions(person, units, price, reached)
    days = [unit.ready_on for unit in units if unit.ready_on]
    is_complete = all(condition.met for condition in conditions)
    ready_on = max([*days, *requires_on]) if is_complete else None
    claimable_from = window.add_working_days(
        ready_on or lead.reached_on, rate.claim_lag_working_days, person.nation
    )
    terms = lead.enrolment.terms
    window_days = terms.claim_window_days if terms else 0
    refusals = _refusals(person, rate.code, units)
    closes = window.closes_on(
        claimable_from,
        window_days,
        window.stood_still_days(_waits(person, rate.code, units), claimable_from),
        sum(refusal.is_curable for refusal in refusals),
    )
    last_day = person.contract_ends_on + timedelta(days=window_days)
    # What can be put right only until a day of its own is lost after it.
    latest = min([last_day, *(one.by for one in conditions if one.by and not one.met)])
    return Group(
        units=units,
        conditions=tuple(dated(condition, last_day) for condition in conditions),
        ready_on=ready_on,
        price_pence=price,
        claimable_from=claimable_from,
        closes_on=closes if is_complete else latest,
    )


def _refusals(person: PersonFacts, rate_code: str, units: Sequence[Unit]) -> list[Refusal]:
    roots = {unit.root_id for unit in units}
    return [r for r in person.refusals if r.rate_code == rate_code and not roots.isdisjoint(r.root_ids)]


def _waits(person: PersonFacts, rate_code: str, units: Sequence[Unit]) -> list[tuple[date, date]]:
    roots = {unit.root_id for unit in units}
    return [
        (wait.since, wait.until)
        for wait in person.waits
        if wait.rate_code == rate_code and not roots.isdisjoint(wait.root_ids)
    ]


def _conditions(
    person: PersonFacts, units: tuple[Unit, ...], price: int, reached: Reached
) -> tuple[list[Condition], list[date]]:
    """Return the joined conditions of a group, and the days on which what it requires was reached."""
    rate = units[0].rate
    count = int(rate.trigger.get("count", 1))
    found = [join([unit.conditions[at] for unit in units]) for at in range(len(units[0].conditions))]
    if count > 1:
        found.insert(1, _enough(units, count))
    found += _agreement(person, units)
    if any(not refusal.is_curable for refusal in _refusals(person, rate.code, units)):
        found.append(missing("not-refused", "refused"))
    if price == 0 and rate.price_pence > 0:
        found.append(missing("priced", "not-priced"))
    days: list[date] = []
    if rate.requires:
        lacking = [code for code in rate.requires if reached.get(code) is None]
        days = [day for code in rate.requires if (day := reached.get(code)) is not None]
        codes = ", ".join(rate.requires)
        if lacking:
            found.append(missing("requires", "not-reached", codes=codes, lacking=", ".join(lacking)))
        else:
            found.append(met("requires", "reached", codes=codes, day=max(days)))
    return found, days


def disputed_of(person: PersonFacts, unit: Unit) -> list[Disputed]:
    """Return the records that an event rests on and the person disagrees with."""
    used = {record_id for condition in unit.conditions for record_id in condition.record_ids}
    return [one for one in person.disputed if one.record_id in used or one.record_id in unit.record_ids]


def _agreement(person: PersonFacts, units: tuple[Unit, ...]) -> list[Condition]:
    """Return what holds the line: each record that the person disagrees with; nothing where they agree."""
    found = {one.record_id: one for unit in units for one in disputed_of(person, unit)}
    return [
        missing(
            "not-disputed",
            "disputed",
            Fixer.WORKER,
            one.record_id,
            task="disputed",
            what=record_of(one.kind, one.occurred_on),
        )
        for one in found.values()
    ]


def _enough(units: tuple[Unit, ...], count: int) -> Condition:
    ids = tuple(unit.record_ids[0] for unit in units)
    said = {"have": len(units), "count": count}
    if len(units) >= count:
        return met("enough-events", "events", *ids, **said)
    return missing("enough-events", "events", Fixer.WORKER, *ids, task="enough-events", **said)
