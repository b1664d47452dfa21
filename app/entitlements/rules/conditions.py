"""Making conditions in words, and joining those of several events into one."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.entitlements.rules.facts import Condition, Fixer
from app.entitlements.rules.words import CONDITIONS, FOUND, TASKS, capital


def met(code: str, found: str, *record_ids: UUID, **words: Any) -> Condition:
    """Return a condition that is met.

    Args:
        code: Of the condition.
        found: Code of what was found.
        *record_ids: The records that show it.
        **words: What the sentences name.
    """
    return _condition(code, found, words, is_met=True, record_ids=record_ids)


def missing(
    code: str,
    found: str,
    who: Fixer | None = None,
    *record_ids: UUID,
    task: str | None = None,
    **words: Any,
) -> Condition:
    """Return a condition that is not met, naming who can put it right (nobody, where `who` is None)."""
    made = _condition(code, found, words, is_met=False, record_ids=record_ids)
    said = TASKS[task].format(**words) if task else None
    return Condition(
        code=made.code,
        condition=made.condition,
        met=False,
        found=made.found,
        needed=made.needed,
        who=who,
        task=said,
        record_ids=made.record_ids,
    )


def _condition(
    code: str, found: str, words: dict[str, Any], *, is_met: bool, record_ids: tuple[UUID, ...]
) -> Condition:
    condition, needed = CONDITIONS[code]
    return Condition(
        code=code,
        condition=capital(condition.format(**words)),
        met=is_met,
        found=capital(FOUND[found].format(**words)),
        needed=capital(needed.format(**words)),
        record_ids=record_ids,
    )


def join(conditions: Sequence[Condition]) -> Condition:
    """Return the one condition that says what several events' conditions of one code say."""
    first = conditions[0]
    lacking = [condition for condition in conditions if not condition.met]
    said = list(dict.fromkeys(condition.found for condition in lacking or conditions))
    shown = tuple(dict.fromkeys(record_id for c in conditions for record_id in c.record_ids))
    lead = lacking[0] if lacking else first
    is_part = bool(lacking) and len(conditions) > 1
    count = f"{len(conditions) - len(lacking)} of {len(conditions)}: " if is_part else ""
    return Condition(
        code=first.code,
        condition=first.condition,
        met=not lacking,
        found=count + "; ".join(said),
        needed=lead.needed,
        # Somebody can put the whole right only where each part can be put right.
        who=None if any(condition.who is None for condition in lacking) else lead.who,
        by=lead.by,
        task=lead.task,
        record_ids=shown,
    )


def dated(condition: Condition, by: date) -> Condition:
    """Return an unmet condition with the day until which it can be put right; an earlier one stays."""
    if condition.met or condition.who is None or (condition.by is not None and condition.by <= by):
        return condition
    return Condition(**{**vars(condition), "by": by})
