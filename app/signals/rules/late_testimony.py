"""Late testimony: ratings, observations and confirmations that came more than a week after their day."""

from collections.abc import Iterator
from itertools import chain

from app.evidence.models import EvidenceKind
from app.records.rules import MARKED_AFTER_DAYS
from app.signals.rules.facts import Case, ItemFact, RatingFact, TeamFacts
from app.signals.rules.null import Null

TESTIMONY = frozenset({EvidenceKind.WORKER_OBSERVATION.value, EvidenceKind.PARTICIPANT_CONFIRMATION.value})
# A tablet that is a week without signal is rare: one piece in twenty, of some teams three.
NULL = Null(mean=0.05, spread=0.03)


def cases(facts: TeamFacts) -> Iterator[Case]:
    """Yield each testimony, and whether it came late; a document is judged by its own dates, not here."""
    said = (item for item in facts.items if item.kind in TESTIMONY and item.sent_sha256 is None)
    some: Iterator[RatingFact | ItemFact] = chain(facts.ratings, said)
    for one in some:
        late = (one.received_on - one.occurred_on).days > MARKED_AFTER_DAYS
        yield Case(one.worker_id, one.record_id, one.received_on, one.received_on if late else None)
