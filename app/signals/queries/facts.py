"""Gathering one team's records for a look: five statements, however many people; no name and no word.

Rows stay rows and scores are parsed once: of 2,000 people there are some 30,000 facts, and a look is to take
less than a second.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Select, Text, cast, select

from app.assessments.models import Assessment
from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.model import alias_of
from app.enrolments.models import Enrolment
from app.evidence.models import EvidenceItem, EvidenceKind, ObtainedHow
from app.instruments.models import Instrument, InstrumentKind
from app.instruments.queries import calibrations_of, inputs_of
from app.instruments.rules.inputs import CalibrationState, inputs_for
from app.instruments.rules.measurement import standard_error
from app.participants.models import SamePersonLink
from app.records.models import Record, RecordKind
from app.records.queries import stands
from app.records.rules import LONDON
from app.signals.rules.facts import ErrorFact, ItemFact, RatingFact, TeamFacts
from app.signals.rules.same_device import BESIDE_MINUTES

HOUR_LENGTH = len("2025-03-04T10")
BASELINE_DAYS = 400  # a review of the year rests on a baseline that may be older
_Subject = alias_of(Record)
_Near = alias_of(Record)
_NEAR_KINDS = (RecordKind.ASSESSMENT, RecordKind.MILESTONE, RecordKind.EMPLOYMENT)


def team_facts(place: Subcontract, contract: Contract, *, since: date, until: date) -> TeamFacts:
    """Return what a look at one team is given: what was received after a day and up to another."""
    days = _Days()
    return TeamFacts(
        ratings=_ratings(place, since, until, days),
        items=_items(place, since, until, days),
        errors=_errors(contract, until),
    )


class _Days(dict[str, date]):
    """London days of moments as the database writes them in UTC; each hour is worked out once."""

    def __missing__(self, hour: str) -> date:
        self[hour] = datetime.fromisoformat(f"{hour}:00:00+00:00").astimezone(LONDON).date()
        return self[hour]

    def of(self, moment: str) -> date:
        """Return the day of ``2025-03-04T10:41:07…`` or ``2025-03-04 10:41:07…``."""
        return self[moment[:HOUR_LENGTH]]


def _text(column: Any) -> ColumnElement[str]:
    return cast(column, Text)


def _rows(query: Select[*tuple[Any, ...]]) -> Iterable[Any]:
    """Return plain rows: ids and moments as text, for nothing is done with most of them but comparing."""
    return db.session().connection().execute(query).all()


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def _people(place: Subcontract) -> Any:
    return select(Enrolment.id).where(
        Enrolment.contract_id == place.contract_id, Enrolment.provider_id == place.provider_id
    )


def _ratings(place: Subcontract, since: date, until: date, days: _Days) -> list[RatingFact]:
    rows = _rows(
        select(
            _text(Record.id).label("record_id"),
            _text(Record.enrolment_id),
            _text(Record.author_id),
            _text(Assessment.sitting_id),
            _text(Assessment.sitting_kind),
            _text(Assessment.rater),
            _text(Assessment.instrument_id),
            Assessment.language,
            _text(Assessment.scores),
            _text(Record.device_id),
            Record.occurred_on,
            _text(Record.recorded_at).label("recorded_at"),
            _text(Record.received_at).label("received_at"),
            Assessment.is_crisis,
        )
        .join(Assessment, Assessment.id == Record.id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .where(
            Record.enrolment_id.in_(_people(place)),
            Record.kind == RecordKind.ASSESSMENT,
            Record.received_at >= _begin(since - timedelta(days=BASELINE_DAYS)),
            Record.received_at < _begin(until + timedelta(days=1)),
            Instrument.kind == InstrumentKind.LADDERS,
            ~Instrument.is_context,
            stands(),
        )
    )
    found, let_be = [], set()
    for *known, scores, device, occurred_on, recorded_at, received_at, is_crisis in rows:
        moment = datetime.fromisoformat(recorded_at)
        told = (orjson.loads(scores), device, occurred_on, moment, days.of(received_at))
        one = RatingFact._make((*known, *told))
        found.append(one)
        if is_crisis:
            let_be.add(one.sitting_id)
    return [one for one in found if one.sitting_id not in let_be]


def _items(place: Subcontract, since: date, until: date, days: _Days) -> list[ItemFact]:
    humans = _humans(place)
    beside = _beside(place, since, until)
    rows = _rows(
        select(
            _text(Record.id).label("record_id"),
            _text(Enrolment.participant_id).label("person"),
            _text(_Subject.author_id).label("worker"),
            _text(Record.author_id).label("author"),
            _text(EvidenceItem.kind).label("item_kind"),
            EvidenceItem.sent_sha256,
            EvidenceItem.obtained_how,
            Record.occurred_on,
            _text(Record.received_at).label("received_at"),
        )
        .join(EvidenceItem, EvidenceItem.id == Record.id)
        .join(_Subject, _Subject.id == EvidenceItem.subject_root_id)
        .join(Enrolment, Enrolment.id == Record.enrolment_id)
        .where(
            Record.enrolment_id.in_(_people(place)),
            Record.kind == RecordKind.EVIDENCE,
            Record.received_at >= _begin(since - timedelta(days=BASELINE_DAYS)),
            Record.received_at < _begin(until + timedelta(days=1)),
            stands(),
        )
    )
    return [
        ItemFact(
            record_id=record_id,
            person=humans.get(person, person),
            worker_id=worker,
            kind=kind,
            sent_sha256=sha256,
            occurred_on=occurred_on,
            received_on=days.of(received_at),
            is_away=how is not ObtainedHow.WRITTEN_HERE or author != worker,
            beside_minutes=beside.get(record_id),
        )
        for record_id, person, worker, author, kind, sha256, how, occurred_on, received_at in rows
    ]


def _beside(place: Subcontract, since: date, until: date) -> dict[str, float]:
    """Return how near, in minutes, a confirmation came to what its worker recorded on the same device."""
    rows = _rows(
        select(_text(Record.id).label("record_id"), Record.recorded_at, _Near.recorded_at.label("near_at"))
        .join(EvidenceItem, EvidenceItem.id == Record.id)
        .join(_Subject, _Subject.id == EvidenceItem.subject_root_id)
        .join(
            _Near,
            (_Near.enrolment_id == Record.enrolment_id)
            & (_Near.kind.in_(_NEAR_KINDS))
            & (_Near.device_id == Record.device_id)
            & (_Near.author_id == _Subject.author_id),
        )
        .where(
            Record.enrolment_id.in_(_people(place)),
            Record.kind == RecordKind.EVIDENCE,
            EvidenceItem.kind == EvidenceKind.PARTICIPANT_CONFIRMATION,
            Record.received_at >= _begin(since),
            Record.received_at < _begin(until + timedelta(days=1)),
            stands(),
        )
    )
    least: dict[str, float] = {}
    for record_id, confirmed_at, other_at in rows:
        minutes = abs((confirmed_at - other_at).total_seconds()) / 60
        if minutes <= min(least.get(record_id, BESIDE_MINUTES), BESIDE_MINUTES):
            least[record_id] = minutes
    return least


def _humans(place: Subcontract) -> dict[str, str]:
    """Return one id for each human of whom a contract has two records, by participant."""
    rows = _rows(
        select(_text(SamePersonLink.participant_id), _text(SamePersonLink.other_id)).where(
            SamePersonLink.contract_id == place.contract_id, SamePersonLink.ended_at.is_(None)
        )
    )
    joined: dict[str, set[str]] = defaultdict(set)
    for one, other in rows:
        whole = {one, other} | joined[one] | joined[other]
        for each in whole:
            joined[each] = whole
    return {each: min(whole) for each, whole in joined.items()}


def _errors(contract: Contract, on: date) -> dict[tuple[str, str, str], ErrorFact]:
    """Return the errors that may pay on a day, of the widest set of each instrument, rater and language."""
    if contract.commissioner_id is None:
        return {}
    known: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for calibration in calibrations_of([contract.commissioner_id]):
        key = (str(calibration.instrument_id), str(calibration.rater), calibration.language)
        known[key].append(inputs_of(calibration))
    found = {}
    for key, some in known.items():
        widest = max(some, key=lambda one: len(one.ladders)).ladders
        inputs = inputs_for(some, widest, on)
        if inputs is not None and inputs.state is not CalibrationState.SHADOW:
            sem = float(standard_error(inputs.sd, inputs.r_lower))
            found[key] = ErrorFact(sem, frozenset(inputs.ladders))
    return found
