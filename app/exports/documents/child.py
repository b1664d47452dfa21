"""The process that draws: HTML and its pictures come in, a PDF goes out.

It is started as a file of its own with `python -I`: it imports nothing of Waymark, so it holds no
settings, no keys and no database. It draws what it is handed and cannot ask for more: every address but
the pictures of the task is refused and ends the drawing, the interpreter then refuses sockets, processes
and foreign files as well, and the kernel limits memory and processor time. One child draws many documents,
with fonts and sheets read once.

A task is a frame on standard input, the answer a frame on standard output: one letter, four bytes of
length, and the content.
"""

import base64
import gc
import json
import logging
import os
import resource
import struct
import sys
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

TASK, DRAWN, FAILED = b"T", b"P", b"F"
LENGTH = struct.Struct(">I")
STYLES = Path(__file__).parent / "styles"
VARIANT = {"pdf_variant": "pdf/a-3a"}
POINTS = 0.75  # of a pixel

# PDF/A asks that the schema of PDF/UA's one property stand in the same metadata.
PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


class AddressRefused(FatalURLFetchingError):  # type: ignore[misc]  # the renderer ships no types
    """Something in a document asked for an address that is not one of its own pictures."""


class OwnPictures(URLFetcher):  # type: ignore[misc]  # the renderer ships no types
    """Hands out the pictures of the task in hand, by name, and nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.known: dict[str, str] = {}
        self._headers = EmailMessage()  # made once: a header costs more than a picture
        self._headers["Content-Type"] = "image/svg+xml; charset=utf-8"

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return one of the task's pictures.

        Raises:
            AddressRefused: the address is not one of them; the drawing ends.
        """
        if url not in self.known:
            raise AddressRefused
        return URLFetcherResponse(url, self.known[url].encode(), self._headers)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one drawing may use; the parent watches the clock on the wall."""

    memory_bytes: int
    cpu_seconds: int


class Studio:
    """Fonts and sheets, read once, and the drawing of one task after the other."""

    def __init__(self, fetcher: URLFetcher) -> None:
        self._fetcher = fetcher
        self._fonts = FontConfiguration()
        base = CSS(string=(STYLES / "base.css").read_text("utf-8"))
        self._paper = CSS(
            string=(STYLES / "paper.css").read_text("utf-8"), font_config=self._fonts, url_fetcher=fetcher
        )

        class Paper(HTML):  # type: ignore[misc]  # the renderer ships no types
            """HTML under our short base sheet (a private door of the renderer: a test compares the pages)."""

            def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
                return [base]

        self._page = Paper

    def draw(self, task: dict[str, Any]) -> bytes:
        """Return the task's PDF: tagged, PDF/A-3A and PDF/UA-1 declared, the same bytes for the same task."""
        created_at = datetime.fromisoformat(task["created_at"])
        os.environ["SOURCE_DATE_EPOCH"] = str(int(created_at.timestamp()))
        attachments = [
            Attachment(
                string=base64.b64decode(file["content"]),
                name=file["name"],
                description=file["description"],
                relationship="Source",
                created=created_at,
                modified=created_at,
            )
            for file in task["attachments"]
        ]
        laid_out = self._lay_out(task["html"])
        for shorter in task.get("shorter", ()):
            if len(laid_out.pages) <= task["pages_max"]:
                break
            laid_out = self._lay_out(shorter)
        pdf = laid_out.write_pdf(
            finisher=mend_tags,
            attachments=attachments,
            pdf_identifier=task["identifier"].encode(),
            **VARIANT,
        )
        return declare_accessible(pdf)

    def _lay_out(self, html: str) -> Any:
        page = self._page(string=html, url_fetcher=self._fetcher)
        return page.render(stylesheets=[self._paper], font_config=self._fonts, **VARIANT)


def mend_tags(_document: Any, pdf: pydyf.PDF) -> None:
    """Finish the renderer's tags, before the file is written.

    It leaves running heads and feet as content that no reader reaches (they are artifacts of the page), heads
    without the direction they head, names of heads without a register, and places of pictures counted in the
    page's pixels from above, where a PDF counts points from below.
    """
    tree = _at(pdf, pdf.catalog["StructTreeRoot"])
    named: list[tuple[bytes, bytes]] = []
    for element in pdf.objects:
        kind = element.get("S") if isinstance(element, dict) else None
        if kind == "/TH":
            group = _at(pdf, _at(pdf, element["P"])["P"])["S"]
            element["A"]["Scope"] = "/Column" if group == "/THead" else "/Row"
            named.append((element["ID"].string.encode(), element.reference))
        elif kind == "/Figure":
            left, top, right, bottom = element["A"]["BBox"]
            height = _at(pdf, element["Pg"])["MediaBox"][3]
            place = (POINTS * left, height - POINTS * bottom, POINTS * right, height - POINTS * top)
            element["A"]["BBox"] = pydyf.Array(round(edge, 3) for edge in place)
    if named:
        pairs = [part for name, place in sorted(named) for part in (pydyf.String(name.decode()), place)]
        register = pydyf.Dictionary({"Names": pydyf.Array(pairs)})
        pdf.add_object(register)
        tree["IDTree"] = register.reference
    _set_margins_apart(pdf, tree)


