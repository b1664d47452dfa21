"""Files that somebody might send: good ones, and ones made to do harm; all are made here."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """Make a small picture."""
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def picture_with_a_place() -> bytes:
    """Make a JPEG that says where it was taken, turned on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif[0x010F] = "CAMERA-CANARY"
    exif.get_ifd(0x8825)[2] = (54.0, 58.0, 1.0)
    return picture(exif=exif, comment=b"COMMENT-CANARY")


def document(change: Callable[[pikepdf.Pdf], None] | None = None, **options: object) -> bytes:
    """Make a PDF of one page."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def _name_action(kind: str, **more: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(kind), **more)


def _root(key: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[key] = value

    return change


def _annotation(**keys: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **keys)
        pdf.pages[0].Annots = pikepdf.Array([annotation])

    return change


def _deep(pdf: pikepdf.Pdf) -> None:
    nested = pikepdf.Array([])
    for _ in range(90):
        nested = pikepdf.Array([nested])
    pdf.Root["/Deep"] = nested


def _many_pages(pdf: pikepdf.Pdf) -> None:
    for _ in range(150):
        pdf.add_blank_page()


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["virus.exe"] = b"MZ" + b"\0" * 64


def png_of(width: int, height: int, *, chunks: bytes = b"", data: bytes | None = None) -> bytes:
    """Write a PNG by hand, with whatever size it claims."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = zlib.compress(b"\0" * 4096) if data is None else data
    return b"\x89PNG\r\n\x1a\n" + head + chunks + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _ztxt_bomb() -> bytes:
    content = b"Comment\0\0" + zlib.compress(b"A" * 20_000_000, 9)
    return (
        struct.pack(">I", len(content)) + b"zTXt" + content + struct.pack(">I", zlib.crc32(b"zTXt" + content))
    )


