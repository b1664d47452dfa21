"""The documents as files: declared, tagged, titled, the same bytes twice, and their sums agree."""

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from app.exports.documents.contents.document import Document
from app.exports.documents.contents.journeys import Change, JourneyDocument, Quote
from app.exports.documents.frozen import in_ranges
from app.exports.documents.pages import compose, content_digest
from app.exports.documents.renderer import Renderer
from app.exports.documents.words import fixed_places, number, words_of
from app.journeys.rules import TASKS
from tests.exports.cases import documents as story

DOCUMENTS: dict[str, Document] = {
    "journey": story.make_journey(),
    "large print": story.make_journey(large_print=True),
    "line": story.make_line(),
    "short line": story.make_line(measured=False),
    "schedule": story.make_schedule(),
    "identity sheet": story.make_identity_sheet(),
    "statement": story.make_statement(),
}
EVERY = pytest.mark.parametrize("name", DOCUMENTS)
NEEDS_POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as renderer:
        yield renderer


@pytest.fixture(scope="module")
def drawn(renderer: Renderer) -> dict[str, bytes]:
    return {name: renderer.pdf(document, created_at=story.NOON) for name, document in DOCUMENTS.items()}


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def tags(pdf: pikepdf.Pdf) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"]


def text_of(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


@EVERY
def test_a_file_declares_both_standards_and_names_itself(drawn: dict[str, bytes], name: str) -> None:
    with opened(drawn[name]) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title)
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
            assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


@EVERY
def test_pictures_have_words_and_cells_have_heads(drawn: dict[str, bytes], name: str) -> None:
    with opened(drawn[name]) as pdf:
        found = tags(pdf)
        assert all(str(tag.get("/Alt", "")) for tag in found if tag.S == "/Figure")
        assert all(len(tag.A.get("/Headers", [])) for tag in found if tag.S == "/TD")
        heads = {str(tag.ID): tag for tag in found if tag.S == "/TH"}
        assert {str(head.A.Scope) for head in heads.values()} <= {"/Column", "/Row"}
        assert dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)) == heads
        assert all(_lies_on_the_page(tag) for tag in found if tag.S == "/Figure")
        assert sum(tag.S == "/H1" for tag in found) == 1
        levels = [int(str(tag.S)[2]) for tag in found if re.fullmatch(r"/H[1-6]", str(tag.S))]
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert "/Outlines" in pdf.Root


def _lies_on_the_page(figure: Any) -> bool:
    left, low, right, high = (float(edge) for edge in figure.A.BBox)
    width, height = (float(edge) for edge in figure.Pg.MediaBox[2:])
    return 0 <= left < right <= width and 0 <= low < high <= height


@EVERY
def test_what_stands_in_the_margins_is_read_to_nobody(drawn: dict[str, bytes], name: str) -> None:
    with opened(drawn[name]) as pdf:
        texts = pdf.Root.StructTreeRoot.ParentTree.Nums
        for number, page in enumerate(pdf.pages):
            marks = re.findall(rb"<<(/Type /Pagination|/MCID (\d+))>>\s+BDC", page.Contents.read_bytes())
            assert sum(not place for _, place in marks) >= len(("mark", "kind", "foot", "page"))
            assert {int(place) for _, place in marks if place} == set(range(len(texts[2 * number + 1])))


@EVERY
def test_a_file_is_sound_and_its_fonts_travel_in_it(drawn: dict[str, bytes], name: str) -> None:
    with opened(drawn[name]) as pdf:
        assert pdf.check_pdf_syntax() == []
        fonts = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
        assert {re.sub(r"^/\w+\+", "", str(font.FontName)).split("-")[0] for font in fonts} == {"Liberation"}


def test_the_same_content_gives_the_same_bytes_from_another_child(drawn: dict[str, bytes]) -> None:
    with Renderer() as other:
        again = {
            name: other.pdf(DOCUMENTS[name], created_at=story.NOON)
            for name in ("journey", "line", "schedule")
        }

    assert all(again[name] == drawn[name] for name in again)


