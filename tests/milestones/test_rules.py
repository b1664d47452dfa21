"""Reading the kinds with their lines."""

from pathlib import Path

import pytest

from app.core.errors import Invalid
from app.milestones.rules import read_kinds

LIBRARY = Path(__file__).parents[2] / "app" / "milestones" / "library" / "milestone-kinds.yaml"
TEXT = LIBRARY.read_text(encoding="utf-8")


def test_the_library_is_read_in_its_order() -> None:
    kinds = read_kinds(TEXT)
    assert [kind["position"] for kind in kinds] == list(range(1, len(kinds) + 1))
    assert kinds[0]["code"] == "debt-plan"
    assert kinds[0]["hints"]["photo"] == "of the dated plan"


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("counts: [third-party-letter, photo]", "counts: [worker-observation]", "line 31", "not-one-of"),
        ("jet_group: personal-circumstances", "jet_group: elsewhere", "line 30", "not-one-of"),
        ("code: tenancy-held-13-weeks", "code: debt-plan", "line 35", "code-twice"),
        ("photo: of the dated plan}", "payslips: of the plan}", "line 33", "hint-unused"),
        ("kinds:", "kind_s:", "line 25", "unknown-key"),
    ],
)
def test_each_fault_names_its_line(old: str, new: str, line: str, code: str) -> None:
    with pytest.raises(Invalid) as raised:
        read_kinds(TEXT.replace(old, new, 1))
    assert (line, code) in {(fault.field, fault.code) for fault in raised.value.faults}
