"""The pictures: small SVG functions with one written geometry, alike on paper and on the screen.

The geometry is docs/charts.md; frontend/src/lib/charts.ts is the twin, and tests/exports/cases/charts.json
holds what both must draw, to the letter. No picture carries what the words beside it do not. Began is hollow,
now is solid; the person is round, the worker square; a thick line is a change that chance does not explain.
That holds without colour.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

TEAL, INK, GREY, RULE, BAND = "#005a5b", "#0b0c0c", "#505a5f", "#b9c4c4", "#dce6e6"

DOTS_WIDTH, DOTS_LEFT, DOTS_SPAN = 220, 10, 200
PANEL_WIDTH, PANEL_HEIGHT = 176, 152
PLOT_LEFT, PLOT_TOP, PLOT_WIDTH, PLOT_HEIGHT, PLOT_INSET = 22, 40, 128, 88, 5
PANELS_IN_A_ROW = 4
LONGEST_TITLE = 22


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of an instrument's ladders and the values that get a gridline."""

    low: float = 0
    high: float = 10
    ticks: tuple[float, ...] = (0, 2, 4, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Track:
    """Where one rater saw the person begin and where now; None is an answer that was not given."""

    began: float | None
    now: float | None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """The days of the sittings, counted from the first, the words under both ends, and the next review."""

    days: tuple[int, ...]
    first: str
    last: str
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One ladder over time: a rating a sitting for each rater, and the band that chance alone could fill."""

    title: str
    said: str
    person: tuple[float | None, ...]
    worker: tuple[float | None, ...]
    band: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class _Hand:
    """How one rater's marks are drawn."""

    name: str
    colour: str
    outline: float
    spans: tuple[float, float]
    line: tuple[float, str]
    points: tuple[float, float]


_PERSON = _Hand("person", TEAL, 2, (2.2, 4.4), (2.2, ""), (2.6, 3.4))
_WORKER = _Hand("worker", GREY, 1.6, (1.5, 3.4), (1.1, ' stroke-dasharray="3 2"'), (2.2, 3))

ZERO_TO_TEN = Scale()


def paired_dots(person: Track, worker: Track, scale: Scale = ZERO_TO_TEN, *, tall: bool = False) -> str:
    """Return one ladder's row: the person's pair above, the worker's below; tall for large print."""
    height, first, second, size = (66, 19, 48, 1.5) if tall else (36, 10.5, 26, 1)
    return _svg(
        DOTS_WIDTH,
        height,
        _pair(_PERSON, person, scale, first, size) + _pair(_WORKER, worker, scale, second, size),
    )


def grid_lines(scale: Scale = ZERO_TO_TEN) -> str:
    """Return the lines behind every row; stretched to its place, decoration only."""
    lines = "".join(f'<path d="M{_n(_along(tick, scale))} 0V36"/>' for tick in scale.ticks)
    body = f'<g class="grid" stroke="{RULE}" stroke-width="0.7">{lines}</g>'
    return _svg(DOTS_WIDTH, 36, body).replace("<svg ", '<svg preserveAspectRatio="none" ', 1)


def scale_marks(scale: Scale = ZERO_TO_TEN, *, tall: bool = False) -> str:
    """Return the scale's numbers, for the head of the column of paired dots."""
    height, y, size = (24, 18, 18) if tall else (18, 10, 11)
    marks = "".join(f'<text x="{_n(_along(tick, scale))}" y="{y}">{_n(tick)}</text>' for tick in scale.ticks)
    body = f'<g class="scale" fill="{INK}" font-size="{size}" text-anchor="middle">{marks}</g>'
    return _svg(DOTS_WIDTH, height, body)


def ladder_over_time(panel: Panel, axis: Axis, scale: Scale = ZERO_TO_TEN) -> str:
    """Return one small line chart with its title, band, both raters and the newest rating of the person."""
    return _svg(PANEL_WIDTH, PANEL_HEIGHT, _panel(panel, axis, scale))


def ladders_over_time(
    panels: Sequence[Panel], axis: Axis, scale: Scale = ZERO_TO_TEN, *, in_a_row: int = PANELS_IN_A_ROW
) -> str:
    """Return the small line charts of all ladders on one scale, four a row; fewer a row are drawn larger."""
    rows = -(-len(panels) // in_a_row)
    body = ""
    for i, panel in enumerate(panels):
        row, column = divmod(i, in_a_row)
        place = f"translate({column * PANEL_WIDTH} {row * PANEL_HEIGHT})"
        body += f'<g transform="{place}">{_panel(panel, axis, scale)}</g>'
    return _svg(in_a_row * PANEL_WIDTH, rows * PANEL_HEIGHT, body)


def mark(colour: str = TEAL) -> str:
    """Return Waymark's sign, a signpost: the full arm is where someone is, the hollow one the start."""
    post = "M6 1.5h4V4h13l6 5-6 5H10v3.5h7.5l4.5 4-4.5 4H10v5H6V26H4v-8.5h2V14H3V4h3z"
    hollow = "M6.5 20h10l1.8 1.5-1.8 1.5h-10z"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<path d="{post}" fill="{colour}"/><path d="{hollow}" fill="#fff"/></svg>'
    )


def tick() -> str:
    """Return the tick of a condition that is met; the word stands beside it."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12">'
        f'<path d="M1.5 6.5l3 3.2 6-7.4" fill="none" stroke="{TEAL}" stroke-width="2"/></svg>'
    )


def _n(value: float) -> str:
    """A number with at most one decimal, halves up: the same digits in both languages."""
    tenths = math.floor(value * 10 + 0.5)
    sign, tenths = ("-", -tenths) if tenths < 0 else ("", tenths)
    whole, rest = divmod(tenths, 10)
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def _svg(width: float, height: float, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" font-family="Liberation Sans, Arial, sans-serif">{body}</svg>'
    )


def _along(value: float, scale: Scale) -> float:
    return DOTS_LEFT + DOTS_SPAN * (value - scale.low) / (scale.high - scale.low)


def _dot(hand: _Hand, x: float, y: float, half: float, name: str) -> str:
    """A disc for the person, a square for the worker; hollow where it only says where they began."""
    hollow = ' fill="#fff"' if name == "began" else ""
    if hand is _PERSON:
        return f'<circle class="{name}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(half)}"{hollow}/>'
    side = _n(2 * half)
    return (
        f'<rect class="{name}" x="{_n(x - half)}" y="{_n(y - half)}" width="{side}" height="{side}"{hollow}/>'
    )


def _pair(hand: _Hand, track: Track, scale: Scale, y: float, size: float) -> str:
    """One rater's pair. Not moved: the dot sits inside its ring. Answered once: that mark stands alone."""
    began = None if track.began is None else _along(track.began, scale)
    now = None if track.now is None else _along(track.now, scale)
    marks = []
    if began is not None and now is not None and began != now:
        width, name = (hand.spans[1], "span sure") if track.sure else (hand.spans[0], "span")
        marks.append(
            f'<path class="{name}" d="M{_n(began)} {_n(y)}H{_n(now)}" stroke-width="{_n(width * size)}"/>'
        )
    still = began is not None and began == now
    if began is not None:
        marks.append(_dot(hand, began, y, (6.2 if still else 4.6) * size, "began"))
    if now is not None:
        marks.append(_dot(hand, now, y, (2.4 if still else 4.9) * size, "now"))
    return _group(hand, "".join(marks))


def _group(hand: _Hand, body: str) -> str:
    ink = f'fill="{hand.colour}" stroke="{hand.colour}" stroke-width="{_n(hand.outline)}"'
    return f'<g class="{hand.name}" {ink}>{body}</g>'


def _panel(panel: Panel, axis: Axis, scale: Scale) -> str:
    return (
        _heading(panel)
        + _ground(panel.band, scale)
        + _ends(axis)
        + _line(_WORKER, panel.worker, axis, scale)
        + _line(_PERSON, panel.person, axis, scale)
        + _newest(panel.person, scale)
    )


def _heading(panel: Panel) -> str:
    title = panel.title if len(panel.title) <= LONGEST_TITLE else panel.title[: LONGEST_TITLE - 1] + "…"
    heading = (
        f'<text class="title" x="{PLOT_LEFT}" y="14" font-size="12.5" font-weight="bold" fill="{INK}">'
        f"{escape(title)}</text>"
    )
    if not panel.said:
        return heading
    said = f'<text class="said" x="{PLOT_LEFT}" y="29" font-size="11.5" fill="{TEAL}">'
    return f"{heading}{said}{escape(panel.said)}</text>"


def _down(value: float, scale: Scale) -> float:
    return PLOT_TOP + PLOT_HEIGHT - PLOT_HEIGHT * (value - scale.low) / (scale.high - scale.low)


def _across(day: int, axis: Axis) -> float:
    start = axis.days[0]
    span = max(axis.days[-1], axis.due or 0) - start
    return PLOT_LEFT + PLOT_INSET + ((PLOT_WIDTH - 2 * PLOT_INSET) * (day - start) / span if span else 0)


def _ground(band: tuple[float, float] | None, scale: Scale) -> str:
    """The band, three gridlines with their numbers, and those edges of the band that lie inside the scale."""
    across = f"h{PLOT_WIDTH}"
    shade, edges = "", ""
    if band is not None:
        top, low = _down(min(band[1], scale.high), scale), _down(max(band[0], scale.low), scale)
        shade = (
            f'<rect class="band" x="{PLOT_LEFT}" y="{_n(top)}" width="{PLOT_WIDTH}" height="{_n(low - top)}"'
            f' fill="{BAND}"/>'
        )
        dashes = "".join(
            f'<path d="M{PLOT_LEFT} {_n(_down(edge, scale))}{across}"/>'
            for edge in band
            if scale.low < edge < scale.high
        )
        edges = f'<g class="edge" stroke="{GREY}" stroke-width="0.8" stroke-dasharray="2 2">{dashes}</g>'
    thirds = (scale.low, (scale.low + scale.high) / 2, scale.high)
    lines = "".join(f'<path d="M{PLOT_LEFT} {_n(_down(value, scale))}{across}"/>' for value in thirds)
    numbers = "".join(
        f'<text x="{PLOT_LEFT - 5}" y="{_n(_down(value, scale) + 4)}">{_n(value)}</text>' for value in thirds
    )
    return (
        f'{shade}<g class="grid" stroke="{RULE}" stroke-width="0.7">{lines}</g>{edges}'
        f'<g class="scale" fill="{GREY}" font-size="11.5" text-anchor="end">{numbers}</g>'
    )


def _ends(axis: Axis) -> str:
    """The words under both ends, and a dotted line where the next review is due."""
    y, right = PLOT_TOP + PLOT_HEIGHT + 15, PLOT_LEFT + PLOT_WIDTH
    due = ""
    if axis.due is not None:
        x = _n(_across(axis.due, axis))
        due = f'<path class="due" d="M{x} {PLOT_TOP}v{PLOT_HEIGHT}" stroke="{GREY}" stroke-dasharray="1 3"/>'
    return (
        f'{due}<g class="ends" fill="{GREY}" font-size="11.5">'
        f'<text x="{PLOT_LEFT}" y="{y}">{escape(axis.first)}</text>'
        f'<text x="{right}" y="{y}" text-anchor="end">{escape(axis.last)}</text></g>'
    )


def _line(hand: _Hand, ratings: Sequence[float | None], axis: Axis, scale: Scale) -> str:
    """One rater's line: it breaks where an answer was not given; the newest mark is solid and larger."""
    runs: list[list[str]] = [[]]
    marks = []
    for i, (day, rating) in enumerate(zip(axis.days, ratings, strict=True)):
        if rating is None:
            runs.append([])
            continue
        x, y, newest = _across(day, axis), _down(rating, scale), i == len(axis.days) - 1
        runs[-1].append(f"{_n(x)},{_n(y)}")
        marks.append(_dot(hand, x, y, hand.points[newest], "now" if newest else "began"))
    width, dashes = hand.line
    lines = "".join(
        f'<polyline points="{" ".join(run)}" fill="none" stroke-width="{_n(width)}"{dashes}/>'
        for run in runs
        if len(run) > 1
    )
    return _group(hand, lines + "".join(marks))


def _newest(ratings: Sequence[float | None], scale: Scale) -> str:
    """The person's newest rating as a number, right of the plot."""
    newest = ratings[-1] if ratings else None
    if newest is None:
        return ""
    x, y = PLOT_LEFT + PLOT_WIDTH + 4, _n(_down(newest, scale) + 4)
    place = f'x="{x}" y="{y}" font-size="12.5" font-weight="bold" fill="{TEAL}"'
    return f'<text class="newest" {place}>{_n(newest)}</text>'
