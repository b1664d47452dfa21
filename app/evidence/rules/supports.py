"""What counts as evidence, and what is verified."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.evidence.models import WITHOUT_FILE, EvidenceKind, ObtainedHow
from app.records.models import RecordKind
from app.records.rules import is_marked_late, needs_late_reason

# Evidence, verification and disagreement speak of facts, never of each other.
SUBJECT_KINDS = frozenset(RecordKind) - {
    RecordKind.EVIDENCE,
    RecordKind.VERIFICATION,
    RecordKind.DISAGREEMENT,
}
VERIFIABLE = SUBJECT_KINDS - {RecordKind.END, RecordKind.ACTION_PLAN}


@dataclass(frozen=True, kw_only=True)
class Support:
    """One evidence item that stands, as it supports a record.

    Attributes:
        root_id: The fact it supports.
        record_id: The item's own newest version; `item_root_id` is its first.
        kept_sha256: Of the file as it is kept; None while it is still to come.
        is_away: Recorded by somebody other than whoever recorded the fact.
        reused_root_ids: Other facts of this provider that rest on the same file.
    """

    root_id: UUID
    record_id: UUID
    item_root_id: UUID
    kind: EvidenceKind
    author_id: UUID
    is_away: bool
    received_at: datetime
    dated_on: date | None
    obtained_on: date
    obtained_how: str
    covers_from: date | None
    covers_until: date | None
    sent_sha256: str | None
    kept_sha256: str | None
    file_id: UUID | None
    media_type: str | None
    reused_root_ids: tuple[UUID, ...] = ()

    @property
    def has_file(self) -> bool:
        """Whether its file has been received and is kept."""
        return self.kept_sha256 is not None

    @property
    def reused_count(self) -> int:
        """How many other facts rest on the same file."""
        return len(self.reused_root_ids)

    @property
    def counts(self) -> bool:
        """Whether it can make a fact payable: never an observation alone, never a file still to come.

        The person's own confirmation counts away from the worker: as a document that came to us, or taken by
        somebody else; what they sign beside the worker only helps.
        """
        if self.kind is EvidenceKind.WORKER_OBSERVATION:
            return False
        if self.kind is EvidenceKind.PARTICIPANT_CONFIRMATION:
            return self.is_away or (self.has_file and self.obtained_how != ObtainedHow.WRITTEN_HERE)
        return self.has_file or self.kind in WITHOUT_FILE


def late_reason_needed(
    kind: RecordKind, occurred_on: date, received_at: datetime, supports: list[Support]
) -> bool:
    """Whether a verifier must say why testimony of this age is accepted; a document has its own dates."""
    has_document = kind is not RecordKind.ASSESSMENT and any(support.has_file for support in supports)
    return not has_document and needs_late_reason(occurred_on, received_at)


def late_mark(
    kind: RecordKind, occurred_on: date, received_at: datetime, supports: list[Support]
) -> str | None:
    """Return the mark that a verifier sees: ``late``, ``needs-reason`` or None."""
    if late_reason_needed(kind, occurred_on, received_at, supports):
        return "needs-reason"
    return "late" if is_marked_late(occurred_on, received_at) else None
