"""People with a history, for tests of the read model."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from app.assessments.models import Assessment, Rater, SittingKind
from app.core.database import db
from app.core.ids import new_id
from app.core.model import Base
from app.core.permissions import Actor
from app.enrolments.models import Enrolment
from app.instruments.models import Instrument, InstrumentKind, Ladder
from app.milestones.models import Milestone, MilestoneKind
from app.participants.models import RestrictedViewer
from app.records.models import Record, RecordKind, RecordText
from tests.builders import NOON, TODAY, save

_codes = count(1)


def restrict_to(enrolment: Enrolment, *actors: Actor) -> None:
    """Name who may see an enrolment's restricted person."""
    for actor in actors:
        save(
            RestrictedViewer(
                contract_id=enrolment.contract_id,
                participant_id=enrolment.participant_id,
                user_id=actor.user_id,
            )
        )


def write(
    enrolment: Enrolment,
    author: Actor | UUID,
    kind: RecordKind,
    detail: type[Base],
    /,
    *,
    on: date = TODAY,
    texts: dict[str, str] | None = None,
    spine: dict[str, Any] | None = None,
    **columns: Any,
) -> UUID:
    """Write one record as it stands in the tables, whatever the rules of its kind; return its id."""
    record_id = new_id()
    walls = {"contract_id": enrolment.contract_id, "provider_id": enrolment.provider_id}
    moment = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=10)
    save(
        Record(
            **{
                "id": record_id,
                "root_id": record_id,
                "enrolment_id": enrolment.id,
                "kind": kind,
                "occurred_on": on,
                "recorded_at": moment,
                "received_at": moment,
                "author_id": author.user_id if isinstance(author, Actor) else author,
                "content_hash": "0" * 64,
                **walls,
                **(spine or {}),
            }
        )
    )
    if texts:
        save(RecordText(id=record_id, salt="salt", texts=texts, **walls))
    save(detail(id=record_id, **walls, **columns))
    return record_id


def make_instrument(*ladders: str, is_context: bool = False) -> Instrument:
    """Make an instrument of 0 to 10 with these ladders."""
    instrument = save(
        Instrument(
            code=f"ladders-{next(_codes)}",
            version=1,
            kind=InstrumentKind.LADDERS,
            title="Ladders",
            licence="CC BY 4.0",
            credit="",
            scale_min=0,
            scale_max=10,
            is_context=is_context,
            definition="",
            loaded_at=NOON,
        )
    )
    for position, code in enumerate(ladders):
        save(
            Ladder(
                instrument_id=instrument.id,
                position=position,
                code=code,
                title=code.capitalize(),
                short_title=code.capitalize(),
                question="Which rung?",
                anchors={},
            )
        )
    return instrument


def rate(
    enrolment: Enrolment,
    author: Actor,
    instrument: Instrument,
    rater: Rater,
    scores: dict[str, int | None],
    *,
    on: date,
    kind: SittingKind = SittingKind.REVIEW,
    sitting_id: UUID | None = None,
    texts: dict[str, str] | None = None,
) -> UUID:
    """Write one rater's answers; return the sitting."""
    sitting = sitting_id or new_id()
    write(
        enrolment,
        author,
        RecordKind.ASSESSMENT,
        Assessment,
        on=on,
        texts=texts,
        sitting_id=sitting,
        sitting_kind=kind,
        rater=rater,
        instrument_id=instrument.id,
        language="en",
        scores=scores,
        is_original=True,
    )
    return sitting


def rate_together(
    enrolment: Enrolment,
    author: Actor,
    instrument: Instrument,
    person: dict[str, int | None],
    worker: dict[str, int | None],
    *,
    on: date,
    kind: SittingKind = SittingKind.REVIEW,
    own_words: str | None = None,
) -> UUID:
    """Write a whole sitting."""
    texts = {"own_words": own_words} if own_words else None
    sitting = rate(enrolment, author, instrument, Rater.PARTICIPANT, person, on=on, kind=kind, texts=texts)
    return rate(enrolment, author, instrument, Rater.WORKER, worker, on=on, kind=kind, sitting_id=sitting)


def see(enrolment: Enrolment, author: Actor, code: str = "travelled-alone", **options: Any) -> UUID:
    """Write a milestone of a kind that a certificate shows; return its id."""
    if db.session().scalar(db.select(MilestoneKind.id).where(MilestoneKind.code == code)) is None:
        save(
            MilestoneKind(
                code=code,
                position=1,
                title="Travelled alone",
                description="",
                jet_group="personal-circumstances",
                counts=["certificate", "participant-confirmation"],
                hints={},
                helps=["worker-observation"],
            )
        )
    return write(enrolment, author, RecordKind.MILESTONE, Milestone, kind_code=code, **options)
