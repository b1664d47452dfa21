"""What the shipped milestone kinds promise: groups, evidence, and the codes that rate cards name."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

LIBRARY = Path(__file__).parents[2] / "app" / "milestones" / "library" / "milestone-kinds.yaml"
DOCUMENT = Path(__file__).parents[2] / "docs" / "milestones.md"

EVIDENCE_KINDS = {
    "action-plan",
    "certificate",
    "photo",
    "attendance-register",
    "third-party-letter",
    "payslips",
    "employer-confirmation",
    "bank-credits",
    "earnings-match",
    "trading-record",
    "participant-confirmation",
    "worker-observation",
}
# Every milestone code in the four rate cards of the demo.
NAMED_BY_RATE_CARDS = {
    "travelled-alone",
    "two-placements",
    "debt-plan",
    "volunteering-4-weeks",
    "fit-for-work-plan",
    "course-completed",
    "workplace-activity",
    "work-qualification",
    "family-routine-held",
    "cv-finished",
    "interview-attended",
    "tenancy-held-13-weeks",
}
FEWEST_KINDS = 30


@pytest.fixture(scope="module")
def library() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(LIBRARY.read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def kinds(library: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = library["kinds"]
    return found


def test_there_are_enough_kinds_and_no_two_share_a_code_or_title(kinds: list[dict[str, Any]]) -> None:
    assert len(kinds) >= FEWEST_KINDS
    assert len({kind["code"] for kind in kinds}) == len(kinds)
    assert len({kind["title"] for kind in kinds}) == len(kinds)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind["code"]) for kind in kinds)


def test_every_factor_group_has_at_least_three_kinds(
    library: dict[str, Any], kinds: list[dict[str, Any]]
) -> None:
    counted = {group: 0 for group in library["jet_groups"]}
    for kind in kinds:
        counted[kind["jet_group"]] += 1
    assert len(counted) == 7
    assert min(counted.values()) >= 3, counted


def test_every_code_the_rate_cards_name_is_here(kinds: list[dict[str, Any]]) -> None:
    assert {kind["code"] for kind in kinds} >= NAMED_BY_RATE_CARDS


def test_a_workers_observation_helps_and_never_counts(kinds: list[dict[str, Any]]) -> None:
    for kind in kinds:
        assert "worker-observation" not in kind["counts"], kind["code"]
        assert "worker-observation" in kind["helps"], kind["code"]


def test_every_kind_can_be_shown_by_evidence_of_the_closed_list(kinds: list[dict[str, Any]]) -> None:
    for kind in kinds:
        taken = [*kind["counts"], *kind["helps"]]
        assert kind["counts"], kind["code"]
        assert set(taken) <= EVIDENCE_KINDS, kind["code"]
        assert len(set(taken)) == len(taken), kind["code"]
        assert set(kind.get("hints", {})) <= set(taken), kind["code"]


def test_a_photo_counts_only_where_it_is_of_a_paper(kinds: list[dict[str, Any]]) -> None:
    for kind in kinds:
        if "photo" in kind["counts"]:
            assert re.search(r"plan|letter|sum", kind["hints"]["photo"]), kind["code"]


def test_every_description_is_one_sentence_about_what_was_seen(kinds: list[dict[str, Any]]) -> None:
    for kind in kinds:
        assert kind["description"].endswith("."), kind["code"]
        assert kind["description"].count(".") == 1, kind["code"]
        assert "claimant" not in kind["description"]


def test_the_document_lists_every_kind_as_the_library_has_it(kinds: list[dict[str, Any]]) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = {row.split("|")[1].strip(): row for row in text.splitlines() if row.startswith("| `")}
    assert set(rows) == {f"`{kind['code']}`" for kind in kinds}
    for kind in kinds:
        row = rows[f"`{kind['code']}`"]
        assert [cell.strip() for cell in row.strip("| ").split("|")[1:]] == [
            kind["title"],
            kind["description"],
            ", ".join(kind["counts"]),
            ", ".join(kind["helps"]),
        ], kind["code"]
