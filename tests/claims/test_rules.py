"""The pure rules of claims: different humans, staff references, formula-safe CSV."""

import uuid

import pytest

from app.claims.rules.people import People, clash, staff_reference
from app.claims.rules.states import next_month, submit_by
from app.core.csv import csv_chunks, safe_cell
from tests.claims.builders import MONTH

A, B, C, D, E = (uuid.UUID(int=number) for number in range(1, 6))


def test_five_different_people_pass() -> None:
    people = People(frozenset({A}), frozenset({B}))

    assert clash(people, {"prepared": C, "approved": D, "assessed": E}) is None


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ({"prepared": A}, ("recorded", "prepared")),
        ({"prepared": C, "approved": B}, ("verified", "approved")),
        ({"prepared": C, "approved": C}, ("prepared", "approved")),
        ({"prepared": C, "approved": D, "assessed": D}, ("approved", "assessed")),
    ],
)
def test_one_human_in_two_parts_is_named(later: dict[str, uuid.UUID], expected: tuple[str, str]) -> None:
    assert clash(People(frozenset({A}), frozenset({B})), later) == expected


def test_a_staff_reference_tells_no_name_and_differs_between_contracts() -> None:
    assert staff_reference(A, C) == staff_reference(A, C) != staff_reference(B, C)


SIGNS = ("=1+1", "+1", "-1", "@SUM(A1)", "|x", "%x", "−1", "＝1")
BEHIND = ("  =1", "\t=1", "\r=1", "\u00a0@x", "\u200b=1", "\ufeff=1", " ＋1")


@pytest.mark.parametrize("text", SIGNS + BEHIND)
def test_no_cell_becomes_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Hopeworks", "WM-4Q7K9D", "NME-2025-03-1", "2025-03-04", ""])
def test_plain_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_numbers_stay_numbers() -> None:
    assert [safe_cell(-5), safe_cell(None), safe_cell(value=True)] == ["-5", "", "true"]


def test_csv_has_a_bom_and_crlf_and_quotes() -> None:
    text = b"".join(csv_chunks(["a", "b"], [["x,y", 'say "hi"']]))

    assert text == b'\xef\xbb\xbfa,b\r\n"x,y","say ""hi"""\r\n'


def test_a_claim_is_due_in_the_next_month() -> None:
    assert submit_by(MONTH, 14).isoformat() == "2025-02-14"
    assert next_month(MONTH.replace(month=12)).isoformat() == "2026-01-01"
