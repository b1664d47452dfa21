"""Sittings for the rules of measured change: one person, two raters, a known error."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.assessments.models import Rater, SittingKind
from app.enrolments.rules import Clock
from app.entitlements.rules.facts import (
    CardTerms,
    EnrolmentFacts,
    EvidenceFact,
    MilestoneFact,
    PersonFacts,
    RateTerms,
    Verified,
)
from app.entitlements.rules.sittings import InstrumentFact, MeasuredFacts, RatingFact, SittingFact
from app.evidence.models import EvidenceKind
from app.instruments.models import CalibrationSource
from app.instruments.rules.inputs import ErrorInputs

START = date(2025, 1, 6)
FIRST, SECOND = START + timedelta(days=7), START + timedelta(days=28)
REVIEW = SECOND + timedelta(weeks=12)
LADDERS = (
    "confidence",
    "connection",
    "experience",
    "health",
    "job-search",
    "motivation",
    "skills",
    "stability",
)
PAIR = (Rater.PARTICIPANT, Rater.WORKER)
PERSON, ENROLMENT = UUID(int=1), UUID(int=10)
WORKER, MANAGER, SECOND_RATER = (UUID(int=number) for number in (100, 101, 102))
INSTRUMENT = InstrumentFact(
    code="open-ladders", version=1, asked={rater: frozenset(LADDERS) for rater in Rater}
)
P_REL: dict[str, Any] = {
    "kind": "reliable-improvement",
    "instrument": "open-ladders",
    "min_weeks": 8,
    "z": 2.24,
    "observable_milestones": 1,
}
CONFIRMED = {"all_of": ["participant-confirmation"]}
KINDS = ("travelled-alone", "debt-plan")


def rate(code: str, position: int, trigger: dict[str, Any], **changes: Any) -> RateTerms:
    columns: dict[str, Any] = {
        "rate_id": UUID(int=500 + position),
        "position": position,
        "code": code,
        "title": code,
        "price_pence": 30000,
        "trigger": trigger,
        "evidence": CONFIRMED,
        "max_per_person": 1,
    }
    return RateTerms(**columns | changes)


def card(**trigger: Any) -> CardTerms:
    """The recommended card, its trigger for improvement with changes."""
    held = {"kind": "held", "of": "P-REL", "weeks": [12, 20], "z": 1.5}
    observable = {"kind": "milestone", "any_of": list(KINDS)}
    return CardTerms(
        card_id=UUID(int=400),
        claim_window_days=90,
        cap_per_person_pence=120000,
        rates=(
            rate("P-REL", 1, P_REL | trigger),
            rate("P-HOLD", 2, held, requires=("P-REL",)),
            rate(
                "P-OBS", 3, observable, price_pence=10000, max_per_person=2, evidence={"by_milestone": True}
            ),
        ),
    )


def inputs(rater: Rater, **changes: Any) -> ErrorInputs:
    """SEM .474, as the product's worked value: needed 1.50 on one baseline, 1.30 on two."""
    columns: dict[str, Any] = {
        "calibration": f"{rater.value}-1",
        "instrument": "open-ladders",
        "instrument_version": 1,
        "scale_min": 0,
        "scale_max": 10,
        "rater": rater.value,
        "language": "en",
        "ladders": LADDERS,
        "sd": Decimal("1.5"),
        "r": Decimal("0.92"),
        "r_lower": Decimal("0.9"),
        "n": 60,
        "source": CalibrationSource.ROUTINE,
        "reference": "second baselines of 2025",
        "valid_from": date(2024, 1, 1),
    }
    return ErrorInputs(**columns | changes)


def known(**changes: Any) -> tuple[ErrorInputs, ...]:
    return tuple(inputs(rater, **changes) for rater in Rater)


def scores(level: float, **changes: int | None) -> dict[str, int | None]:
    """Eight answers whose mean is a level in eighths."""
    points = round(level * len(LADDERS))
    even, rest = divmod(points, len(LADDERS))
    found: dict[str, int | None] = {code: even + (place < rest) for place, code in enumerate(LADDERS)}
    return found | {code.replace("_", "-"): score for code, score in changes.items()}


