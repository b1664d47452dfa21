"""The evidence of a review itself, such as the person's own confirmation away from the worker."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.entitlements.rules.conditions import met, missing
from app.entitlements.rules.evidence_facts import EvidenceFact
from app.entitlements.rules.facts import Condition, Fixer, RateTerms
from app.entitlements.rules.measured import what_of
from app.entitlements.rules.naming import kinds_of, these_kinds
from app.entitlements.rules.sittings import SittingFact
from app.entitlements.rules.support import counting, needs_of, one_of_each


@dataclass(frozen=True)
class Confirmed:
    """Whether the card's evidence is here, and which."""

    condition: Condition
    items: tuple[EvidenceFact, ...] = ()

    @property
    def record_ids(self) -> tuple[UUID, ...]:
        """The evidence that counts."""
        return tuple(item.record_id for item in self.items)

    @property
    def authors(self) -> frozenset[UUID]:
        """Who recorded it."""
        return frozenset(item.author_id for item in self.items)


def confirm(rate: RateTerms, review: SittingFact, referred_on: date) -> Confirmed:
    """Return whether a review has the evidence that the card asks for, at any of its ratings."""
    needs = [need for need in needs_of(rate.evidence, frozenset()) if need]
    wanted = frozenset().union(*needs)
    items = sorted(
        (i for rating in review.ratings for i in rating.evidence if counting(i, wanted, referred_on)),
        key=lambda item: (item.received_on, item.root_id),
    )
    used = one_of_each(needs)(items)
    if used is not None:
        found = these_kinds([item.kind for item in used])
        return Confirmed(met("evidence", "evidence", *(item.record_id for item in used), kinds=found), used)
    ids = [rating.record_id for rating in review.ratings]
    said = {"kinds": kinds_of(needs), "title": what_of(review)}
    return Confirmed(missing("evidence", "no-evidence", Fixer.WORKER, *ids, task="evidence", **said))
