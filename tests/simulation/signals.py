"""Count whom the signals surface in simulated years, and write the table into docs/signals.md.

    python -m tests.simulation.signals [--years 40] [--seed 2026] [--print]

Ends with 1 when a promise is not kept.
"""

import argparse
import calendar
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from app.signals.models import SignalKind
from app.signals.rules.facts import Case
from app.signals.rules.looks import Found, Sighting, cases_of, look
from tests.simulation.report import Bound, percent, placed
from tests.simulation.teams import BEGIN, HONEST_A_TEAM, STYLES, TEAMS, teams

PAGE = Path(__file__).parents[2] / "docs" / "signals.md"
SURFACED_LEAST, HONEST_MOST = 0.90, 0.05


@dataclass
class Count:
    """What was found in some years.

    Attributes:
        surfaced: Workers who game and were surfaced, by style.
        by_signal: How often a signal surfaced a style.
        months: After how many months those who were surfaced first were.
        honest: Honest workers in whose records something was found, by signal.
        worst: The most such workers in one year.
        teams: Teams in which something was told of the whole team.
        honest_teams: Teams without anybody who games, in which anything at all was found.
    """

    years: int = 0
    surfaced: Counter[str] = field(default_factory=Counter)
    by_signal: dict[str, Counter[SignalKind]] = field(default_factory=lambda: defaultdict(Counter))
    months: list[int] = field(default_factory=list)
    honest: Counter[SignalKind] = field(default_factory=Counter)
    honest_workers: int = 0
    worst: int = 0
    teams: int = 0
    honest_teams: int = 0

    @property
    def gaming_share(self) -> float:
        """Of those who game, how many were surfaced."""
        return self.surfaced.total() / (self.years * TEAMS)

    @property
    def honest_share(self) -> float:
        """Of honest workers, in whose records anything was found."""
        return self.honest_workers / (self.years * TEAMS * HONEST_A_TEAM)


def month_ends() -> Iterator[date]:
    """Yield the days on which a team is looked at; the last takes what came after the year."""
    for month in range(1, 13):
        yield date(BEGIN.year, month, calendar.monthrange(BEGIN.year, month)[1])
    yield date(BEGIN.year + 1, 1, 31)


def year_of(cases: Mapping[SignalKind, Sequence[Case]]) -> Iterator[tuple[int, Sighting]]:
    """Yield what a year of looks at one team finds, with the month, as the nightly job would."""
    told: dict[Found, date] = {}
    for month, day in enumerate(month_ends(), start=1):
        for sighting in look(cases, since=day - timedelta(days=365), until=day, told=told).sightings:
            told[sighting.kind, sighting.worker_id] = day
            yield month, sighting


def count_years(years: int, seed: int) -> Count:
    """Count so many years, each with and without anybody who games."""
    count = Count()
    for place in range(years):
        _count_gaming(count, seed + place)
        for team in teams(10_000 + seed + place, gaming=False):
            count.honest_teams += any(True for _ in year_of(cases_of(team.facts)))
        count.years += 1
    return count


def _count_gaming(count: Count, seed: int) -> None:
    touched: set[str] = set()
    for team in teams(seed):
        first: dict[str, int] = {}
        for month, one in year_of(cases_of(team.facts)):
            if one.worker_id is None:
                count.teams += 1
            elif style := team.gaming.get(one.worker_id):
                first.setdefault(style, month)
                count.by_signal[style][one.kind] += 1
            else:
                touched.add(one.worker_id)
                count.honest[one.kind] += 1
        count.surfaced.update(first.keys())
        count.months += first.values()
    count.honest_workers += len(touched)
    count.worst = max(count.worst, len(touched))


def bounds(count: Count) -> list[Bound]:
    """Return what is promised, and what was counted."""
    return [
        Bound("workers who game and are surfaced", count.gaming_share, SURFACED_LEAST, at_most=False),
        Bound("honest workers in whose records anything is found", count.honest_share, HONEST_MOST),
        Bound(
            "honest teams in which anything is found in a year",
            count.honest_teams / (count.years * TEAMS),
            HONEST_MOST,
        ),
    ]


def markdown(count: Count) -> str:
    """Return the tables."""
    rows = [
        f"| {style.name} | {percent(count.surfaced[style.name] / count.years, 1)} | "
        + ", ".join(f"{kind.value} {times}" for kind, times in count.by_signal[style.name].most_common())
        + " |"
        for style in STYLES
    ]
    middle = sorted(count.months)[len(count.months) // 2] if count.months else 0
    return "\n".join(
        [
            f"Counted on {count.years} years of {TEAMS} teams with {HONEST_A_TEAM} honest workers and one "
            f"who games, and on as many teams without; half of those surfaced were so by month {middle}. In "
            f"the worst year {count.worst} of {TEAMS * HONEST_A_TEAM} honest workers were touched.",
            "",
            "| Promise | Counted | Bound | |",
            "|---|---|---|---|",
            *(str(bound) for bound in bounds(count)),
            "",
            "| Style of gaming | Surfaced | By which signals, how often |",
            "|---|---|---|",
            *rows,
        ]
    )


def main() -> int:
    """Count, write the table, and say which promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--years", type=int, default=40)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--print", action="store_true", help="print the tables and write nothing")
    asked = parser.parse_args()
    count = count_years(asked.years, asked.seed)
    if asked.print:
        print(markdown(count))
    else:
        PAGE.write_text(placed(PAGE.read_text(encoding="utf-8"), markdown(count)), encoding="utf-8")
    kept = bounds(count)
    for bound in kept:
        print(f"{'kept' if bound.is_kept else 'NOT KEPT':<9}{bound}")
    return 0 if all(bound.is_kept for bound in kept) else 1


if __name__ == "__main__":
    sys.exit(main())
