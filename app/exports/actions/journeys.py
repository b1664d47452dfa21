"""A journey on paper."""

from datetime import datetime, time
from uuid import UUID

from app.contracts.models import Contract
from app.core.database import db
from app.core.languages import spoken
from app.core.permissions import Actor
from app.exports.actions.lines import Draws
from app.exports.documents.journeys import Print, journey_document
from app.exports.documents.renderer import RenderFailed
from app.exports.errors import DocumentNotDrawn
from app.exports.rules.pack import file_name
from app.journeys.queries.journey import journey_of
from app.records.rules import LONDON, london_day


def print_journey(
    actor: Actor,
    enrolment_id: UUID,
    renderer: Draws,
    *,
    large_print: bool,
    at: datetime,
    language: str | None = None,
) -> tuple[str, bytes]:
    """Return a journey as a PDF with the name of its file; that it was printed stands in the trail.

    It speaks to the person: in their own language, or in the one asked for.

    Raises:
        NotFound: there is none, or it is out of sight.
        DocumentNotDrawn: it could not be drawn within the limits.
    """
    journey = journey_of(actor, enrolment_id, language=language, at=at)
    language = language or spoken(journey["person"]["language"])
    how = Print(
        on=london_day(at),
        commissioner=_commissioner(UUID(journey["enrolment"]["contract_id"])),
        large_print=large_print,
        language=language,
    )
    document = journey_document(journey, how)
    db.session().rollback()  # nothing is held while the page is drawn
    try:
        # Dated by its day, as it says itself: the same content on one day is the same file.
        pdf = renderer.pdf(document, language, created_at=datetime.combine(how.on, time(), LONDON))
    except RenderFailed as error:
        raise DocumentNotDrawn from error
    ending = "-large-print" if large_print else ""
    return f"journey-{file_name(document.reference)}{ending}.pdf", pdf


def _commissioner(contract_id: UUID) -> str:
    contract = db.session().get_one(Contract, contract_id)
    return contract.commissioner.short_name if contract.commissioner else ""
