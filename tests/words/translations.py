"""Which Welsh stands for which English in what the server says, from documents to the conditions of a line.

`python -m tests.words` lists what is missing or stale; `python -m tests.words done` notes, once it is
translated, of which English each text is the Welsh.
"""

import ast
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.claims.rules.left_out import LEFT_OUT_WORDS
from app.claims.rules.line_words import LINE_WORDS
from app.core.problems import HTTP_WORDS
from app.core.yaml import read_shipped
from app.entitlements.rules import welsh, words
from app.entitlements.rules.tongue import Tongue
from app.evidence.errors import REFUSALS

ROOT = Path(__file__).parents[2]
SOURCES = Path(__file__).with_name("welsh.json")
HASH_LENGTH = 8
FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
FAULT_MAKER = re.compile(
    r"FieldFault|Invalid\.field|\w+\.fault"
)  # each is told where, which code, what to do
NO_TEXT = frozenset({"documents.lang", "notices.code", "notices.version", "notices.language"})

Texts = dict[str, str]


def english() -> Texts:
    """Return every text that stands in English, by file and key."""
    return {
        **_flat("documents", _toml("en")),
        **_flat("ladders", _ladders(_yaml("instruments/library/open-ladders.yaml"))),
        **_flat("milestones", _kinds(_yaml("milestones/library/milestone-kinds.yaml"))),
        **_flat("notices", _notice("en")),
        **_flat("missing", words.MISSING),
        **_flat("conditions", _tables(words.ENGLISH)),
        **_flat("lines", LINE_WORDS["en"]),
        **_flat("left-out", LEFT_OUT_WORDS["en"]),
    }


def welsh_texts() -> Texts:
    """Return the same in Welsh."""
    return {
        **_flat("documents", _toml("cy")),
        **_flat("ladders", _ladders(_yaml("instruments/library/cy/open-ladders.yaml"))),
        **_flat("milestones", _kinds(_yaml("milestones/library/cy/milestone-kinds.yaml"))),
        **_flat("notices", _notice("cy")),
        **_flat("missing", welsh.MISSING),
        **_flat("conditions", _tables(welsh.WELSH)),
        **_flat("lines", LINE_WORDS["cy"]),
        **_flat("left-out", LEFT_OUT_WORDS["cy"]),
    }


def faults_of(source: Texts, said: Texts, hashes: Mapping[str, str]) -> list[str]:
    """Return what is missing, stale, has other places to fill, or is left over."""
    found = []
    for key, text in source.items():
        if key not in said:
            found.append(f"missing: {key} {text!r}")
        elif hashes.get(key) != source_hash(text):
            found.append(f"stale: {key} {text!r}")
        elif _places(text) != _places(said[key]):
            found.append(f"other places: {key} {text!r}")
    return found + [f"left over: {key}" for key in said if key not in source and not _is_form(key)]


def hashes_of(source: Texts, said: Texts) -> dict[str, str]:
    """Return the hashes as they are once all that has Welsh is looked through."""
    return {key: source_hash(text) for key, text in source.items() if key in said}


def source_hash(text: str) -> str:
    """Return a short hash of an English text."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def known_hashes() -> dict[str, str]:
    """Return the hashes that were noted."""
    noted: dict[str, str] = json.loads(SOURCES.read_text("utf-8"))
    return noted


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text)) - {"{n}"}  # a count may be said in words


def _is_form(key: str) -> bool:
    """Whether a key is one of the forms of a counted thing: Welsh has more of them."""
    return key.rpartition(".")[2] in FORMS


def _toml(language: str) -> Any:
    return tomllib.loads((ROOT / f"app/exports/documents/words/{language}.toml").read_text("utf-8"))


def _tables(tongue: Tongue) -> dict[str, Any]:
    """Return what a language says of conditions; what stands between the parts of a list is its own."""
    tables = {name: value for name, value in vars(tongue).items() if isinstance(value, Mapping)}
    pairs = {code: list(pair) for code, pair in tongue.conditions.items()}
    return {**tables, "conditions": pairs}


def _yaml(path: str) -> Any:
    return read_shipped(ROOT / "app" / path)


def _ladders(entry: Mapping[str, Any]) -> dict[str, Any]:
    ladders = entry["ladders"]
    if isinstance(ladders, list):
        ladders = {ladder["code"]: ladder for ladder in ladders}
    names = ("title", "short_title", "question", "worker_question", "anchors")
    said = {code: {name: ladder[name] for name in names} for code, ladder in ladders.items()}
    return {"title": entry["title"], **said}


def _kinds(entry: Mapping[str, Any]) -> dict[str, Any]:
    kinds = entry["kinds"]
    if isinstance(kinds, list):
        kinds = {kind["code"]: kind for kind in kinds}
    names = ("title", "description", "hints")
    return {code: {name: kind.get(name, {}) for name in names} for code, kind in kinds.items()}


def _notice(language: str) -> Any:
    notices = _yaml("contracts/library/notices.yaml")["notices"]
    return next(notice for notice in notices if notice["language"] == language)


def _flat(name: str, value: Any) -> dict[str, str]:
    return dict(_texts(name, value))


def _texts(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(f"{key}.{name}", inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(f"{key}.{place}", inner)
    elif key not in NO_TEXT:
        yield key, str(value)


def codes_of_the_server() -> set[str]:
    """Return the codes by which the server refuses something; their English is its own sentence."""
    trees = [ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / "app").rglob("*.py"))]
    told = {code for tree in trees for node in ast.walk(tree) for code in _codes_of(node)}
    return told | set(REFUSALS) | {code for code, _ in HTTP_WORDS.values()}


def _codes_of(node: ast.AST) -> list[str]:
    """Return the code of a class of refusals, or those of one field's fault."""
    if isinstance(node, ast.ClassDef):
        told = [
            one for one in node.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "code"
        ]
        return [text for one in told if isinstance(one.value, ast.Constant) for text in _words(one.value)]
    if isinstance(node, ast.Call) and FAULT_MAKER.fullmatch(ast.unparse(node.func)):
        return [text for code in node.args[1:2] for text in _words(code)]
    return []


def _words(value: ast.AST) -> list[str]:
    found = (one.value for one in ast.walk(value) if isinstance(one, ast.Constant))
    return [one for one in found if isinstance(one, str)]


def codes_in_welsh() -> set[str]:
    """Return the codes that the app says in Welsh."""
    folder = ROOT / "frontend/src/locales/cy"
    written = [(folder / f"{name}.ts").read_text("utf-8") for name in ("codes", "problems")]
    return {code for source in written for code in re.findall(r"^  '?([a-z-]+)'?: '", source, re.M)}
