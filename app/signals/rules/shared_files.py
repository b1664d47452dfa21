"""One file used for two people: the same bytes, sent as evidence of different humans."""

from collections import defaultdict
from collections.abc import Iterator

from app.evidence.models import EvidenceKind
from app.signals.rules.facts import Case, TeamFacts
from app.signals.rules.null import Null

# One sheet is honestly evidence of everybody on it.
OF_MANY = frozenset({EvidenceKind.ATTENDANCE_REGISTER.value})
# A slip of the finger in the file picker, or one picture of two people: one in a hundred.
NULL = Null(mean=0.01, spread=0.01)


def cases(facts: TeamFacts) -> Iterator[Case]:
    """Yield each piece of evidence with a file of its own, and whether the file had served somebody else.

    The one that came first is not seen: a file is used again by whoever uses it the second time.
    """
    used: dict[str, set[str]] = defaultdict(set)
    for item in sorted(facts.items, key=lambda one: (one.received_on, one.record_id)):
        if item.sent_sha256 is None or item.kind in OF_MANY:
            continue
        people = used[item.sent_sha256]
        seen_on = item.received_on if people - {item.person} else None
        yield Case(item.worker_id, item.record_id, item.received_on, seen_on)
        people.add(item.person)
