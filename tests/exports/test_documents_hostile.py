"""What people write cannot reach out of the page: nothing is fetched, no local byte comes in."""

import os
import re
import signal
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

import pikepdf
import pytest
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from app.exports.documents import child, pages
from app.exports.documents.contents.document import Document
from app.exports.documents.pages import Page, compose
from app.exports.documents.printable import _HARMLESS, printable
from app.exports.documents.renderer import Renderer, RenderFailed, RenderLimits
from tests.exports.cases import documents as story

SECRET = "CANARY-5f1d0c77"
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

# Each asks for {web}, a server that counts, or {file}, a file with a secret in it.
REACHING = {
    "img http": '<img src="{web}/img">',
    "img file": '<img src="{file}">',
    "img data svg with image": (
        "<img src=\"data:image/svg+xml,<svg xmlns='" + SVG + "'><image href='{web}/data-svg'/></svg>\">"
    ),
    "img srcset": '<img src="{web}/src" srcset="{web}/srcset 2x">',
    "img without scheme": '<img src="//{host}/relative">',
    "link stylesheet": '<link rel="stylesheet" href="{web}/sheet.css">',
    "link stylesheet file": '<link rel="stylesheet" href="{file}">',
    "style import": "<style>@import url({web}/import.css);</style>",
    "style background": "<style>body {{ background: url({web}/background) }}</style>",
    "style font": "<style>@font-face {{ font-family: x; src: url({web}/font) }} p {{ font: 1em x }}</style>",
    "style content": "<style>p::before {{ content: url({web}/content) }}</style>",
    "style list": "<style>li {{ list-style-image: url({web}/list) }}</style>",
    "style attribute": '<p style="background-image: url({web}/style)">x</p>',
    "attr url": '<style>p::after {{ content: attr(title url) }}</style><p title="{web}/attr">x</p>',
    "base": '<base href="{web}/"><img src="based">',
    "iframe": '<iframe src="{web}/frame"></iframe>',
    "object": '<object data="{web}/object" type="image/png"></object>',
    "object file": '<object data="{file}"></object>',
    "embed": '<embed src="{web}/embed" type="image/png">',
    "video poster": '<video poster="{web}/poster"></video>',
    "input image": '<input type="image" src="{web}/input">',
    "svg image": '<svg xmlns="' + SVG + '"><image href="{web}/svg-image" width="9" height="9"/></svg>',
    "svg xlink": (
        f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}">'
        + '<image xlink:href="{file}" width="9" height="9"/></svg>'
    ),
    "svg use": '<svg xmlns="' + SVG + '"><use href="{web}/use.svg#a"/></svg>',
    "svg foreign object": (
        '<svg xmlns="' + SVG + '"><foreignObject><img src="{web}/foreign"></foreignObject></svg>'
    ),
    "svg style": (
        '<svg xmlns="'
        + SVG
        + '"><style>@import url({web}/svg-style)</style><rect width="9" height="9"/></svg>'
    ),
    "link attachment": '<link rel="attachment" href="{file}">',
    "anchor attachment": '<a rel="attachment" href="{file}">x</a>',
    "link attachment http": '<link rel="attachment" href="{web}/attached">',
    "meta refresh": '<meta http-equiv="refresh" content="0; url={web}/refresh">',
    "css escape": "<style>p {{ background: u\\72l({web}/escaped) }}</style><p>x</p>",
    "close and open": '"></td></table></main><img src="{web}/closed"><!--',
    "attribute break": '"><img src="{web}/broken"><p title="',
    "picture of ours": '<img src="picture:mark"><img src="picture:99">',
}
PLAIN = {
    "script": "<script>fetch('{web}/script')</script>",
    "javascript address": '<a href="javascript:alert(1)">x</a>',
    "event": "<img onerror=\"location='{web}/error'\">",
    "jinja": "{{{{ 7*7 }}}}{{% include '/etc/passwd' %}}{{{{ config }}}}",
    "format": "{{0.__class__}} {{worker.__init__.__globals__}} %(x)s %s",
    "entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "{file}">]>&e;',
    "nested": "<div>" * 300,
    "zero width": "ad\u200bmin\u2060\ufeff\u00ad",
    "override": "\u202eevil\u202c \u2066x\u2069 \u200f",
    "long word": "W" * 4000,
    "null and controls": "a\x00b\x01\x07\x08\x1b[31m\x7f\x9f",
    "lone surrogate": "a\ud800b",
    "noncharacter": "a\uffff\U0010ffff\ue000",
    "stacked accents": "Z" + "\u0301\u0316" * 200,
    "line separators": "a\u2028b\u2029c\r\nd",
    "pdf syntax": ") Tj ET Q endstream endobj trailer << /Root 1 0 R >> %%EOF",
    "css text": "}} * {{ display: none }} /*",
    "comment": "<!-- --><![CDATA[ x ]]><?php ?>",
    "quotes": "\"'`&<>&amp;&#0;&#x202e;",
}
# In this process the renderer's own unclosed colour profile would be a warning.
LOOSE = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
PAYLOADS = {**REACHING, **PLAIN}
DOCUMENTS: dict[str, Document] = {
    "journey": story.make_journey(),
    "line": story.make_line(),
    "schedule": replace(story.make_schedule(), lines=story.make_lines()[:3]),
    "identity sheet": story.make_identity_sheet(),
    "statement": story.make_statement(),
}


