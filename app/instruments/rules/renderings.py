"""Our own ladders in other languages: words that ship beside an instrument, by code, version and language.

An assessment records the language its rater read, for a rendering has errors of its own to be measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.core.yaml import read_shipped

LIBRARY = Path(__file__).parent.parent / "library"


@dataclass(frozen=True)
class LadderWords:
    """One ladder as it is read in another language; anchors by their rung."""

    title: str
    short_title: str
    question: str
    worker_question: str | None
    anchors: Mapping[str, str]


@dataclass(frozen=True)
class Rendering:
    """An instrument's version in another language: its title, and its ladders by code."""

    title: str
    ladders: Mapping[str, LadderWords]


def renderings_of(code: str, version: int) -> Mapping[str, Rendering]:
    """Return in which languages an instrument stands besides its own, and how."""
    return {
        language: rendering
        for (name, edition, language), rendering in _library().items()
        if (name, edition) == (code, version)
    }


def find_rendering(code: str, version: int, language: str) -> Rendering | None:
    """Return an instrument in a language; None where it stands in its own alone."""
    return _library().get((code, version, language))


@cache
def _library() -> Mapping[tuple[str, int, str], Rendering]:
    files = sorted(LIBRARY.glob("*/*.yaml"))
    entries = [read_shipped(file) for file in files]
    return {(entry["code"], entry["version"], entry["language"]): _read(entry) for entry in entries}


def _read(entry: Mapping[str, Any]) -> Rendering:
    return Rendering(
        title=entry["title"],
        ladders={
            code: LadderWords(
                title=words["title"],
                short_title=words["short_title"],
                question=words["question"],
                worker_question=words.get("worker_question"),
                anchors={str(rung): anchor for rung, anchor in words["anchors"].items()},
            )
            for code, words in entry["ladders"].items()
        },
    )
