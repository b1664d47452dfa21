"""Measure the operations as ratios to their limits, in one run: ``make bench``.

``ROWS`` is the size of the small world (records; 20,000 by default), ``GROWN`` that of the large one
(2,000,000). Figures are printed beside what `docs/performance.md` asks for; the worst cycle counts.
"""

import os
import sys
from dataclasses import dataclass

from tests.bench.load import Ask, cycles, worst_ratio
from tests.bench.server import new_place, postgresql, running
from tests.bench.world import World, make_world

ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = float(os.environ.get("SECONDS", "2"))


@dataclass(frozen=True)
class Figure:
    """One measured ratio and the bound it is held against."""

    name: str
    measured: float
    reach: float
    at_most: bool = False

    def __str__(self) -> str:
        good = self.measured <= self.reach if self.at_most else self.measured >= self.reach
        sign = "≤" if self.at_most else "≥"
        return f"{'reached ' if good else 'SHORT   '} {self.name:<58} {self.measured:7.3f}  {sign} {self.reach:g}"


def reads(world: World) -> dict[str, Ask]:
    """Return what is asked for over HTTP."""
    worker = (("Cookie", f"waymark={world.worker_secret}"),)
    preparer = (("Cookie", f"waymark={world.preparer_secret}"),)
    manager = (("Cookie", f"waymark={world.manager_secret}"),)
    return {
        "public": Ask("/bench/public"),
        "signed in": Ask("/bench/signed-in", worker),
        "caseload": Ask("/api/caseload?scope=mine&limit=50", worker),
        "journey": Ask(f"/api/journeys/{world.enrolment_id}", worker),
        "claimable": Ask(f"/api/claimable?contract_id={world.contract_id}&state=claimable", preparer),
        "counts": Ask("/api/caseload/counts", manager),
        "team caseload": Ask("/api/caseload?scope=team&limit=50", manager),
    }


def journey_tag(address: str, ask: Ask) -> str:
    """Return the ETag of a journey as it stands."""
    import urllib.request

    request = urllib.request.Request(address + ask.path, headers=dict(ask.headers))  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return str(answer.headers["ETag"])


def measure_reads(world: World, address: str) -> list[dict[str, float]]:
    """Return the cycles of all reads, the unchanged journey among them."""
    asks = reads(world)
    unchanged = ("If-None-Match", journey_tag(address, asks["journey"]))
    asks["journey 304"] = Ask(asks["journey"].path, (*asks["journey"].headers, unchanged))
    return cycles(address, asks, rounds=ROUNDS, seconds=SECONDS)


def main() -> int:
    """Print every figure; exit 0, for a bound that is missed is reported, not hidden."""
    small_rows, grown_rows = int(os.environ.get("ROWS", "20000")), int(os.environ.get("GROWN", "2000000"))
    with postgresql() as server:
        small = new_place(server)
        world = make_world(small.application(), small_rows)
        print(f"{world.records:,} records on PostgreSQL; {ROUNDS} rotated cycles, the worst one counts.")
        with running(small) as address:
            rounds = measure_reads(world, address)
        figures = [
            Figure(
                "signed-in empty answer / public empty answer",
                worst_ratio(rounds, "signed in", "public"),
                0.5,
            ),
            Figure("caseload of 50 / public empty answer", worst_ratio(rounds, "caseload", "public"), 0.22),
            Figure("journey / public empty answer", worst_ratio(rounds, "journey", "public"), 0.15),
            Figure(
                "unchanged journey (304) / public empty answer",
                worst_ratio(rounds, "journey 304", "public"),
                0.4,
            ),
        ]
        for figure in figures:
            print(figure, flush=True)
        if grown_rows > small_rows:
            grown = new_place(server)
            large = make_world(grown.application(), grown_rows)
            with running(grown) as address:
                later = measure_reads(large, address)
            for name in ("caseload", "journey", "claimable"):
                growth = max(
                    (one[name] / one["public"]) / (two[name] / two["public"])
                    for one, two in zip(rounds, later, strict=True)
                )
                print(
                    Figure(
                        f"{name}: {world.records:,} → {large.records:,} records", growth, 1.3, at_most=True
                    )
                )
            counts = max(cycle["team caseload"] / cycle["counts"] for cycle in later)
            print(Figure("counts / caseload at 10,000 enrolments a provider (time)", counts, 3, at_most=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
