"""Reads of assessments: sealed until both raters have answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, union

from app.assessments.models import Assessment, Rater, SittingKind
from app.assessments.rules import Given, Ladders, has_both
from app.core.database import db
from app.core.hot import HotStatement, is_among, is_set
from app.enrolments.models import Enrolment
from app.enrolments.rules import Marks, contributes
from app.instruments.models import Instrument, InstrumentKind, Ladder
from app.records.models import Record, RecordKind, RecordText
from app.records.queries import stands

BASELINES = frozenset({SittingKind.BASELINE, SittingKind.SECOND_BASELINE})


def ladders_of(instrument_ids: Collection[UUID]) -> dict[UUID, Ladders]:
    """Return what these instruments ask, by id."""
    rows = _LADDERS.all({"ids": list(instrument_ids)})
    scales: dict[UUID, tuple[int, int, bool]] = {}
    codes: dict[UUID, set[str]] = defaultdict(set)
    for_workers: dict[UUID, set[str]] = defaultdict(set)
    for instrument_id, kind, scale_min, scale_max, is_frozen, code, worker_question in rows:
        scales[instrument_id] = (scale_min, scale_max, is_frozen)
        codes[instrument_id].add(code)
        if worker_question is not None or kind == InstrumentKind.SCORE_ONLY:
            for_workers[instrument_id].add(code)
    return {
        instrument_id: Ladders(
            scale_min,
            scale_max,
            frozenset(codes[instrument_id]),
            frozenset(for_workers[instrument_id]),
            is_frozen,
        )
        for instrument_id, (scale_min, scale_max, is_frozen) in scales.items()
    }


_LADDERS = HotStatement(
    select(
        Instrument.id,
        Instrument.kind,
        Instrument.scale_min,
        Instrument.scale_max,
        Instrument.frozen_at.is_not(None).label("is_frozen"),
        Ladder.code,
        Ladder.worker_question,
    )
    .join(Ladder, Ladder.instrument_id == Instrument.id)
    .where(is_among(Instrument.id))
)


def given_in(sitting_ids: Collection[UUID]) -> dict[UUID, list[Given]]:
    """Return the original assessments of sittings, whoever's they are; the caller answers by itself."""
    given: dict[UUID, list[Given]] = defaultdict(list)
    rows = _GIVEN.all({"ids": list(sitting_ids)})
    for sitting_id, enrolment_id, instrument_id, sitting_kind, rater, author_id in rows:
        given[sitting_id].append(
            Given(enrolment_id, instrument_id, SittingKind(sitting_kind), Rater(rater), author_id)
        )
    return given


_GIVEN = HotStatement(
    select(
        Assessment.sitting_id,
        Record.enrolment_id,
        Assessment.instrument_id,
        Assessment.sitting_kind,
        Assessment.rater,
        Record.author_id,
    )
    .join(Record, Record.id == Assessment.id)
    .where(
        is_among(Assessment.sitting_id),
        is_set(Assessment.is_original),
    )
)


