"""The words of a language, and how it writes days, moments, money and ratings."""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from app.core.languages import number_form
from app.core.money import pounds
from app.exports.documents.contents.journeys import Rating
from app.exports.documents.printable import printable

LONDON = ZoneInfo("Europe/London")
FOLDER = Path(__file__).parent / "words"
DAYS_WITHOUT_YEAR = 330  # a day further away than this is said with its year
SHOWN_OF_A_HASH = 8


class Words:
    """One language of words/: `words("line.kind")` is a sentence, `words.rich` one with bold type."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._said: dict[str, Any] = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
        self.lang: str = self._said["lang"]

    def look_up(self, key: str) -> Any:
        """Return what stands under a dotted key.

        Raises:
            KeyError: the language has no such words.
        """
        found: Any = self._said
        for part in key.split("."):
            found = found[part]
        return found

    def __call__(self, key: str, **values: object) -> str:
        """Return a sentence with its places filled; it is escaped where it is put on the page."""
        sentence: str = self.look_up(key)
        return sentence.format(**{name: _plain(value) for name, value in values.items()})

    def rich(self, key: str, **values: object) -> Markup:
        """Return a sentence that carries markup of its own; the values are escaped."""
        sentence: str = self.look_up(key)
        return Markup(sentence).format(**{name: _plain(value) for name, value in values.items()})  # noqa: S704

    def count(self, key: str, n: int) -> str:
        """Return a counted thing in its language's form; `other` where it has none of its own."""
        form = number_form(self._language, n)
        return self(f"{key}.{form if form in self.look_up(key) else 'other'}", n=f"{n:,}")

    def list(self, things: Sequence[str]) -> str:
        """Return things as a sentence lists them: "a, b and c"."""
        *first, last = things
        return self.look_up("comma").join(first) + self.look_up("and") + last if first else last

    def day(self, day: date) -> str:
        """4 November 2024."""
        return f"{day.day} {self.look_up('months')[day.month - 1]} {day.year}"

    def short_day(self, day: date) -> str:
        """4 Nov 2024."""
        return f"{self.tick_day(day)} {day.year}"

    def tick_day(self, day: date) -> str:
        """4 Nov, where the year is plain from what stands around it."""
        return f"{day.day} {self.look_up('months_short')[day.month - 1]}"

    def weekday(self, day: date, near: date) -> str:
        """Tue 4 March; with its year where it is not of the year around `near`."""
        return f"{self.look_up('weekdays')[day.weekday()]} {self.near_day(day, near)}"

    def near_day(self, day: date, near: date) -> str:
        """4 March; with its year where it is not of the year around `near`."""
        whole = self.day(day)
        return whole if abs((day - near).days) > DAYS_WITHOUT_YEAR else whole.rpartition(" ")[0]

    def month(self, month: date) -> str:
        """March 2025."""
        return f"{self.look_up('months')[month.month - 1]} {month.year}"

    def moment(self, at: datetime) -> str:
        """2 April 2025 10:14, London time."""
        local = at.astimezone(LONDON)
        return f"{self.day(local)} {local:%H:%M}"

    def second(self, at: datetime) -> str:
        """4 Nov 2024 10:41:07, London time."""
        local = at.astimezone(LONDON)
        return f"{self.short_day(local)} {local:%H:%M:%S}"

    def rating(self, rating: Rating) -> str:
        """5, 4½, or the words for an answer that was not given."""
        if isinstance(rating, str):
            return self(f"journey.rating-{rating}")
        return number(rating)


def number(value: float) -> str:
    """A rating or step: 5, 4½, 4.3."""
    whole, rest = divmod(round(value * 10), 10)
    if rest == 0:
        return str(whole)
    return f"{whole or ''}½" if rest == 5 else f"{whole}.{rest}"  # noqa: PLR2004  # five tenths


def fixed_places(value: float, places: int) -> str:
    """A measured value with a fixed number of decimals, halves up as a reader would round it."""
    return str(Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def whole_pounds(amount_pence: int) -> str:
    """£1,234.50."""
    return pounds(amount_pence)


def bare_pounds(amount_pence: int) -> str:
    """1,234.50, for a column whose head says the currency."""
    return pounds(amount_pence).replace("£", "")


def short_hash(digest: str) -> str:
    """A SHA-256 as people compare it: first and last eight, in fours; the whole one is in the attachment."""
    first, last = digest[:SHOWN_OF_A_HASH], digest[-SHOWN_OF_A_HASH:]
    return f"{first[:4]} {first[4:]} … {last[:4]} {last[4:]}"


def _plain(value: object) -> object:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def words_of(language: str) -> Words:
    """Return a language, read once.

    Raises:
        FileNotFoundError: Waymark does not write documents in this language.
    """
    return Words(language)
