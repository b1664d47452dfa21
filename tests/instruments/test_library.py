"""What the shipped instruments promise: their rungs, their reading age, their licences."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

LIBRARY = Path(__file__).parents[2] / "app" / "instruments" / "library"

JET_GROUPS = {
    "personal-circumstances",
    "emotional-capabilities",
    "attitudes",
    "employability-skills",
    "qualifications-education-training",
    "experience-and-involvement",
    "career-management-skills",
}
HIGHEST_GRADE = 4.0
LONGEST_ANCHOR_WORDS = 22
# Words that belong to a clinic or to a report about somebody, not to a person speaking of themselves.
UNKIND = re.compile(
    r"\b(anxiety|anxious|depress\w*|diagnos\w*|symptom\w*|disorder\w*|patient\w*|treatment\w*|medicat\w*"
    r"|addict\w*|claimant\w*|lazy|fail\w*|unable|hopeless|useless|worthless|refuse\w*|problematic|chaotic)\b",
    re.IGNORECASE,
)


def load(name: str) -> dict[str, Any]:
    """Read one file of the library."""
    content: dict[str, Any] = yaml.safe_load((LIBRARY / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def ladders() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = load("open-ladders")["ladders"]
    return found


def anchors_of(ladders: list[dict[str, Any]]) -> list[str]:
    """Every anchor of every ladder, in order."""
    return [text for ladder in ladders for text in ladder["anchors"].values()]


def syllables(word: str) -> int:
    """Count the vowel groups of an English word, less a silent e or -ed."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", letters))
    silent_e = letters.endswith("e") and not letters.endswith(("le", "ee", "ie", "ye"))
    if count > 1 and (silent_e or re.search(r"[^td]ed$", letters)):
        count -= 1
    return max(count, 1)


def reading_grade(texts: list[str]) -> float:
    """Return the Flesch-Kincaid grade of the texts taken together (Kincaid and others, 1975)."""
    whole = " ".join(texts)
    words = re.findall(r"[A-Za-z’'-]+", whole)
    sentences = len(re.findall(r"[.?!:]", whole))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_grade_is_computed_as_published() -> None:
    assert reading_grade(["The cat sat on the mat."]) == pytest.approx(-1.45, abs=0.01)


def test_there_are_eight_ladders_in_their_order(ladders: list[dict[str, Any]]) -> None:
    assert [ladder["code"] for ladder in ladders] == [
        "stability",
        "health",
        "confidence",
        "motivation",
        "skills",
        "job-search",
        "experience",
        "connection",
    ]


def test_each_ladder_has_words_at_the_six_even_rungs(ladders: list[dict[str, Any]]) -> None:
    assert load("open-ladders")["scale"] == {"min": 0, "max": 10}
    assert {tuple(ladder["anchors"]) for ladder in ladders} == {(0, 2, 4, 6, 8, 10)}


def test_no_two_anchors_say_the_same(ladders: list[dict[str, Any]]) -> None:
    anchors = anchors_of(ladders)
    assert len(set(anchors)) == len(anchors) == 48


def test_each_anchor_is_one_person_speaking_briefly(ladders: list[dict[str, Any]]) -> None:
    for anchor in anchors_of(ladders):
        assert re.search(r"\b(I|me|My|my)\b", anchor), anchor
        assert len(anchor.split()) <= LONGEST_ANCHOR_WORDS, anchor
        assert anchor.endswith("."), anchor


def test_no_anchor_uses_a_clinical_or_unkind_word(ladders: list[dict[str, Any]]) -> None:
    assert [anchor for anchor in anchors_of(ladders) if UNKIND.search(anchor)] == []


def test_a_child_of_nine_could_read_every_ladder(ladders: list[dict[str, Any]]) -> None:
    grades = {
        ladder["code"]: reading_grade([ladder["question"], *ladder["anchors"].values()]) for ladder in ladders
    }
    assert max(grades.values()) <= HIGHEST_GRADE, grades


def test_each_question_asks_the_person_and_each_worker_question_names_them(
    ladders: list[dict[str, Any]],
) -> None:
    for ladder in ladders:
        assert "like you" in ladder["question"]
        assert "{name}" in ladder["worker_question"]


def test_the_eight_ladders_reach_all_seven_factor_groups(ladders: list[dict[str, Any]]) -> None:
    reached = {ladder["jet_group"] for ladder in ladders}
    reached |= {group for ladder in ladders for group in ladder.get("jet_also", [])}
    assert reached == JET_GROUPS


def test_open_ladders_may_be_used_by_anybody_who_credits_them() -> None:
    content = load("open-ladders")
    assert content["licence"] == "CC BY 4.0"
    assert "NPC" in content["credit"]


def test_the_wellbeing_questions_are_context_with_words_at_both_ends_only() -> None:
    content = load("ons-wellbeing")
    assert content["context"] is True
    assert "Open Government Licence" in content["licence"]
    assert [tuple(ladder["anchors"]) for ladder in content["ladders"]] == [(0, 10)] * 4
    assert [ladder["code"] for ladder in content["ladders"] if ladder.get("higher_is_better") is False] == [
        "anxiety"
    ]


def test_licensed_tools_ship_a_range_and_no_wording() -> None:
    content = load("score-only-slots")
    assert content["kind"] == "score-only"
    assert content["context"] is True
    codes = {slot["code"] for slot in content["instruments"]}
    assert codes == {"outcomes-star", "rickter", "wemwbs", "swemwbs", "eq-5d-5l"}
    for slot in content["instruments"]:
        assert slot["wording_ships"] is False
        assert slot["scale"]["min"] < slot["scale"]["max"]
        assert slot["owner"]
        assert slot["licence"]
        assert not {"ladders", "anchors", "question", "questions"} & set(slot)