def deliverers_of(enrolment_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return who works with each person: the key worker, and whoever gave support."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    if not enrolment_ids:
        return found
    gave = select(Record.enrolment_id, Record.author_id).where(
        Record.enrolment_id.in_(enrolment_ids), Record.kind == RecordKind.INTERVENTION, stands()
    )
    named = select(Enrolment.id, Enrolment.worker_id).where(
        Enrolment.id.in_(enrolment_ids), Enrolment.worker_id.is_not(None)
    )
    rows: Iterable[Any] = db.session().execute(union(gave, named))
    for enrolment_id, user_id in rows:
        found[enrolment_id].add(user_id)
    return found


@dataclass(frozen=True)
class Answers:
    """One rater's answers that stand."""

    record_id: UUID
    root_id: UUID
    rater: Rater
    author_id: UUID
    occurred_on: date
    received_at: datetime
    scores: dict[str, Any]
    texts: dict[str, Any]


@dataclass(frozen=True)
class Sitting:
    """One occasion; `answers` is empty while it is sealed, `raters` says who has answered."""

    id: UUID
    enrolment_id: UUID
    kind: SittingKind
    instrument_id: UUID
    occurred_on: date
    raters: frozenset[Rater]
    answers: tuple[Answers, ...]

    @property
    def is_sealed(self) -> bool:
        """Whether nobody may see the answers yet."""
        return not has_both(self.raters)


def sittings_of(enrolment_ids: Collection[UUID]) -> list[Sitting]:
    """Return the sittings of enrolments in the order they happened, sealed ones without their answers.

    The caller has seen to it that the enrolments are in sight.
    """
    rows = db.session().execute(
        select(Record, Assessment, RecordText.texts)
        .join(Assessment, Assessment.id == Record.id)
        .outerjoin(RecordText, RecordText.id == Record.id)
        .where(Record.enrolment_id.in_(enrolment_ids), Record.kind == RecordKind.ASSESSMENT, stands())
        .order_by(Record.occurred_on, Record.recorded_at, Record.id)
    )
    gathered: dict[UUID, list[tuple[Record, Assessment, dict[str, Any]]]] = defaultdict(list)
    for record, assessment, texts in rows:
        gathered[assessment.sitting_id].append((record, assessment, texts or {}))
    return sorted(
        (_sitting(sitting_id, parts) for sitting_id, parts in gathered.items()),
        key=lambda sitting: sitting.occurred_on,
    )


def _sitting(sitting_id: UUID, parts: list[tuple[Record, Assessment, dict[str, Any]]]) -> Sitting:
    record, assessment, _ = parts[0]
    raters = frozenset(part.rater for _, part, _ in parts)
    answers = tuple(
        Answers(
            one.id,
            one.root_id,
            part.rater,
            one.author_id,
            one.occurred_on,
            one.received_at,
            part.scores,
            texts,
        )
        for one, part, texts in parts
    )
    return Sitting(
        sitting_id,
        record.enrolment_id,
        assessment.sitting_kind,
        assessment.instrument_id,
        max(one.occurred_on for one, _, _ in parts),
        raters,
        answers if has_both(raters) else (),
    )


@contributes(
    RecordKind.ASSESSMENT,
    baseline_on=None,
    second_baseline_on=None,
    last_sitting_on=None,
    last_sitting_kind=None,
    latest_scores=None,
)
def sitting_marks(enrolment_ids: list[UUID]) -> Marks:
    """Return each person's baselines, and their last sitting with its scores.

    Only what both raters gave counts: while one is missing, the sitting stays due. Nor does a sitting count
    that was let be because the person was in crisis. Context questions and score-only slots are no sitting
    of ladders.
    """
    rows = _SCORES.all({"ids": enrolment_ids})
    gathered: dict[tuple[UUID, UUID], dict[Rater, tuple[SittingKind, date, dict[str, Any]]]] = defaultdict(
        dict
    )
    let_be: set[UUID] = set()
    for enrolment_id, sitting_id, kind, rater, occurred_on, scores, is_crisis in rows:
        gathered[enrolment_id, sitting_id][Rater(rater)] = (SittingKind(kind), occurred_on, scores)
        if is_crisis:
            let_be.add(sitting_id)
    marks: Marks = {}
    complete = [
        (enrolment_id, by_rater)
        for (enrolment_id, sitting_id), by_rater in gathered.items()
        if has_both(set(by_rater)) and sitting_id not in let_be
    ]
    for enrolment_id, by_rater in sorted(complete, key=lambda entry: _day_of(entry[1])):
        kind, day = by_rater[Rater.WORKER][0], _day_of(by_rater)
        mark = marks.setdefault(enrolment_id, {"baseline_on": None, "second_baseline_on": None})
        if mark["baseline_on"] is None and kind in BASELINES:
            mark["baseline_on"] = day
        elif mark["second_baseline_on"] is None and kind is SittingKind.SECOND_BASELINE:
            mark["second_baseline_on"] = day
        mark["last_sitting_on"] = day
        mark["last_sitting_kind"] = kind.value
        mark["latest_scores"] = {rater.value: scores for rater, (_, _, scores) in by_rater.items()}
    return marks


_SCORES = HotStatement(
    select(
        Record.enrolment_id,
        Assessment.sitting_id,
        Assessment.sitting_kind,
        Assessment.rater,
        Record.occurred_on,
        Assessment.scores,
        Assessment.is_crisis,
    )
    .join(Assessment, Assessment.id == Record.id)
    .join(Instrument, Instrument.id == Assessment.instrument_id)
    .where(
        is_among(Record.enrolment_id),
        Record.kind == RecordKind.ASSESSMENT,
        Instrument.kind == InstrumentKind.LADDERS,
        ~Instrument.is_context,
        stands(),
    )
    .order_by(Record.occurred_on, Record.recorded_at, Record.id)
)


def _day_of(by_rater: dict[Rater, tuple[SittingKind, date, dict[str, Any]]]) -> date:
    return max(day for _, day, _ in by_rater.values())
