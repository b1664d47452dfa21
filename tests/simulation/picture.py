"""One picture: how often each rule pays unchanged people, by how much the raters' errors go together.

Lines differ by dash and mark, not by colour, and each carries its name; the tables beside it say the same.
"""

from collections.abc import Mapping, Sequence
from html import escape
from math import log10

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 500, 30, 360
LEAST, MOST = -4.0, 0.0  # powers of ten
DASHES = ("2 3", "6 4", "10 4 2 4", "1 6", "")
MARGIN = 0.011


def draw(correlations: Sequence[float], shares: Mapping[str, Sequence[float]]) -> str:
    """Return the SVG: shares of unchanged people paid in a year, on a scale of powers of ten."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="Arial, Helvetica, sans-serif" font-size="13">',
        "<title>Unchanged people paid within a year, by rule</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power, words in ((0, "100 %"), (-1, "10 %"), (-2, "1 %"), (-3, "0.1 %"), (-4, "0.01 %")):
        y = _y(10.0**power)
        parts.append(f'<path d="M{LEFT} {y}H{RIGHT}" stroke="#b1b4b6"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{words}</text>')
    for correlation in correlations:
        x = _x(correlation)
        parts.append(f'<text x="{x}" y="{BOTTOM + 20}" text-anchor="middle">{correlation:g}</text>')
    middle = (LEFT + RIGHT) / 2
    words = "How much the two raters’ errors correlate"
    parts.append(f'<text x="{middle}" y="{BOTTOM + 44}" text-anchor="middle">{words}</text>')
    y = _y(MARGIN)
    parts.append(f'<path d="M{LEFT} {y}H{RIGHT}" stroke="#0b0c0c" stroke-width=".8"/>')
    parts.append(f'<text x="{LEFT + 6}" y="{y - 5}">the most that ours may be: 1.1 %</text>')
    for (name, line), dash, label in zip(shares.items(), DASHES, _labels(shares), strict=True):
        points = [(_x(correlation), _y(share)) for correlation, share in zip(correlations, line, strict=True)]
        path = "M" + "L".join(f"{x} {y}" for x, y in points)
        width = 2 if dash else 3.5
        parts.append(
            f'<path d="{path}" fill="none" stroke="#0b0c0c" stroke-width="{width}" '
            f'stroke-dasharray="{dash}"/>'
        )
        parts += [f'<circle cx="{x}" cy="{y}" r="4" fill="#0b0c0c"/>' for x, y in points]
        weight = "normal" if dash else "bold"
        parts.append(f'<text x="{RIGHT + 14}" y="{label + 4}" font-weight="{weight}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _labels(shares: Mapping[str, Sequence[float]]) -> list[float]:
    """Return where each line's name stands: at its end, or lower where another name is in the way."""
    places: list[float] = []
    for line in shares.values():
        place = _y(line[-1])
        while any(abs(place - other) < 17 for other in places):
            place += 1
        places.append(round(place, 1))
    return places


def _x(correlation: float) -> float:
    return round(LEFT + 20 + (RIGHT - LEFT - 40) * correlation / 0.7, 1)


def _y(share: float) -> float:
    power = log10(share) if share > 0 else LEAST
    return round(TOP + (BOTTOM - TOP) * (MOST - max(power, LEAST)) / (MOST - LEAST), 1)
