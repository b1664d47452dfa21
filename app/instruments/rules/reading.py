"""Reading instruments from YAML."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.yaml import Section, read_sections, refuse_faults
from app.instruments.models import InstrumentKind

CODE = r"[a-z0-9]+(-[a-z0-9]+)*"
LANGUAGE = r"[a-z]{2,3}"
LIMIT = 1000  # of a scale, either way
VERSION_MAX = 1000

JET_GROUPS = frozenset(
    {
        "personal-circumstances",
        "emotional-capabilities",
        "attitudes",
        "employability-skills",
        "qualifications-education-training",
        "experience-and-involvement",
        "career-management-skills",
    }
)


@dataclass(frozen=True)
class InstrumentDefinition:
    """One instrument as it was written: its columns, its ladders' columns, where its version stands."""

    columns: dict[str, Any]
    ladders: list[dict[str, Any]]
    version_line: str


def read_instruments(text: str) -> list[InstrumentDefinition]:
    """Return the instruments of a YAML text: sets of ladders, or places for the scores of licensed tools.

    Raises:
        DefinitionUnreadable: with every fault and its line.
    """
    sections = read_sections(text)
    found = [definition for section in sections for definition in _read(section)]
    for place, definition in enumerate(found):
        names = [(other.columns["code"], other.columns["version"]) for other in found[:place]]
        if (
            definition.columns["code"]
            and (definition.columns["code"], definition.columns["version"]) in names
        ):
            sections[0].fault("code", "code-twice", f"{definition.columns['code']} stands twice in the text.")
    refuse_faults(sections[0].faults)
    return found


def _read(section: Section) -> list[InstrumentDefinition]:
    kind = section.choice("kind", [member.value for member in InstrumentKind])
    if not kind:
        return []
    readers: dict[InstrumentKind, Callable[[Section], list[InstrumentDefinition]]] = {
        InstrumentKind.LADDERS: _read_ladder_set,
        InstrumentKind.SCORE_ONLY: _read_slots,
    }
    found = readers[InstrumentKind(kind)](section)
    section.finish()
    return found


def _read_ladder_set(section: Section) -> list[InstrumentDefinition]:
    columns = {
        **_names(section),
        "kind": InstrumentKind.LADDERS,
        "is_context": section.boolean("context"),
        **_scale(section),
    }
    section.text("language", pattern=LANGUAGE)
    parts = section.sections("ladders")
    ladders = [_read_ladder(part, place, columns) for place, part in enumerate(parts, start=1)]
    codes = [ladder["code"] for ladder in ladders]
    for place, part in enumerate(parts):
        if codes[place] and codes[place] in codes[:place]:
            part.fault("code", "code-twice", f"The ladder {codes[place]} stands twice.")
    return [InstrumentDefinition(columns, ladders, section.line("version"))]


def _names(section: Section) -> dict[str, Any]:
    section.text("licence_url", pattern=r"https://\S+", max_length=300, required=False)
    return {
        "code": section.text("code", pattern=CODE, max_length=60),
        "version": section.integer("version", least=1, most=VERSION_MAX),
        "title": section.text("title", max_length=200),
        "licence": section.text("licence", max_length=500),
        "credit": section.text("credit", max_length=1000),
        "definition": section.source,
    }


def _scale(section: Section) -> dict[str, int]:
    inner = section.section("scale")
    if inner is None:
        return {"scale_min": 0, "scale_max": 0}
    least = inner.integer("min", least=-LIMIT, most=LIMIT)
    most = inner.integer("max", least=-LIMIT, most=LIMIT)
    if least >= most:
        inner.fault("max", "scale-upside-down", "max must be more than min.")
    inner.finish()
    return {"scale_min": least, "scale_max": most}


def _read_ladder(part: Section, position: int, instrument: dict[str, Any]) -> dict[str, Any]:
    part.texts("jet_also", among=JET_GROUPS, required=False)
    worker_question = part.text("worker_question", max_length=500, required=False)
    if worker_question and "{name}" not in worker_question:
        part.fault("worker_question", "name-missing", "worker_question must say {name} where the name goes.")
    ladder = {
        "position": position,
        "code": part.text("code", pattern=CODE, max_length=60),
        "title": part.text("title", max_length=200),
        "short_title": part.text("short_title", max_length=40),
        "question": part.text("question", max_length=500),
        "worker_question": worker_question or None,
        "jet_group": part.choice("jet_group", JET_GROUPS, default="") or None,
        "is_higher_better": part.boolean("higher_is_better", default=True),
        "anchors": _anchors(part, instrument),
    }
    part.finish()
    return ladder


def _anchors(part: Section, instrument: dict[str, Any]) -> dict[str, str]:
    anchors = part.word_map("anchors")
    rungs = {str(rung) for rung in range(instrument["scale_min"], instrument["scale_max"] + 1)}
    for rung in anchors:
        if rung not in rungs:
            part.fault("anchors", "anchor-off-scale", f"{rung[:20]!r} is no rung of the scale.")
    return anchors


def _read_slots(section: Section) -> list[InstrumentDefinition]:
    """Read places for scores of licensed tools; what stands at the top names the file, not a tool."""
    section.text("code", pattern=CODE, max_length=60)
    section.integer("version", least=1, most=VERSION_MAX)
    section.text("title", max_length=200)
    section.text("language", pattern=LANGUAGE)
    if section.has("context") and not section.boolean("context"):
        section.fault("context", "context-only", "Scores of licensed tools are context and never pay.")
    section.skip("context")
    return [_read_slot(part) for part in section.sections("instruments")]


def _read_slot(part: Section) -> InstrumentDefinition:
    columns = {
        **_names(part),
        "kind": InstrumentKind.SCORE_ONLY,
        "is_context": True,
        **_scale(part),
    }
    part.text("owner", max_length=300)
    note = part.text("note", max_length=500)
    if part.boolean("wording_ships"):
        part.fault("wording_ships", "wording-ships", "The wording of a licensed tool does not ship.")
    ladders = [_slot_ladder(place, count, note) for count in [_count(part)] for place in range(1, count + 1)]
    part.finish()
    return InstrumentDefinition(columns, ladders, part.line("version"))


def _count(part: Section) -> int:
    """Return how many scores a tool takes at most."""
    inner = part.section("scores")
    if inner is None:
        return 0
    least = inner.integer("min_count", least=1, most=60)
    most = inner.integer("max_count", least=1, most=60)
    if least > most:
        inner.fault("max_count", "counts-upside-down", "max_count must not be less than min_count.")
    inner.choice("each", ("whole", "two-decimals"))
    inner.finish()
    return most


def _slot_ladder(place: int, count: int, note: str) -> dict[str, Any]:
    """Return a place for one score, without a word of the tool's own."""
    is_only = count == 1
    return {
        "position": place,
        "code": "score" if is_only else f"area-{place}",
        "title": "Score" if is_only else f"Area {place}",
        "short_title": "Score" if is_only else f"Area {place}",
        "question": note,
        "worker_question": None,
        "jet_group": None,
        "is_higher_better": True,
        "anchors": {},
    }
