"""YAML read with the line of every value, so that each fault says where it stands.

What people load (rate cards, instruments, milestone kinds) is read key by key through `Section`, which
keeps every fault it meets; nothing is built from tags, and aliases are refused. What ships with Waymark is
read at once.
"""

import re
import textwrap
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import yaml

from app.core.errors import FieldFault, Invalid

SIZE_MAX_CHARACTERS = 400_000
SECTIONS_MAX = 2_000
TEXT_MAX = 4_000

_STR, _INT, _FLOAT, _BOOL, _NULL = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")
)
_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,9}(\.[0-9]{1,9})?")
_TRUE = frozenset({"true", "yes", "on"})
# Nine times as quick as the other; a PyYAML built without libyaml has none.
_QUICK_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DefinitionUnreadable(Invalid):
    """The text does not say what it should; every fault names its line."""

    code = "definition-invalid"
    title = "The text needs correcting"


class _AliasRefusingLoader(yaml.SafeLoader):
    """Composes nodes only, and none of them twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse an alias, which could make a small text enormous."""
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(
                None, None, "aliases (*name) are not taken; write the value out", event.start_mark
            )
        return super().compose_node(parent, index)


class Section:
    """One YAML mapping, read key by key; each fault is kept with its line.

    Readers return a harmless value where there is a fault, so that reading goes on and all faults are
    told at once. Call `finish` at the end of each section, and `refuse_faults` at the end of the text.
    """

    def __init__(self, node: yaml.MappingNode, faults: list[FieldFault], text: str) -> None:
        self.faults = faults
        self._node = node
        self._text = text
        self._values: dict[str, yaml.Node] = {}
        self._keys: dict[str, yaml.Node] = {}
        self._read: set[str] = set()
        for key, value in _with_commas(node, text):
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if not name or name in self._values:
                self.fault(
                    key,
                    "key-twice" if name else "key-not-text",
                    f"{name[:60]!r} stands twice; keep one." if name else "A key must be a plain word.",
                    name,
                )
            else:
                self._keys[name], self._values[name] = key, value

    @property
    def source(self) -> str:
        """The text of this mapping as it was written, at the left margin."""
        start, end = self._node.start_mark, self._node.end_mark
        return textwrap.dedent(" " * start.column + self._text[start.index : end.index]).strip() + "\n"

    def has(self, key: str) -> bool:
        """Whether the key stands here with a value."""
        value = self._values.get(key)
        return value is not None and value.tag != _NULL

    def is_mapping(self, key: str) -> bool:
        """Whether the key holds keys and values."""
        return isinstance(self._values.get(key), yaml.MappingNode)

    def skip(self, key: str) -> None:
        """Pass over a key that a fault was told of already."""
        self._read.add(key)

    def fault(self, where: yaml.Node | str, code: str, detail: str, key: str = "") -> None:
        """Keep a fault at a key, or at a node that stands under `key`."""
        named = where if isinstance(where, str) else key
        self.faults.append(FieldFault(self.line(where), code, detail, named[:60]))

    def line(self, where: yaml.Node | str) -> str:
        """Return where a key stands: ``line 12``."""
        node = self._keys.get(where, self._node) if isinstance(where, str) else where
        return f"line {node.start_mark.line + 1}"

    def text(
        self, key: str, *, pattern: str | None = None, max_length: int = TEXT_MAX, required: bool = True
    ) -> str:
        """Read a text; ``""`` where it is missing."""
        node = self._take(key, required)
        return "" if node is None else self._text_of(node, key, pattern, max_length)

    def integer(self, key: str, *, least: int, most: int, default: int | None = None) -> int:
        """Read a whole number; `default` where it is missing (a fault where there is none)."""
        node = self._take(key, default is None)
        return (
            (default if default is not None else least) if node is None else self._int(node, key, least, most)
        )

    def optional_integer(self, key: str, *, least: int, most: int) -> int | None:
        """Read a whole number; None where it is missing."""
        node = self._take(key, required=False)
        return None if node is None else self._int(node, key, least, most)

    def integers(self, key: str, *, least: int, most: int, max_count: int) -> list[int]:
        """Read a list of whole numbers."""
        return [self._int(node, key, least, most) for node in self._items(key, max_count)]

    def number(self, key: str, *, least: float, most: float) -> float:
        """Read a number with or without decimals."""
        node = self._take(key, required=True)
        if node is None:
            return least
        if node.tag not in {_INT, _FLOAT} or not _DECIMAL.fullmatch(node.value):
            self.fault(node, "not-a-number", f"{key} must be a number, such as 2.24.", key)
            return least
        value = float(node.value)
        if not least <= value <= most:
            self.fault(node, "out-of-range", f"{key} must lie between {least} and {most}.", key)
        return value

    def boolean(self, key: str, *, default: bool = False) -> bool:
        """Read true or false."""
        node = self._take(key, required=False)
        if node is None:
            return default
        if node.tag != _BOOL or node.value.lower() not in _TRUE | {"false", "no", "off"}:
            self.fault(node, "not-true-or-false", f"{key} must be true or false.", key)
            return default
        return node.value.lower() in _TRUE

    def choice(self, key: str, choices: Collection[str], *, default: str | None = None) -> str:
        """Read one of a closed list of words; ``""`` where it is none of them."""
        node = self._take(key, default is None)
        if node is None:
            return default or ""
        value = self._text_of(node, key, None, TEXT_MAX)
        if value and value not in choices:
            self.fault(node, "not-one-of", f"{key} must be one of: {', '.join(sorted(choices))}.", key)
            return ""
        return value

    def texts(self, key: str, *, among: Collection[str] | None = None, required: bool = True) -> list[str]:
        """Read a list of words, none of them twice; `among` is the closed list they come from."""
        found: list[str] = []
        for node in self._items(key, 200, required=required):
            value = self._text_of(node, key, None, 200)
            if value in found:
                self.fault(node, "twice", f"{value!r} stands twice in {key}; keep one.", value)
            elif value and among is not None and value not in among:
                words = f"{value!r} is not known; {key} takes {', '.join(sorted(among))}."
                self.fault(node, "not-one-of", words, value)
            elif value:
                found.append(value)
        return found

    def word_map(self, key: str, *, required: bool = True) -> dict[str, str]:
        """Read a mapping from plain keys (words or whole numbers) to texts."""
        inner = self.section(key, required=required)
        if inner is None:
            return {}
        found = {name: inner.text(name, max_length=500) for name in inner._values}
        inner.finish()
        return found

    def section(self, key: str, *, required: bool = True) -> "Section | None":
        """Read a mapping."""
        node = self._take(key, required)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, "not-a-mapping", f"{key} must hold keys and values.", key)
            return None
        return Section(node, self.faults, self._text)

    def sections(self, key: str) -> list["Section"]:
        """Read a list of mappings."""
        return _sections(self._items(key, SECTIONS_MAX), self.faults, self._text, key)

    def finish(self) -> None:
        """Refuse the keys that nobody read."""
        for name in self._keys:
            if name not in self._read:
                self.fault(name, "unknown-key", f"{name[:60]!r} is not known here; leave it out.")

    def _take(self, key: str, required: bool) -> Any:
        self._read.add(key)
        if self.has(key):
            return self._values[key]
        if required:
            self.fault(key, "missing", f"{key} is missing.")
        return None

    def _items(self, key: str, max_count: int, *, required: bool = True) -> Sequence[Any]:
        node = self._take(key, required)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.fault(node, "not-a-list", f"{key} must be a list with at least one entry.", key)
            return ()
        if len(node.value) > max_count:
            self.fault(node, "too-many", f"{key} takes at most {max_count} entries.", key)
            return ()
        items: Sequence[Any] = node.value
        return items

    def _text_of(self, node: Any, key: str, pattern: str | None, max_length: int) -> str:
        if node.tag != _STR or not isinstance(node, yaml.ScalarNode):
            words = f"{key} must be a text; put quotes around it if it looks otherwise."
            self.fault(node, "not-text", words, key)
            return ""
        value: str = node.value.strip()
        if not value or len(value) > max_length or any("\ud800" <= letter <= "\udfff" for letter in value):
            self.fault(node, "not-text", f"{key} must have 1 to {max_length} plain characters.", key)
            return ""
        if pattern is not None and not re.fullmatch(pattern, value):
            self.fault(node, "not-valid", f"{key} {value[:60]!r} is not written as it must be.", key)
            return ""
        return value

    def _int(self, node: Any, key: str, least: int, most: int) -> int:
        if node.tag != _INT or not isinstance(node, yaml.ScalarNode) or not _WHOLE.fullmatch(node.value):
            self.fault(node, "not-a-number", f"{key} must be a whole number in plain digits.", key)
            return least
        value = int(node.value)
        if not least <= value <= most:
            self.fault(node, "out-of-range", f"{key} must lie between {least} and {most}.", key)
            return least
        return value


