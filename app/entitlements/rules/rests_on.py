"""Which kinds of record a trigger can rest on, before anything is worked out."""

from collections.abc import Mapping
from typing import Any

from app.ratecards.models import TriggerKind
from app.records.models import RecordKind

# A measured change stands beside a milestone of any kind; one that is held may be a job or a course instead.
RESTS_ON = {
    TriggerKind.STARTED: frozenset({RecordKind.START}),
    TriggerKind.MILESTONE: frozenset({RecordKind.MILESTONE}),
    TriggerKind.JOB_SUSTAINED: frozenset({RecordKind.EMPLOYMENT}),
    TriggerKind.JOB_SUSTAINED_EVERY: frozenset({RecordKind.EMPLOYMENT}),
    TriggerKind.RELIABLE_IMPROVEMENT: frozenset({RecordKind.MILESTONE}),
    TriggerKind.HELD: frozenset({RecordKind.MILESTONE, RecordKind.EMPLOYMENT}),
}


def can_rest_on(trigger: Mapping[str, Any], kind: RecordKind, milestone_code: str | None) -> bool:
    """Whether a rate's trigger could be met by such a record; nothing else of it is looked at.

    Args:
        trigger: As the card states it.
        kind: Of the record.
        milestone_code: Of a milestone, its kind.
    """
    if kind not in RESTS_ON[TriggerKind(trigger["kind"])]:
        return False
    return trigger["kind"] != TriggerKind.MILESTONE or milestone_code in trigger["any_of"]
