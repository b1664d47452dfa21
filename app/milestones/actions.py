"""Recording milestones, and loading the library of their kinds."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update

from app.audit.actions import trace
from app.core.database import transaction
from app.core.errors import DomainError, Invalid
from app.core.ids import new_id
from app.core.permissions import Actor
from app.enrolments.actions import record_facts
from app.enrolments.queries.standing import Standing
from app.enrolments.rules import RECORDABLE
from app.milestones.errors import KindInUse
from app.milestones.models import Milestone, MilestoneKind
from app.milestones.queries import is_used, known_codes
from app.milestones.rules import differs, means_other, read_kinds
from app.records.models import RecordKind
from app.records.rules import Draft, Outcome

LIBRARY = Path(__file__).parent / "library" / "milestone-kinds.yaml"


def record_milestones(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record observable events; each is of a kind in the library."""
    codes = known_codes({draft.detail["kind_code"] for draft in drafts})

    def check(draft: Draft, _standing: Standing) -> DomainError | None:
        if draft.detail["kind_code"] not in codes:
            return Invalid.field("kind", "unknown-kind", "Choose a kind from /api/milestone-kinds.")
        return None

    return record_facts(actor, RecordKind.MILESTONE, Milestone, drafts, at=at, check=check, states=RECORDABLE)


def load_kinds(text: str, *, at: datetime) -> int:
    """Keep the milestone kinds of a YAML text and return how many it has; a repeat changes nothing.

    Raises:
        DefinitionUnreadable: with every fault and its line.
        KindInUse: a kind that milestones were recorded of would come to mean something else.
    """
    kinds = read_kinds(text)
    with transaction() as session:
        standing = {
            kind.code: kind
            for kind in session.scalars(
                select(MilestoneKind).where(MilestoneKind.code.in_({columns["code"] for columns in kinds}))
            )
        }
        changed = [
            columns
            for columns in kinds
            if columns["code"] not in standing or differs(standing[columns["code"]], columns)
        ]
        for columns in changed:
            kind = standing.get(columns["code"])
            if kind is None:
                session.add(MilestoneKind(id=new_id(), **columns))
                continue
            if means_other(kind, columns) and is_used(kind.code):
                raise KindInUse(kind.code)
            session.execute(update(MilestoneKind).where(MilestoneKind.id == kind.id).values(columns))
        if changed:
            trace(None, "milestone-kinds.loaded", at=at, count=len(changed))
    return len(kinds)


def load_library(at: datetime) -> int:
    """Keep the milestone kinds that ship with Waymark and return how many there are."""
    return load_kinds(LIBRARY.read_text(encoding="utf-8"), at=at)
