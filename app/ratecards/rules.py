"""Reading a rate card from YAML, choosing the card of a day, and the price of a contract year."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from app.core.json import canonical
from app.core.yaml import Section, read_sections, refuse_faults
from app.ratecards.models import TriggerKind

PRICE_MAX_PENCE = 100_000_000
WINDOW_ENDS = 2  # from one week to another
CODE = r"[a-z0-9]+(-[a-z0-9]+)*"
RATE_CODE = r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*"

# The closed list of the product's rules; a test holds it to the kinds that can be recorded.
EVIDENCE_KINDS = frozenset(
    {
        "action-plan",
        "certificate",
        "photo",
        "attendance-register",
        "third-party-letter",
        "payslips",
        "employer-confirmation",
        "bank-credits",
        "earnings-match",
        "trading-record",
        "participant-confirmation",
        "worker-observation",
    }
)


@dataclass(frozen=True)
class CardDefinition:
    """One card as it was written: its columns, its rates' columns, and its own text."""

    columns: dict[str, Any]
    rates: list[dict[str, Any]]
    source: str

    @property
    def sha256(self) -> str:
        """The SHA-256 of what it says, hexadecimal: a comment or a blank line makes no other card."""
        content = {"card": self.columns, "rates": self.rates}
        return hashlib.sha256(canonical(content).encode()).hexdigest()


def read_cards(text: str) -> list[CardDefinition]:
    """Return the cards of a YAML text.

    Raises:
        DefinitionUnreadable: with every fault and its line.
    """
    sections = read_sections(text)
    found: list[CardDefinition] = []
    for section in sections:
        card = _read_card(section)
        if card.columns["code"] and card.columns["code"] in {other.columns["code"] for other in found}:
            section.fault("code", "code-twice", f"The card {card.columns['code']} stands twice.")
        found.append(card)
    refuse_faults(sections[0].faults)
    return found


def _read_card(section: Section) -> CardDefinition:
    columns = {
        "code": section.text("code", pattern=CODE, max_length=60),
        "title": section.text("title", max_length=200),
        "source": section.text("source", max_length=1000),
        "payment_group_code": section.text("payment_group", max_length=40, required=False) or None,
        "cap_per_person_pence": section.optional_integer(
            "cap_per_person_pence", least=0, most=PRICE_MAX_PENCE
        ),
        "claim_window_days": section.integer("claim_window_days", least=1, most=3650),
    }
    parts = section.sections("rates")
    codes = [part.text("code", pattern=RATE_CODE, max_length=20) for part in parts]
    rates = [_read_rate(part, code, codes) for part, code in zip(parts, codes, strict=True)]
    _refuse_twice(parts, codes)
    _refuse_rings(parts, rates)
    section.finish()
    return CardDefinition(columns, rates, section.source)


def _read_rate(part: Section, code: str, codes: Sequence[str]) -> dict[str, Any]:
    rate: dict[str, Any] = {
        "code": code,
        "title": part.text("title", max_length=200),
        "price_pence": part.integer("price_pence", least=0, most=PRICE_MAX_PENCE),
        "price_by_contract_year_percent": _percents(part),
        "price_on": part.choice("price_on", ("start", "event"), default="start"),
        "trigger": _read_trigger(part, codes),
        "evidence": _read_evidence(part),
        "max_per_person": part.optional_integer("max_per_person", least=1, most=1000),
        "requires": part.texts("requires", among=set(codes) - {code, ""}, required=False),
        "claim_lag_working_days": part.integer("claim_lag_working_days", least=0, most=260, default=0),
    }
    if rate["evidence"].get("by_milestone") and rate["trigger"].get("kind") not in {
        TriggerKind.MILESTONE,
        None,
    }:
        part.fault("evidence_by_milestone", "evidence-by-milestone", "Only a milestone's rate takes this.")
    part.finish()
    return rate


def _percents(part: Section) -> list[int] | None:
    if not part.has("price_by_contract_year_percent"):
        return None
    return part.integers("price_by_contract_year_percent", least=0, most=200, max_count=30)


def _read_evidence(part: Section) -> dict[str, Any]:
    if part.boolean("evidence_by_milestone"):
        if part.has("evidence"):
            part.fault("evidence", "evidence-twice", "Give evidence, or evidence_by_milestone, not both.")
            part.skip("evidence")
        return {"by_milestone": True}
    if not part.is_mapping("evidence"):
        return {"all_of": part.texts("evidence", among=EVIDENCE_KINDS)}
    inner = part.section("evidence")
    if inner is None:
        return {"all_of": []}
    kinds = inner.texts("any_of", among=EVIDENCE_KINDS)
    inner.finish()
    return {"any_of": kinds}


def _read_trigger(part: Section, codes: Sequence[str]) -> dict[str, Any]:
    inner = part.section("trigger")
    if inner is None:
        return {}
    kind = inner.choice("kind", [member.value for member in TriggerKind])
    if not kind:
        return {}
    found = {"kind": kind, **_TRIGGERS[TriggerKind(kind)](inner, codes)}
    inner.finish()
    return found