def test_another_word_gives_other_bytes_and_another_hash(renderer: Renderer, drawn: dict[str, bytes]) -> None:
    changed = replace(story.make_identity_sheet(), contract="NM-W")

    assert renderer.pdf(changed, created_at=story.NOON) != drawn["identity sheet"]
    assert content_digest(changed) != content_digest(story.make_identity_sheet())


@pytest.mark.parametrize(("name", "file"), [("line", "claim-line.json"), ("schedule", "claim-schedule.csv")])
def test_the_source_travels_inside_and_is_listed_once(drawn: dict[str, bytes], name: str, file: str) -> None:
    with opened(drawn[name]) as pdf:
        assert list(pdf.attachments) == [file]
        assert pdf.attachments[file].get_file().read_bytes() == getattr(DOCUMENTS[name], "source")  # noqa: B009
        assert len(pdf.Root.AF) == 1
        assert str(pdf.Root.AF[0].AFRelationship) == "/Source"


def test_the_lines_json_holds_each_hash_in_full() -> None:
    line = story.make_line()

    held = json.loads(line.source)
    assert [record["sha256"] for record in held["records"]] == [record.sha256 for record in line.records]


@NEEDS_POPPLER
def test_paper_and_csv_agree_to_the_penny(drawn: dict[str, bytes]) -> None:
    schedule = story.make_schedule()
    rows = list(csv.DictReader(StringIO(schedule.source.decode("utf-8-sig"))))
    pence = [int(row["amount_pence"]) for row in rows]

    text = text_of(drawn["schedule"], "-layout")

    printed = re.findall(r"^\d{3} .* ([\d,]+\.\d\d) +[\d,]+\.\d\d$", text, re.MULTILINE)
    assert [int(re.sub(r"\D", "", amount)) for amount in printed] == pence
    whole = f"{sum(pence) / 100:,.2f}"
    assert f"£{whole}" in text
    assert re.search(rf"Total of 40 lines +{re.escape(whole)} +{re.escape(whole)}", text)
    assert sum(part.amount_pence for part in schedule.by_provider()) == sum(pence)
    assert sum(part.amount_pence for part in schedule.by_rate()) == sum(pence)
    for part in schedule.by_provider():
        assert re.search(rf"{part.name}, subtotal +{part.amount_pence / 100:,.2f}", text)


