"""When somebody is rated next, for whoever sits down with them: days, never money, never a threshold."""

import json
from datetime import date
from typing import Any

from app.enrolments.rules import SECOND_BASELINE_DAYS, read_clock
from app.ratecards.queries import card_for


def times_of(row: Any) -> dict[str, Any]:
    """Return the days of each occasion, and whether the person may name the three ladders that matter most.

    Args:
        row: The enrolment as it stands, with its steps as JSON, newest first.
    """
    steps = json.loads(row.steps)
    clock = read_clock((step["name"], date.fromisoformat(step["happened_on"])) for step in reversed(steps))
    first, second = row.baseline_on, row.second_baseline_on
    return {
        "baseline_on": first,
        "baseline_due_on": row.baseline_due_on,
        "second_baseline_from": clock.after(first, SECOND_BASELINE_DAYS[0])
        if first and second is None
        else None,
        "second_baseline_due_on": row.second_baseline_due_on,
        "baseline_locks_on": row.baseline_locks_on,
        "review_due_on": row.review_due_on,
        "takes_focus": second is None and _takes_focus(row),
    }


def _takes_focus(row: Any) -> bool:
    """Whether the card of the person's start knows the focus route; asked only while it can be chosen."""
    if row.started_on is None:
        return False
    card = card_for(row.contract_id, row.payment_group_id, row.started_on)
    return card is not None and any(rate.trigger.get("focus") for rate in card.rates)
