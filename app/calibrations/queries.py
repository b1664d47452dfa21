"""Reads of calibration: pairs pooled over a commissioner's contracts, and what holds there today."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.assessments.models import Assessment, Rater, SittingKind
from app.calibrations.rules import Design, Estimate, Pair, Rated, Subject, chosen, estimate, pairs_of
from app.contracts.models import Contract
from app.contracts.queries import visible_contracts
from app.core.database import db
from app.core.errors import NotFound
from app.core.permissions import Actor, require
from app.enrolments.models import Enrolment
from app.instruments.models import Calibration, Instrument, InstrumentKind
from app.instruments.policies import can_read_calibrations
from app.instruments.queries import all_instruments, calibrations_of, inputs_of
from app.instruments.rules.inputs import CalibrationState, inputs_for, state_of
from app.organisations.models import Organisation
from app.records.models import Record, RecordKind
from app.records.queries import stands

Pairs = dict[UUID, dict[tuple[Rater, str, Design], list[Pair]]]
LANGUAGES = ("en", "cy")  # those that Open Ladders ships in; others appear once somebody rated in them
CALIBRATED_KINDS = (SittingKind.BASELINE, SittingKind.SECOND_BASELINE, SittingKind.REVIEW)


@dataclass(frozen=True, kw_only=True)
class CalibrationStanding:
    """How one instrument version stands with one rater and language at one commissioner.

    Attributes:
        ladders: The whole set that this rater is asked.
        in_force: What a review of today is judged by; None in shadow without any inputs.
        estimates: What routine pairs say by now, by design.
        adopted: Of them the one that would be signed.
    """

    commissioner: Organisation
    instrument: Instrument
    rater: Rater
    language: str
    ladders: tuple[str, ...]
    state: CalibrationState
    in_force: Calibration | None
    estimates: tuple[Estimate, ...]
    adopted: Estimate | None


def visible_commissioners(actor: Actor) -> list[Organisation]:
    """Return who pays on the contracts that the actor's organisation has a part in, by name.

    Raises:
        Forbidden: the actor only works with people, or is an operator only.
    """
    require(can_read_calibrations, actor)
    paying = visible_contracts(actor).with_only_columns(Contract.commissioner_id)
    query = select(Organisation).where(Organisation.id.in_(paying)).order_by(Organisation.name)
    return list(db.session().scalars(query))


def signed_calibrations(actor: Actor) -> list[Calibration]:
    """Return every version of every calibration in the actor's sight, the newest first."""
    return calibrations_of([commissioner.id for commissioner in visible_commissioners(actor)])


def standings(actor: Actor, *, today: date) -> list[CalibrationStanding]:
    """Return the states of all instruments, raters and languages with the commissioners in sight."""
    return [
        standing
        for commissioner in visible_commissioners(actor)
        for standing in standings_at(commissioner, today=today)
    ]


def standings_at(commissioner: Organisation, *, today: date) -> list[CalibrationStanding]:
    """Return the states with one commissioner (command line: whoever it is)."""
    instruments = progress_instruments()
    pairs = pooled_pairs(commissioner.id, [instrument.id for instrument in instruments])
    signed = calibrations_of([commissioner.id])
    return [
        _standing(commissioner, subject, instrument, pairs[instrument.id], signed, today)
        for instrument in instruments
        for subject in _subjects(instrument, pairs[instrument.id], signed)
    ]


def progress_instruments() -> list[Instrument]:
    """Return the instruments whose change may count: sets of ladders that are not context."""
    return [
        instrument
        for instrument in all_instruments()
        if instrument.kind is InstrumentKind.LADDERS and not instrument.is_context
    ]


def ladders_asked(instrument: Instrument, rater: Rater) -> tuple[str, ...]:
    """Return the whole set of ladders that a rater is asked and a composite may be made of."""
    return tuple(
        sorted(
            ladder.code
            for ladder in instrument.ladders
            if ladder.is_higher_better and (rater is Rater.PARTICIPANT or ladder.worker_question)
        )
    )


