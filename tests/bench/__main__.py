"""Measure the operations as ratios to their limits, in one run: ``make bench``.

``ROWS`` is the size of the small world (records; 20,000 by default), ``GROWN`` that of the large one
(2,000,000; 0 leaves growth out), ``ROUNDS`` and ``SECONDS`` how often and how long each is asked. What
every figure means stands in `docs/performance.md`. A missed bound is printed, never hidden, and does not
fail the run; what could not be measured at all does.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench import bench_board, bench_first_load, bench_pdf, bench_reads, bench_sync, bench_tablet
from tests.bench.bench_reads import Served
from tests.bench.figures import Figure
from tests.bench.server import PORT, Place, new_place, postgresql, running
from tests.bench.world import make_small_world, make_world

ROWS = int(os.environ.get("ROWS", "20000"))
GROWN = int(os.environ.get("GROWN", "2000000"))


class Report:
    """Prints every figure as soon as it is known, and counts what fell short."""

    def __init__(self) -> None:
        self.short = 0
        self.unmeasured = 0

    def section(self, title: str, measure: Callable[[], Sequence[Figure]]) -> None:
        """Measure one operation; whatever stops it is printed, and the others are measured all the same."""
        print(f"\n{title}", flush=True)
        try:
            figures = measure()
        except Exception:
            self.unmeasured += 1
            traceback.print_exc()
            print(f"SHORT    {title}: could not be measured, see above", flush=True)
            return
        for figure in figures:
            self.short += not figure.is_reached
            print(figure, flush=True)


def serve(server: str, records: int, port: int, stack: ExitStack) -> Served:
    """Fill a new database and serve it until the stack is left."""
    place = new_place(server)
    world = make_world(place.application(), records)
    return Served(world, place, stack.enter_context(running(place, port=port)))


def sqlite_place() -> Place:
    """Make an empty SQLite database in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="waymark-bench-data-"))
    return Place(f"sqlite:///{folder / 'waymark.sqlite'}", folder)


def measure_sqlite() -> list[Figure]:
    """Measure the reads on SQLite, for comparison only."""
    place = sqlite_place()
    return bench_reads.on_sqlite(place, make_small_world(place.application()))


def main() -> int:
    """Print every figure; return 1 only where something could not be measured."""
    report = Report()
    report.section("First load", bench_first_load.measure)
    with postgresql() as server, ExitStack() as stack:
        print(f"\nSeeding {ROWS:,} records on PostgreSQL …", flush=True)
        small = serve(server, ROWS, PORT, stack)
        report.section("Reads", lambda: bench_reads.against_public(small))
        report.section("Sync", lambda: bench_sync.figures(small))
        report.section("Claimable board", lambda: [_board(server)])
        report.section("PDF", bench_pdf.measure)
        report.section("SQLite beside", measure_sqlite)
        report.section("Tablet", lambda: bench_tablet.measure(server))
        if GROWN > ROWS:
            print(f"\nSeeding {GROWN:,} records on PostgreSQL …", flush=True)
            grown = serve(server, GROWN, PORT + 1, stack)
            report.section("Growth of reads", lambda: bench_reads.growth(small, grown))
            report.section("Growth of sync", lambda: bench_sync.growth(small, grown))
            report.section("Counts", lambda: bench_reads.counts(grown))
    print(f"\n{report.short} short of their bound, {report.unmeasured} not measured.", flush=True)
    return 1 if report.unmeasured else 0


def _board(server: str) -> Figure:
    name = f"claimable board: page {bench_board.PAGE:,} / page 1 (time)"
    return Figure(name, bench_board.run(server), bench_board.REACH, at_most=True)


if __name__ == "__main__":
    sys.exit(main())