class Counting(BaseHTTPRequestHandler):
    """Counts who asks, and answers with a picture that would hold the secret."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/svg+xml")
        self.end_headers()
        self.wfile.write(f"<svg xmlns='{SVG}'><text>{SECRET}</text></svg>".encode())

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def payloads(web: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    secret = tmp_path_factory.mktemp("canary") / "secret.txt"
    secret.write_text(SECRET)
    host = web.removeprefix("http://")
    return {name: text.format(web=web, file=secret.as_uri(), host=host) for name, text in PAYLOADS.items()}


@pytest.fixture
def asked() -> list[str]:
    Counting.asked.clear()
    return Counting.asked


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer(RenderLimits(cpu_seconds=60, wall_seconds=120)) as renderer:
        yield renderer


class Poison:
    """Puts hostile text into every free-text field; successive fields take successive texts."""

    def __init__(self, texts: list[str], start: int = 0) -> None:
        self._texts, self.used = texts, start

    def fill(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.fill(item) for item in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: self._field(f, getattr(value, f.name)) for f in fields(value)})
        return value

    def _field(self, field: Any, value: Any) -> Any:
        closed = (
            "Literal" in str(field.type) or "Rating" in str(field.type) or field.name in {"rate_code", "code"}
        )
        if isinstance(value, StrEnum) or (isinstance(value, str) and closed):
            return value
        if isinstance(value, str):
            self.used += 1
            return self._texts[self.used % len(self._texts)]
        return self.fill(value)


class Elements(HTMLParser):
    """Collects every tag of a page with the names of its attributes: what the page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment",))