def rating(
    number: int, rater: Rater, on: date, answers: Mapping[str, int | None], **changes: Any
) -> RatingFact:
    root = UUID(int=number * 10 + list(Rater).index(rater))
    columns: dict[str, Any] = {
        "record_id": root,
        "root_id": root,
        "author_id": SECOND_RATER if rater is Rater.SECOND_RATER else WORKER,
        "rater": rater,
        "occurred_on": on,
        "received_on": on,
        "told_at": datetime.combine(on, time(12), tzinfo=UTC),
        "language": "en",
        "scores": answers,
    }
    return RatingFact(**columns | changes)


def confirmation(number: int, on: date) -> EvidenceFact:
    return EvidenceFact(
        record_id=UUID(int=9000 + number),
        root_id=UUID(int=9000 + number),
        kind=EvidenceKind.PARTICIPANT_CONFIRMATION,
        author_id=WORKER,
        received_on=on,
        is_away=True,
    )


def sitting(
    number: int,
    kind: SittingKind,
    on: date,
    *levels: float | Mapping[str, int | None] | None,
    raters: Sequence[Rater] = PAIR,
    **changes: Any,
) -> SittingFact:
    """One occasion: a level, the answers or nothing for each rater; a review comes with its confirmation."""
    if kind in {SittingKind.REVIEW, SittingKind.EXIT}:
        changes.setdefault("evidence", (confirmation(number, on),))
    answered = [
        rating(number, rater, on, level if isinstance(level, Mapping) else scores(level), **changes)
        for rater, level in zip(raters, levels, strict=True)
        if level is not None
    ]
    return SittingFact(sitting_id=UUID(int=number), kind=kind, instrument=INSTRUMENT, ratings=tuple(answered))


def milestone(number: int, on: date, kind: str = "asked-for-help", *, by: UUID = MANAGER) -> MilestoneFact:
    """A verified event with a letter; its kind is one that the card does not pay for."""
    root = UUID(int=7000 + number)
    letter = EvidenceFact(
        record_id=UUID(int=7100 + number),
        root_id=UUID(int=7100 + number),
        kind=EvidenceKind.THIRD_PARTY_LETTER,
        author_id=WORKER,
        received_on=on,
    )
    return MilestoneFact(
        record_id=root,
        root_id=root,
        occurred_on=on,
        received_on=on,
        author_id=WORKER,
        evidence=(letter,),
        verifications=(Verified(record_id=UUID(int=7200 + number), by_id=by, on=on),),
        kind_code=kind,
        title=kind.replace("-", " ").capitalize(),
        counts=frozenset({EvidenceKind.THIRD_PARTY_LETTER}),
    )


def baselines(before: float = 4.0, worker: float = 4.0) -> tuple[SittingFact, ...]:
    return (
        sitting(1, SittingKind.BASELINE, FIRST, before, worker),
        sitting(2, SittingKind.SECOND_BASELINE, SECOND, before, worker),
    )


def review(
    number: int = 3, on: date = REVIEW, *levels: float | Mapping[str, int | None] | None, **changes: Any
) -> SittingFact:
    return sitting(number, SittingKind.REVIEW, on, *(levels or (6.0, 6.0)), **changes)


def person(
    sittings: Sequence[SittingFact],
    *,
    milestones: Sequence[MilestoneFact] | None = None,
    terms: CardTerms | None = None,
    lines: Sequence[Any] = (),
    **changes: Any,
) -> PersonFacts:
    """One participant on one enrolment; everything is met unless something is changed."""
    facts = MeasuredFacts(
        clock=changes.pop("clock", Clock()),
        first_met_on=changes.pop("first_met_on", START),
        support=changes.pop("support", ()),
        deliverers=frozenset({WORKER}),
        plans_on=changes.pop("plans_on", ()),
        errors=changes.pop("errors", known()),
        sittings=tuple(sittings),
    )
    enrolment = EnrolmentFacts(
        enrolment_id=ENROLMENT,
        provider_id=UUID(int=20),
        share_basis_points=8000,
        referred_on=START - timedelta(days=7),
        started_on=START,
        terms=terms or card(),
        milestones=tuple((milestone(1, SECOND + timedelta(days=9)),) if milestones is None else milestones),
        measured=facts,
    )
    return PersonFacts(
        participant_id=PERSON,
        nation="ENG",
        contract_starts_on=date(2024, 4, 1),
        contract_ends_on=date(2028, 3, 31),
        enrolments=(replace(enrolment, **changes),),
        lines=tuple(lines),
    )