def _started(_inner: Section, _codes: Sequence[str]) -> dict[str, Any]:
    return {}


def _milestone(inner: Section, _codes: Sequence[str]) -> dict[str, Any]:
    kinds = inner.texts("any_of")
    count = inner.integer("count", least=1, most=100, default=1)
    repeat = inner.boolean("repeat")
    if not repeat and count > len(kinds) > 0:
        inner.fault(
            "count",
            "count-too-high",
            "Without repeat: true, count cannot be higher than the kinds in any_of.",
        )
    return {"any_of": kinds, "count": count, "repeat": repeat}


def _job_sustained(inner: Section, _codes: Sequence[str]) -> dict[str, Any]:
    return {
        "weeks": inner.integer("weeks", least=1, most=260),
        "hours_min": inner.integer("hours_min", least=0, most=60, default=0),
    }


def _reliable_improvement(inner: Section, _codes: Sequence[str]) -> dict[str, Any]:
    # Said only where it is so: a card that knows no focus route stays the same card.
    focus = {"focus": True} if inner.boolean("focus") else {}
    return {
        **focus,
        "instrument": inner.text("instrument", pattern=CODE, max_length=60),
        "min_weeks": inner.integer("min_weeks", least=1, most=260),
        "z": inner.number("z", least=0.1, most=10),
        "observable_milestones": inner.integer("observable_milestones", least=0, most=20, default=1),
    }


def _held(inner: Section, codes: Sequence[str]) -> dict[str, Any]:
    weeks = inner.integers("weeks", least=1, most=260, max_count=2)
    if sorted(weeks) != weeks or len(weeks) != WINDOW_ENDS:
        inner.fault("weeks", "weeks-window", "weeks must be two numbers, the first not after the second.")
    return {
        "of": inner.choice("of", [code for code in codes if code]),
        "weeks": weeks,
        "z": inner.number("z", least=0.1, most=10),
    }


def _job_sustained_every(inner: Section, codes: Sequence[str]) -> dict[str, Any]:
    return {
        "weeks": inner.integer("weeks", least=1, most=260),
        "after": inner.choice("after", [code for code in codes if code]),
    }


_TRIGGERS: dict[TriggerKind, Callable[[Section, Sequence[str]], dict[str, Any]]] = {
    TriggerKind.STARTED: _started,
    TriggerKind.MILESTONE: _milestone,
    TriggerKind.JOB_SUSTAINED: _job_sustained,
    TriggerKind.RELIABLE_IMPROVEMENT: _reliable_improvement,
    TriggerKind.HELD: _held,
    TriggerKind.JOB_SUSTAINED_EVERY: _job_sustained_every,
}


def _refuse_twice(parts: Sequence[Section], codes: Sequence[str]) -> None:
    for place, (part, code) in enumerate(zip(parts, codes, strict=True)):
        if code and code in codes[:place]:
            part.fault("code", "code-twice", f"The rate {code} stands twice on this card.")


def _refuse_rings(parts: Sequence[Section], rates: Sequence[dict[str, Any]]) -> None:
    """Refuse rates that wait for each other: nobody could ever reach them."""
    needs = {rate["code"]: set(rate["requires"]) for rate in rates}
    reachable: set[str] = set()
    while fresh := {code for code, needed in needs.items() if code not in reachable and needed <= reachable}:
        reachable |= fresh
    for part, rate in zip(parts, rates, strict=True):
        if rate["code"] not in reachable:
            part.fault("requires", "requires-ring", f"{rate['code']} waits, in the end, for itself.")


@dataclass(frozen=True)
class Application:
    """A contract applies a card to one payment group (None: to everybody) from a day on."""

    rate_card_id: UUID
    payment_group_id: UUID | None
    applies_from: date


def choose_card(applications: Iterable[Application], payment_group_id: UUID | None, on: date) -> UUID | None:
    """Return the card for a person of this group on a day; None where none applies.

    The newest card of the person's own group comes before the newest for everybody.
    """
    fitting = [
        application
        for application in applications
        if application.applies_from <= on and application.payment_group_id in {None, payment_group_id}
    ]
    if not fitting:
        return None
    newest = max(fitting, key=lambda found: (found.payment_group_id is not None, found.applies_from))
    return newest.rate_card_id


def price_in_year(price_pence: int, percents: Sequence[int] | None, starts_on: date, on: date) -> int:
    """Return a rate's price on a day, in pence rounded half up; after the last year its percentage stays.

    Args:
        price_pence: The full price.
        percents: What is paid of it in each contract year; None for all of it.
        starts_on: The contract's first day.
        on: The start date, or the event's where the rate says so.
    """
    if not percents:
        return price_pence
    percent = percents[min(contract_year(starts_on, on), len(percents)) - 1]
    return int((Decimal(price_pence) * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def contract_year(starts_on: date, on: date) -> int:
    """Return which year of a contract a day lies in, from 1; a day before it counts as the first."""
    whole = on.year - starts_on.year - ((on.month, on.day) < (starts_on.month, starts_on.day))
    return max(whole, 0) + 1
