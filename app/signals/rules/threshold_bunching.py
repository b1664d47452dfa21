"""Bunching at the threshold: change that is just enough, far more often than any true change could make it.

Whatever people's true changes are, the error of rating alone spreads a worker's index by one standard error.
So no half a standard error holds more than 0.5 × 0.3989 = 20 % of a worker's reviews; whole rungs make it
22 %. And where everybody's true change lies just there, the person's own rating reaches the threshold in six
of ten. It is a bound, not an estimate: honest teams lie far below it.
"""

from collections.abc import Iterator, Sequence

from app.signals.rules.facts import Case
from app.signals.rules.null import Null
from app.signals.rules.reviews import Review, Z

BAND = 0.5  # standard errors of a difference
NULL = Null(mean=0.13, spread=0.01)


def cases(reviews: Sequence[Review]) -> Iterator[Case]:
    """Yield each review, and whether both raters reached the threshold with the worker's just above it."""
    for one in reviews:
        just = one.is_reached and one.worker_index < Z + BAND
        yield Case(one.worker_id, one.record_id, one.received_on, one.received_on if just else None)
