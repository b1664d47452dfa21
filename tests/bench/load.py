"""Asking a running server as fast as it answers, and comparing operations inside one run.

Machines are shared and noisy, so nothing here is an absolute time: every cycle runs all operations in
another order, and the ratio of the worst cycle is what counts.
"""

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ask:
    """One GET request, with its headers."""

    path: str
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


class CycleThrownOut(Exception):
    """An answer was not the one that is measured."""


def requests_per_second(address: str, ask: Ask, *, seconds: float, connections: int = 4) -> float:
    """Return how many answers a second wrk gets.

    Raises:
        CycleThrownOut: an answer was no success, or no answer came.
    """
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s"]
    for name, value in ask.headers:
        command += ["-H", f"{name}: {value}"]
    output = subprocess.run(
        [*command, address + ask.path], capture_output=True, text=True, check=True, timeout=seconds + 30
    ).stdout
    # wrk counts every status of 400 and more, and every broken connection.
    if "Non-2xx" in output or "Socket errors" in output:
        raise CycleThrownOut(f"{ask.path}: {output}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if found is None:
        raise CycleThrownOut(f"{ask.path}: {output}")
    return float(found[1])


def cycles(address: str, asks: Mapping[str, Ask], *, rounds: int, seconds: float) -> list[dict[str, float]]:
    """Return requests per second by operation, one mapping a cycle, in rotated order.

    A cycle with an answer that is no success is thrown out and run again, three times at most.
    """
    names = list(asks)
    found: list[dict[str, float]] = []
    thrown = 0
    while len(found) < rounds:
        turn = len(found) % len(names)
        try:
            found.append(
                {
                    name: requests_per_second(address, asks[name], seconds=seconds)
                    for name in names[turn:] + names[:turn]
                }
            )
        except CycleThrownOut:
            thrown += 1
            if thrown > 3:
                raise
    return found


def worst_ratio(rounds: Sequence[Mapping[str, float]], operation: str, against: str) -> float:
    """Return the lowest ratio of two operations' rates over the cycles."""
    return min(cycle[operation] / cycle[against] for cycle in rounds)


def peak_memory_bytes(pid: int) -> int:
    """Return the most memory a process ever held (VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0
