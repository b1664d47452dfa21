"""Gathering what the rules of measured change are given: a fixed number of queries, however many people."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from app.assessments.models import Assessment, Help, Rater
from app.assessments.queries import ladders_of
from app.contracts.models import Contract
from app.core.database import db
from app.enrolments.models import Enrolment
from app.enrolments.queries.standing import clock_of, clock_steps
from app.entitlements.rules.evidence_facts import EvidenceFact
from app.entitlements.rules.facts import PlanFact
from app.entitlements.rules.sittings import InstrumentFact, MeasuredFacts, RatingFact, SittingFact
from app.instruments.models import Instrument
from app.instruments.queries import calibrations_of, inputs_of
from app.instruments.rules.inputs import ErrorInputs
from app.interventions.models import Intervention
from app.ratecards.models import Rate, RateCard
from app.records.models import Record, RecordText
from app.records.queries import stands
from app.records.rules import london_day

NOTE = "note."


def instruments_measured(cards: Collection[RateCard]) -> frozenset[str]:
    """Return the codes of the instruments on which a card pays for change."""
    rates: list[Rate] = [rate for card in cards for rate in card.rates]
    return frozenset(str(rate.trigger["instrument"]) for rate in rates if "instrument" in rate.trigger)


@dataclass
class _Support:
    given: dict[UUID, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))
    by: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))


def gather_measured(
    contract: Contract,
    enrolment_ids: Sequence[UUID],
    codes: Collection[str],
    evidence: Mapping[UUID, Sequence[EvidenceFact]],
    plans: Mapping[UUID, Sequence[PlanFact]],
) -> dict[UUID, MeasuredFacts]:
    """Return what the rules need of these enrolments' sittings on some instruments, by enrolment.

    Args:
        contract: Whose commissioner's calibrations count.
        enrolment_ids: Whose.
        codes: Of the instruments.
        evidence: What supports facts, by their roots.
        plans: What was agreed, by enrolment.
    """
    if not codes or not enrolment_ids:
        return {}
    sittings = _sittings(enrolment_ids, codes, evidence)
    support = _support(enrolment_ids)
    errors = _errors(contract)
    rows = db.session().execute(
        select(
            Enrolment.id, Enrolment.first_met_on, Enrolment.worker_id, clock_steps().label("clock_steps")
        ).where(Enrolment.id.in_(enrolment_ids))
    )
    return {
        row.id: MeasuredFacts(
            clock=clock_of(row.clock_steps),
            first_met_on=row.first_met_on,
            support=tuple(support.given[row.id]),
            plans_on=tuple(plan.occurred_on for plan in plans.get(row.id, ())),
            deliverers=frozenset(support.by[row.id] | ({row.worker_id} - {None})),
            sittings=tuple(sittings[row.id]),
            errors=errors,
        )
        for row in rows
    }


def _errors(contract: Contract) -> tuple[ErrorInputs, ...]:
    if contract.commissioner_id is None:
        return ()
    return tuple(inputs_of(calibration) for calibration in calibrations_of([contract.commissioner_id]))


def _sittings(
    enrolment_ids: Sequence[UUID],
    codes: Collection[str],
    evidence: Mapping[UUID, Sequence[EvidenceFact]],
) -> dict[UUID, list[SittingFact]]:
    rows: Sequence[Any] = (
        db.session()
        .execute(
            select(
                Record.id,
                Record.root_id,
                Record.enrolment_id,
                Record.author_id,
                Record.occurred_on,
                Record.recorded_at,
                Record.received_at,
                Assessment.sitting_id,
                Assessment.sitting_kind,
                Assessment.rater,
                Assessment.language,
                Assessment.scores,
                Assessment.help,
                Assessment.focus,
                Assessment.is_crisis,
                Assessment.instrument_id,
                Instrument.code,
                Instrument.version,
                RecordText.texts,
            )
            .join(Assessment, Assessment.id == Record.id)
            .join(Instrument, Instrument.id == Assessment.instrument_id)
            .outerjoin(RecordText, RecordText.id == Record.id)
            .where(Record.enrolment_id.in_(enrolment_ids), Instrument.code.in_(codes), stands())
            .order_by(Record.id)
        )
        .all()
    )
    instruments = _instruments(rows)
    parts: dict[tuple[UUID, UUID], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        parts[row.enrolment_id, row.sitting_id].append(row)
    found: dict[UUID, list[SittingFact]] = defaultdict(list)
    for (enrolment_id, sitting_id), ratings in parts.items():
        if any(row.is_crisis for row in ratings):
            continue
        found[enrolment_id].append(
            SittingFact(
                sitting_id=sitting_id,
                kind=ratings[0].sitting_kind,
                instrument=instruments[ratings[0].instrument_id],
                ratings=tuple(_rating(row, evidence) for row in ratings),
            )
        )
    return found


def _rating(row: Row[Any], evidence: Mapping[UUID, Sequence[EvidenceFact]]) -> RatingFact:
    return RatingFact(
        record_id=row.id,
        root_id=row.root_id,
        author_id=row.author_id,
        rater=row.rater,
        occurred_on=row.occurred_on,
        received_on=london_day(row.received_at),
        told_at=row.recorded_at,
        language=row.language,
        scores=row.scores,
        noted=frozenset(key[len(NOTE) :] for key in row.texts or () if key.startswith(NOTE)),
        help=row.help or Help.NONE,
        focus=tuple(row.focus or ()),
        evidence=tuple(evidence.get(row.root_id, ())),
    )


def _instruments(rows: Sequence[Row[Any]]) -> dict[UUID, InstrumentFact]:
    named = {row.instrument_id: (row.code, row.version) for row in rows}
    if not named:
        return {}
    asked = ladders_of(named)
    return {
        instrument_id: InstrumentFact(
            code=code,
            version=version,
            asked={
                Rater.PARTICIPANT: asked[instrument_id].codes,
                Rater.WORKER: asked[instrument_id].for_workers,
                Rater.SECOND_RATER: asked[instrument_id].for_workers,
            },
        )
        for instrument_id, (code, version) in named.items()
    }


def _support(enrolment_ids: Sequence[UUID]) -> _Support:
    found = _Support()
    rows = db.session().execute(
        select(Record.enrolment_id, Record.occurred_on, Record.author_id, Intervention.duration_minutes)
        .join(Intervention, Intervention.id == Record.id)
        .where(Record.enrolment_id.in_(enrolment_ids), stands())
        .order_by(Record.id)
    )
    for row in rows:
        found.given[row.enrolment_id].append((row.occurred_on, row.duration_minutes))
        found.by[row.enrolment_id].add(row.author_id)
    return found
