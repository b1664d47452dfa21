"""Each condition is said in Welsh from what its English was made of."""

import json
import re

import pytest

from app.core.json import canonical
from app.entitlements.rules.evaluate import evaluate
from app.entitlements.rules.facts import Condition
from app.entitlements.rules.saying import TONGUES, retold, sentences, within
from tests.entitlements.measured import REVIEW, baselines, person, review
from tests.entitlements.test_rules_change import CASES

# What stands in an English sentence and in no Welsh one: days, or words that begin its clauses.
ENGLISH = re.compile(
    r"\b(January|February|March|June|July|the|of|is|days|weeks|ratings?|review|baseline|ladders|yet)\b"
)


def conditions_of(name: str) -> list[Condition]:
    facts, _, _ = CASES[name]
    return [condition for one in evaluate(facts) for condition in one.conditions]


@pytest.mark.parametrize("name", CASES)
def test_whatever_is_said_of_a_change_is_said_in_welsh(name: str) -> None:
    for condition in conditions_of(name):
        kept = json.loads(canonical(condition.said))
        assert sentences("en", condition.code, kept) == {
            part: getattr(condition, part) for part in ("condition", "found", "needed", "task")
        }
        welsh = sentences("cy", condition.code, kept)
        assert ENGLISH.findall(" ".join(text for text in welsh.values() if text)) == []


@pytest.mark.parametrize(
    ("name", "code", "found"),
    [
        (
            "the person's rating is missing",
            "both-rated",
            "Graddiad y person ei hun ar goll: adolygiad, 28 Ebrill 2025",
        ),
        ("improved by less than counts", "improved-person", "Gwellodd o 0.9; 1.3 yw’r lleiaf sy’n cyfrif"),
        (
            "whoever rated does not verify",
            "milestone-since",
            "Gofyn i wasanaeth am help: heb ei dilysu gyda thystiolaeth eto",
        ),
        (
            "shadow",
            "calibrated",
            "Ar brawf: dangosir, ac ni thelir dim; 12 o 30 o barau o raddiadau hyd yma. "
            "Symudodd graddiadau’r person o 2.0. Symudodd graddiadau’r gweithiwr o 2.0",
        ),
    ],
)
def test_what_was_found_is_said_in_welsh(name: str, code: str, found: str) -> None:
    condition = next(one for one in conditions_of(name) if one.code == code)

    assert sentences("cy", code, condition.said)["found"] == found


def test_what_was_kept_before_sentences_had_parts_stays_as_it_stands() -> None:
    (owed, *_) = evaluate(person([*baselines(), review(3, REVIEW, 6.0, 6.0)]))
    stored = [{"code": one.code, "condition": one.condition} for one in owed.conditions]

    assert retold("cy", stored, None) == retold("cy", stored, []) == stored


def test_both_languages_have_the_same_tables() -> None:
    english, welsh = (
        {name: sorted(value) for name, value in vars(tongue).items() if isinstance(value, dict)}
        for tongue in (TONGUES["en"], TONGUES["cy"])
    )
    assert english == welsh


def test_a_title_within_a_sentence_keeps_its_abbreviation() -> None:
    assert [within(title) for title in ("CV finished", "Travelled alone", "")] == [
        "CV finished",
        "travelled alone",
        "",
    ]
