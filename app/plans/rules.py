"""When a plan needs somebody."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def plan_due_on(review_on: date, steps: Iterable[Mapping[str, Any]]) -> date:
    """Return the earliest day of a step that is not done, or of the review of the plan.

    Args:
        review_on: When the plan is to be looked at again.
        steps: As they are stored, days in ISO form.
    """
    due = [date.fromisoformat(step["due_on"]) for step in steps if not step["done_on"]]
    return min([review_on, *due])
