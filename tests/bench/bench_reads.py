"""The hot reads over HTTP: held against an empty public answer, against each other, and against growth."""

import os
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.figures import Figure
from tests.bench.load import Ask, cycles, worst_ratio
from tests.bench.server import Place, running
from tests.bench.world import World

ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = float(os.environ.get("SECONDS", "2"))

# Against the public empty answer of the same server, in requests a second.
BARS = {
    "signed in": ("signed-in empty answer", 0.5),
    "caseload": ("caseload, 50 rows", 0.22),
    "journey": ("journey, 30 assessments and 20 milestones", 0.15),
    "journey 304": ("journey, unchanged (304)", 0.4),
}
GROWING = ("caseload", "journey", "claimable")
GROWTH_AT_MOST = 1.3
COUNTS_AT_MOST = 3.0


@dataclass(frozen=True)
class Served:
    """A world, and where its server answers."""

    world: World
    place: Place
    address: str


def asks_of(world: World) -> dict[str, Ask]:
    """Return what is asked for over HTTP."""
    worker, manager, preparer = (
        (("Cookie", f"waymark={secret}"),)
        for secret in (world.worker_secret, world.manager_secret, world.preparer_secret)
    )
    return {
        "public": Ask("/bench/public"),
        "signed in": Ask("/bench/signed-in", worker),
        "caseload": Ask("/api/caseload?scope=mine&limit=50", worker),
        "journey": Ask(f"/api/journeys/{world.enrolment_id}", worker),
        "claimable": Ask(f"/api/claimable?contract_id={world.contract_id}&state=claimable", preparer),
        "counts": Ask("/api/caseload/counts", manager),
        "team caseload": Ask("/api/caseload?scope=team&limit=50", manager),
    }


def unchanged(address: str, journey: Ask) -> Ask:
    """Return the question whether a journey has changed, asked by who holds it as it is."""
    request = urllib.request.Request(address + journey.path, headers=dict(journey.headers))
    with urllib.request.urlopen(request, timeout=30) as answer:
        tag = str(answer.headers["ETag"])
    return Ask(journey.path, (*journey.headers, ("If-None-Match", tag)))


def against_public(served: Served) -> list[Figure]:
    """Measure every read against the public empty answer, the worst of rotated cycles."""
    asks = asks_of(served.world)
    wanted = {name: asks[name] for name in ("public", "signed in", "caseload", "journey")}
    wanted["journey 304"] = unchanged(served.address, asks["journey"])
    rounds = cycles(served.address, wanted, rounds=ROUNDS, seconds=SECONDS)
    return [
        Figure(f"{title} / public empty answer", worst_ratio(rounds, name, "public"), reach)
        for name, (title, reach) in BARS.items()
    ]


def on_sqlite(place: Place, world: World) -> list[Figure]:
    """Measure the same on SQLite, for comparison only."""
    with running(place) as address:
        return [
            Figure(f"SQLite: {figure.name}", figure.measured, None)
            for figure in against_public(Served(world, place, address))
        ]


def growth(small: Served, grown: Served) -> list[Figure]:
    """Measure the same reads on both worlds in the same cycles: how many times longer the grown one takes."""
    asks: dict[str, Ask] = {}
    for name in GROWING:
        for label, served in (("small", small), ("grown", grown)):
            ask = asks_of(served.world)[name]
            asks[f"{label} {name}"] = Ask(served.address + ask.path, ask.headers)
    rounds = cycles("", asks, rounds=ROUNDS, seconds=SECONDS)
    size = f"{small.world.records:,} → {grown.world.records:,} records"
    return [
        Figure(f"{name}: {size}", _worst_time(rounds, f"grown {name}", f"small {name}"), GROWTH_AT_MOST, True)
        for name in GROWING
    ]


def counts(served: Served) -> list[Figure]:
    """Measure the counts of a team against its caseload, in time, at the provider's full size."""
    wanted = {name: asks_of(served.world)[name] for name in ("counts", "team caseload")}
    rounds = cycles(served.address, wanted, rounds=ROUNDS, seconds=SECONDS)
    title = f"counts / team caseload, {served.world.enrolments_each:,} enrolments at the provider"
    return [Figure(title, _worst_time(rounds, "counts", "team caseload"), COUNTS_AT_MOST, True)]


def _worst_time(rounds: Sequence[Mapping[str, float]], one: str, other: str) -> float:
    return max(cycle[other] / cycle[one] for cycle in rounds)
