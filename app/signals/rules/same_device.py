"""The same device confirming as rating: "away from the worker", and yet beside them."""

from collections.abc import Iterator

from app.evidence.models import EvidenceKind
from app.signals.rules.facts import Case, TeamFacts
from app.signals.rules.null import Null

BESIDE_MINUTES = 30
# Tablets are shared, and a colleague may take the words in the same visit: one in seven, of some teams more.
NULL = Null(mean=0.15, spread=0.05)


def cases(facts: TeamFacts) -> Iterator[Case]:
    """Yield each confirmation that counts as given away from the worker, and whether it was made beside.

    Beside: on a device on which this worker recorded something about this person within half an hour.
    """
    for item in facts.items:
        if item.kind == EvidenceKind.PARTICIPANT_CONFIRMATION and item.is_away:
            beside = item.beside_minutes is not None and item.beside_minutes <= BESIDE_MINUTES
            yield Case(item.worker_id, item.record_id, item.received_on, item.received_on if beside else None)
