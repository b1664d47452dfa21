"""CSV that spreadsheets read as it is: UTF-8 with BOM, RFC 4180, and no cell that becomes a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

BOM = b"\xef\xbb\xbf"
ROWS_AT_ONCE = 500
# What spreadsheets take for the beginning of a formula, or for a way to smuggle one in.
CONTROL_SIGNS = frozenset("\t\r\n")
FORMULA_SIGNS = frozenset("=+-−@|%")


def safe_cell(value: Any) -> str:
    """Return a value as a cell that no spreadsheet runs.

    A text whose first visible character would begin a formula gets an apostrophe in front: also after
    blanks, zero-width and other invisible characters, and for full-width forms of the signs.

    Source:
        OWASP, CSV Injection
    """
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, int):
        return str(value)
    text = str(value)
    seen = next((letter for letter in text if not _is_invisible(letter)), "")
    is_formula = unicodedata.normalize("NFKC", seen)[:1] in FORMULA_SIGNS if seen else False
    return f"'{text}" if is_formula or text[:1] in CONTROL_SIGNS else text


def _is_invisible(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) in {"Cf", "Cc", "Zs", "Zl", "Zp", "Mn"}


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a CSV file in pieces, so that a large one never stands in memory."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    yield BOM + buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    for number, row in enumerate(rows, 1):
        writer.writerow([safe_cell(value) for value in row])
        if number % ROWS_AT_ONCE == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue().encode()
