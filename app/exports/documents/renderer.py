"""The door to drawing: a warm child process with limits, started when needed and replaced when it fails."""

import atexit
import base64
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from app.exports.documents.contents.document import Document
from app.exports.documents.pages import Page, compose

CHILD = Path(__file__).with_name("child.py")
TASK, DRAWN, FAILED = b"T", b"P", b"F"
LENGTH_BYTES = 4
PASSED_ON = ("PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "LD_LIBRARY_PATH")


class RenderFailed(RuntimeError):
    """A document could not be drawn within its limits; the reason holds no word of the document."""


@dataclass(frozen=True, slots=True)
class RenderLimits:
    """What one drawing may use, and how many drawings one child does before a fresh one takes over."""

    memory_bytes: int = 2 * 1024**3
    cpu_seconds: int = 600
    wall_seconds: float = 1200
    drawings_per_child: int = 400


DEFAULT_LIMITS = RenderLimits()  # by measure of 4,000 lines, a claim of 10,000 fits
INTERACTIVE_LIMITS = RenderLimits(memory_bytes=768 * 1024**2, cpu_seconds=20, wall_seconds=30)


class Renderer:
    """Draws documents one after the other in a child process; safe to share between threads.

    As a context manager it ends its child at the end. The child starts at the first drawing, so a process
    that forks before that shares nothing.
    """

    def __init__(self, limits: RenderLimits = DEFAULT_LIMITS, *, specimen: bool = False) -> None:
        self._limits = limits
        self._specimen = specimen  # every page says that all in it is invented
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._drawn = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def pdf(
        self, document: Document, language: str = "en", *, created_at: datetime, identifier: str | None = None
    ) -> bytes:
        """Return the document as PDF/A-3A and PDF/UA-1: the same bytes for the same arguments.

        Args:
            document: What the paper says.
            language: The language's code.
            created_at: An aware moment; stands in the metadata and in the attachment.
            identifier: Of the PDF; by default taken from the hash of its content.

        Raises:
            RenderFailed: it took too long, asked for too much, or could not be drawn.
        """
        if self._specimen:
            document = replace(document, specimen=True)
        page = compose(document, language, created_at)
        return self.draw(page, created_at=created_at, identifier=identifier or page.digest[:16])

    def draw(self, page: Page, *, created_at: datetime, identifier: str) -> bytes:
        """Return a composed page as PDF; see `pdf`."""
        task = json.dumps(
            {
                "html": page.html,
                "shorter": page.shorter,
                "pages_max": page.pages_max,
                "pictures": page.pictures,
                "created_at": created_at.isoformat(),
                "identifier": identifier,
                "attachments": _attached(page),
            }
        ).encode("utf-8", "replace")
        with self._lock:
            return self._exchange(task)

    def warm_up(self) -> None:
        """Start the child now, so that the first drawing does not wait for it."""
        with self._lock:
            self._living()

    def close(self) -> None:
        """End the child; the next drawing would start another. A fork leaves its parent's child alone."""
        if self._owner != os.getpid():
            return
        with self._lock:
            self._end()

    def _exchange(self, task: bytes) -> bytes:
        child = self._living()
        watchdog = threading.Timer(self._limits.wall_seconds, child.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            letter, answer = _ask(child, task)
        except (OSError, EOFError) as error:
            self._end()
            raise RenderFailed(f"The drawing was ended ({child.returncode}).") from error
        finally:
            watchdog.cancel()
        if letter != DRAWN:
            self._end()
            raise RenderFailed(f"The page could not be drawn: {answer.decode('ascii', 'replace')[:200]}")
        self._drawn += 1
        if self._drawn >= self._limits.drawings_per_child:
            self._end()
        return answer

    def _living(self) -> subprocess.Popen[bytes]:
        """The child; a new one if there is none, if it died, or if another process (our parent) owns it."""
        if self._owner != os.getpid():
            self._owner, self._child = os.getpid(), None
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        self._child = subprocess.Popen(  # noqa: S603  # our own file, fixed arguments
            [
                sys.executable,
                "-I",
                str(CHILD),
                str(self._limits.memory_bytes),
                str(self._limits.cpu_seconds),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_bare_environment(),
            start_new_session=True,
        )
        self._drawn = 0
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(OSError):
            child.kill()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        child.wait()


@cache
def shared_renderer(limits: RenderLimits, *, specimen: bool = False) -> Renderer:
    """Return this process's renderer with these limits; its child ends with the process."""
    renderer = Renderer(limits, specimen=specimen)
    atexit.register(renderer.close)
    return renderer


# What was forked has a child of its own: a lock held while forking would never open there.
os.register_at_fork(after_in_child=shared_renderer.cache_clear)


def _attached(page: Page) -> list[dict[str, str]]:
    if not page.attachment:
        return []
    return [
        {
            "name": page.attachment_name,
            "description": "The content of this document, for machines",
            "content": base64.b64encode(page.attachment).decode("ascii"),
        }
    ]


def _ask(child: subprocess.Popen[bytes], task: bytes) -> tuple[bytes, bytes]:
    """Send one task and read its answer; an ended child is an EOFError."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    child.stdin.write(TASK + len(task).to_bytes(LENGTH_BYTES, "big") + task)
    child.stdin.flush()
    head = child.stdout.read(1 + LENGTH_BYTES)
    if len(head) < 1 + LENGTH_BYTES:
        raise EOFError
    size = int.from_bytes(head[1:], "big")
    answer = child.stdout.read(size)
    if len(answer) < size:
        raise EOFError
    return head[:1], answer


def _bare_environment() -> dict[str, str]:
    """What the child may know of the outside: where programs and fonts are. No key, no proxy, no settings."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
