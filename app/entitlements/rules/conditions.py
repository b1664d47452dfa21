"""Making conditions in words, and joining those of several events into one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.entitlements.rules.facts import Condition, Fixer
from app.entitlements.rules.naming import plain
from app.entitlements.rules.saying import named_in, sentences
from app.entitlements.rules.words import ENGLISH


def met(code: str, found: str, *record_ids: UUID, **words: Any) -> Condition:
    """Return a condition that is met.

    Args:
        code: Of the condition.
        found: Code of what was found.
        *record_ids: The records that show it.
        **words: What the sentences name: figures, texts, days, and what `naming` makes.
    """
    return _condition(code, _said(code, found, None, words), is_met=True, record_ids=record_ids)


def missing(
    code: str,
    found: str,
    who: Fixer | None = None,
    *record_ids: UUID,
    task: str | None = None,
    **words: Any,
) -> Condition:
    """Return a condition that is not met, naming who can put it right (nobody, where `who` is None)."""
    made = _condition(code, _said(code, found, task, words), is_met=False, record_ids=record_ids)
    return replace(made, who=who)


def _said(code: str, found: str, task: str | None, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a condition's sentences are made of: their codes, and what each of them names."""
    named = {name: plain(value) for name, value in words.items()}
    said: dict[str, Any] = {
        "words": named_in("".join(ENGLISH.conditions[code]), named),
        "found": [[found, named_in(ENGLISH.found[found], named)]],
    }
    return said | ({"task": [task, named_in(ENGLISH.tasks[task], named)]} if task else {})


def _condition(
    code: str, said: Mapping[str, Any], *, is_met: bool, record_ids: tuple[UUID, ...]
) -> Condition:
    return Condition(code=code, met=is_met, record_ids=record_ids, said=said, **_english(code, said))


def _english(code: str, said: Mapping[str, Any]) -> dict[str, Any]:
    return sentences("en", code, said)


def also(condition: Condition, found: str, **words: Any) -> Condition:
    """Return a condition that says something more that was found."""
    named = named_in(ENGLISH.found[found], {name: plain(value) for name, value in words.items()})
    return _resaid(condition, {**condition.said, "also": [*condition.said.get("also", ()), [found, named]]})


def found_by(condition: Condition, other: Condition) -> Condition:
    """Return an unmet condition with what another found, by its records, and the task it leads to."""
    told = {name: other.said[name] for name in ("found", "task") if name in other.said}
    return replace(_resaid(condition, {**condition.said, **told}), record_ids=other.record_ids)


def _resaid(condition: Condition, said: Mapping[str, Any]) -> Condition:
    return replace(condition, said=said, **_english(condition.code, said))


def join(conditions: Sequence[Condition]) -> Condition:
    """Return the one condition that says what several events' conditions of one code say."""
    first = conditions[0]
    if len(conditions) == 1:
        return first
    lacking = [condition for condition in conditions if not condition.met]
    lead = lacking[0] if lacking else first
    told = [one for condition in lacking or conditions for one in condition.said["found"]]
    said = {**lead.said, "found": [one for at, one in enumerate(told) if one not in told[:at]]}
    if lacking:
        said["of"] = {"have": len(conditions) - len(lacking), "count": len(conditions)}
    shown = tuple(dict.fromkeys(record_id for c in conditions for record_id in c.record_ids))
    return replace(
        _resaid(lead, said),
        record_ids=shown,
        # Somebody can put the whole right only where each part can be put right.
        who=None if any(condition.who is None for condition in lacking) else lead.who,
    )


def dated(condition: Condition, by: date) -> Condition:
    """Return an unmet condition with the day until which it can be put right; an earlier one stays."""
    if condition.met or condition.who is None or (condition.by is not None and condition.by <= by):
        return condition
    return replace(condition, by=by)