def _set_margins_apart(pdf: pydyf.PDF, tree: pydyf.Dictionary) -> None:
    """Make what stands in the margins, drawn last on each page, artifacts."""
    whole = _at(pdf, tree["K"][0])
    read = set(whole["K"])
    texts = dict(zip(*[iter(_at(pdf, tree["ParentTree"])["Nums"])] * 2, strict=True))
    pages = [part for part in pdf.objects if isinstance(part, dict) and part.get("Type") == "/Page"]
    for number, page in enumerate(pages):
        spans = texts[number]
        while spans and _top_of(pdf, spans[-1], whole.reference) not in read:
            spans.pop()
        drawn = _at(pdf, page["Contents"]).stream
        for i, marked in enumerate(drawn):
            if isinstance(marked, dict) and marked.get("MCID", -1) >= len(spans):
                drawn[i - 1], drawn[i] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})


def _top_of(pdf: pydyf.PDF, reference: bytes, whole: bytes) -> bytes:
    """Return the element right below the whole that an element belongs to."""
    while (parent := _at(pdf, reference)["P"]) != whole:
        reference = parent
    return reference


def _at(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def declare_accessible(pdf: bytes) -> bytes:
    """Declare PDF/UA-1 beside PDF/A-3A, and list each attachment once (the renderer lists it twice)."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        metadata = document.Root.Metadata
        metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", PDF_UA, 1))
        if "/AF" in document.Root:
            once = {file.objgen: file for file in document.Root.AF}
            document.Root.AF = pikepdf.Array(once.values())
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def read_frame(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """Return the next frame as its letter and content, or None where the stream ends."""
    head = stream.read(1 + LENGTH.size)
    if len(head) < 1 + LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head[1:])
    content = stream.read(size)
    return (head[:1], content) if len(content) == size else None


def write_frame(stream: BinaryIO, letter: bytes, content: bytes) -> None:
    """Send one frame at once."""
    stream.write(letter + LENGTH.pack(len(content)) + content)
    stream.flush()


def refuse_outside(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop the interpreter from reaching out: a second lock behind the fetcher (PEP 578 audit hook).

    Raises:
        PermissionError: the act is none that drawing needs.
    """
    if event == "open":
        path, mode, flags = arguments
        writes = (
            flags & (os.O_WRONLY | os.O_RDWR) if isinstance(flags, int) else mode not in {None, "r", "rb"}
        )
        if writes or not _belongs_to_the_renderer(path):
            raise PermissionError(event)
    elif event.startswith(
        ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ftplib.")
    ):
        raise PermissionError(event)


def _belongs_to_the_renderer(path: object) -> bool:
    """Whether a file is part of Python or of its packages (code loaded late, colour profiles)."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    whole = os.path.realpath(os.fsdecode(path))
    return whole.startswith((sys.prefix + os.sep, sys.base_prefix + "/lib/"))


def _limit(limits: Limits) -> None:
    """Cap memory once and for all, write no file, leave no core."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _grant_cpu(seconds: int) -> None:
    """Give the next drawing its own share of processor time; the kernel ends the process beyond it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))


def _complaint(error: BaseException) -> bytes:
    """What failed and where, without a word of the document."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}".encode()


def serve(tasks: BinaryIO, answers: BinaryIO, limits: Limits) -> None:
    """Draw task after task until the stream ends or a drawing fails: then this child is done."""
    fetcher = OwnPictures()
    studio = Studio(fetcher)
    _limit(limits)
    sys.addaudithook(refuse_outside)
    gc.collect()
    gc.freeze()  # what is loaded now stays: the collector need not look at it again
    while (frame := read_frame(tasks)) is not None:
        _grant_cpu(limits.cpu_seconds)
        gc.disable()  # a drawing leaves its rubbish together; it is swept after the answer
        task = json.loads(frame[1])
        fetcher.known = task["pictures"]
        try:
            pdf = studio.draw(task)
        except (Exception, FatalURLFetchingError) as error:
            write_frame(answers, FAILED, _complaint(error))
            return
        write_frame(answers, DRAWN, pdf)
        del pdf, task, frame
        gc.enable()
        gc.collect()


def main() -> None:
    """Serve on the streams this process was started with."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL + 1)
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)  # what a library prints must not stand between the frames
    memory_bytes, cpu_seconds = (int(argument) for argument in sys.argv[1:3])
    serve(sys.stdin.buffer, answers, Limits(memory_bytes, cpu_seconds))


if __name__ == "__main__":
    main()