@NEEDS_POPPLER
def test_a_journey_reads_in_its_order(drawn: dict[str, bytes]) -> None:
    text = re.sub(r"\s+", " ", text_of(drawn["journey"], "-raw"))

    order = [
        "Dean’s journey",
        "In short",
        "I can get to new places alone now.",
        "Clearly higher: confidence and experience.",
        "Next:",
        "Where you began, where you are",
        "You 2½ → 7",
        "Each ladder over time",
        "The same, in numbers",
        "What happened, newest first",
        "The plan from here",
        "Who may read this",
        "If you see it differently",
        "One correction so far.",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


@NEEDS_POPPLER
@EVERY
def test_no_word_is_smaller_than_eight_points(drawn: dict[str, bytes], name: str) -> None:
    words = re.findall(r'yMin="([\d.]+)".*?yMax="([\d.]+)">([^<]+)</word>', text_of(drawn[name], "-bbox"))
    sizes = [(float(low) - float(high), word) for high, low, word in words]
    eight = {"large print": 13}.get(name, 8)  # the footer, known by its sheet
    footer = min(size for size, word in sizes if word == "Page")

    assert min(sizes)[0] >= footer - 0.01
    assert footer == pytest.approx(eight * 1.117, abs=0.35)


@EVERY
def test_a_document_has_the_pages_people_expect(drawn: dict[str, bytes], name: str) -> None:
    expected = {"journey": 3, "large print": 9, "line": 2, "short line": 2, "schedule": 3}
    with opened(drawn[name]) as pdf:
        assert len(pdf.pages) == expected.get(name, 1)


def test_a_line_that_meets_eighteen_conditions_keeps_to_two_pages(renderer: Renderer) -> None:
    line = story.make_line()
    many = replace(line, conditions=(*line.conditions, *line.conditions[:4]))

    with opened(renderer.pdf(many, "en", created_at=story.NOON)) as pdf:
        assert len(pdf.pages) == 2


def test_a_line_names_nobody_and_quotes_nobody() -> None:
    html = compose(story.make_line(), "en", story.NOON).html

    assert not [word for word in ("Dean", "Amina", "“I ") if word in html]


@NEEDS_POPPLER
def test_a_journey_with_nothing_in_it_is_still_a_page(renderer: Renderer) -> None:
    empty = JourneyDocument(
        reference="WM-0000",
        name="Sam",
        worker="Lee P.",
        worker_name="Lee",
        provider="Own Programme",
        began_on=date(2025, 1, 6),
        made_on=date(2025, 1, 7),
    )

    text = text_of(renderer.pdf(empty, created_at=story.NOON))

    assert "You and Lee have not rated together yet." in text
    assert "Nothing is recorded yet." in text
    assert "Northway" not in text


@NEEDS_POPPLER
def test_a_first_sitting_shows_a_beginning_and_no_change(renderer: Renderer) -> None:
    ladders = tuple(
        replace(ladder, person=ladder.person[:1], worker=("not-asked",), change=Change.FIRST_TIME)
        for ladder in story.LADDERS
    )
    first = replace(story.make_journey(), ladders=ladders, sittings=(date(2024, 11, 7),), baselines=1)

    text = text_of(renderer.pdf(first, created_at=story.NOON))

    assert "This is where you began." in text
    assert "Clearly higher" not in text


@pytest.mark.parametrize(("name", "shown"), [("Emma", "E."), ("Gwen", "Gwen"), ("Siân", "Siân")])
def test_a_name_too_wide_for_its_column_stands_as_its_initial(name: str, shown: str) -> None:
    days = tuple(date(2024, 1, 5) + timedelta(weeks=9 * i) for i in range(6))
    ladders = tuple(replace(ladder, person=(5.0,) * 6, worker=(4.0,) * 6) for ladder in story.LADDERS)
    six = replace(story.make_journey(), ladders=ladders, sittings=days, worker_name=name)

    head = compose(six, "en", story.NOON).html.partition('class="ratings"')[2].partition("</thead>")[0]

    assert head.count(f"<br>{shown}</th>") == len(days)


def test_fifteen_sittings_stand_in_blocks_that_fit(renderer: Renderer) -> None:
    days = tuple(date(2024, 1, 5) + timedelta(weeks=5 * i) for i in range(15))
    ladders = tuple(replace(ladder, person=(5.0,) * 15, worker=(4.0,) * 15) for ladder in story.LADDERS)
    long = replace(story.make_journey(), ladders=ladders, sittings=days)

    page = compose(long, "en", story.NOON)

    assert page.html.count('class="ratings"') == 3
    assert renderer.draw(page, created_at=story.NOON, identifier="x").startswith(b"%PDF-1.7")


@NEEDS_POPPLER
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_long_journey_leaves_earlier_events_out_before_it_takes_a_fourth_page(
    renderer: Renderer, language: str
) -> None:
    days = tuple(date(2024, 1, 5) + timedelta(weeks=9 * i) for i in range(6))
    quoted = (
        replace(ladder, in_words="“I get the alerts on my phone and I look every morning, at breakfast.”")
        for ladder in story.LADDERS
    )
    ladders = tuple(replace(ladder, person=(5.0,) * 6, worker=(4.0,) * 6) for ladder in quoted)
    event = replace(story.make_journey().events[0], what="Met in person. Hard week at home. " * 4)
    events = (*(event,) * 6, replace(event, what="I was there that day.", is_disputed=True))
    long = replace(story.make_journey(), ladders=ladders, sittings=days, events=events, earlier_events=30)

    pdf = renderer.pdf(long, language, created_at=story.NOON)

    with opened(pdf) as paper:
        assert len(paper.pages) == 3
    text = text_of(pdf, "-raw")
    assert re.search(r"\b3[1-5]\b", text)
    assert "I was there that day." in text


@NEEDS_POPPLER
def test_a_journey_reads_in_welsh_and_says_so(renderer: Renderer) -> None:
    said = Quote(words="Tŷ bach, dŵr a bwyd.", said_on=date(2025, 3, 3))
    pdf = renderer.pdf(replace(story.make_journey(), said=said), "cy", created_at=story.NOON)

    with opened(pdf) as paper:
        assert (str(paper.Root.Lang), len(paper.pages)) == ("cy", 3)
    text = re.sub(r"\s+", " ", text_of(pdf, "-raw"))
    assert all(words in text for words in ("Taith Dean", "Yn fyr", "Tŷ bach, dŵr a bwyd.", "10 Mawrth 2025"))


@EVERY
def test_every_document_is_written_in_welsh(name: str) -> None:
    page = compose(DOCUMENTS[name], "cy", story.NOON)

    assert '<html lang="cy"' in page.html
    assert not re.search(r">(Page|Who|When|What|Rate|State|Line|Records|Evidence)<", page.html)


@pytest.mark.parametrize("code", TASKS)
def test_whatever_is_still_needed_has_words(code: str) -> None:
    assert words_of("en")(f"journey.task.{code}", title="Two placements")


def test_a_missing_value_is_an_error_not_a_word() -> None:
    broken = replace(story.make_line(), card=None)  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="missing"):
        compose(broken, "en", story.NOON)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        words_of("tlh")


