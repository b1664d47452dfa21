"""The same page drawn the way one would at first, to hold our drawing against; for the bench.

Fresh fonts and sheets for each document, the renderer's own base sheet, automatic tables with collapsed
borders, two font families. The fetcher, the tags and the post-processing are the same on both sides.
"""

import statistics
import time
from collections.abc import Callable

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from app.exports.documents import child
from app.exports.documents.pages import Page, compose
from tests.exports.cases.documents import NOON, make_journey


def naive_pdf(page: Page) -> bytes:
    """Return a page as PDF without any of our economies."""
    fetcher = child.OwnPictures()
    fetcher.known = page.pictures
    fonts = FontConfiguration()
    sheet = (child.STYLES / "paper.css").read_text("utf-8")
    sheet = sheet.replace("table-layout: fixed; border-spacing: 0", "border-collapse: collapse")
    sheet = sheet.replace('"Liberation Sans", Arial', '"DejaVu Sans", "Liberation Sans", Arial')
    paper = CSS(string=sheet, font_config=fonts, url_fetcher=fetcher)
    pdf = HTML(string=page.html, url_fetcher=fetcher).write_pdf(
        stylesheets=[paper],
        font_config=fonts,
        finisher=child.mend_tags,
        pdf_variant="pdf/a-3a",
        pdf_identifier=page.digest[:16].encode(),
    )
    return child.declare_accessible(pdf)


def how_much_faster(rounds: int = 5) -> float:
    """Return how often our journey fits into the naive one: medians of rotated rounds of processor time."""
    page = compose(make_journey(), "en", NOON)
    fetcher = child.OwnPictures()
    studio = child.Studio(fetcher)
    fetcher.known = page.pictures
    task = {
        "html": page.html,
        "shorter": page.shorter,
        "pages_max": page.pages_max,
        "created_at": NOON.isoformat(),
        "identifier": "x",
        "attachments": [],
    }
    acts: tuple[Callable[[], bytes], ...] = (lambda: studio.draw(task), lambda: naive_pdf(page))
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for act, times in zip(acts, spent, strict=True):
            start = time.process_time()
            act()
            times.append(time.process_time() - start)
    ours, naive = (statistics.median(times[1:]) for times in spent)
    return naive / ours


if __name__ == "__main__":
    print(f"{how_much_faster():.2f}")
