"""Reads of instruments: wording, not people, so everybody who signs in may see them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.database import db
from app.core.errors import NotFound
from app.instruments.models import Instrument


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