def get_progress_instrument(instrument_id: UUID) -> Instrument:
    """Return an instrument whose change may count.

    Raises:
        NotFound: there is none.
    """
    for instrument in progress_instruments():
        if instrument.id == instrument_id:
            return instrument
    raise NotFound


def routine_estimates(commissioner_id: UUID, subject: Subject) -> list[Estimate]:
    """Return what the pairs of a commissioner's contracts say of one set of ladders, by design."""
    pairs = pooled_pairs(commissioner_id, [subject.instrument_id])[subject.instrument_id]
    return _estimates(subject, pairs)


def pooled_pairs(commissioner_id: UUID, instrument_ids: Collection[UUID]) -> Pairs:
    """Return all pairs of ratings that people on a commissioner's contracts took anyway, by instrument.

    One query whatever the number of people; no name, and no id of a person leaves this module's callers.
    """
    rows = db.session().execute(
        select(
            Enrolment.participant_id,
            Assessment.sitting_id,
            Assessment.sitting_kind,
            Assessment.rater,
            Assessment.language,
            Record.author_id,
            Record.occurred_on,
            Assessment.scores,
            Assessment.instrument_id,
        )
        .join(Record, Record.id == Assessment.id)
        .join(Enrolment, Enrolment.id == Record.enrolment_id)
        .join(Contract, Contract.id == Record.contract_id)
        .where(
            Contract.commissioner_id == commissioner_id,
            Record.kind == RecordKind.ASSESSMENT,
            Assessment.instrument_id.in_(instrument_ids),
            Assessment.sitting_kind.in_(CALIBRATED_KINDS),
            Assessment.is_crisis.is_not(True),
            stands(),
        )
    )
    rated: dict[UUID, list[Rated]] = defaultdict(list)
    for participant_id, sitting_id, kind, rater, language, author_id, on, scores, instrument_id in rows:
        rated[instrument_id].append(
            Rated(
                participant_id=participant_id,
                sitting_id=sitting_id,
                kind=kind,
                rater=rater,
                language=language,
                author_id=author_id,
                occurred_on=on,
                scores=scores,
            )
        )
    return {instrument_id: pairs_of(rated.get(instrument_id, ())) for instrument_id in instrument_ids}


def _subjects(
    instrument: Instrument,
    pairs: Collection[tuple[Rater, str, Design]],
    signed: Collection[Calibration],
) -> list[Subject]:
    """Return each rater in each language that is offered, rated in, or signed for."""
    languages = {language for _, language, _ in pairs}
    languages |= {one.language for one in signed if one.instrument_id == instrument.id}
    return [
        Subject(
            instrument_id=instrument.id,
            rater=rater,
            language=language,
            ladders=ladders_asked(instrument, rater),
        )
        for language in (*LANGUAGES, *sorted(languages - set(LANGUAGES)))
        for rater in Rater
    ]


def _standing(
    commissioner: Organisation,
    subject: Subject,
    instrument: Instrument,
    pairs: dict[tuple[Rater, str, Design], list[Pair]],
    signed: Collection[Calibration],
    today: date,
) -> CalibrationStanding:
    mine = {
        str(one.id): one
        for one in signed
        if (one.instrument_id, one.rater, one.language)
        == (instrument.id, subject.rater.value, subject.language)
    }
    inputs = inputs_for([inputs_of(one) for one in mine.values()], subject.ladders, today)
    estimates = _estimates(subject, pairs)
    return CalibrationStanding(
        commissioner=commissioner,
        instrument=instrument,
        rater=subject.rater,
        language=subject.language,
        ladders=subject.ladders,
        state=state_of(inputs),
        in_force=mine[inputs.calibration] if inputs else None,
        estimates=tuple(estimates),
        adopted=chosen(estimates),
    )


def _estimates(subject: Subject, pairs: dict[tuple[Rater, str, Design], list[Pair]]) -> list[Estimate]:
    return [
        estimate(found, subject.ladders, design)
        for design in Design
        if (found := pairs.get((subject.rater, subject.language, design)))
    ]
