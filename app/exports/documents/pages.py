"""From a document to a page: HTML by closed templates, its pictures, and the file that travels inside it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.entitlements.rules.saying import within
from app.exports.documents import pictures
from app.exports.documents.contents.document import Document
from app.exports.documents.contents.journeys import Change, JourneyDocument, LadderPath, Rating
from app.exports.documents.pictures import Axis, Panel, Track
from app.exports.documents.printable import printable
from app.exports.documents.widths import ems
from app.exports.documents.words import (
    Words,
    bare_pounds,
    fixed_places,
    number,
    short_hash,
    whole_pounds,
    words_of,
)

TEMPLATES = Path(__file__).parent / "templates"
SITTINGS_IN_A_TABLE = {False: 6, True: 2}  # by large print
LADDERS_IN_A_PICTURE = {False: 12, True: 2}
PAGES_OF_A_JOURNEY = 3
FEWER_EVENTS = (7, 5, 3, 1)  # what is tried where a journey would run over its pages
RATES_IN_A_TABLE = 6
SAID_IN_A_PANEL = {
    Change.CLEARLY_HIGHER: "journey.panel-higher",
    Change.CLEARLY_LOWER: "journey.panel-lower",
    Change.NOT_SAID: "journey.panel-not-said",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What the drawing child is handed: the page, its pictures by address, and what is attached.

    Attributes:
        shorter: The same page with less on it, drawn instead where `html` takes more than `pages_max` pages.
    """

    html: str
    pictures: dict[str, str]
    attachment_name: str
    attachment: bytes
    digest: str
    shorter: tuple[str, ...] = ()
    pages_max: int = 0


class PictureBook:
    """The pictures of one page. A template asks for an address; nothing else can be fetched."""

    def __init__(self, scale: pictures.Scale) -> None:
        self.by_address = {
            "picture:mark": pictures.mark(),
            "picture:tick": pictures.tick(),
            "picture:grid": pictures.grid_lines(scale),
        }
        self._addresses: dict[str, str] = {}  # by picture: one that is drawn twice is kept once

    def add(self, svg: str) -> str:
        """Keep a picture and return its address."""
        address = self._addresses.setdefault(svg, f"picture:{len(self.by_address)}")
        self.by_address[address] = svg
        return address


class JourneyPictures:
    """Draws a journey's pictures from its ratings."""

    def __init__(self, document: JourneyDocument, words: Words, book: PictureBook) -> None:
        self._document, self._words, self._book = document, words, book

    def scale(self) -> str:
        """Return the address of the scale over the paired dots."""
        document = self._document
        return self._book.add(pictures.scale_marks(document.scale, tall=document.large_print))

    def dots(self, ladder: LadderPath) -> str:
        """Return the address of one ladder's paired dots."""
        person = _track(ladder.began_person, ladder.person, sure=ladder.sure_person)
        worker = _track(ladder.began_worker, ladder.worker, sure=ladder.sure_worker)
        document = self._document
        return self._book.add(pictures.paired_dots(person, worker, document.scale, tall=document.large_print))

    def lines(self, ladders: Sequence[LadderPath]) -> str:
        """Return the address of the small lines of some ladders."""
        document, words = self._document, self._words
        start, end = document.sittings[0], document.sittings[-1]
        last = words.tick_day(end) if end != start else ""
        axis = Axis(tuple((day - start).days for day in document.sittings), words.tick_day(start), last)
        panels = [self._panel(ladder) for ladder in ladders]
        in_a_row = 2 if document.large_print else pictures.PANELS_IN_A_ROW
        drawn = pictures.ladders_over_time(panels, axis, document.scale, in_a_row=in_a_row)
        return self._book.add(drawn)

    def _panel(self, ladder: LadderPath) -> Panel:
        half, began = ladder.half_width, ladder.began_person
        said = SAID_IN_A_PANEL.get(ladder.change)
        return Panel(
            title=printable(ladder.short_title),
            said=self._words(said) if said else "",
            person=tuple(_answered(rating) for rating in ladder.person),
            worker=tuple(_answered(rating) for rating in ladder.worker),
            band=None if half is None or isinstance(began, str) else (began - half, began + half),
        )


def compose(document: Document, language: str, created_at: datetime) -> Page:
    """Return the page of a document: every value escaped, every picture our own.

    Args:
        document: What the page says.
        language: The language's code, "en".
        created_at: When the document was made, as its metadata says.
    """
    words = words_of(language)
    source, digest = _source_of(document)
    book = PictureBook(document.scale if isinstance(document, JourneyDocument) else pictures.ZERO_TO_TEN)

    def written(document: Document) -> str:
        values: dict[str, Any] = {
            "d": document,
            "t": words,
            "digest": digest,
            "created_at": created_at.isoformat(timespec="seconds"),
        }
        if isinstance(document, JourneyDocument):
            values["draw"] = JourneyPictures(document, words, book)
        return _ENVIRONMENT.get_template(f"{document.kind}.html").render(values)

    shorter = tuple(_shorter(document)) if isinstance(document, JourneyDocument) else ()
    return Page(
        html=written(document),
        pictures=book.by_address,
        attachment_name=document.source_name if source else "",
        attachment=source,
        digest=digest,
        shorter=tuple(written(one) for one in shorter),
        pages_max=PAGES_OF_A_JOURNEY,
    )


def _shorter(journey: JourneyDocument) -> Iterator[JourneyDocument]:
    """Yield the journey with fewer of its latest events, and all that the person disagrees with.

    Large print takes the pages that it needs.
    """
    if journey.large_print:
        return
    for most in FEWER_EVENTS:
        kept = tuple(event for place, event in enumerate(journey.events) if place < most or event.is_disputed)
        if len(kept) < len(journey.events):
            left_out = journey.earlier_events + len(journey.events) - len(kept)
            yield replace(journey, events=kept, earlier_events=left_out)


def content_digest(document: Document) -> str:
    """Return the SHA-256 of what a document says: of its source file, or of its values where it has none."""
    return _source_of(document)[1]


def make_environment(*, autoescape: bool = True) -> Environment:
    """Return the templates' environment: everything escaped, an unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=autoescape,  # noqa: S701  # off only in the test that proves the locks
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        pounds=whole_pounds,
        bare=bare_pounds,
        short_hash=short_hash,
        number=number,
        lower_first=within,
        places=fixed_places,
        ems=ems,
    )
    environment.globals.update(
        Change=Change,
        ladders_in_a_picture=LADDERS_IN_A_PICTURE,
        rates_in_a_table=RATES_IN_A_TABLE,
        sittings_in_a_table=SITTINGS_IN_A_TABLE,
    )
    return environment


def _finalize(value: object) -> object:
    """The last look at each value before it is escaped: safe to read, and never a None."""
    if value is None:
        raise ValueError("A value is missing on paper.")
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _source_of(document: Document) -> tuple[bytes, str]:
    source = getattr(document, "source", b"")
    said = source or json.dumps(asdict(document), default=str, sort_keys=True).encode(
        "utf-8", "backslashreplace"
    )
    return source, hashlib.sha256(said).hexdigest()


def _answered(rating: Rating) -> float | None:
    return None if isinstance(rating, str) else rating


def _track(began: Rating, ratings: tuple[Rating, ...], *, sure: bool) -> Track:
    return Track(_answered(began), _answered(ratings[-1]) if ratings else None, sure)


_ENVIRONMENT = make_environment()
