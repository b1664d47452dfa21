"""The pictures on paper are those on the screen: both draw every case of cases/charts.json to the letter.

Started as `python -m tests.exports.test_documents_pictures` it writes the cases anew: look at the difference.
"""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from app.exports.documents import pictures
from app.exports.documents.pictures import Axis, Panel, Scale, Track

CASES = Path(__file__).parent / "cases" / "charts.json"


def load() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(CASES.read_text("utf-8"))
    return cases


def draw(case: dict[str, Any]) -> str:
    given = case["input"]
    scale = (
        Scale(**{**given["scale"], "ticks": tuple(given["scale"]["ticks"])})
        if "scale" in given
        else pictures.ZERO_TO_TEN
    )
    tall = given.get("tall", False)
    match case["draw"]:
        case "paired-dots":
            return pictures.paired_dots(Track(**given["person"]), Track(**given["worker"]), scale, tall=tall)
        case "grid-lines":
            return pictures.grid_lines(scale)
        case "scale-marks":
            return pictures.scale_marks(scale, tall=tall)
        case "ladder-over-time":
            return pictures.ladder_over_time(panel_of(given["panel"]), axis_of(given["axis"]), scale)
        case _:
            panels = [panel_of(p) for p in given["panels"]]
            in_a_row = given.get("in_a_row", pictures.PANELS_IN_A_ROW)
            return pictures.ladders_over_time(panels, axis_of(given["axis"]), scale, in_a_row=in_a_row)


def panel_of(given: dict[str, Any]) -> Panel:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    return Panel(**values)


def axis_of(given: dict[str, Any]) -> Axis:
    return Axis(**{**given, "days": tuple(given["days"])})


@pytest.mark.parametrize("case", load() if CASES.exists() else [], ids=lambda case: case["name"])
def test_a_case_is_drawn_to_the_letter(case: dict[str, Any]) -> None:
    assert draw(case) == case["svg"]


@pytest.mark.parametrize("case", load() if CASES.exists() else [], ids=lambda case: case["name"])
def test_a_picture_is_well_formed_and_points_nowhere(case: dict[str, Any]) -> None:
    root = ElementTree.fromstring(case["svg"])

    assert not {
        name for node in root.iter() for name in node.attrib if name.endswith(("href", "src", "style"))
    }


def test_a_title_cannot_leave_its_picture() -> None:
    panel = Panel('</text><image href="http://x/"/>', "<b>&'", (5.0,), (None,), None)

    drawn = pictures.ladder_over_time(panel, Axis((0,), "<i>", "</svg>"))

    drawn_tags = {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(drawn).iter()}
    assert drawn_tags <= {"svg", "g", "text", "path", "rect", "circle"}


if __name__ == "__main__":
    cases = [{**case, "svg": draw(case)} for case in load()]
    CASES.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n", "utf-8")