def everything_in(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return b"".join(
            o.read_bytes() for o in opened.objects if isinstance(o, pikepdf.Stream) and "/Subtype2" not in o
        )


@cache
def made_of(name: str) -> tuple[int, list[tuple[str, ...]]]:
    """How many free-text fields a document has, and what its page is made of when they are harmless."""
    harmless = Poison(["harmless"])
    page = compose(harmless.fill(DOCUMENTS[name]), "en", story.NOON)
    return harmless.used, Elements(page.html).found


@pytest.mark.parametrize("kind", PAYLOADS)
def test_a_payload_in_every_field_adds_nothing_to_a_page(payloads: dict[str, str], kind: str) -> None:
    for name, document in DOCUMENTS.items():
        hostile = Poison([payloads[kind]])

        page = compose(hostile.fill(document), "en", story.NOON)

        assert (hostile.used, Elements(page.html).found) == made_of(name)
        assert hostile.used > 10
        assert page.html.count("<") == sum(1 for _ in re.finditer(r"</?[a-z!]", page.html))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_full_of_payloads_is_drawn_and_asks_for_nothing(
    renderer: Renderer, payloads: dict[str, str], asked: list[str], name: str
) -> None:
    texts = [text[:300] for text in payloads.values()]
    start = list(DOCUMENTS).index(name) * 11

    pdf = renderer.pdf(Poison(texts, start).fill(DOCUMENTS[name]), created_at=story.NOON)

    assert asked == []
    assert SECRET.encode() not in pdf + everything_in(pdf)


class Recording(child.OwnPictures):
    """The closed fetcher, writing down what it refused."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        try:
            return super().fetch(url, headers)
        except child.AddressRefused:
            self.refused.append(url)
            raise


def task_of(html: str) -> dict[str, Any]:
    page = f"<!doctype html><html lang='en'><title>x</title><body><h1>x</h1>{html}</body></html>"
    return {
        "html": page,
        "pictures": {},
        "created_at": story.NOON.isoformat(),
        "identifier": "x",
        "attachments": [],
    }


def draw_open(studio: child.Studio, html: str) -> bytes:
    try:
        return studio.draw(task_of(html))
    except (Exception, FatalURLFetchingError):
        return b""


@LOOSE
def test_even_unescaped_the_fetcher_lets_nothing_through(payloads: dict[str, str], asked: list[str]) -> None:
    fetcher = Recording()
    studio = child.Studio(fetcher)
    fetcher.known = dict.fromkeys(("picture:mark", "picture:grid", "picture:tick"), f"<svg xmlns='{SVG}'/>")

    drawn = [draw_open(studio, payloads[kind]) for kind in REACHING]

    assert asked == []
    assert not [pdf for pdf in drawn if pdf and SECRET.encode() in everything_in(pdf)]
    assert len(fetcher.refused) >= 12


@LOOSE
def test_the_mutant_with_the_default_fetcher_and_no_escaping_is_caught(
    payloads: dict[str, str], asked: list[str]
) -> None:
    careless = pages.make_environment(autoescape=False)
    studio = child.Studio(URLFetcher(timeout=30))
    leaks = []

    for kind in REACHING:
        html = careless.from_string("{{ text }}").render(text=payloads[kind])
        pdf = draw_open(studio, html)
        leaks += [kind] if pdf and SECRET.encode() in everything_in(pdf) else []

    assert len(asked) >= 8
    assert "link attachment" in leaks


def test_three_thousand_nested_boxes_end_in_a_refusal_and_the_next_page_is_drawn(renderer: Renderer) -> None:
    deep = Page(task_of("<div>" * 3000)["html"], {}, "", b"", "x")

    with pytest.raises(RenderFailed, match=r"could not be drawn|was ended"):
        renderer.draw(deep, created_at=story.NOON, identifier="x")

    assert renderer.pdf(DOCUMENTS["identity sheet"], created_at=story.NOON).startswith(b"%PDF")


def test_a_drawing_that_takes_too_long_is_ended() -> None:
    with (
        Renderer(RenderLimits(wall_seconds=0.3)) as impatient,
        pytest.raises(RenderFailed, match="was ended"),
    ):
        impatient.pdf(story.make_schedule(), created_at=story.NOON)


def test_a_drawing_that_wants_too_much_memory_is_ended_and_a_normal_one_has_room() -> None:
    huge = Page("x" * 100_000_000, {}, "", b"", "x")

    with Renderer(RenderLimits(memory_bytes=400 * 1024**2, wall_seconds=120)) as small:
        assert small.pdf(DOCUMENTS["identity sheet"], created_at=story.NOON).startswith(b"%PDF")
        with pytest.raises(RenderFailed):
            small.draw(huge, created_at=story.NOON, identifier="x")


def test_a_killed_child_fails_one_drawing_and_a_fresh_one_takes_over(renderer: Renderer) -> None:
    renderer.warm_up()
    victim = renderer._child
    assert victim is not None
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGSTOP)  # so that it cannot finish before it is killed
    page = compose(story.make_schedule(times=4), "en", story.NOON)
    threading.Timer(0.5, victim.kill).start()

    with pytest.raises(RenderFailed):
        renderer.draw(page, created_at=story.NOON, identifier="x")

    assert renderer.pdf(DOCUMENTS["identity sheet"], created_at=story.NOON).startswith(b"%PDF")


def test_a_failure_says_nothing_of_the_document(renderer: Renderer) -> None:
    page = Page(task_of(f'<img src="http://127.0.0.1:9/{SECRET}">')["html"], {}, "", b"", "x")

    with pytest.raises(RenderFailed) as refusal:
        renderer.draw(page, created_at=story.NOON, identifier="x")

    assert SECRET not in str(refusal.value)
    assert "AddressRefused" in str(refusal.value)


def test_the_second_lock_refuses_sockets_processes_and_foreign_files() -> None:
    attempt = (
        "import sys, importlib.util as u\n"
        f"s = u.spec_from_file_location('child', {str(Path(child.__file__))!r})\n"
        "m = u.module_from_spec(s); sys.modules['child'] = m; s.loader.exec_module(m)\n"
        "import socket, subprocess\n"
        "sys.addaudithook(m.refuse_outside)\n"
        "acts = [lambda: socket.create_connection(('127.0.0.1', 9)), lambda: subprocess.run(['true']),\n"
        "        lambda: open('/etc/hostname'), lambda: open('/tmp/x', 'w'), lambda: socket.socket()]\n"
        "for act in acts:\n"
        "    try: act()\n"
        "    except PermissionError: print('refused')\n"
    )

    said = subprocess.run(
        [sys.executable, "-I", "-c", attempt], capture_output=True, text=True, check=True
    ).stdout

    assert said.split() == ["refused"] * 5


def test_the_child_is_told_nothing_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    with Renderer() as renderer:
        renderer.warm_up()
        assert renderer._child is not None
        environment = Path(f"/proc/{renderer._child.pid}/environ").read_text()

    assert SECRET not in environment


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("plain words", "plain words"),
        ("“Siân” – 4½ £", "“Siân” – 4½ £"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("ad\u200bmin\ufeff", "admin"),
        ("\u202eevil\u202c", "evil"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("a\ud800b", "a\ufffdb"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200cb", "ab"),
        ("Z" + "\u0301" * 50, "Z" + "\u0301" * 6),
    ],
)
def test_what_is_printed_is_what_can_be_read(written: str, printed: str) -> None:
    assert printable(written) == printed


def test_signs_that_need_no_second_look_need_none() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    gone = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp"}
    harmless = set("".join(_HARMLESS.findall(every)))

    assert len(harmless) > 700
    assert {sign for sign in harmless if unicodedata.category(sign) in gone} == set("\t\n")
