"""One look at a team: every signal, each worker's records and the team's, and all the comparisons of a year.

Looking often finds something sooner or later. So each chance is multiplied by the number of comparisons of a
whole year (Bonferroni): six signals, twelve looks, each worker and the team as a whole. What is found then is
found in at most one honest team of twenty in a year, whatever the comparisons have to do with each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.signals.models import SignalKind
from app.signals.rules import (
    all_succeed,
    hurried_ratings,
    late_testimony,
    same_device,
    shared_files,
    threshold_bunching,
)
from app.signals.rules.facts import Case, TeamFacts
from app.signals.rules.null import Null, chance_of
from app.signals.rules.reviews import reviews_of

LOOKS_A_YEAR = 12
FOUND_AT = 0.05  # of honest teams, in a year
RECORDS_MAX = 50

NULLS: dict[SignalKind, Null] = {
    SignalKind.LATE_TESTIMONY: late_testimony.NULL,
    SignalKind.SHARED_FILE: shared_files.NULL,
    SignalKind.SAME_DEVICE: same_device.NULL,
    SignalKind.HURRIED_RATING: hurried_ratings.NULL,
    SignalKind.THRESHOLD_BUNCHING: threshold_bunching.NULL,
    SignalKind.ALL_SUCCEED: all_succeed.NULL,
}

Found = tuple[SignalKind, str | None]  # a signal, in one worker's records or (None) the team's


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """What stood out.

    Attributes:
        worker_id: Whose records; None for the whole team's.
        since: What was received after this day was looked at.
        chance: Of so many or more in this comparison, if the team is honest.
        frequency: Of honest teams that would show anything as rare within a year of looks, at most.
    """

    kind: SignalKind
    worker_id: str | None
    since: date
    seen: int
    cases: int
    expected_share: float
    chance: float
    frequency: float
    record_ids: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """What one look saw."""

    worker_count: int
    test_count: int
    sightings: tuple[Sighting, ...]


def cases_of(facts: TeamFacts) -> dict[SignalKind, list[Case]]:
    """Return the cases of every signal."""
    reviews = reviews_of(facts)
    return {
        SignalKind.LATE_TESTIMONY: list(late_testimony.cases(facts)),
        SignalKind.SHARED_FILE: list(shared_files.cases(facts)),
        SignalKind.SAME_DEVICE: list(same_device.cases(facts)),
        SignalKind.HURRIED_RATING: list(hurried_ratings.cases(facts)),
        SignalKind.THRESHOLD_BUNCHING: list(threshold_bunching.cases(reviews)),
        SignalKind.ALL_SUCCEED: list(all_succeed.cases(reviews)),
    }


def look(
    cases: Mapping[SignalKind, Sequence[Case]], *, since: date, until: date, told: Mapping[Found, date]
) -> Look:
    """Return what stands out in a team's records.

    Args:
        cases: Of every signal.
        since: What was received after this day counts; a year before.
        until: And up to this day.
        told: Up to when each signal has been told before; the same records are not told twice.
    """
    within = {kind: _within(some, since, until) for kind, some in cases.items()}
    workers = {one.worker_id for some in within.values() for one in some}
    tests = len(SignalKind) * LOOKS_A_YEAR * (len(workers) + 1)
    found: list[Sighting] = []
    for kind, some in within.items():
        mine: dict[str, list[Case]] = defaultdict(list)
        told_until = {worker: _told_until(kind, worker, told, since) for worker in workers}
        fresh = [one for one in some if one.received_on > told_until[one.worker_id]]
        for one in fresh:
            mine[one.worker_id].append(one)
        alone = [_judge(kind, worker, mine[worker], told_until[worker], tests) for worker in sorted(mine)]
        stands_out = [one for one in alone if one is not None]
        # The whole team is asked only where no worker's records say it already.
        of_team = (
            None
            if stands_out or len(mine) == 1
            else _judge(kind, None, fresh, _told_until(kind, None, told, since), tests)
        )
        found += stands_out or ([of_team] if of_team else [])
    return Look(len(workers), tests, tuple(found))


def _within(cases: Iterable[Case], since: date, until: date) -> list[Case]:
    """Return what had come in a span, with what had been seen of it by its end."""
    return [
        one if one.seen_on is None or one.seen_on <= until else one._replace(seen_on=None)
        for one in cases
        if since < one.received_on <= until
    ]


def _told_until(kind: SignalKind, worker_id: str | None, told: Mapping[Found, date], since: date) -> date:
    """Return up to when a worker's cases have been told of, in their own records or in the team's."""
    return max(since, told.get((kind, worker_id), since), told.get((kind, None), since))


def _judge(
    kind: SignalKind,
    worker_id: str | None,
    cases: Sequence[Case],
    since: date,
    tests: int,
) -> Sighting | None:
    seen = sorted((one for one in cases if one.seen_on), key=lambda one: str(one.seen_on), reverse=True)
    chance = chance_of(len(seen), len(cases), NULLS[kind])
    if chance * tests > FOUND_AT:
        return None
    return Sighting(
        kind=kind,
        worker_id=worker_id,
        since=since,
        seen=len(seen),
        cases=len(cases),
        expected_share=NULLS[kind].mean,
        chance=chance,
        frequency=min(chance * tests, 1.0),
        record_ids=tuple(one.record_id for one in seen[:RECORDS_MAX]),
    )
