"""Recording contacts and interventions."""

from collections.abc import Sequence
from datetime import datetime

from app.core.permissions import Actor
from app.enrolments.actions import record_facts
from app.enrolments.rules import IN_TOUCH, RECORDABLE
from app.interventions.models import Contact, Intervention
from app.records.models import RecordKind
from app.records.rules import Draft, Outcome


def record_contacts(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record contacts; also before the start, for somebody must be reached first."""
    return record_facts(actor, RecordKind.CONTACT, Contact, drafts, at=at, states=IN_TOUCH | RECORDABLE)


def record_interventions(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record support given."""
    return record_facts(actor, RecordKind.INTERVENTION, Intervention, drafts, at=at, states=RECORDABLE)
