"""Reading the library of milestone kinds from YAML."""

from collections.abc import Mapping
from typing import Any

from app.core.yaml import Section, read_sections, refuse_faults
from app.milestones.models import MilestoneKind
from app.ratecards.rules import CODE, EVIDENCE_KINDS

OBSERVATION = "worker-observation"


def read_kinds(text: str) -> list[dict[str, Any]]:
    """Return the columns of the milestone kinds of a YAML text, in their order.

    Raises:
        DefinitionUnreadable: with every fault and its line.
    """
    section, *others = read_sections(text)
    for other in others:
        other.fault("code", "library-twice", "Load one library at a time.")
    section.choice("kind", ("milestone-kinds",))
    for key in ("code", "title", "licence", "licence_url", "credit", "language"):
        section.text(key)
    section.integer("version", least=1, most=1000)
    groups = section.word_map("jet_groups")
    parts = section.sections("kinds")
    kinds = [_read_kind(part, place, groups) for place, part in enumerate(parts, start=1)]
    codes = [kind["code"] for kind in kinds]
    for place, part in enumerate(parts):
        if codes[place] and codes[place] in codes[:place]:
            part.fault("code", "code-twice", f"The kind {codes[place]} stands twice.")
    section.finish()
    refuse_faults(section.faults)
    return kinds


def _read_kind(part: Section, position: int, groups: dict[str, str]) -> dict[str, Any]:
    counts = part.texts("counts", among=EVIDENCE_KINDS - {OBSERVATION})
    helps = part.texts("helps", among=EVIDENCE_KINDS - set(counts), required=False)
    hints = part.word_map("hints", required=False)
    for kind in hints:
        if kind not in {*counts, *helps}:
            part.fault("hints", "hint-unused", f"{kind[:60]!r} has a hint, but the kind does not take it.")
    found = {
        "code": part.text("code", pattern=CODE, max_length=60),
        "position": position,
        "title": part.text("title", max_length=200),
        "description": part.text("description", max_length=500),
        "jet_group": part.choice("jet_group", groups),
        "counts": counts,
        "helps": helps,
        "hints": hints,
    }
    part.finish()
    return found


# What a recorded milestone rests on; hints and order may change at any time.
MEANING = ("title", "description", "jet_group", "counts", "helps")


def means_other(kind: MilestoneKind, columns: Mapping[str, Any]) -> bool:
    """Whether the kind would come to mean something else than what stands."""
    return any(getattr(kind, name) != columns[name] for name in MEANING)


def differs(kind: MilestoneKind, columns: Mapping[str, Any]) -> bool:
    """Whether anything is written differently from what stands."""
    return any(getattr(kind, name) != value for name, value in columns.items())
