"""People who were rated twice, as rows."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from app.assessments.models import Assessment, Rater, SittingKind
from app.contracts.models import Contract, Subcontract
from app.core.database import transaction
from app.core.ids import new_id
from app.instruments import actions
from app.instruments.models import Instrument
from app.organisations.models import Organisation
from app.records.models import Record, RecordKind
from tests.builders import NOON, make_contract, make_enrolment, make_subcontract, make_user

DAY = date(2025, 1, 6)


def open_ladders() -> Instrument:
    """Load the library and return Open Ladders."""
    return next(one for one in actions.load_library(NOON) if one.code == "open-ladders")


def make_places(commissioner: Organisation) -> list[Subcontract]:
    """Make two providers on one contract, and one on another contract of the same commissioner."""
    contracts: list[Contract] = [make_contract(commissioner=commissioner) for _ in range(2)]
    return [make_subcontract(contract) for contract in (contracts[0], *contracts)]


def rate_twice(
    places: list[Subcontract], instrument: Instrument, people: int, *, seed: int = 1, **changes: Any
) -> None:
    """Rate people's baseline and second baseline, spread over places, by themselves."""
    chance = np.random.default_rng(seed)
    codes = [ladder.code for ladder in instrument.ladders]
    author = make_user()
    with transaction() as session:
        for number in range(people):
            enrolment = make_enrolment(places[number % len(places)])
            true = chance.integers(1, 8) + chance.integers(0, 2, len(codes))
            kinds = (SittingKind.BASELINE, SittingKind.SECOND_BASELINE)
            for days, kind in enumerate(kinds):
                scores = true + chance.integers(-1, 2, len(codes))
                record = Record(
                    id=(record_id := new_id()),
                    root_id=record_id,
                    contract_id=enrolment.contract_id,
                    provider_id=enrolment.provider_id,
                    enrolment_id=enrolment.id,
                    kind=RecordKind.ASSESSMENT,
                    occurred_on=DAY + timedelta(days=14 * days),
                    recorded_at=NOON,
                    received_at=NOON,
                    author_id=author.id,
                    content_hash="0" * 64,
                )
                session.add(record)
                session.flush()
                session.add(_rating(record, instrument.id, kind, codes, scores.tolist(), changes))
        session.flush()


def _rating(
    record: Record,
    instrument_id: UUID,
    kind: SittingKind,
    codes: list[str],
    scores: list[int],
    changes: dict[str, Any],
) -> Assessment:
    columns: dict[str, Any] = {
        "id": record.id,
        "contract_id": record.contract_id,
        "provider_id": record.provider_id,
        "sitting_id": new_id(),
        "sitting_kind": kind,
        "rater": Rater.PARTICIPANT,
        "instrument_id": instrument_id,
        "language": "en",
        "scores": dict(zip(codes, scores, strict=True)),
        "is_original": True,
    }
    return Assessment(**columns | changes)
