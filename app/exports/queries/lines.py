"""The lines of a claim with the documents drawn of them, from the one selection of `claims`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from sqlalchemy import func, select

from app.claims.models import Claim, ClaimLine
from app.claims.queries.lines import LineRow, lines_of
from app.contracts.models import Contract
from app.core.database import db
from app.exports.models import LineDocument
from app.participants.models import Participant, PersonDetails
from app.ratecards.models import Rate, RateCard

LINES_A_PAGE = 200
PROFILE = "line-3"
"""Of a line's templates and of what stands on it; another one has every line drawn anew."""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line, and the document that was drawn of what is frozen in it, where there is one."""

    row: LineRow
    document_id: UUID | None


def drawn_lines(claim_id: UUID, language: str) -> Iterator[DrawnLine]:
    """Yield the lines of a claim in their order, each with its document, some hundred at once."""
    lines = lines_of(claim_id)
    while page := list(islice(lines, LINES_A_PAGE)):
        documents = _documents(page, language)
        for row in page:
            yield DrawnLine(row, documents.get((row.line_id, row.frozen_sha256)))


def _documents(page: Sequence[LineRow], language: str) -> dict[tuple[UUID, str | None], UUID]:
    found = db.session().execute(
        select(LineDocument.id, LineDocument.line_id, LineDocument.content_sha256).where(
            LineDocument.line_id.in_([row.line_id for row in page]),
            LineDocument.profile == PROFILE,
            LineDocument.language == language,
        )
    )
    return {(row.line_id, row.content_sha256): row.id for row in found}


def count_drawn(claim_id: UUID, language: str) -> int:
    """Return how many lines of a claim are drawn as they are frozen now."""
    query = (
        select(func.count())
        .select_from(ClaimLine)
        .join(
            LineDocument,
            (LineDocument.line_id == ClaimLine.id)
            & (LineDocument.content_sha256 == ClaimLine.frozen_sha256)
            & (LineDocument.profile == PROFILE)
            & (LineDocument.language == language),
        )
        .where(ClaimLine.claim_id == claim_id)
    )
    return db.session().scalar(query) or 0


def find_document(line_id: UUID, content_sha256: str, language: str) -> UUID | None:
    """Return the document that was drawn of one content of a line."""
    return db.session().scalar(
        select(LineDocument.id).where(
            LineDocument.line_id == line_id,
            LineDocument.content_sha256 == content_sha256,
            LineDocument.profile == PROFILE,
            LineDocument.language == language,
        )
    )


@dataclass(frozen=True, slots=True)
class ClaimedRate:
    """A rate that a claim's lines claim, and the card it stands on."""

    code: str
    title: str
    card: str
    card_version: int


def rates_of(claim_id: UUID) -> list[ClaimedRate]:
    """Return the rates of a claim's lines in the order of their cards."""
    claimed = select(ClaimLine.rate_id).where(ClaimLine.claim_id == claim_id)
    rows = db.session().execute(
        select(Rate.code, Rate.title, RateCard.title, RateCard.version)
        .join(RateCard, RateCard.id == Rate.rate_card_id)
        .where(Rate.id.in_(claimed))
        .order_by(RateCard.code, RateCard.version, Rate.position)
    )
    return [ClaimedRate(*row) for row in rows]


def get_labelled_claim(label: str) -> Claim | None:
    """Return the claim that people quote as ``NME-2025-03-1``; None where no or more than one claim is."""
    code, *rest = label.rsplit("-", 3)
    if len(rest) != 3 or not all(part.isdigit() for part in rest):  # noqa: PLR2004 - year, month, number
        return None
    query = select(Claim).join(Contract, Contract.id == Claim.contract_id)
    found = db.session().scalars(query.where(Contract.code == code, Claim.number == int(rest[2]))).all()
    labelled = [claim for claim in found if claim.label == label]
    return labelled[0] if len(labelled) == 1 else None


@dataclass(frozen=True, slots=True)
class Person:
    """Who a participant is, as an identity sheet needs it; forgotten people have no details."""

    participant: Participant
    details: PersonDetails | None


def people_of(participant_ids: Sequence[UUID]) -> list[Person]:
    """Return who these participants are, by reference."""
    found: list[Person] = []
    for start in range(0, len(participant_ids), LINES_A_PAGE):
        rows = db.session().execute(
            select(Participant, PersonDetails)
            .outerjoin(PersonDetails, PersonDetails.id == Participant.id)
            .where(Participant.id.in_(participant_ids[start : start + LINES_A_PAGE]))
        )
        found += [Person(participant, details) for participant, details in rows]
    return sorted(found, key=lambda person: person.participant.reference)
