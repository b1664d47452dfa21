"""Recording spells of work."""

from collections.abc import Sequence
from datetime import datetime

from app.core.errors import DomainError
from app.core.permissions import Actor
from app.employment.models import Employment
from app.enrolments.actions import record_facts
from app.enrolments.queries.standing import Standing
from app.enrolments.rules import RECORDABLE
from app.records.errors import OccurredTooLate
from app.records.models import RecordKind
from app.records.rules import Draft, Outcome, london_day


def record_employment(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record spells of work that have begun; also after somebody has left, for that is when it lasts."""
    today = london_day(at)

    def check(draft: Draft, _standing: Standing) -> DomainError | None:
        for field in ("started_on", "ended_on"):
            day = draft.detail[field]
            if day is not None and day > today:
                return OccurredTooLate.field(field, "occurred-in-future", "Choose today or an earlier day.")
        return None

    return record_facts(
        actor, RecordKind.EMPLOYMENT, Employment, drafts, at=at, check=check, states=RECORDABLE
    )
