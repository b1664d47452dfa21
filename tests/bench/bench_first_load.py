"""What a browser fetches to show the first screen, packed as it is sent."""

import re
from pathlib import Path

from tests.bench.figures import Figure

BUILT = Path(__file__).parents[2] / "frontend" / "dist"
BARS = {"script": (r'(?:src|href)="/?([^"]+\.js)"', 45.0), "style": (r'href="/?([^"]+\.css)"', 22.0)}


class NotBuilt(Exception):
    """There is no build to measure."""


def measure() -> list[Figure]:
    """Return the sizes in kB of what the page itself names: scripts, preloads and styles.

    Raises:
        NotBuilt: the app in the browser has not been built.
    """
    page = BUILT / "index.html"
    if not page.with_name("index.html.gz").is_file():
        raise NotBuilt(f"{page} is missing; run `make setup`.")
    text = page.read_text("utf-8")
    return [
        Figure(
            f"first load: {kind}, kB gzip", sum(map(_packed_kb, set(re.findall(pattern, text)))), reach, True
        )
        for kind, (pattern, reach) in BARS.items()
    ]


def _packed_kb(name: str) -> float:
    return (BUILT / f"{name}.gz").stat().st_size / 1000
