"""Nothing the server says is without its Welsh, or ahead of it; and frozen words stay."""

import hashlib
from pathlib import Path

import pytest

from app.core.languages import number_form
from app.instruments.rules.renderings import find_rendering
from tests.words.translations import (
    codes_in_welsh,
    codes_of_the_server,
    english,
    faults_of,
    known_hashes,
    source_hash,
    welsh_texts,
)

LADDERS = Path(__file__).parents[2] / "app/instruments/library/cy/open-ladders.yaml"
# Of version 1. It is frozen: its errors are measured by what people read. A better wording is a new version.
LADDERS_SHA256 = "638fe89f5e3afe1973a66e5de884f1b6955f516ae496e818e259ba4389433e18"
# Said to whoever runs the installation, in English.
AT_THE_COMMAND_LINE = {"database-not-empty", "deed-refused", "demo-in-production"}


def test_everything_the_server_says_stands_in_welsh() -> None:
    assert faults_of(english(), welsh_texts(), known_hashes()) == []


def test_every_refusal_is_said_in_welsh() -> None:
    assert codes_of_the_server() - codes_in_welsh() == AT_THE_COMMAND_LINE


@pytest.mark.parametrize(
    ("said", "hashes", "fault"),
    [
        ({}, {}, "missing: a 'Page {n}'"),
        ({"a": "Tudalen {n}"}, {"a": "other"}, "stale: a 'Page {n}'"),
        ({"a": "Tudalen {m}"}, {"a": source_hash("Page {n}")}, "other places: a 'Page {n}'"),
    ],
)
def test_what_is_wrong_with_a_translation_is_named(
    said: dict[str, str], hashes: dict[str, str], fault: str
) -> None:
    assert faults_of({"a": "Page {n}"}, said, hashes) == [fault]


def test_the_welsh_ladders_of_a_version_are_never_reworded() -> None:
    assert hashlib.sha256(LADDERS.read_bytes()).hexdigest() == LADDERS_SHA256


def test_ladders_are_found_by_version_and_language() -> None:
    rendering = find_rendering("open-ladders", 1, "cy")

    assert rendering is not None
    assert rendering.ladders["confidence"].short_title == "Hyder"
    assert find_rendering("open-ladders", 1, "pl") is None


def test_welsh_has_its_own_forms_of_numbers() -> None:
    assert [number_form("cy", count) for count in range(7)] == [
        "zero",
        "one",
        "two",
        "few",
        "other",
        "other",
        "many",
    ]
