"""Reads `docs/api.md`: its blocks of HTTP and shell, in their order.

A block that begins with ``HTTP/`` is the answer to the request above it. Above a request may stand
``# Name``: who sends it. ``{name}`` stands for something known by now: in an answer it names what is there,
in a request an id that is not known yet is one that the sender makes. ``…`` is anything.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BLOCK = re.compile(r"^```(http|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
ANY = "…"


@dataclass(frozen=True)
class Message:
    """A request or an answer.

    Attributes:
        line: In the document, for whoever has to mend it.
        sender: Who sends the request; empty where the headers say it all.
        first: Its first line.
    """

    line: int
    sender: str
    first: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Step:
    """A request with the answer expected, or a command."""

    request: Message | None
    answer: Message | None
    command: str = ""


def steps_of(document: Path) -> list[Step]:
    """Return what the document does, in its order."""
    steps: list[Step] = []
    waiting: Message | None = None
    for kind, message in _blocks(document.read_text(encoding="utf-8")):
        if kind == "sh":
            steps.append(Step(None, None, message.first))
        elif message.first.startswith("HTTP/"):
            assert waiting is not None, f"line {message.line}: an answer without its request"
            steps.append(Step(waiting, message))
            waiting = None
        else:
            assert waiting is None, f"line {message.line}: the request above has no answer"
            waiting = message
    assert waiting is None
    return steps


def _blocks(text: str) -> Iterator[tuple[str, Message]]:
    for found in BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        head, _, body = found[2].partition("\n\n")
        lines = head.strip().splitlines()
        sender = lines.pop(0).removeprefix("# ") if lines[0].startswith("# ") else ""
        headers = dict(line.split(": ", 1) for line in lines[1:]) if found[1] == "http" else {}
        yield found[1], Message(line, sender, lines[0], headers, body)


def filled(text: str, names: dict[str, Any]) -> str:
    """Return a text with what the names in it stand for."""
    return PLACE.sub(lambda found: str(names[found[1]]), text)


def compare(said: Any, found: Any, names: dict[str, Any], where: str = "body") -> None:
    """Hold what was found against what the document says, and learn the new names.

    Raises:
        AssertionError: they differ; `where` says at which place.
    """
    if isinstance(said, dict):
        assert isinstance(found, dict), f"{where}: {found!r}"
        for key, value in said.items():
            assert key in found, f"{where} has no {key!r}: {sorted(found)}"
            compare(value, found[key], names, f"{where}.{key}")
    elif isinstance(said, list):
        _compare_lists(said, found, names, where)
    elif isinstance(said, str):
        _compare_texts(said, found, names, where)
    else:
        assert found == said, f"{where}: {found!r}, not {said!r}"


def _compare_lists(said: list[Any], found: Any, names: dict[str, Any], where: str) -> None:
    assert isinstance(found, list), f"{where}: {found!r}"
    if said and said[-1] == ANY:
        said, found = said[:-1], found[: len(said) - 1]
    assert len(said) == len(found), (
        f"{where} has {len(found)}: {json.dumps(found, ensure_ascii=False)[:1500]}"
    )
    for number, (one, other) in enumerate(zip(said, found, strict=True)):
        compare(one, other, names, f"{where}[{number}]")


def _compare_texts(said: str, found: Any, names: dict[str, Any], where: str) -> None:
    whole = PLACE.fullmatch(said)
    if whole and whole[1] not in names:
        names[whole[1]] = found
        return
    pattern = "".join(_pattern(part, names) for part in re.split(r"(…|\{[a-z][a-z0-9_]*\})", said))
    match = re.fullmatch(pattern, str(found), re.DOTALL)
    assert match, f"{where}: {found!r}, not {said!r}"
    names.update(match.groupdict())


def _pattern(part: str, names: dict[str, Any]) -> str:
    place = PLACE.fullmatch(part)
    if place and place[1] not in names:
        return f"(?P<{place[1]}>[^;]+)"
    return ".*" if part == ANY else re.escape(filled(part, names))
