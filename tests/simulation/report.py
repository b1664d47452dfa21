"""The results as Markdown, between two marks of docs/measurement.md, and the bounds that they keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.simulation.decisions import OURS, RULES
from tests.simulation.people import FINE
from tests.simulation.runs import CORRELATIONS, KEPT, Tally

BEGIN, END = "<!-- written by make simulate -->", "<!-- to here -->"

Year = tuple[str, float, int]  # scale, correlation, baselines


@dataclass(frozen=True)
class Results:
    """All that was counted; skipping and held by the name of the scale, or of the ladders' errors."""

    people: int
    seed: int
    years: Mapping[Year, Tally]
    held: Mapping[str, Tally]
    skipping: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Bound:
    """A promise, what was counted, and what it may be."""

    words: str
    counted: float
    limit: float
    at_most: bool = True

    @property
    def is_kept(self) -> bool:
        """Whether the promise holds."""
        return self.counted <= self.limit if self.at_most else self.counted >= self.limit

    def __str__(self) -> str:
        """Return it as a row of a table."""
        sign, word = "≤" if self.at_most else "≥", "kept" if self.is_kept else "**not kept**"
        return f"| {self.words} | {percent(self.counted)} | {sign} {percent(self.limit, 1)} | {word} |"


def percent(share: float, places: int = 2) -> str:
    """Return a share as a percentage."""
    return f"{100 * share:.{places}f} %"


def bounds(results: Results) -> list[Bound]:
    """Return what was promised, on errors of any size."""
    years = {key[1:]: tally for key, tally in results.years.items() if key[0] == FINE.name}
    worst = max(years, key=lambda key: years[key].share(f"false: {OURS}"))
    held = results.held[FINE.name]
    power = f"power 2: {OURS}"
    return [
        Bound(
            f"false payments in a year, at worst (errors correlate {worst[0]:g}, baselines {worst[1]})",
            years[worst].share(f"false: {OURS}"),
            0.011,
        ),
        Bound("power for 2 MDC, one baseline, .5", years[0.5, 1].share(power), 0.90, at_most=False),
        Bound("power for 2 MDC, two baselines, .5", years[0.5, 2].share(power), 0.97, at_most=False),
        Bound("`held` paid where all was lost", held.share("either, kept 0", "either"), 0.04),
        Bound("`held` paid where half was lost", held.share("either, kept 0.5", "either"), 0.30),
        Bound("`held` paid where all was kept", held.share("either, kept 1", "either"), 0.75, at_most=False),
    ]


def markdown(results: Results) -> str:
    """Return the tables."""
    compared = sum(tally.compared for tally in results.years.values())
    differed = sum(tally.differed for tally in results.years.values())
    parts = [
        f"Counted on {results.people:,} people a cell, seed {results.seed}. The rules themselves were asked "
        f"of {compared:,} of them, most of those nearest to the threshold; {differed} answers differed.",
        "![False payments in a year by rule and correlation](pictures/simulation.svg)",
        "### What is promised, and what was counted\n\n"
        + _table(("Promise", "Counted", "Bound", ""), [str(bound) for bound in bounds(results)]),
    ]
    for scale in dict.fromkeys(key[0] for key in results.years):
        parts.append(f"### Unchanged and changed people: {scale}\n\n" + _years(results, scale))
    parts.append("### `held`\n\n" + _held(results))
    for name, counted in results.skipping.items():
        rows = [f"| {how} | {percent(share, 3)} |" for how, share in counted.items()]
        parts.append(f"### Leaving ladders out: {name}\n\n" + _table(("Left out", "Paid in a year"), rows))
    return "\n\n".join(parts)


def _years(results: Results, scale: str) -> str:
    heads = ["Rule", "Baselines", *(f"false, {correlation:g}" for correlation in CORRELATIONS)]
    heads += ["power 1.5 MDC, .5", "power 2 MDC, .5"]
    rows = []
    for rule in RULES:
        for baselines in (1, 2):
            cells = [results.years[scale, correlation, baselines] for correlation in CORRELATIONS]
            shares = [cell.share(f"false: {rule}") for cell in cells]
            middle = results.years[scale, 0.5, baselines]
            shares += [middle.share(f"power {gain}: {rule}") for gain in ("1.5", "2")]
            rows.append(f"| {rule} | {baselines} | " + " | ".join(percent(share) for share in shares) + " |")
    return _table(heads, rows)


def _held(results: Results) -> str:
    rows = []
    for scale, tally in results.held.items():
        for which, words in (("either", "the first or second look"), ("first", "the first look alone")):
            shares = [tally.share(f"{which}, kept {kept:g}", which) for kept in KEPT]
            cells = " | ".join(percent(share) for share in (tally.share(which), *shares))
            rows.append(f"| {scale} | {words} | {cells} |")
    heads = ("Scale", "Triggered at", "triggered", "lost all", "lost half", "kept all")
    return _table(heads, rows)


def _table(heads: Sequence[str], rows: Sequence[str]) -> str:
    return "\n".join([f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *rows])


def placed(page: str, text: str) -> str:
    """Return the page with what stands between its marks replaced.

    Raises:
        ValueError: the page has no marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        message = "The page has no place for the results."
        raise ValueError(message)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"
