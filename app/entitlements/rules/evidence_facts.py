"""What supports a record, as the rules are given it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.evidence.models import EvidenceKind


@dataclass(frozen=True, kw_only=True)
class Verified:
    """A verification that stands: of this very version, by whom, on which London day it came."""

    record_id: UUID
    by_id: UUID
    on: date
    is_outside: bool = False


@dataclass(frozen=True, kw_only=True)
class EvidenceFact:
    """An evidence item that stands.

    Attributes:
        has_file: Its file is here, or it is of a kind that has none.
        is_away: It came to us from elsewhere, not written beside the worker.
    """

    record_id: UUID
    root_id: UUID
    kind: EvidenceKind
    author_id: UUID
    received_on: date
    dated_on: date | None = None
    covers_from: date | None = None
    covers_until: date | None = None
    has_file: bool = True
    is_away: bool = False
