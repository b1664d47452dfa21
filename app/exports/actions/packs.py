"""Evidence packs: everything of a locked claim in one archive whose files agree to the penny."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from app.audit.actions import trace
from app.claims.models import Claim
from app.claims.queries.lines import LineRow, Sums, lines_of, sums_of
from app.claims.rules.people import staff_reference
from app.core.database import db
from app.core.json import to_wire
from app.core.languages import LANGUAGES, spoken
from app.core.permissions import Actor, require
from app.core.version import software_version
from app.exports import policies
from app.exports.actions.identity import Reveal, identity_sheet
from app.exports.actions.lines import Press, Progress, document_of
from app.exports.actions.papers import schedule_of, stands_since
from app.exports.documents.contents.document import Document
from app.exports.errors import PackOutOfStep
from app.exports.queries.lines import PROFILE, drawn_lines
from app.exports.rules import pack
from app.exports.rules.archives import Archive
from app.participants.rules.nino import NinoKeys

OTHER_STEPS = 3  # the schedule, the records, the manifest
PROGRESS_EVERY = 20


@dataclass(frozen=True)
class PackOrder:
    """What a pack is made of and for whom.

    Attributes:
        actor: For whom; None for the keeper of the installation.
        with_identity: Whether the identity sheet lies in it.
        keys: Of National Insurance numbers.
        at: Now.
    """

    press: Press
    actor: Actor | None
    with_identity: bool
    keys: NinoKeys
    at: datetime

    @property
    def language(self) -> str:
        """The language of its papers: that of whoever asked."""
        return spoken(self.actor.language) if self.actor else LANGUAGES[0]


def write_pack(stream: BinaryIO, claim: Claim, order: PackOrder, *, progress: Progress) -> None:
    """Write a claim's pack: the same content gives the same bytes, and memory stays flat.

    Raises:
        Forbidden: whoever asked may not have it any more.
        PackOutOfStep: the claim changed meanwhile.
    """
    if order.actor is not None:
        require(policies.can_pack_claim, order.actor, claim)
    _Pack(claim, order, progress).write(stream)
    trace(
        order.actor,
        "claim.pack-made",
        at=order.at,
        subject_id=claim.id,
        contract_id=claim.contract_id,
        with_identity=order.with_identity,
    )


class _Pack:
    """One pack in the making."""

    def __init__(self, claim: Claim, order: PackOrder, progress: Progress) -> None:
        self._claim, self._order = claim, order
        self._version = claim.version
        self._sums = sums_of(claim.id)
        self._total, self._tell = self._sums.line_count + OTHER_STEPS, progress
        self._made_at = stands_since(claim)
        self._rows: list[LineRow] = []  # without their frozen texts, so that many fit
        self._book = pack.RecordsBook()

    def write(self, stream: BinaryIO) -> None:
        """Write every file, the manifest and the hashes last."""
        self._progress(0)
        with Archive(stream) as archive:
            archive.add("README.txt", pack.READMES[self._order.language].format(**self._facts()).encode())
            self._add_lines(archive)
            self._check()
            self._add_schedule(archive)
            self._progress(self._total - 2)
            if self._order.with_identity:
                self._add_identity(archive)
            archive.add_pieces("lines.jsonl", (text.encode() + b"\n" for text in self._frozen()))
            records = (row for text in self._frozen() for row in self._book.rows(json.loads(text)))
            archive.add_pieces("records.jsonl", records)
            self._progress(self._total - 1)
            files = list(archive.entries)
            lines = (pack.manifest_line(json.loads(text), pack.sha256_of(text)) for text in self._frozen())
            archive.add_pieces("manifest.json", pack.manifest_pieces(self._head(), files, lines))
            archive.add_sums()
        self._check()
        self._progress(self._total)

    def _progress(self, done: int) -> None:
        self._tell(done, self._total)

    def _add_lines(self, archive: Archive) -> None:
        order = self._order
        for done, line in enumerate(drawn_lines(self._claim.id, order.language)):
            if line.row.frozen is None:
                raise PackOutOfStep(line.row.label)
            archive.add(
                pack.line_path(line.row.label), document_of(order.press, line, order.language, at=order.at)
            )
            self._book.note(json.loads(line.row.frozen))
            self._rows.append(replace(line.row, frozen=None))
            if done % PROGRESS_EVERY == 0:
                self._progress(done)

    def _add_schedule(self, archive: Archive) -> None:
        schedule = schedule_of(self._claim, self._rows, self._order.language)
        pdf = self._draw(schedule.document)
        archive.add("claim-schedule.csv", schedule.csv)
        archive.add("claim-schedule.pdf", pdf)

    def _add_identity(self, archive: Archive) -> None:
        lines: dict[UUID, list[str]] = {}
        for row in self._rows:
            lines.setdefault(row.participant_id, []).append(row.number)
        order = self._order
        table, document = identity_sheet(
            self._claim,
            lines,
            Reveal(order.actor, order.keys, order.at),
            made_at=self._made_at,
            language=order.language,
        )
        archive.add("identity/identity-sheet.csv", table)
        archive.add("identity/identity-sheet.pdf", self._draw(document))

    def _draw(self, document: Document) -> bytes:
        db.session().rollback()  # nothing is held while the page is drawn
        return self._order.press.renderer.pdf(document, self._order.language, created_at=self._made_at)

    def _frozen(self) -> Iterator[str]:
        for row in lines_of(self._claim.id):
            yield row.frozen or "{}"

    def _check(self) -> None:
        """Hold the claim and its sums against what the pack was begun with, to the penny."""
        db.session().rollback()
        packed = Sums(
            len(self._rows),
            sum(row.price_pence for row in self._rows),
            sum(row.provider_share_pence for row in self._rows),
        )
        if (self._claim.version, sums_of(self._claim.id), packed) != (self._version, self._sums, self._sums):
            raise PackOutOfStep(self._claim.label)

    def _facts(self) -> dict[str, Any]:
        claim = self._claim
        commissioner = claim.contract.commissioner
        return {
            "claim": claim.label,
            "contract": f"{claim.contract.code}, {claim.contract.title}",
            "prime": claim.contract.prime.name,
            "commissioner": commissioner.name if commissioner else "",
            "lines": self._sums.line_count,
            "amount_pence": self._sums.amount_pence,
            "identity": pack.IDENTITY[self._order.language][not self._order.with_identity],
        }

    def _head(self) -> dict[str, Any]:
        claim = self._claim
        moments = ("locked_at", "approved_at", "submitted_at", "settled_at")
        acts = ("prepared_by", "locked_by", "approved_by", "submitted_by")
        facts = self._facts()
        return {
            "format": pack.FORMAT,
            "made_by": {"software": "Waymark", "version": software_version(), "line_profile": PROFILE},
            "claim": {
                "label": claim.label,
                "month": claim.month.isoformat(),
                "number": claim.number,
                "state": claim.state.value,
                **{name: facts[name] for name in ("contract", "prime", "commissioner")},
                **{name: to_wire(at) if (at := getattr(claim, name)) else None for name in moments},
                **{act: self._staff(getattr(claim, f"{act}_id")) for act in acts},
            },
            "totals": {
                "lines": self._sums.line_count,
                "amount_pence": self._sums.amount_pence,
                "provider_share_pence": self._sums.provider_share_pence,
            },
            "has_identity_sheet": self._order.with_identity,
        }

    def _staff(self, user_id: UUID | None) -> str | None:
        return staff_reference(self._claim.contract_id, user_id) if user_id else None
