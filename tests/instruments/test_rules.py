"""Reading instruments with their lines."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.instruments.models import InstrumentKind
from app.instruments.rules.reading import JET_GROUPS, read_instruments

LIBRARY = Path(__file__).parents[2] / "app" / "instruments" / "library"
OPEN_LADDERS = (LIBRARY / "open-ladders.yaml").read_text(encoding="utf-8")
SLOTS = (LIBRARY / "score-only-slots.yaml").read_text(encoding="utf-8")

SMALL = """\
kind: ladders
code: two-steps
version: 1
title: Two steps
licence: CC BY 4.0
credit: Somebody
language: en
scale: {min: 0, max: 2}
ladders:
  - code: bus
    title: Taking the bus
    short_title: Bus
    jet_group: attitudes
    question: Which is most like you?
    worker_question: Which is most like {name}?
    anchors: {0: I stay in., 2: I take the bus.}
"""


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def test_the_shipped_ladders_are_read_whole() -> None:
    (instrument,) = read_instruments(OPEN_LADDERS)
    assert (instrument.columns["code"], instrument.columns["version"]) == ("open-ladders", 1)
    assert (instrument.columns["scale_min"], instrument.columns["scale_max"]) == (0, 10)
    assert [ladder["position"] for ladder in instrument.ladders] == list(range(1, 9))
    assert set(instrument.ladders[0]["anchors"]) == {"0", "2", "4", "6", "8", "10"}
    assert {ladder["jet_group"] for ladder in instrument.ladders} <= JET_GROUPS


def test_lower_may_be_better_and_nobody_but_the_person_may_answer() -> None:
    (instrument,) = read_instruments((LIBRARY / "ons-wellbeing.yaml").read_text(encoding="utf-8"))
    assert [ladder["is_higher_better"] for ladder in instrument.ladders] == [True, True, True, False]
    assert {ladder["worker_question"] for ladder in instrument.ladders} == {None}
    assert instrument.columns["is_context"]


def test_licensed_tools_are_places_for_scores_without_their_wording() -> None:
    slots = {slot.columns["code"]: slot for slot in read_instruments(SLOTS)}
    assert set(slots) == {"outcomes-star", "rickter", "wemwbs", "swemwbs", "eq-5d-5l"}
    assert {slot.columns["kind"] for slot in slots.values()} == {InstrumentKind.SCORE_ONLY}
    assert [ladder["title"] for ladder in slots["wemwbs"].ladders] == ["Score"]
    assert len(slots["rickter"].ladders) == 10
    assert all(ladder["anchors"] == {} for slot in slots.values() for ladder in slot.ladders)


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        (changed("kind: ladders", "kind: star"), "line 1", "not-one-of"),
        (changed("version: 1", "version: one"), "line 3", "not-a-number"),
        (changed("{min: 0, max: 2}", "{min: 2, max: 0}"), "line 8", "scale-upside-down"),
        (changed("jet_group: attitudes", "jet_group: moods"), "line 13", "not-one-of"),
        (changed("{name}", "them"), "line 15", "name-missing"),
        (changed("2: I take", "3: I take"), "line 16", "anchor-off-scale"),
        (changed("short_title: Bus", "short: Bus"), "line 12", "unknown-key"),
        (SMALL + SMALL[SMALL.index("  - code") :], "line 17", "code-twice"),
        (SLOTS.replace("wording_ships: false", "wording_ships: true", 1), "line 18", "wording-ships"),
        (SLOTS.replace("context: true", "context: false", 1), "line 9", "context-only"),
        ("kind: ladders", "line 1", "missing"),
    ],
)
def test_each_fault_names_its_line(text: str, line: str, code: str) -> None:
    with pytest.raises(Invalid) as raised:
        read_instruments(text)
    assert (line, code) in {(fault.field, fault.code) for fault in raised.value.faults}


@given(st.integers(0, len(SMALL)), st.integers(0, 9), st.text(alphabet="ab: -[]{}\n'\"0!", max_size=20))
def test_a_scratched_text_is_read_or_refused_with_lines(place: int, length: int, scratch: str) -> None:
    try:
        read_instruments(SMALL[:place] + scratch + SMALL[place + length :])
        lines = ["line 1"]
    except Invalid as error:
        lines = [fault.field for fault in error.faults]
    assert lines
    assert all(line.startswith("line ") for line in lines)