def test_ratings_and_measures_are_written_as_people_write_them() -> None:
    assert [number(value) for value in (5, 4.5, 0.5, 4.3, 10.0)] == ["5", "4½", "½", "4.3", "10"]
    assert [fixed_places(value, 2) for value in (5.625, 1.9286)] == ["5.63", "1.93"]
    assert fixed_places(0.4995, 3) == "0.500"


def test_days_far_away_are_said_with_their_year() -> None:
    words = words_of("en")

    assert words.weekday(date(2024, 11, 26), date(2025, 3, 10)) == "Tue 26 November"
    assert words.weekday(date(2023, 11, 28), date(2025, 3, 10)) == "Tue 28 November 2023"


def test_moments_are_said_in_london_time() -> None:
    assert words_of("en").moment(story.NOON) == "2 April 2025 10:14"
    assert words_of("cy").moment(story.NOON) == "2 Ebrill 2025 10:14"


def test_welsh_counts_by_its_own_forms() -> None:
    counted = [words_of("cy").count("journey.corrections", n) for n in (1, 2, 3, 5, 6)]

    assert [words.split()[1] for words in counted] == [
        "cywiriad",
        "gywiriad",
        "chywiriad",
        "cywiriad",
        "chywiriad",
    ]


def test_no_template_switches_escaping_off_or_names_an_address() -> None:
    folder = Path(compose.__code__.co_filename).parent
    for template in (folder / "templates").glob("*.html"):
        source = template.read_text("utf-8")
        assert not re.search(
            r"\|\s*safe|autoescape|https?:|file:|data:|<link|<script|\sstyle=\"(?!width)", source
        ), template
    for sheet in (folder / "styles").glob("*.css"):
        assert set(re.findall(r"url\((.*?)\)", sheet.read_text("utf-8"))) <= {
            '"picture:mark"',
            '"picture:grid"',
            '"picture:tick"',
        }


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("R1, R2, R3, R4, R6, E1", "R1–R4, R6, E1"),
        ("R1, R5, R2, R6", "R1, R2, R5, R6"),
        ("Recorded R1, R2, R3, R10", "Recorded R1–R3, R10"),
        ("Section 3", "Section 3"),
        ("", ""),
    ],
)
def test_references_in_a_row_are_said_as_a_range(said: str, shown: str) -> None:
    assert in_ranges(said) == shown
