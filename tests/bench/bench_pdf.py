"""PDFs: our journey against a naive set-up, two workers against one, and memory over many drawings."""

import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from app.exports.documents.renderer import Renderer, RenderLimits
from tests.bench.figures import Figure
from tests.exports.cases.documents import NOON, make_line
from tests.exports.cases.naive import how_much_faster

DRAWINGS = int(os.environ.get("DRAWINGS", "60"))  # a worker and cycle
MEMORY_DRAWINGS = int(os.environ.get("MEMORY_DRAWINGS", "200"))
CYCLES = 3
SETTLED_AFTER = 40  # drawings until a child has everything loaded
ENDLESS = RenderLimits(drawings_per_child=10**9)


def measure() -> list[Figure]:
    """Return the figures, the worst cycle of each."""
    return [
        Figure("journey PDF: naive set-up / ours (processor time)", min(_faster(), _faster()), 1.25),
        Figure("line PDFs: two workers / one", min(two_against_one() for _ in range(CYCLES)), 1.7),
        Figure(f"memory of a child after {MEMORY_DRAWINGS} drawings / settled", growth(), 1.1, at_most=True),
    ]


def _faster() -> float:
    return how_much_faster()


def two_against_one() -> float:
    """Return how many times more lines two workers draw in a second than one."""
    with Renderer() as first, Renderer() as second:
        for renderer in (first, second):
            _draw(renderer, 5)
        one = _rate([first])
        both = _rate([first, second])
        again = _rate([second])
    return both / max(one, again)


def _rate(renderers: Sequence[Renderer]) -> float:
    threads = [threading.Thread(target=_draw, args=(renderer, DRAWINGS)) for renderer in renderers]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return DRAWINGS * len(renderers) / (time.perf_counter() - start)


def _draw(renderer: Renderer, count: int) -> None:
    line = make_line()
    for _ in range(count):
        renderer.pdf(line, created_at=NOON)


def growth() -> float:
    """Return what a child holds after many drawings, against what it held once settled."""
    with Renderer(ENDLESS) as renderer:
        _draw(renderer, SETTLED_AFTER)
        before = _held_by(renderer)
        _draw(renderer, MEMORY_DRAWINGS)
        return _held_by(renderer) / before


def _held_by(renderer: Renderer) -> int:
    """Return the resident bytes of a renderer's child."""
    child = renderer._child
    if child is None:
        raise LookupError
    pages = Path(f"/proc/{child.pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Print the figures."""
    for figure in measure():
        print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
