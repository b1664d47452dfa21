"""Reading a referral list: CSV as referrers send it, each row sound or with the reasons why not."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.core.errors import FieldFault, Invalid
from app.participants.errors import ReferralListUnreadable
from app.participants.rules.nino import read_nino
from app.participants.rules.person import (
    read_access_needs,
    read_language,
    read_name,
    read_phone,
    read_postcode,
)

ROWS_MAX = 20_000
REFERENCE_MAX = 60
AGE_MAX_YEARS = 110
_BLANKS = re.compile(r"\s+")

# What each column may be called, without blanks and signs.
COLUMNS: dict[str, tuple[str, ...]] = {
    "reference": ("reference", "ref", "referralreference", "referralref", "referralid", "referencenumber"),
    "given_name": ("givenname", "givennames", "firstname", "forename", "forenames"),
    "family_name": ("familyname", "surname", "lastname"),
    "birth_date": ("birthdate", "dateofbirth", "dob", "bornon", "born"),
    "nino": ("nino", "ninumber", "nationalinsurancenumber", "nationalinsuranceno", "nationalinsurance"),
    "postcode": ("postcode", "homepostcode"),
    "phone": ("phone", "phonenumber", "telephone", "telephonenumber", "mobile", "mobilenumber", "tel"),
    "language": ("language", "preferredlanguage", "firstlanguage"),
    "access_needs": ("accessneeds", "access", "adjustments", "reasonableadjustments"),
    "payment_group": ("paymentgroup", "group"),
    "provider": ("provider", "providername", "providercode", "partner", "subcontractor"),
    "referred_on": ("referredon", "referraldate", "datereferred", "dateofreferral"),
}
REQUIRED = ("reference", "given_name", "family_name", "referred_on")
_NAMES = {alias: column for column, aliases in COLUMNS.items() for alias in aliases}

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})([T ].*)?")
_UK = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})( 0?0:00(:00)?)?")
_WORDS = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y")


@dataclass
class ReferralRow:
    """One row of a list: its line, what it says, and what is wrong with it.

    Attributes:
        person: Columns of `PersonDetails` that could be read.
        nino: The number in its plain form, or empty; never kept so.
    """

    line: int
    reference: str
    name: str
    provider: str
    payment_group: str
    referred_on: date | None = None
    nino: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    faults: list[FieldFault] = field(default_factory=list)
    warnings: list[FieldFault] = field(default_factory=list)


def read_list(content: bytes, *, today: date) -> list[ReferralRow]:
    """Return the rows of a list.

    UTF-8 with or without a mark, or Windows' Western European; commas, semicolons or tabs; columns in
    any order under their usual names, others are passed over; days as 2025-03-04 or 4/3/2025.

    Args:
        content: The file.
        today: No referral and no birth is later.

    Raises:
        ReferralListUnreadable: it is no such list at all.
    """
    text = _decode(content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found: list[ReferralRow] = []
    columns: list[str] | None = None
    for line, cells in _numbered(lines):
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _columns(cells, line)
            continue
        if len(found) >= ROWS_MAX:
            raise _unreadable(line, "too-many-rows", f"Send at most {ROWS_MAX} rows at a time.")
        found.append(_read_row(line, columns, cells, today))
    if columns is None:
        raise _unreadable(1, "empty", "The file is empty.")
    return found


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise _unreadable(1, "not-text", "Save the list as CSV; this is another kind of file.")
        return text
    raise _unreadable(1, "not-text", "Save the list as CSV in UTF-8.")


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the line each begins on.

    Raises:
        ReferralListUnreadable: quotes do not close, or a cell is enormous.
    """
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unreadable(line, "not-csv", "The quotes on this line do not fit together.") from error
        yield line, cells


def _columns(cells: Sequence[str], line: int) -> list[str]:
    columns = [_NAMES.get(re.sub(r"[^a-z]", "", cell.lower()), "") for cell in cells]
    faults = [
        FieldFault(f"line {line}", "column-missing", f"The column {column} is missing.", column)
        for column in REQUIRED
        if column not in columns
    ] + [
        FieldFault(f"line {line}", "column-twice", f"Two columns say {column}; keep one.", column)
        for column in COLUMNS
        if columns.count(column) > 1
    ]
    if faults:
        raise ReferralListUnreadable(" ".join(fault.detail for fault in faults), faults)
    return columns


def _read_row(line: int, columns: Sequence[str], cells: Sequence[str], today: date) -> ReferralRow:
    said = dict.fromkeys(COLUMNS, "")
    for column, cell in zip(columns, cells, strict=False):
        if column:
            said[column] = _BLANKS.sub(" ", cell).strip()
    row = ReferralRow(
        line=line,
        reference=said["reference"],
        name=f"{said['given_name']} {said['family_name']}".strip()[:200],
        provider=said["provider"],
        payment_group=said["payment_group"],
    )
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        row.faults.append(
            FieldFault(
                "", "cells-too-many", "The row has more cells than the heading; put quotes round commas."
            )
        )
    _read_reference(row)
    row.nino = _read(row, read_nino, said["nino"]) or ""
    row.referred_on = _read(row, lambda text: _read_day(text, "referred_on", today), said["referred_on"])
    if not said["referred_on"]:
        row.faults.append(FieldFault("referred_on", "missing", "Write the day of the referral."))
    row.person = {
        "given_name": _read(
            row, lambda text: read_name(text, "given_name"), said["given_name"], required=True
        ),
        "family_name": _read(
            row, lambda text: read_name(text, "family_name"), said["family_name"], required=True
        ),
        "born_on": _read(row, lambda text: _read_birth(text, today), said["birth_date"]),
        "phone": _read(row, read_phone, said["phone"]),
        "postcode": _read(row, read_postcode, said["postcode"]),
        "language": _read(row, read_language, said["language"]) or "en",
        "access_needs": _read(row, read_access_needs, said["access_needs"]),
    }
    return row


def _read_reference(row: ReferralRow) -> None:
    if not row.reference:
        row.faults.append(FieldFault("reference", "missing", "Write the referral's reference."))
    elif len(row.reference) > REFERENCE_MAX or not row.reference.isprintable():
        detail = f"A reference has at most {REFERENCE_MAX} plain characters."
        row.faults.append(FieldFault("reference", "reference-not-valid", detail))
        row.reference = ""


def _read(row: ReferralRow, reader: Callable[[str], Any], text: str, *, required: bool = False) -> Any:
    """Read one cell; None where it is empty or faulty, and the fault is kept."""
    if not text and not required:
        return None
    try:
        return reader(text)
    except Invalid as error:
        row.faults += error.faults
        return None


def _read_day(text: str, name: str, today: date) -> date:
    day = _parse_day(text)
    if day is None:
        raise Invalid.field(name, "day-not-valid", "Write the day as 2025-03-04 or 04/03/2025.")
    if day > today:
        raise Invalid.field(name, "day-in-future", "The day lies in the future.")
    return day


def _read_birth(text: str, today: date) -> date:
    day = _read_day(text, "birth_date", today)
    if day.year < today.year - AGE_MAX_YEARS:
        raise Invalid.field("birth_date", "day-too-early", "Nobody is that old; look at the year.")
    return day


def _parse_day(text: str) -> date | None:
    iso, british = _ISO.fullmatch(text), _UK.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if british:
            return date(int(british[3]), int(british[2]), int(british[1]))
    except ValueError:
        return None
    for form in _WORDS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _unreadable(line: int, code: str, detail: str) -> ReferralListUnreadable:
    return ReferralListUnreadable(f"Line {line}: {detail}", [FieldFault(f"line {line}", code, detail)])