def _jpeg_claiming(width: int, height: int) -> bytes:
    content = bytearray(picture())
    place = content.index(b"\xff\xc0")
    content[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def _stream_bomb(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = pikepdf.Stream(
        pdf, zlib.compress(zlib.compress(b"0" * 20_000_000, 9), 9), Filter=[pikepdf.Name.FlateDecode] * 2
    )


ZIP = b"PK\x03\x04" + b"\0" * 200
SCRIPT = b"<script>alert(1)</script>"
JS = pikepdf.String("app.alert(1)")

# By name: the bytes, and what must become of them: a refusal's code, or None where a clean copy is kept.
HOSTILE: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "nothing": (lambda: b"", "file-empty"),
    "one byte": (lambda: b"\xff", "file-type"),
    "blanks": (lambda: b" " * 5_000, "file-type"),
    "noughts": (lambda: b"\0" * 100_000, "file-type"),
    "html": (lambda: b"<!DOCTYPE html><html>" + SCRIPT, "file-type"),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", "file-type"),
    "svg with an xml head": (lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>', "file-type"),
    "svg with an entity bomb": (lambda: b'<!DOCTYPE s [<!ENTITY a "aaaa">]><svg>&a;</svg>', "file-type"),
    "javascript": (lambda: b"alert(document.cookie)", "file-type"),
    "a shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", "file-type"),
    "a windows program": (lambda: b"MZ" + b"\0" * 500, "file-type"),
    "a linux program": (lambda: b"\x7fELF" + b"\0" * 500, "file-type"),
    "zip": (lambda: ZIP, "file-type"),
    "gzip": (lambda: b"\x1f\x8b\x08" + b"\0" * 100, "file-type"),
    "gif": (lambda: picture("GIF"), "file-type"),
    "bmp": (lambda: picture("BMP"), "file-type"),
    "tiff": (lambda: picture("TIFF"), "file-type"),
    "webp": (lambda: picture("WEBP"), "file-type"),
    "ico": (lambda: picture("ICO"), "file-type"),
    "postscript": (lambda: b"%!PS-Adobe-3.0\n(/etc/passwd) run\n", "file-type"),
    "mp4": (lambda: b"\0\0\0\x18ftypmp42" + b"\0" * 200, "file-type"),
    "jpeg head only": (lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0", "file-unreadable"),
    "jpeg cut in half": (lambda: picture(size=(400, 300))[:4_000], "file-unreadable"),
    "jpeg of rubbish": (lambda: b"\xff\xd8\xff" + bytes(range(256)) * 40, "file-unreadable"),
    "jpeg claiming 65,000 by 65,000": (lambda: _jpeg_claiming(65_000, 65_000), "file-dimensions"),
    "jpeg claiming nothing": (lambda: _jpeg_claiming(0, 0), "file-unreadable"),
    "jpeg and zip in one": (lambda: picture() + ZIP, None),
    "jpeg and html in one": (lambda: picture() + b"<html>" + SCRIPT, None),
    "jpeg with a place and a comment": (picture_with_a_place, None),
    "jpeg with a script in its comment": (lambda: picture(comment=SCRIPT), None),
    "png head only": (lambda: b"\x89PNG\r\n\x1a\n", "file-unreadable"),
    "png cut in half": (lambda: picture("PNG", (300, 200))[:9_000], "file-unreadable"),
    "png bomb of 50,000 by 50,000": (lambda: png_of(50_000, 50_000), "file-dimensions"),
    "png claiming two thousand million": (lambda: png_of(2**31 - 1, 2**31 - 1), "file-dimensions"),
    "png one pixel high and endless": (lambda: png_of(2_000_000, 1), "file-dimensions"),
    "png of no size": (lambda: png_of(0, 0), "file-unreadable"),
    "png with too little in it": (lambda: png_of(4_000, 4_000), "file-unreadable"),
    "png with rubbish in it": (lambda: png_of(100, 100, data=b"rubbish"), "file-unreadable"),
    "png with a text bomb": (lambda: png_of(8, 8, chunks=_ztxt_bomb()), "file-unreadable"),
    "png and html in one": (lambda: picture("PNG") + SCRIPT, None),
    "heic head only": (lambda: picture("HEIF")[:40], "file-unreadable"),
    "heic cut in half": (lambda: picture("HEIF", (400, 300))[:3_000], "file-unreadable"),
    "pdf head only": (lambda: b"%PDF-1.7\n", "file-unreadable"),
    "pdf of rubbish": (lambda: b"%PDF-1.7\n" + b"obj<<>>" * 500, "file-unreadable"),
    "pdf cut in half": (lambda: document()[:300], "file-unreadable"),
    "pdf and html in one": (lambda: document() + b"<html>" + SCRIPT, None),
    "pdf with a password": (
        lambda: document(encryption=pikepdf.Encryption(owner="o", user="u")),
        "file-locked",
    ),
    "pdf locked against printing": (
        lambda: document(encryption=pikepdf.Encryption(owner="o", user="")),
        "file-locked",
    ),
    "pdf that runs a script when opened": (
        lambda: document(_root("/OpenAction", _name_action("/JavaScript", JS=JS))),
        "file-active",
    ),
    "pdf with named scripts": (
        lambda: document(
            _root("/Names", pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([]))))
        ),
        "file-active",
    ),
    "pdf that starts a program": (
        lambda: document(_root("/OpenAction", _name_action("/Launch", F=pikepdf.String("cmd.exe")))),
        "file-active",
    ),
    "pdf with a script on the page": (
        lambda: document(lambda pdf: pdf.pages[0].__setitem__("/AA", pikepdf.Dictionary())),
        "file-active",
    ),
    "pdf with a file in it": (lambda: document(_attach), "file-active"),
    "pdf with a file on a note": (
        lambda: document(_annotation(Subtype=pikepdf.Name.FileAttachment)),
        "file-active",
    ),
    "pdf with a film": (lambda: document(_annotation(Subtype=pikepdf.Name.RichMedia)), "file-active"),
    "pdf with a form that is sent": (
        lambda: document(
            _annotation(
                Subtype=pikepdf.Name.Link, A=_name_action("/SubmitForm", F=pikepdf.String("http://x"))
            )
        ),
        "file-active",
    ),
    "pdf with an xfa form": (
        lambda: document(_root("/AcroForm", pikepdf.Dictionary(XFA=pikepdf.Array([])))),
        "file-active",
    ),
    "pdf that opens another": (
        lambda: document(_root("/OpenAction", _name_action("/GoToR", F=pikepdf.String("//host/x.pdf")))),
        "file-active",
    ),
    "pdf nested without end": (lambda: document(_deep), "file-active"),
    "pdf of 151 pages": (lambda: document(_many_pages), "file-dimensions"),
    "pdf with a stream bomb": (lambda: document(_stream_bomb), None),
}
