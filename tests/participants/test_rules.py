"""National Insurance numbers, names, phones, and referral lists as referrers write them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.ids import new_id
from app.participants.errors import NinoKeyMissing, ReferralListUnreadable
from app.participants.rules.nino import NinoKeys, read_nino
from app.participants.rules.person import fold_name, read_language, read_name, read_phone, read_postcode
from app.participants.rules.referral_list import ROWS_MAX, read_list

TODAY = date(2025, 3, 4)
OLD, NEW = {"old": "o" * 40}, {"new": "n" * 40}
HEADING = (
    "reference,given_name,family_name,birth_date,nino,postcode,phone,language,access_needs,referred_on\n"
)
ROW = "R1,Dean,Marsh,1988-05-17,AB123456C,LS1 4AP,07700 900123,English,Sit near the door,2025-03-03\n"


@pytest.mark.parametrize("text", ["AB123456C", "ab 12 34 56 c", "AB123456", "ZY987654D", " JG10 39 59A "])
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    assert read_nino(text) == "".join(text.split()).upper()


@pytest.mark.parametrize(
    "text",
    [
        "", "AB12345C", "AB1234567", "AB123456E", "DB123456C", "FB123456C", "IB123456C", "QB123456C",
        "UB123456C", "VB123456C", "AD123456C", "AF123456C", "AI123456C", "AO123456C", "AQ123456C",
        "AU123456C", "AV123456C", "BG123456A", "GB123456A", "KN123456A", "NK123456A", "NT123456A",
        "ZZ123456A", "ÀB123456C", "AB12345\u0666C",
    ],
)  # fmt: skip
def test_what_the_pattern_leaves_out_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as raised:
        read_nino(text)
    assert raised.value.faults[0].code == "nino-not-valid"


@pytest.mark.parametrize("text", ["63T12345", "63 t 12345", "TN010285F", "TN 01 02 85"])
def test_a_temporary_reference_is_refused_kindly(text: str) -> None:
    with pytest.raises(Invalid, match="can be added when it comes") as raised:
        read_nino(text)
    assert raised.value.faults[0].code == "nino-temporary"


FIRST, SECOND = "ABCEGHJKLMNOPRSTWXYZ", "ABCEGHJKLMNPRSTWXYZ"


@given(
    st.sampled_from(FIRST),
    st.sampled_from(SECOND),
    st.from_regex(re.compile(r"[0-9]{6}", re.ASCII), fullmatch=True),
    st.sampled_from(["", "A", "B", "C", "D"]),
)
def test_every_number_of_the_pattern_is_read_and_no_other(a: str, b: str, digits: str, suffix: str) -> None:
    if a + b in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}:
        with pytest.raises(Invalid):
            read_nino(a + b + digits + suffix)
    else:
        assert read_nino(f"{a}{b} {digits} {suffix}".lower()) == a + b + digits + suffix


@given(st.text(max_size=14))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        nino = read_nino(text)
    except Invalid:
        return
    assert re.fullmatch(r"[A-Z]{2}[0-9]{6}[A-D]?", nino, re.ASCII)


def test_a_sealed_number_opens_for_its_own_participant_alone() -> None:
    keys, one = NinoKeys(NEW), new_id()
    sealed = keys.seal("AB123456C", one)

    assert b"AB123456C" not in sealed.cipher
    assert keys.open(sealed.cipher, "new", one) == "AB123456C"
    assert keys.seal("AB123456C", one).cipher != sealed.cipher
    for stranger in (
        lambda: keys.open(sealed.cipher, "new", new_id()),
        lambda: keys.open(sealed.cipher, "old", one),
    ):
        with pytest.raises(NinoKeyMissing):
            stranger()


def test_the_suffix_does_not_count_when_numbers_are_matched() -> None:
    keys = NinoKeys(OLD | NEW)
    sealed = keys.seal("AB123456C", new_id())
    assert sealed.key_id == "new"
    assert sealed.hash in keys.hashes("AB123456")
    assert sealed.hash not in keys.hashes("AB123457C")
    assert NinoKeys(OLD).seal("AB123456", new_id()).hash in keys.hashes("AB123456D")


def test_names_fold_and_keep_their_letters() -> None:
    assert fold_name(" Zoë", "Ó  Briain-Łuc") == "zoe o briain-łuc"
    assert read_name("  Mary   Ann ", "given_name") == "Mary Ann"
    for wrong in ("", "  ", "12", "x" * 81, "a\x00b", "\u202eabc"):
        with pytest.raises(Invalid):
            read_name(wrong, "given_name")


def test_phones_postcodes_and_languages_have_one_form() -> None:
    assert read_phone("07700 900123") == read_phone("+44 7700 900123") == "+447700900123"
    assert read_postcode("ls14ap") == "LS1 4AP"
    assert [read_language(word) for word in ("Welsh", "CY", "bsl")] == ["cy", "cy", "bfi"]
    for reader, wrong in (
        (read_phone, "12"),
        (read_phone, "no"),
        (read_postcode, "12345"),
        (read_language, "Klingonese"),
    ):
        with pytest.raises(Invalid):
            reader(wrong)


def faults_of(text: str) -> list[tuple[str, str]]:
    (row,) = read_list((HEADING + text).encode(), today=TODAY)
    return [(fault.field, fault.code) for fault in row.faults]


def test_a_sound_row_is_read_whole() -> None:
    (row,) = read_list((HEADING + ROW).encode(), today=TODAY)
    assert row.faults == row.warnings == []
    assert (row.line, row.reference, row.nino, row.referred_on) == (2, "R1", "AB123456C", date(2025, 3, 3))
    assert row.person == {
        "given_name": "Dean",
        "family_name": "Marsh",
        "born_on": date(1988, 5, 17),
        "phone": "+447700900123",
        "postcode": "LS1 4AP",
        "language": "en",
        "access_needs": "Sit near the door",
    }


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("R1", "", ("reference", "missing")),
        ("R1", "R" * 61, ("reference", "reference-not-valid")),
        ("Dean", "", ("given_name", "missing")),
        ("1988-05-17", "1988-02-30", ("birth_date", "day-not-valid")),
        ("1988-05-17", "2025-03-05", ("birth_date", "day-in-future")),
        ("1988-05-17", "1888-05-17", ("birth_date", "day-too-early")),
        ("1988-05-17", "17/05/88", ("birth_date", "day-not-valid")),
        ("AB123456C", "AB12", ("nino", "nino-not-valid")),
        ("AB123456C", "63T12345", ("nino", "nino-temporary")),
        ("LS1 4AP", "Leeds", ("postcode", "postcode-not-valid")),
        ("07700 900123", "call me", ("phone", "phone-not-valid")),
        ("English", "the usual", ("language", "language-unknown")),
        ("Sit near the door", "x" * 301, ("access_needs", "too-long")),
        ("2025-03-03", "", ("referred_on", "missing")),
        ("2025-03-03", "2025-03-05", ("referred_on", "day-in-future")),
        ("2025-03-03", "2025-03-03,more", ("", "cells-too-many")),
    ],
)
def test_each_fault_names_its_field(old: str, new: str, fault: tuple[str, str]) -> None:
    assert faults_of(ROW.replace(old, new, 1)) == [fault]


@pytest.mark.parametrize("day", ["2025-03-03", "3/3/2025", "03.03.2025", "3 Mar 2025", "2025-03-03T00:00:00"])
def test_days_are_read_as_iso_and_as_britons_write_them(day: str) -> None:
    (row,) = read_list((HEADING + ROW.replace("2025-03-03", day)).encode(), today=TODAY)
    assert (row.faults, row.referred_on) == ([], date(2025, 3, 3))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_list_is_read_however_it_was_saved(encoding: str, delimiter: str, ending: str) -> None:
    text = "Ref;First name;Surname;Date of referral\nR1;Zoë;Pérez;3/3/2025\n"
    content = text.replace(";", delimiter).replace("\n", ending).encode(encoding)
    (row,) = read_list(content, today=TODAY)
    assert (row.name, row.faults, row.line) == ("Zoë Pérez", [], 2)


def test_quoted_cells_keep_their_commas_and_lines_are_counted() -> None:
    heading = "reference,given_name,family_name,referred_on,notes"
    text = heading + '\nR1,"Ann, Bea",Lee,2025-03-03,"two\nlines"\n\nR2,B,C,2025-03-03,\n'
    rows = read_list(text.encode(), today=TODAY)
    assert [(row.line, row.name) for row in rows] == [(2, "Ann, Bea Lee"), (5, "B C")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"reference,given_name\n", "column-missing"),
        (HEADING.replace("phone", "nino").encode(), "column-twice"),
        (b"a\x00b", "not-text"),
        (b"\x81\x8d", "not-text"),
        ((HEADING + 'R1,"Dean\n').encode(), "not-csv"),
        ((HEADING + "x" * 200_000).encode(), "not-csv"),
        ((HEADING + ROW * (ROWS_MAX + 1)).encode(), "too-many-rows"),
    ],
)
def test_what_is_no_list_says_why(content: bytes, code: str) -> None:
    with pytest.raises(ReferralListUnreadable) as raised:
        read_list(content, today=TODAY)
    assert code in {fault.code for fault in raised.value.faults}
    assert all(fault.field.startswith("line ") for fault in raised.value.faults)


@given(st.binary(max_size=60), st.text(alphabet='R1,;"\n\r\t -/ABC\x00é', max_size=60))
def test_any_file_is_a_list_or_refused(content: bytes, text: str) -> None:
    for file in (content, HEADING.encode() + content, (HEADING + text).encode()):
        try:
            read_list(file, today=TODAY)
        except ReferralListUnreadable as error:
            assert error.faults  # noqa: PT017 - either outcome is right
