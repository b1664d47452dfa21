"""Simulate the trigger beside four other rules, and write what came of it into docs/measurement.md.

    python -m tests.simulation [--people 400000] [--seed 2026] [--print]

Ends with 1 when a promise is not kept, or the quick decision and the rules differ.
"""

import argparse
import sys
from pathlib import Path

from tests.simulation import picture
from tests.simulation.decisions import RULES
from tests.simulation.people import FINE, WHOLE, Raters
from tests.simulation.report import Results, bounds, markdown, placed
from tests.simulation.runs import CORRELATIONS, held, skipping, year

DOCS = Path(__file__).parents[2] / "docs"
UNEVEN = (0.5, 0.6, 0.8, 1.0, 1.0, 1.2, 1.4, 1.5)
SHORT_NAMES = (
    "any ladder +1",
    "any ladder, RCI 1.96",
    "one rater’s composite, RCI 1.96",
    "mean +1",
    "Waymark",
)


def simulate(people: int, seed: int) -> Results:
    """Count everything; the same people and seed give the same figures."""
    scales = (FINE, WHOLE)
    return Results(
        people=people,
        seed=seed,
        years={
            (scale.name, correlation, baselines): year(scale, correlation, baselines, people, seed + place)
            for scale in scales
            for place, correlation in enumerate(CORRELATIONS)
            for baselines in (1, 2)
        },
        held={scale.name: held(scale, people, seed) for scale in scales},
        skipping={
            "ladders err alike, correlation .7": skipping(Raters(FINE, 0.7), people // 2, seed),
            "some ladders err three times as much as others, correlation .7": skipping(
                Raters(FINE, 0.7, UNEVEN), people // 2, seed
            ),
        },
    )


def main() -> int:
    """Simulate, write the tables and the picture, and say which promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=400_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--print", action="store_true", help="print the tables and write nothing")
    asked = parser.parse_args()
    results = simulate(asked.people, asked.seed)
    text = markdown(results)
    if asked.print:
        print(text)
    else:
        page = DOCS / "measurement.md"
        page.write_text(placed(page.read_text(encoding="utf-8"), text), encoding="utf-8")
        (DOCS / "pictures").mkdir(exist_ok=True)
        (DOCS / "pictures" / "simulation.svg").write_text(drawn(results), encoding="utf-8")
    kept = bounds(results)
    for bound in kept:
        print(f"{'kept' if bound.is_kept else 'NOT KEPT':<9}{bound}")
    differed = sum(tally.differed for tally in results.years.values())
    print(f"{differed} decisions differ from the rules'")
    return 0 if all(bound.is_kept for bound in kept) and differed == 0 else 1


def drawn(results: Results) -> str:
    """Return the picture of one baseline on errors of any size."""
    years = [results.years[FINE.name, correlation, 1] for correlation in CORRELATIONS]
    shares = {
        short: [tally.share(f"false: {rule}") for tally in years]
        for short, rule in zip(SHORT_NAMES, RULES, strict=True)
    }
    return picture.draw(CORRELATIONS, shares)


if __name__ == "__main__":
    sys.exit(main())
