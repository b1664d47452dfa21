"""Reads of the library of milestone kinds."""

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select

from app.core.database import db
from app.core.hot import HotStatement
from app.core.yaml import read_shipped
from app.milestones.models import Milestone, MilestoneKind

LIBRARY = Path(__file__).parent / "library"


def milestone_kinds() -> list[MilestoneKind]:
    """Return all kinds in the library's order."""
    return list(db.session().scalars(select(MilestoneKind).order_by(MilestoneKind.position)))


def known_codes(codes: Collection[str]) -> set[str]:
    """Return those of these codes that are in the library."""
    return {row.code for row in _CODES.all({})}.intersection(codes)


_CODES = HotStatement(select(MilestoneKind.code))


def is_used(code: str) -> bool:
    """Whether a milestone of this kind was ever recorded."""
    return db.session().scalar(select(exists().where(Milestone.kind_code == code))) or False


def kind_words(language: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the kinds' titles, descriptions and hints in another language that ships, by code."""
    return _renderings().get(language, {})


def kind_title(language: str, code: str | None, title: str) -> str:
    """Return a kind's title in a language, and as it stands where that language has none."""
    words = kind_words(language).get(code or "")
    return str(words["title"]) if words else title


def said_title(language: str, title: str) -> str:
    """Return a kind's title in a language, from the one it stands under; other words stay as they are."""
    return _by_title().get((language, title), title)


@cache
def _by_title() -> Mapping[tuple[str, str], str]:
    shipped = read_shipped(LIBRARY / "milestone-kinds.yaml")["kinds"]
    return {
        (language, kind["title"]): kind_title(language, kind["code"], kind["title"])
        for language in _renderings()
        for kind in shipped
    }


@cache
def _renderings() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    files = sorted(LIBRARY.glob("*/*.yaml"))
    entries = [read_shipped(file) for file in files]
    return {entry["language"]: entry["kinds"] for entry in entries}
