"""What was done and read is said in words: each thing and each act that the code writes down has some."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITTEN = re.compile(r'\btrace\w*\([^"]{0,200}?"([a-z-]+)\.([a-z-]+)"', re.DOTALL)


def test_each_event_has_words() -> None:
    words = (ROOT / "frontend/src/locales/en/audit.ts").read_text("utf-8")
    known = set(re.findall(r"^  '?((?:thing|act)-[a-z-]+)'?:", words, re.MULTILINE))

    written = {
        event for path in (ROOT / "app").rglob("*.py") for event in WRITTEN.findall(path.read_text("utf-8"))
    }

    assert len(written) > 50
    assert {part for thing, act in written for part in (f"thing-{thing}", f"act-{act}")} <= known
