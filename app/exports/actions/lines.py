"""Drawing the lines of a locked claim: each once per content, profile and language."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.claims.queries.lines import LineRow, sums_of
from app.core.database import db, transaction
from app.core.ids import new_id
from app.core.json import insert_rows
from app.core.languages import LANGUAGES
from app.core.storage import Storage
from app.exports.documents.contents.document import Document
from app.exports.documents.frozen import line_document
from app.exports.models import LineDocument
from app.exports.queries.lines import PROFILE, DrawnLine, count_drawn, drawn_lines, find_document

Progress = Callable[[int, int], None]


class Draws(Protocol):
    """Whatever turns a document into a PDF."""

    def pdf(self, document: Document, language: str = "en", *, created_at: datetime) -> bytes:
        """Return the document as PDF."""


@dataclass(frozen=True)
class Press:
    """What draws documents, and where they are kept."""

    renderer: Draws
    storage: Storage


def render_lines(press: Press, claim_id: UUID, *, at: datetime, progress: Progress) -> int:
    """Draw every frozen line of a claim that is not drawn yet, and return how many that were.

    Each is kept before it is noted, so whatever the table names is there, whole; a try that was cut short
    goes on where it ended. A claim that was unlocked meanwhile has nothing left to draw.
    """
    language = LANGUAGES[0]  # another is drawn when somebody who reads it asks for the pack
    done, total = count_drawn(claim_id, language), sums_of(claim_id).line_count
    progress(min(done, total), total)
    made = 0
    for line in drawn_lines(claim_id, language):
        if line.document_id is not None or line.row.frozen is None:
            continue
        draw_line(press, line.row, language, at=at)
        made += 1
        progress(min(done + made, total), total)
    return made


def document_of(press: Press, line: DrawnLine, language: str, *, at: datetime) -> bytes:
    """Return the bytes of a line's document, drawn now where it was not before, or where its file is gone."""
    if line.document_id is not None:
        with suppress(FileNotFoundError):
            return press.storage.get(LineDocument.key_of(line.document_id))
    return draw_line(press, line.row, language, at=at)


def draw_line(press: Press, row: LineRow, language: str, *, at: datetime) -> bytes:
    """Draw one frozen line, keep it and note it; whoever comes second takes what stands."""
    frozen, content_sha256 = row.frozen or "", row.frozen_sha256 or ""
    db.session().rollback()  # nothing is held while the page is drawn
    paper = line_document(frozen, language)
    pdf = press.renderer.pdf(paper, language, created_at=paper.locked_at)
    document_id = find_document(row.line_id, content_sha256, language) or new_id()
    press.storage.put(LineDocument.key_of(document_id), pdf)
    with transaction() as session:
        columns = {
            "id": document_id,
            "contract_id": row.contract_id,
            "provider_id": row.provider_id,
            "line_id": row.line_id,
            "content_sha256": content_sha256,
            "profile": PROFILE,
            "language": language,
            "size_bytes": len(pdf),
            "sha256": hashlib.sha256(pdf).hexdigest(),
            "rendered_at": at,
        }
        insert_rows(session, LineDocument, [columns])
        kept_id = find_document(row.line_id, content_sha256, language)
    if kept_id != document_id:
        press.storage.delete(LineDocument.key_of(document_id))
    return pdf
