"""Making sentences, in the language of whoever reads them, from codes and what they name."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from app.entitlements.rules.tongue import Tongue
from app.entitlements.rules.welsh import WELSH
from app.entitlements.rules.words import ENGLISH
from app.instruments.rules.renderings import find_rendering
from app.milestones.queries import kind_title

TONGUES: dict[str, Tongue] = {"en": ENGLISH, "cy": WELSH}
_HOLES = re.compile(r"\{(\w+)\}")


def sentences(language: str, code: str, said: Mapping[str, Any]) -> dict[str, str | None]:
    """Return what is said of a condition: as the card states it, found, needed, and the worker's task.

    Args:
        language: The reader's.
        code: Of the condition.
        said: As `conditions` makes it: what its sentences are made of.
    """
    tongue = TONGUES[language]
    condition, needed = tongue.conditions[code]
    found = "; ".join(_sentence(language, tongue.found[one], words) for one, words in said["found"])
    if "of" in said:
        found = f"{_sentence(language, tongue.parts['so-many'], said['of'])}: {found}"
    more = [_sentence(language, tongue.found[one], words) for one, words in said.get("also", ())]
    task = said.get("task")
    return {
        "condition": _sentence(language, condition, said["words"]),
        "found": ". ".join((found, *more)),
        "needed": _sentence(language, needed, said["words"]),
        "task": _sentence(language, tongue.tasks[task[0]], task[1]) if task else None,
    }


def retold(
    language: str, conditions: Sequence[Mapping[str, Any]], sayings: Sequence[Mapping[str, Any]] | None
) -> list[dict[str, Any]]:
    """Return stored conditions in a language; in English, and where nothing else was kept, as they stand."""
    plain = [dict(condition) for condition in conditions]
    if language not in TONGUES or language == "en" or not sayings or len(sayings) != len(plain):
        return plain
    return [
        {**condition, **sentences(language, condition["code"], said)}
        for condition, said in zip(plain, sayings, strict=True)
    ]


def named_in(template: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the words that a sentence has a place for."""
    return {name: words[name] for name in _HOLES.findall(template)}


def say(language: str, value: Any) -> str:
    """Return something that a sentence names, in words."""
    return _NAMED[value["is"]](language, value) if isinstance(value, Mapping) else str(value)


def day_in(language: str, day: date) -> str:
    """Return a day as people write it: ``4 March 2025``, ``4 Mawrth 2025``."""
    return f"{day.day} {TONGUES[language].months[day.month - 1]} {day.year}"


def capital(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]


def within(title: str) -> str:
    """Return a title as it stands inside a sentence: a small letter first, but ``CV`` stays ``CV``."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _sentence(language: str, template: str, words: Mapping[str, Any]) -> str:
    filled = {name: say(language, value) for name, value in words.items()}
    return capital(template.format(**filled))


def _day(language: str, value: Mapping[str, Any]) -> str:
    return day_in(language, date.fromisoformat(value["on"]))


def _part(language: str, value: Mapping[str, Any]) -> str:
    words = {name: say(language, word) for name, word in value["words"].items()}
    return TONGUES[language].parts[value["code"]].format(**words)


def _listed(names: Sequence[str], last: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{last}{names[-1]}"


def _every(language: str, value: Mapping[str, Any]) -> str:
    return _listed([say(language, one) for one in value["of"]], TONGUES[language].both)


def _kinds(language: str, value: Mapping[str, Any]) -> str:
    """Return kinds of evidence as a list people read: ``a certificate, a photo or payslips``."""
    tongue = TONGUES[language]
    needs = [_one_of(tongue, need) for need in value["of"] if need]
    return _listed(needs, tongue.both) if needs else tongue.parts["nothing"]


def _one_of(tongue: Tongue, need: Sequence[str]) -> str:
    names = [tongue.kinds[kind] for kind in need]
    return names[0] if len(names) == 1 else tongue.one_of + _listed(names, tongue.either)


def _milestones(language: str, value: Mapping[str, Any]) -> str:
    return ", ".join(kind_title(language, code, title) for code, title in value["of"])


def _ladders(language: str, value: Mapping[str, Any]) -> str:
    rendering = find_rendering(value["instrument"], value["version"], language)
    words = rendering.ladders if rendering else {}
    return ", ".join(
        words[code].short_title if code in words else capital(code.replace("-", " ")) for code in value["of"]
    )


def _sitting(language: str, value: Mapping[str, Any]) -> str:
    tongue = TONGUES[language]
    return tongue.parts["on-day"].format(what=tongue.occasions[value["kind"]], day=_day(language, value))


def _record(language: str, value: Mapping[str, Any]) -> str:
    tongue = TONGUES[language]
    return tongue.parts["on-day"].format(what=tongue.disputed[value["kind"]], day=_day(language, value))


def _rater(language: str, value: Mapping[str, Any]) -> str:
    return TONGUES[language].raters[value["of"]]


def _own(language: str, value: Mapping[str, Any]) -> str:
    return TONGUES[language].own[value["of"]]


_NAMED: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "day": _day,
    "part": _part,
    "every": _every,
    "kinds": _kinds,
    "milestones": _milestones,
    "ladders": _ladders,
    "sitting": _sitting,
    "record": _record,
    "rater": _rater,
    "own": _own,
}
