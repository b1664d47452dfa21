"""Make a file that somebody sent safe to keep: run as a program of its own, in narrow limits.

Whatever a hostile file does to the libraries that read it happens in a child process that has nothing but
the file: no database, no secret, little memory and two seconds. Images are decoded and encoded anew, so that
only the picture is left; PDFs that do anything but show pages are refused.

It imports nothing of Waymark and little of Python, so that it starts quickly; `evidence.actions` starts it
by `inspect_file`.
"""

import io
import json
import resource
import sys
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

BYTES_MAX = 15 * 1024 * 1024
PIXELS_MAX = {"image/jpeg": 120_000_000, "image/heic": 24_000_000, "image/png": 30_000_000}
SIDE_MAX = 30_000
KEPT_SIDE_MAX = 4_000
PNG_PIXELS_MAX = 4_000_000  # larger ones are photographs: kept as JPEG
JPEG_QUALITY = 88
PAGES_MAX = 100
OBJECTS_MAX = 60_000
DEPTH_MAX = 60
CPU_SECONDS = 2
WALL_SECONDS = 20  # the machine may be busy; it is the processor's time that is bounded
MEMORY_BYTES = 1_200 * 1024 * 1024
# What a document may hold that does more than show pages.
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"})
ACTIVE_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/GoToR",
        "/Rendition",
        "/RichMediaExecute",
        "/Movie",
        "/Sound",
    }
)
ACTIVE_TYPES = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})


class Unacceptable(Exception):
    """A file that is not kept; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Inspected(NamedTuple):  # a dataclass takes a tenth of the child's time to import
    """A file as it is kept, and what it is."""

    media_type: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None


def inspect_file(content: bytes) -> tuple[Inspected, bytes]:
    """Return what a file is, and the bytes to keep of it.

    Raises:
        Unacceptable: ``file-empty``, ``file-too-large``, ``file-type``, ``file-unreadable``,
            ``file-dimensions``, ``file-active``, ``file-locked`` or ``file-too-slow``.
    """
    import subprocess  # noqa: PLC0415 - the child does without

    if not content:
        raise Unacceptable("file-empty")
    if len(content) > BYTES_MAX:
        raise Unacceptable("file-too-large")
    try:
        run = subprocess.run(  # noqa: S603 - ourselves, with no argument from outside
            [sys.executable, "-I", __file__],
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={"OMP_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise Unacceptable("file-too-slow") from error
    if run.returncode != 0:
        raise Unacceptable("file-too-slow" if run.returncode < 0 else "file-unreadable")
    head, _, kept = run.stdout.partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        raise Unacceptable(answer["refused"])
    return Inspected(**answer), kept


def inspect(content: bytes) -> tuple[Inspected, bytes]:
    """Do the work itself; only ever in the child."""
    import filetype  # noqa: PLC0415 - only the child needs it

    kind = filetype.guess_mime(content)
    if kind == "application/pdf":
        return _inspect_pdf(content)
    if kind in PIXELS_MAX:
        return _inspect_image(content, kind)
    raise Unacceptable("file-type")


def _inspect_image(content: bytes, kind: str) -> tuple[Inspected, bytes]:
    from PIL import Image, ImageFile, ImageOps  # noqa: PLC0415 - only the child needs it

    if kind == "image/heic":
        import pillow_heif  # noqa: PLC0415 - only the child needs it

        pillow_heif.register_heif_opener(thumbnails=False)
    formats = {"image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIF"}
    Image.MAX_IMAGE_PIXELS = None  # bounded here, by kind, before anything is decoded
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(io.BytesIO(content), formats=[formats[kind]]) as source:
        width, height = source.size
        if width * height > PIXELS_MAX[kind] or max(width, height) > SIDE_MAX:
            raise Unacceptable("file-dimensions")
        if kind == "image/jpeg":
            source.draft("RGB", (KEPT_SIDE_MAX, KEPT_SIDE_MAX))  # decodes a large one at half its size
        source.load()
        picture: Image.Image = source
        if max(picture.size) > KEPT_SIDE_MAX:
            picture.thumbnail((KEPT_SIDE_MAX, KEPT_SIDE_MAX), Image.Resampling.BOX, reducing_gap=1.0)
        picture = ImageOps.exif_transpose(picture)
        return _encode(picture, is_png=kind == "image/png")


def _encode(picture: Any, *, is_png: bool) -> tuple[Inspected, bytes]:
    """Encode the pixels and nothing else: no place, no device, no comment, no profile."""
    from PIL import Image  # noqa: PLC0415 - only the child needs it

    plain = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if plain.mode == "RGBA":
        ground = Image.new("RGB", plain.size, "white")
        ground.paste(plain, mask=plain.getchannel("A"))
        plain = ground
    plain.info = {}
    out = io.BytesIO()
    as_png = is_png and plain.width * plain.height <= PNG_PIXELS_MAX
    if as_png:
        plain.save(out, "PNG", compress_level=4)
    else:
        plain.save(out, "JPEG", quality=JPEG_QUALITY)
    media_type = "image/png" if as_png else "image/jpeg"
    return Inspected(media_type, plain.width, plain.height), out.getvalue()


def _inspect_pdf(content: bytes) -> tuple[Inspected, bytes]:
    import pikepdf  # noqa: PLC0415 - only the child needs it

    try:
        document = pikepdf.open(io.BytesIO(content), attempt_recovery=False)
    except pikepdf.PasswordError as error:
        raise Unacceptable("file-locked") from error
    with document:
        if document.is_encrypted:
            raise Unacceptable("file-locked")
        if len(document.objects) > OBJECTS_MAX or not 1 <= len(document.pages) <= PAGES_MAX:
            raise Unacceptable("file-dimensions")
        for found in document.objects:
            if any(_is_active(part) for part in _parts(found)):
                raise Unacceptable("file-active")
        pages = len(document.pages)
        if "/Metadata" in document.Root:
            del document.Root.Metadata
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        document.remove_unreferenced_resources()
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return Inspected("application/pdf", pages=pages), out.getvalue()


def _parts(found: Any) -> Iterator[Any]:
    """Yield the dictionaries of an object, also those that stand directly in it."""
    import pikepdf  # noqa: PLC0415 - only the child needs it

    waiting = [(found, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEPTH_MAX:
            raise Unacceptable("file-active")
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part
            inner = [part[key] for key in part.keys()]  # noqa: SIM118 - its own mapping, not Python's
        elif isinstance(part, pikepdf.Array):
            inner = list(part)
        else:
            continue
        # What stands by reference is an object of its own, and is looked at there.
        waiting += [
            (one, depth + 1) for one in inner if isinstance(one, pikepdf.Object) and not one.is_indirect
        ]


def _is_active(part: Any) -> bool:
    keys = set(part.keys())
    if keys & ACTIVE_KEYS:
        return True
    return str(part.get("/S")) in ACTIVE_ACTIONS or str(part.get("/Subtype")) in ACTIVE_TYPES


def main() -> None:
    """Read a file from standard input; write what it is, a line feed, and what to keep."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    content, kept = sys.stdin.buffer.read(BYTES_MAX + 1), b""
    try:
        inspected, kept = inspect(content)
        answer: dict[str, Any] = inspected._asdict()
    except Unacceptable as refusal:
        answer = {"refused": refusal.code}
    except (Exception, RecursionError):  # whatever a library says of a broken file, it is not kept
        answer = {"refused": "file-unreadable"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + kept)


if __name__ == "__main__":
    main()
