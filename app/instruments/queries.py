"""Reads of instruments: wording, not people, so everybody who signs in may see them."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.contracts.models import Contract
from app.core.database import db
from app.core.errors import NotFound
from app.instruments.models import Calibration, Instrument
from app.instruments.rules.inputs import ErrorInputs


def all_instruments() -> list[Instrument]:
    """Return every version of every instrument with its ladders, the newest version of each first."""
    query = (
        select(Instrument)
        .options(selectinload(Instrument.ladders))
        .order_by(Instrument.is_context, Instrument.code, Instrument.version.desc())
    )
    return list(db.session().scalars(query))


def newest_instruments() -> list[Instrument]:
    """Return the newest version of each instrument: what a new sitting is offered."""
    newest: dict[str, Instrument] = {}
    for instrument in all_instruments():
        newest.setdefault(instrument.code, instrument)
    return list(newest.values())


def get_instrument(instrument_id: UUID) -> Instrument:
    """Return one instrument with its ladders.

    Raises:
        NotFound: there is none.
    """
    found = instruments_by_id([instrument_id])
    if instrument_id not in found:
        raise NotFound
    return found[instrument_id]


def instruments_by_id(instrument_ids: Collection[UUID]) -> dict[UUID, Instrument]:
    """Return instruments with their ladders, by id."""
    query = (
        select(Instrument)
        .where(Instrument.id.in_(set(instrument_ids)))
        .options(selectinload(Instrument.ladders))
    )
    return {instrument.id: instrument for instrument in db.session().scalars(query)}


def is_commissioner(organisation_id: UUID) -> bool:
    """Whether an organisation pays on some contract."""
    query = select(Contract.id).where(Contract.commissioner_id == organisation_id).limit(1)
    return db.session().scalar(query) is not None


def calibrations_of(commissioner_ids: Collection[UUID]) -> list[Calibration]:
    """Return every version of these commissioners' calibrations with its instrument, the newest first."""
    query = (
        select(Calibration)
        .where(Calibration.commissioner_id.in_(set(commissioner_ids)))
        .options(selectinload(Calibration.instrument))
        .order_by(Calibration.valid_from.desc(), Calibration.id.desc())
    )
    return list(db.session().scalars(query))


def error_inputs(
    commissioner_id: UUID, instrument_ids: Collection[UUID]
) -> dict[tuple[UUID, str, str], list[ErrorInputs]]:
    """Return all that a commissioner's lines may be judged by, by instrument, rater and language.

    Which of them holds on the day of a review, `inputs_for` says.
    """
    known: dict[tuple[UUID, str, str], list[ErrorInputs]] = defaultdict(list)
    wanted = set(instrument_ids)
    for calibration in calibrations_of([commissioner_id]):
        if calibration.instrument_id in wanted:
            key = (calibration.instrument_id, calibration.rater, calibration.language)
            known[key].append(inputs_of(calibration))
    return known


def inputs_of(calibration: Calibration) -> ErrorInputs:
    """Return a calibration as the rules read it; its instrument is loaded."""
    instrument = calibration.instrument
    return ErrorInputs(
        calibration=str(calibration.id),
        instrument=instrument.code,
        instrument_version=instrument.version,
        scale_min=instrument.scale_min,
        scale_max=instrument.scale_max,
        rater=calibration.rater,
        language=calibration.language,
        ladders=calibration.ladders,
        sd=calibration.sd,
        r=calibration.r,
        r_lower=calibration.r_lower,
        n=calibration.n,
        source=calibration.source,
        reference=calibration.reference,
        valid_from=calibration.valid_from,
        valid_until=calibration.valid_until,
    )