def read_shipped(file: Path) -> Any:
    """Return what a file that ships with Waymark says: nothing of it needs refusing."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_QUICK_LOADER)  # noqa: S506 - it is a safe one


def read_sections(text: str) -> list[Section]:
    """Return the mappings of a text: the entries of its list, or the one it is; they share their faults.

    Raises:
        DefinitionUnreadable: the text is no such YAML.
    """
    if len(text) > SIZE_MAX_CHARACTERS:
        raise _unreadable(1, f"The text is longer than {SIZE_MAX_CHARACTERS} characters.")
    try:
        node = yaml.compose(text, Loader=_AliasRefusingLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _unreadable(mark.line + 1 if mark else 1, f"It is no YAML: {error.problem}.") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _unreadable(line, "A character here cannot be kept.") from error
    except (RecursionError, ValueError, yaml.YAMLError) as error:
        raise _unreadable(1, "It is no YAML that can be read.") from error
    faults: list[FieldFault] = []
    if isinstance(node, yaml.MappingNode):
        return [Section(node, faults, text)]
    if isinstance(node, yaml.SequenceNode) and node.value:
        sections = _sections(node.value[:SECTIONS_MAX], faults, text, "The list")
        refuse_faults(faults)
        return sections
    raise _unreadable(1, "The text must be a mapping, or a list of them.")


def refuse_faults(faults: Sequence[FieldFault]) -> None:
    """Refuse a text that has faults, in the order of their lines.

    Raises:
        DefinitionUnreadable: there are some.
    """
    if faults:
        ordered = sorted(faults, key=lambda fault: int(fault.field.rpartition(" ")[2]))
        first = ordered[0]
        words = f"{first.field.capitalize()}: {first.detail}"
        if len(ordered) > 1:
            words += f" And {len(ordered) - 1} more."
        raise DefinitionUnreadable(words, ordered[:100])


def _with_commas(node: yaml.MappingNode, text: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return a mapping's entries, words after an unquoted comma put back to the text they belong to.

    In ``{title: Three months' work, over 16 h, weeks: 13}`` YAML reads ``over 16 h`` as a key without a
    value; whoever wrote it meant one title.
    """
    entries: list[tuple[yaml.Node, yaml.Node]] = []
    for key, value in node.value:
        is_bare = node.flow_style and value.tag == _NULL and value.start_mark.index == value.end_mark.index
        before = entries[-1][1] if entries else None
        if is_bare and isinstance(before, yaml.ScalarNode) and before.tag == _STR and before.style is None:
            before.value = text[before.start_mark.index : key.end_mark.index]
            before.end_mark = key.end_mark
        else:
            entries.append((key, value))
    return entries


def _sections(nodes: Sequence[Any], faults: list[FieldFault], text: str, key: str) -> list[Section]:
    found: list[Section] = []
    for node in nodes:
        if isinstance(node, yaml.MappingNode):
            found.append(Section(node, faults, text))
        else:
            line = f"line {node.start_mark.line + 1}"
            faults.append(FieldFault(line, "not-a-mapping", f"{key}: an entry must hold keys and values."))
    return found


def _unreadable(line: int, detail: str) -> DefinitionUnreadable:
    return DefinitionUnreadable(f"Line {line}: {detail}", [FieldFault(f"line {line}", "not-yaml", detail)])
