"""What supports a record: which evidence counts, and who verified it without having recorded any of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.entitlements.rules.conditions import met, missing
from app.entitlements.rules.facts import Condition, EvidenceFact, Fact, Fixer, Verified
from app.entitlements.rules.naming import Named, kinds_of, these_kinds
from app.evidence.models import EvidenceKind

# From items, oldest first, to those that are enough; None where they are not.
Enough = Callable[[Sequence[EvidenceFact]], tuple[EvidenceFact, ...] | None]

NEVER_ALONE = EvidenceKind.WORKER_OBSERVATION


@dataclass(frozen=True)
class Support:
    """The evidence and the verification that a record rests on.

    Attributes:
        evidence: What is enough; None where nothing is.
        people_differ: Nobody who recorded any of it verified it.
    """

    evidence: tuple[EvidenceFact, ...] | None
    verification: Verified | None
    people_differ: bool

    @property
    def ready_on(self) -> date | None:
        """The day on which the last of it came; None while something is missing."""
        if self.evidence is None or self.verification is None or not self.people_differ:
            return None
        return max([self.verification.on, *(item.received_on for item in self.evidence)])

    @property
    def record_ids(self) -> tuple[UUID, ...]:
        """The evidence and the verification."""
        items = tuple(item.record_id for item in self.evidence or ())
        return (*items, self.verification.record_id) if self.verification else items


def choose(fact: Fact, items: Sequence[EvidenceFact], enough: Enough) -> Support:
    """Return what a record rests on: of all ways the one that was ready first.

    Another item or another verification can only add a way, so it never lowers what is owed.
    """
    ordered = sorted(items, key=lambda item: (item.received_on, item.root_id))
    verified = sorted(fact.verifications, key=lambda one: (one.on, one.record_id))
    ways: list[Support] = []
    for verification in verified:
        if verification.by_id == fact.author_id:
            continue
        used = enough([item for item in ordered if item.author_id != verification.by_id])
        if used is not None:
            ways.append(Support(used, verification, people_differ=True))
    if ways:
        return min(ways, key=lambda way: way.ready_on or date.max)
    used = enough(ordered)
    others = [one for one in verified if one.by_id != fact.author_id]
    if used is None and others:
        return Support(None, others[0], people_differ=True)
    return Support(used, verified[0] if verified else None, people_differ=not verified)


def counting(item: EvidenceFact, kinds: frozenset[EvidenceKind], since: date) -> bool:
    """Whether an item can count: of a kind that does, its file here, and not older than the referral.

    A worker's observation never counts, nor what the person confirmed beside the worker.
    """
    if item.kind not in kinds or item.kind is NEVER_ALONE or not item.has_file:
        return False
    if item.kind is EvidenceKind.PARTICIPANT_CONFIRMATION and not item.is_away:
        return False
    return item.dated_on is None or item.dated_on >= since


def one_of_each(needs: Sequence[frozenset[EvidenceKind]]) -> Enough:
    """Return the test that there is an item for each need, the oldest taken."""

    def enough(items: Sequence[EvidenceFact]) -> tuple[EvidenceFact, ...] | None:
        found = [next((item for item in items if item.kind in need), None) for need in needs]
        if any(item is None for item in found):
            return None
        return tuple(dict.fromkeys(item for item in found if item is not None))

    return enough


def needs_of(
    evidence: dict[str, Any], counts: frozenset[EvidenceKind]
) -> tuple[frozenset[EvidenceKind], ...]:
    """Return what a rate asks for, as sets any one of which is enough.

    Args:
        evidence: As the card states it: ``all_of``, ``any_of`` or ``by_milestone``.
        counts: What the milestone's kind takes.
    """
    takes = counts - {NEVER_ALONE}
    if "all_of" in evidence:
        asked = [frozenset({EvidenceKind(kind)}) for kind in evidence["all_of"]]
        return (*asked, takes) if takes and not any(need & takes for need in asked) else tuple(asked)
    if "any_of" in evidence:
        asked_any = frozenset(EvidenceKind(kind) for kind in evidence["any_of"])
        return (asked_any & takes or asked_any,)
    return (takes,)


def verified_condition(fact: Fact, support: Support, title: Named) -> Condition:
    """Return whether a second person verified the record as it stands."""
    if support.verification is not None:
        found = "verified-outside" if support.verification.is_outside else "verified"
        verified = support.verification
        return met("verified", found, verified.record_id, day=verified.on)
    if fact.is_returned:
        return missing("verified", "returned", Fixer.WORKER, fact.record_id, task="returned", title=title)
    return missing("verified", "not-verified", Fixer.MANAGER, fact.record_id)


def people_condition(fact: Fact, support: Support) -> Condition:
    """Return whether those who recorded and who verified are different humans."""
    if support.verification is None:
        return met("different-people", "people-open")
    if support.people_differ:
        return met("different-people", "people-differ", fact.record_id, support.verification.record_id)
    return missing(
        "different-people", "people-same", Fixer.MANAGER, fact.record_id, support.verification.record_id
    )


def evidence_condition(
    fact: Fact, support: Support, needs: Sequence[frozenset[EvidenceKind]], title: Named
) -> Condition:
    """Return whether the evidence that counts is here."""
    if support.evidence is not None:
        ids = [item.record_id for item in support.evidence]
        used = these_kinds([item.kind for item in support.evidence])
        return met("evidence", "evidence", *ids, kinds=used)
    wanted = frozenset().union(*needs)
    said: dict[str, Any] = {"kinds": kinds_of(needs), "title": title}
    waiting = [item.kind for item in fact.evidence if item.kind in wanted and not item.has_file]
    task = "no-file" if waiting else "evidence"
    if waiting:
        # What is needed names what is asked for; what was found names what is on its way.
        found, said["waiting"] = "no-file", these_kinds(waiting)
    elif any(item.kind is NEVER_ALONE for item in fact.evidence):
        found, said["alone"] = "testimony-only", these_kinds([NEVER_ALONE])
    else:
        found = "no-evidence"
    return missing("evidence", found, Fixer.WORKER, fact.record_id, task=task, **said)
