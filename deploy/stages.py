"""Run the checks and tests stage by stage, and print what each took against its budget.

Every stage runs, also after one has failed. The last line counts the tests of all stages together.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / ".venv" / "reports"
APART = ("browser", "faults", "probe", "bench")
# Without the limit a test that hangs would be tried again on every new worker.
PARALLEL = ("-n", "2", "--max-worker-restart", "1")
BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")  # in the order of tests/conftest.py


@dataclass(frozen=True)
class Stage:
    """A part of the whole with the seconds it may take on two quiet cores.

    Attributes:
        paths: What pytest runs; a stage without paths runs `command` instead.
        options: Further options of pytest.
    """

    name: str
    budget_seconds: int
    paths: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


STAGES = (
    Stage("checks and build", 120, command=("make", "--no-print-directory", "check")),
    Stage(
        "data",
        240,
        paths=("tests",),
        options=(
            *PARALLEL,
            *BY_FILE,
            *("-p", "no:schemathesis"),  # of the probe alone, and slow to load
            *(f"--ignore=tests/{folder}" for folder in APART),
        ),
    ),
    # Much of it waits for what a person would wait for: with a third worker it took 269 s instead of 329.
    Stage("browser", 240, paths=("tests/browser",), options=(*PARALLEL, "-n", "3", *BY_FILE)),
    Stage("faults", 180, paths=("tests/faults",), options=(*PARALLEL, *BY_FILE)),
    Stage("probe and schema", 120, paths=("tests/probe",), options=PARALLEL),
)


@dataclass(frozen=True)
class Result:
    """How one stage ended."""

    stage: Stage
    seconds: float
    passed: bool
    counts: Counter[str]
    failures: tuple[str, ...]


def run(stage: Stage) -> Result:
    """Run one stage with its output in full view."""
    print(f"\n=== {stage.name} ===", flush=True)
    report = REPORTS / f"{stage.name.replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    pytest = (sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *stage.options, *stage.paths)
    begun = time.monotonic()
    # A stage in which pytest finds no test ends with its status 5, which fails the stage, too.
    status = subprocess.run(
        stage.command or pytest, cwd=ROOT, env={**os.environ, **stage.environment}, check=False
    ).returncode
    seconds = time.monotonic() - begun
    # Without a report pytest was ended before it could write one, or the stage has no tests.
    written = ElementTree.parse(report).getroot() if report.exists() else ElementTree.Element("none")  # noqa: S314
    return Result(stage, seconds, status == 0, counts_of(written), failures_of(written))


def counts_of(report: ElementTree.Element) -> Counter[str]:
    """Return how many tests passed, failed and were skipped, from pytest's own report."""
    counts: Counter[str] = Counter()
    for suite in report.iter("testsuite"):
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        counts.update(failed=failed, skipped=skipped)
        counts["passed"] += int(suite.get("tests", 0)) - failed - skipped
    return counts


def failures_of(report: ElementTree.Element) -> tuple[str, ...]:
    """Return the tests that failed, each with the first line of its reason."""
    return tuple(
        f"{case.get('classname')}::{case.get('name')}: {(reason.get('message') or '').split(chr(10))[0]}"
        for case in report.iter("testcase")
        for reason in (*case.iter("failure"), *case.iter("error"))
    )


def print_table(results: list[Result]) -> None:
    """Print the stages with their seconds and budgets, what failed, and the sum as the last line."""
    print("\nStage              seconds  budget  tests  outcome")
    for result in results:
        outcome = "passed" if result.passed else "FAILED"
        if result.seconds > result.stage.budget_seconds:
            outcome += ", over its budget"
        count = result.counts["passed"] + result.counts["failed"]
        print(
            f"{result.stage.name:<18} {result.seconds:>7.0f}  {result.stage.budget_seconds:>6}"
            f"  {count or '-':>5}  {outcome}"
        )
    total: Counter[str] = Counter()
    print()
    for result in results:
        for failure in result.failures:
            print(f"FAILED {failure}")
        total.update(result.counts)
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped", flush=True)


def main(names: list[str]) -> int:
    """Run the stages named, or all, and return 1 when any failed."""
    unknown = set(names) - {stage.name for stage in STAGES}
    if unknown:
        print(f"No such stage: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    REPORTS.mkdir(parents=True, exist_ok=True)
    results = [run(stage) for stage in STAGES if not names or stage.name in names]
    print_table(results)
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
