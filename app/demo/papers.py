"""Certificates, letters, registers, photos and payslips: real JPEG and PDF files, made by program."""

import io
import math
import textwrap
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from app.demo.deeds import Paper

SIZE = (720, 530)
QUALITY = 72
PAPER = "#fdfbf3"
INK = "#26302f"
TABLES = ("#877b6c", "#6d7a78", "#94806a", "#7d7f88", "#8a7468", "#72806c")
SERIF = "LiberationSerif-Regular.ttf"
WRAP = 58
MARGIN = 70
TILTS = (-2.4, 1.8, -1.1, 2.6, 0.9, -1.7)


def make(paper: Paper) -> tuple[bytes, str]:
    """Return a paper's bytes and media type; the same paper is the same bytes."""
    if paper.kind in {"letter", "payslip"} and paper.look:
        return _pdf(paper), "application/pdf"
    return _jpeg(_on_table(_sheet(paper), paper.look)), "image/jpeg"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the serif that documents are printed in, or the one that comes with Pillow."""
    try:
        return ImageFont.truetype(SERIF, size)
    except OSError:
        return ImageFont.load_default(size)


def _sheet(paper: Paper) -> Image.Image:
    sheet = Image.new("RGB", (640, 450), PAPER)
    draw = ImageDraw.Draw(sheet)
    if paper.kind == "certificate":
        _certificate(draw, paper.lines)
    elif paper.kind == "register":
        _register(draw, paper.lines)
    elif paper.kind == "photo":
        _page(draw, paper.lines, paper.look)
    else:
        _written(draw, paper.lines)
    return sheet


def _certificate(draw: ImageDraw.ImageDraw, lines: tuple[str, ...]) -> None:
    issuer, title, written, number = lines
    draw.rectangle((14, 14, 625, 435), outline="#4c5f5c", width=5)
    draw.rectangle((26, 26, 613, 423), outline="#4c5f5c", width=1)
    for top, text, size in (
        (60, issuer.upper(), 24),
        (110, "Certificate", 44),
        (182, "This is to say that the holder has completed", 20),
        (226, title, 29),
        (292, number, 18),
    ):
        draw.text((320, top), text, INK, font=_font(size), anchor="ma")
    draw.text((64, 372), written, INK, font=_font(20))
    draw.ellipse((500, 322, 576, 398), fill="#c99f2a")
    draw.ellipse((508, 330, 568, 390), outline="#f5e7bd", width=2)


def _register(draw: ImageDraw.ImageDraw, lines: tuple[str, ...]) -> None:
    place, *days, writer = lines
    draw.text((40, 30), f"Attendance, {place}", INK, font=_font(28))
    for row, day in enumerate(days):
        top = 100 + row * 62
        draw.line((40, top + 46, 600, top + 46), fill="#a9b0ad")
        draw.text((46, top + 8), day, INK, font=_font(22))
        draw.text((230, top + 8), "09:30 to 12:30", INK, font=_font(22))
        _scribble(draw, (440, top + 24), 120, row)
    draw.text((40, 386), f"Signed for the place: {writer}", INK, font=_font(20))


def _written(draw: ImageDraw.ImageDraw, lines: tuple[str, ...]) -> None:
    head, *rest = lines
    draw.text((50, 40), head, INK, font=_font(26))
    top = 100
    for line in rest:
        for part in textwrap.wrap(line, WRAP):
            draw.text((50, top), part, INK, font=_font(19))
            top += 29
        top += 14


def _page(draw: ImageDraw.ImageDraw, lines: tuple[str, ...], look: int) -> None:
    """Draw a page filled in by hand: a title, a date, lines of writing that say nothing, a signature."""
    title, written = lines
    draw.text((44, 30), title, INK, font=_font(32))
    draw.text((44, 82), written, INK, font=_font(20))
    for row in range(5):
        top = 136 + row * 46
        draw.line((44, top + 26, 596, top + 26), fill="#c4cac7")
        _scribble(draw, (50, top + 12), 300 + (row * 97 + look * 53) % 240, row + look)
    draw.text((44, 384), "Signed", INK, font=_font(20))
    _scribble(draw, (130, 396), 150, look)


def _scribble(draw: ImageDraw.ImageDraw, start: tuple[int, int], length: int, look: int) -> None:
    left, top = start
    points = [
        (left + step, top + round(7 * math.sin(step / (5 + look % 3)) * math.sin(step / 31 + look)))
        for step in range(0, length, 2)
    ]
    draw.line(points, fill="#2b3f78", width=2)


def _on_table(sheet: Image.Image, look: int) -> Image.Image:
    """Return the sheet as it lies on a table, a little turned, as a tablet's camera sees it."""
    table = Image.new("RGB", SIZE, TABLES[look % len(TABLES)])
    mask = Image.new("L", sheet.size, 255)
    turn = TILTS[look % len(TILTS)]
    turned = sheet.rotate(turn, Image.Resampling.BILINEAR, expand=True)
    shape = mask.rotate(turn, Image.Resampling.BILINEAR, expand=True)
    table.paste(turned, ((SIZE[0] - turned.width) // 2, (SIZE[1] - turned.height) // 2), shape)
    return table


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _pdf(paper: Paper) -> bytes:
    """Return a one-page PDF with the paper's words in one of the fonts that every reader has."""
    text: list[str] = []
    for line in paper.lines:
        text += [*textwrap.wrap(line, WRAP + 14), ""]
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in text)
    content = f"BT /F1 13 Tf 19 TL {MARGIN} 740 Td\n{shown}\nET".encode("cp1252", "replace")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
    )
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, content_of in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content_of)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
