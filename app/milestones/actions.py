"""Recording milestones."""

from collections.abc import Sequence
from datetime import datetime

from app.core.errors import DomainError, Invalid
from app.core.permissions import Actor
from app.enrolments.actions import record_facts
from app.enrolments.queries import Standing
from app.enrolments.rules import RECORDABLE
from app.milestones.models import Milestone
from app.milestones.queries import known_codes
from app.records.models import RecordKind
from app.records.rules import Draft, Outcome


def record_milestones(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record observable events; each is of a kind in the library."""
    codes = known_codes({draft.detail["kind_code"] for draft in drafts})

    def check(draft: Draft, _standing: Standing) -> DomainError | None:
        if draft.detail["kind_code"] not in codes:
            return Invalid.field("kind", "unknown-kind", "Choose a kind from /api/milestone-kinds.")
        return None

    return record_facts(actor, RecordKind.MILESTONE, Milestone, drafts, at=at, check=check, states=RECORDABLE)
