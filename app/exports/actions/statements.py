"""The month's account as PDF and CSV, as its reader may see it."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from app.audit.actions import trace
from app.core.csv import csv_chunks
from app.core.database import db, transaction
from app.core.languages import LANGUAGES, spoken
from app.core.permissions import Actor
from app.exports.actions.lines import Draws
from app.exports.documents.contents.statements import StatementDecision, StatementDocument, StatementEntry
from app.exports.documents.renderer import RenderFailed
from app.exports.documents.words import Words, words_of
from app.exports.errors import DocumentNotDrawn
from app.exports.rules.pack import file_name
from app.statements.models import EntryKind
from app.statements.queries.statements import StatementView, view_statement

REJECTED = "rejected"
HEADS = (
    "statement",
    "kind",
    "on",
    "line",
    "person",
    "provider",
    "rate",
    "claimed_pence",
    "amount_pence",
    "provider_share_pence",
    "reason",
    "words",
    "curable",
)


def print_statement(actor: Actor, statement_id: UUID, renderer: Draws, *, at: datetime) -> tuple[str, bytes]:
    """Return a statement as PDF, its table attached, with the name of its file.

    Raises:
        NotFound: there is none, or it is out of sight.
        DocumentNotDrawn: it could not be drawn within the limits.
    """
    view = _read(actor, statement_id, at)
    language = spoken(actor.language)
    document = statement_document(view, at=at, language=language)
    db.session().rollback()  # nothing is held while the page is drawn
    try:
        pdf = renderer.pdf(document, language, created_at=at)
    except RenderFailed as error:
        raise DocumentNotDrawn from error
    return f"statement-{file_name(view.label)}.pdf", pdf


def statement_table(actor: Actor, statement_id: UUID, *, at: datetime) -> tuple[str, bytes]:
    """Return a statement as CSV with the name of its file.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    view = _read(actor, statement_id, at)
    return f"statement-{file_name(view.label)}.csv", _csv(view)


def _read(actor: Actor, statement_id: UUID, at: datetime) -> StatementView:
    with transaction():
        view = view_statement(actor, statement_id)
        trace(
            actor,
            "statement.read",
            at=at,
            subject_id=statement_id,
            contract_id=view.contract_id,
            count=len(view.entries) + len(view.rejected),
        )
    return view


def _csv(view: StatementView) -> bytes:
    return b"".join(csv_chunks(HEADS, _rows(view)))


def _rows(view: StatementView) -> Iterator[tuple[object, ...]]:
    for entry in view.entries:
        yield (
            view.label,
            entry.kind.value,
            entry.on,
            entry.line,
            entry.person,
            entry.provider,
            entry.rate_code,
            None,
            entry.amount_pence,
            entry.provider_share_pence,
            entry.reason,
            None,
            None,
        )
    for row in view.rejected:
        curable = None if row.is_curable is None else "yes" if row.is_curable else "no"
        claimed = (row.price_pence, 0, 0)
        yield (
            view.label,
            REJECTED,
            row.on,
            row.line,
            row.person,
            row.provider,
            row.rate_code,
            *claimed,
            row.reason,
            row.words,
            curable,
        )


def statement_document(
    view: StatementView, *, at: datetime, language: str = LANGUAGES[0]
) -> StatementDocument:
    """Return a statement's paper."""
    words = words_of(language)
    return StatementDocument(
        reference=view.label,
        month=view.month,
        contract=view.contract,
        prime=view.prime,
        commissioner=view.commissioner,
        state=words(f"frozen.statement-{view.state.value}"),
        made_at=at,
        decisions=(*_accepted(view), *_rejected(view, words)),
        entries=tuple(
            StatementEntry(
                on=entry.on,
                kind=entry.kind.value,
                line=entry.line or "",
                provider=entry.provider,
                why=_reason(entry.reason, words),
                amount_pence=entry.amount_pence,
            )
            for entry in view.entries
        ),
        source=_csv(view),
    )


def _accepted(view: StatementView) -> Iterator[StatementDecision]:
    """Yield the lines that were accepted: those that have a payment."""
    for entry in view.entries:
        if entry.kind is EntryKind.PAYMENT and entry.line:
            yield StatementDecision(
                line=entry.line,
                person=entry.person or "",
                provider=entry.provider,
                rate_code=entry.rate_code or "",
                outcome="accepted",
                amount_pence=entry.amount_pence,
            )


def _rejected(view: StatementView, words: Words) -> Iterator[StatementDecision]:
    for row in view.rejected:
        said = (_reason(row.reason, words), (row.words or "").strip())
        yield StatementDecision(
            line=row.line,
            person=row.person,
            provider=row.provider,
            rate_code=row.rate_code,
            outcome="rejected",
            why=" ".join(text if text.endswith(".") else f"{text}." for text in said if text),
            curable=bool(row.is_curable),
            amount_pence=row.price_pence,
        )


def _reason(code: str | None, words: Words) -> str:
    """Return a closed reason in words; one that has none is said as it stands."""
    if not code:
        return ""
    try:
        return words(f"frozen.reason.{code}")
    except KeyError:
        return code.replace("-", " ")
