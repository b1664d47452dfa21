"""Reading cards with their lines, the card of a day, the price of a year."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.ids import new_id
from app.evidence.models import EvidenceKind
from app.ratecards.rules import (
    EVIDENCE_KINDS,
    Application,
    choose_card,
    contract_year,
    price_in_year,
    read_cards,
)
from tests.ratecards.builders import DEMO_CARDS, ONE_CARD


def faults(text: str) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as raised:
        read_cards(text)
    return {(fault.field, fault.code) for fault in raised.value.faults}


def changed(old: str, new: str) -> str:
    assert old in ONE_CARD
    return ONE_CARD.replace(old, new, 1)


def test_the_four_cards_load_as_they_stand() -> None:
    cards = {card.columns["code"]: card for card in read_cards(DEMO_CARDS.read_text(encoding="utf-8"))}

    assert list(cards) == [
        "progress-two-part",
        "moveforward-like",
        "families-like",
        "work-programme-pg7-year1",
    ]
    assert [rate["code"] for rate in cards["moveforward-like"].rates] == [
        "ENROL",
        "WORK-ACT-4",
        "WORK-QUAL",
        "JOB3M",
    ]
    assert cards["progress-two-part"].columns["cap_per_person_pence"] == 120000
    assert cards["work-programme-pg7-year1"].columns["payment_group_code"] == "PG7"


def test_a_comma_in_an_unquoted_title_stays_in_the_title() -> None:
    card = read_cards(DEMO_CARDS.read_text(encoding="utf-8"))[1]
    assert card.rates[3]["title"] == "Three months' work, over 16 h"


def test_what_is_left_out_is_filled_in_and_evidence_has_one_shape() -> None:
    (card,) = read_cards(ONE_CARD)
    start, milestone = card.rates

    assert start["evidence"] == {"all_of": ["action-plan"]}
    assert start["trigger"] == {"kind": "started"}
    assert milestone["evidence"] == {"by_milestone": True}
    assert milestone["trigger"] == {
        "kind": "milestone",
        "any_of": ["cv-finished", "debt-plan"],
        "count": 2,
        "repeat": False,
    }
    assert (milestone["price_on"], milestone["requires"], milestone["max_per_person"]) == (
        "start",
        ["ATT"],
        None,
    )


def test_any_of_evidence_is_kept_as_any_of() -> None:
    (card,) = read_cards(changed("evidence: [action-plan]", "evidence: {any_of: [payslips, bank-credits]}"))
    assert card.rates[0]["evidence"] == {"any_of": ["payslips", "bank-credits"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (changed("claim_window_days: 90", "claim_window_day: 90"), {("line 1", "missing"), ("line 4", "unknown-key")}),  # noqa: E501
        (changed("price_pence: 30000", "price_pence: -1"), {("line 9", "out-of-range")}),
        (changed("price_pence: 30000", "price_pence: 300.00"), {("line 9", "not-a-number")}),
        (changed("price_pence: 30000", "price_pence: [1]"), {("line 9", "not-a-number")}),
        (changed("kind: started", "kind: begun"), {("line 8", "not-one-of")}),
        (changed("requires: [ATT]", "requires: [AT]"), {("line 16", "not-one-of")}),
        (changed("requires: [ATT]", "requires: [OBS]"), {("line 16", "not-one-of")}),
        (changed("code: OBS", "code: ATT"), {("line 12", "code-twice"), ("line 16", "not-one-of")}),
        (changed("[action-plan]", "[selfie]"), {("line 11", "not-one-of")}),
        (changed("title: Start", "title: 12"), {("line 7", "not-text")}),
        (changed("source: invented", "source: invented\nsource: real"), {("line 4", "key-twice")}),
        (changed("count: 2", "count: 3"), {("line 14", "count-too-high")}),
        (changed("    requires: [ATT]\n", "    wrong\n"), {("line 17", "not-yaml")}),
        ("- just words\n", {("line 1", "not-a-mapping")}),
        ("words", {("line 1", "not-yaml")}),
        ("", {("line 1", "not-yaml")}),
        ("a: &x [1]\nb: *x\n", {("line 2", "not-yaml")}),
        ("a: \x00", {("line 1", "not-yaml")}),
        ("[" * 5000, {("line 1", "not-yaml")}),
    ],
)  # fmt: skip
def test_each_fault_names_its_line(text: str, expected: set[tuple[str, str]]) -> None:
    assert faults(text) == expected


def test_each_fault_names_its_key_for_other_languages() -> None:
    for old, new, named in (
        ("price_pence: 30000", "price_pence: -1", "price_pence"),
        ("claim_window_days: 90", "claim_window_days: soon", "claim_window_days"),
        ("[action-plan]", "[selfie]", "selfie"),
        ("source: invented", "source: invented\nsauce: hot", "sauce"),
    ):
        with pytest.raises(Invalid) as raised:
            read_cards(changed(old, new))
        assert [fault.value for fault in raised.value.faults] == [named]


def test_rates_that_wait_for_each_other_are_refused() -> None:
    text = changed("    evidence: [action-plan]", "    evidence: [action-plan]\n    requires: [OBS]")
    assert ("line 12", "requires-ring") in faults(text)


def test_two_cards_of_one_name_are_refused() -> None:
    text = DEMO_CARDS.read_text(encoding="utf-8")
    assert [code for _, code in faults(text.replace("families-like", "moveforward-like"))] == ["code-twice"]


def test_a_comment_makes_no_other_card() -> None:
    (plain,), (commented,) = read_cards(ONE_CARD), read_cards("# a word\n" + ONE_CARD)
    assert plain.sha256 == commented.sha256
    (other,) = read_cards(changed("30000", "30001"))
    assert plain.sha256 != other.sha256


def test_the_cards_own_text_stands_at_the_margin() -> None:
    cards = read_cards(DEMO_CARDS.read_text(encoding="utf-8"))
    for card in cards:
        (again,) = read_cards(card.source)
        assert again.sha256 == card.sha256


def test_the_kinds_of_evidence_are_those_that_can_be_recorded() -> None:
    assert {kind.value for kind in EvidenceKind} == EVIDENCE_KINDS


YAML_SCRAPS = st.text(alphabet="abc: -[]{}\n\t'\"&*!#|>%@`,?0123456789~\x00\ud800é", max_size=80)


@given(YAML_SCRAPS)
def test_any_text_is_a_card_or_a_refusal_with_lines(text: str) -> None:
    _reads_or_refuses(text)


@given(st.data())
def test_a_card_with_a_scratch_is_a_card_or_a_refusal_with_lines(data: Any) -> None:
    place = data.draw(st.integers(0, len(ONE_CARD)))
    length = data.draw(st.integers(0, 20))
    _reads_or_refuses(ONE_CARD[:place] + data.draw(YAML_SCRAPS) + ONE_CARD[place + length :])


def _reads_or_refuses(text: str) -> None:
    try:
        read_cards(text)
        lines = ["line 1"]
    except Invalid as error:
        lines = [fault.field for fault in error.faults]
    assert lines
    assert all(line.startswith("line ") for line in lines)


EVERYBODY, GROUP = new_id(), new_id()
NEXT_YEAR = new_id()
PG7 = new_id()
APPLIED = [
    Application(EVERYBODY, None, date(2024, 4, 1)),
    Application(NEXT_YEAR, None, date(2025, 4, 1)),
    Application(GROUP, PG7, date(2024, 10, 1)),
]


@pytest.mark.parametrize(
    ("group", "on", "card"),
    [
        (None, date(2024, 3, 31), None),
        (None, date(2024, 4, 1), EVERYBODY),
        (None, date(2025, 4, 1), NEXT_YEAR),
        (PG7, date(2024, 9, 30), EVERYBODY),
        (PG7, date(2024, 10, 1), GROUP),
        (PG7, date(2025, 6, 1), GROUP),
        (new_id(), date(2025, 6, 1), NEXT_YEAR),
    ],
)
def test_the_newest_card_of_the_own_group_comes_first(group: Any, on: date, card: Any) -> None:
    assert choose_card(APPLIED, group, on) == card


@pytest.mark.parametrize(
    ("on", "year", "pence"),
    [
        (date(2024, 3, 1), 1, 60000),
        (date(2024, 4, 1), 1, 60000),
        (date(2025, 3, 31), 1, 60000),
        (date(2025, 4, 1), 2, 45000),
        (date(2027, 4, 1), 4, 0),
        (date(2031, 4, 1), 8, 0),
    ],
)
def test_the_price_follows_the_contract_year(on: date, year: int, pence: int) -> None:
    starts_on = date(2024, 4, 1)
    assert contract_year(starts_on, on) == year
    assert price_in_year(60000, [100, 75, 50, 0], starts_on, on) == pence


def test_a_price_is_rounded_half_up() -> None:
    assert price_in_year(1, [50], date(2024, 4, 1), date(2024, 4, 1)) == 1
    assert price_in_year(60001, None, date(2024, 4, 1), date(2024, 4, 1)) == 60001
