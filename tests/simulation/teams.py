"""A year of five teams whose truth is known: fifty honest workers and five who game, each in another way.

Everything is drawn from one seed. Honest workers differ: some are often without signal, some share a tablet,
some help people better than others. Their rates are not those of the null models in `app.signals.rules`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import ceil, sqrt
from random import Random

from app.instruments.rules.measurement import Z_IMPROVED
from app.signals.rules.facts import ErrorFact, ItemFact, RatingFact, TeamFacts

BEGIN = date(2025, 1, 1)
DAYS = 365
TEAMS, HONEST_A_TEAM = 5, 10
LADDERS = tuple("abcdefgh")
SEM = 1.5 * sqrt(1 - 0.9)
LADDER_SEM = 2 * sqrt(1 - 0.8)
SHARED = sqrt((SEM**2 - LADDER_SEM**2 / 8) / (1 - 1 / 8))  # what all ladders of a sitting have in common
OWN = sqrt(LADDER_SEM**2 - SHARED**2)
RATERS = ("participant", "worker")
ALIKE = 0.5  # correlation of the two raters' errors
TOP = 10
MDC = 1.96 * sqrt(2) * SEM
ERRORS = {("open-ladders", rater, "en"): ErrorFact(SEM, frozenset(LADDERS)) for rater in RATERS}


@dataclass(frozen=True)
class Habits:
    """How one worker records; shares are of the occasions on which it could happen.

    Attributes:
        gain: The mean true change of their people in a year, in MDC95.
        just: Of reviews that are written so that they are just enough.
        lifted: Of reviews that are written well above.
    """

    late: float
    alike: float
    quick: float
    beside: float
    reused: float
    gain: float
    just: float = 0.0
    lifted: float = 0.0


@dataclass(frozen=True)
class Style:
    """A way to game: which habits it changes, each to a share drawn between two bounds."""

    name: str
    changes: dict[str, tuple[float, float]]


STYLES = (
    Style("writes it all up afterwards", {"late": (0.45, 0.8), "quick": (0.3, 0.7), "alike": (0.1, 0.3)}),
    Style("uses a paper again", {"reused": (0.25, 0.5), "beside": (0.3, 0.7)}),
    Style("makes it just enough", {"just": (0.6, 0.95), "late": (0.1, 0.3)}),
    Style("lifts everybody", {"lifted": (0.75, 1.0), "alike": (0.1, 0.4), "quick": (0.1, 0.4)}),
    Style("confirms for them", {"beside": (0.7, 0.95), "just": (0.2, 0.5), "reused": (0.02, 0.1)}),
)


@dataclass
class Team:
    """One team's year, and who in it games, by style."""

    facts: TeamFacts
    honest: list[str]
    gaming: dict[str, str]


@dataclass
class _Year:
    """What one worker's year leaves behind."""

    worker: str
    habits: Habits
    chance: Random
    paper: list[str] = field(default_factory=list)
    ratings: list[RatingFact] = field(default_factory=list)
    items: list[ItemFact] = field(default_factory=list)
    number: int = 0

    def name(self, what: str) -> str:
        """Return an id that sorts as it was made."""
        self.number += 1
        return f"{self.worker}-{what}-{self.number:06}"

    def came(self, on: date) -> date:
        """Return when something reached the server."""
        if self.chance.random() < self.habits.late:
            return on + timedelta(days=self.chance.randint(8, 35))
        return on + timedelta(days=min(int(self.chance.expovariate(1.2)), 7))


def honest_habits(chance: Random) -> Habits:
    """Draw how an honest worker records; one in ten works where there is no signal."""
    is_remote = chance.random() < 0.1
    return Habits(
        late=chance.betavariate(1.5, 30) + (0.05 if is_remote else 0),
        alike=chance.betavariate(1, 60),
        quick=chance.betavariate(1, 50),
        beside=chance.betavariate(1.5, 13),
        reused=chance.choice((0.0, 0.0, 0.004, 0.01)),
        gain=chance.gauss(0.9, 0.35),
    )


def gaming_habits(chance: Random, style: Style) -> Habits:
    """Draw how somebody records who games in a style, and is honest in all else."""
    honest = honest_habits(chance)
    changes = {name: chance.uniform(*bounds) for name, bounds in style.changes.items()}
    return Habits(**{**vars(honest), **changes})


def teams(seed: int, *, gaming: bool = True) -> Iterator[Team]:
    """Yield five teams: ten honest workers each, and one who games where that is asked for."""
    chance = Random(seed)  # the same year again for the same seed
    for number, style in enumerate(STYLES[:TEAMS]):
        honest = [f"{number}-honest-{place}" for place in range(HONEST_A_TEAM)]
        years = [_Year(worker, honest_habits(chance), chance) for worker in honest]
        if gaming:
            years.append(_Year(f"{number}-gaming", gaming_habits(chance, style), chance))
        for year in years:
            for _ in range(chance.randint(22, 32)):
                _live(year)
        facts = TeamFacts(
            ratings=[one for year in years for one in year.ratings],
            items=[one for year in years for one in year.items],
            errors=ERRORS,
        )
        yield Team(facts, honest, {f"{number}-gaming": style.name} if gaming else {})


def _live(year: _Year) -> None:
    """Let one person's year pass."""
    chance, person = year.chance, year.name("person")
    true = [min(max(chance.gauss(4, 1.3) + chance.gauss(0, 1), 0), TOP) for _ in LADDERS]
    begun = chance.randint(0, 200)
    sittings = [("baseline", begun)]
    if chance.random() < 0.7:
        sittings.append(("second-baseline", begun + chance.randint(8, 27)))
    locked = sittings[-1][1]
    sittings += [("review", locked + 84 * place + chance.randint(-3, 10)) for place in (1, 2, 3)]
    gain = max(chance.gauss(year.habits.gain, 0.6), -0.5) * MDC
    before: dict[str, list[int]] = {rater: [] for rater in RATERS}
    for kind, day in sittings:
        if day >= DAYS:
            break
        share = min(max((day - locked) / 168, 0), 1)
        scores = _sitting(year, kind, [one + gain * share for one in true], before)
        if kind != "review":
            for rater in RATERS:
                before[rater].append(sum(scores[rater]))
        _record(year, person, kind, BEGIN + timedelta(days=day), scores)
    _support(year, person, begun)


def _sitting(
    year: _Year, kind: str, now: Sequence[float], before: dict[str, list[int]]
) -> dict[str, list[int]]:
    """Return both raters' answers, written as they would be or as they are wanted."""
    chance, habits = year.chance, year.habits
    common, own = chance.gauss(0, SHARED), [chance.gauss(0, OWN) for _ in LADDERS]
    scores = {}
    for rater in RATERS:
        shared = sqrt(ALIKE) * common + sqrt(1 - ALIKE) * chance.gauss(0, SHARED)
        errors = [sqrt(ALIKE) * one + sqrt(1 - ALIKE) * chance.gauss(0, OWN) for one in own]
        scores[rater] = [
            min(max(round(one + shared + error), 0), TOP) for one, error in zip(now, errors, strict=True)
        ]
    wanted = chance.random()
    if kind == "review" and wanted < habits.just + habits.lifted:
        more = chance.randint(0, 2) if wanted < habits.just else chance.randint(4, 14)
        for rater in RATERS:
            scores[rater] = _raised(chance, scores[rater], _least(before[rater]) + more)
    if chance.random() < habits.alike:
        rater = chance.choice(RATERS)
        scores[rater] = [round(sum(scores[rater]) / len(LADDERS))] * len(LADDERS)
    return scores


def _least(before: Sequence[int]) -> int:
    """Return the least sum of a review that reaches the threshold."""
    spread = SEM * sqrt(1 / len(before) + 1)
    return ceil(sum(before) / len(before) + len(LADDERS) * float(Z_IMPROVED) * spread)


def _raised(chance: Random, scores: Sequence[int], wanted: int) -> list[int]:
    """Return answers that come to a wanted sum, a rung here and a rung there."""
    raised = list(scores)
    wanted = min(wanted, TOP * len(raised))
    while sum(raised) != wanted:
        step = 1 if sum(raised) < wanted else -1
        open_ = [place for place, one in enumerate(raised) if 0 <= one + step <= TOP]
        raised[chance.choice(open_)] += step
    return raised


def _record(year: _Year, person: str, kind: str, on: date, scores: dict[str, list[int]]) -> None:
    chance, sitting, came = year.chance, year.name("sitting"), year.came(on)
    at = datetime.combine(on, time(10), UTC) + timedelta(minutes=chance.randint(0, 360))
    is_quick = chance.random() < year.habits.quick
    took = chance.uniform(8, 35) if is_quick else max(chance.lognormvariate(5.2, 0.45), 45)
    for rater, after in zip(RATERS, (0.0, took), strict=True):
        year.ratings.append(
            RatingFact(
                record_id=year.name("rating"),
                enrolment_id=person,
                worker_id=year.worker,
                sitting_id=sitting,
                sitting_kind=kind,
                rater=rater,
                instrument_id="open-ladders",
                language="en",
                scores=dict(zip(LADDERS, scores[rater], strict=True)),
                device_id=f"{year.worker}-tablet",
                occurred_on=on,
                recorded_at=at + timedelta(seconds=after),
                received_on=came,
            )
        )


def _support(year: _Year, person: str, begun: int) -> None:
    """Add what supports the person's milestones: papers, observations, their own word."""
    chance = year.chance
    for kind, least, most in (
        ("third-party-letter", 1, 3),
        ("worker-observation", 1, 3),
        ("participant-confirmation", 1, 2),
    ):
        for _ in range(chance.randint(least, most)):
            on = BEGIN + timedelta(days=min(begun + chance.randint(10, 150), DAYS - 1))
            has_paper = kind == "third-party-letter"
            is_own_word = kind == "participant-confirmation"
            beside = is_own_word and chance.random() < year.habits.beside
            year.items.append(
                ItemFact(
                    record_id=year.name("item"),
                    person=person,
                    worker_id=year.worker,
                    kind=kind,
                    sent_sha256=_paper(year) if has_paper else None,
                    occurred_on=on,
                    received_on=year.came(on),
                    is_away=is_own_word,
                    beside_minutes=chance.uniform(0, 25) if beside else None,
                )
            )


def _paper(year: _Year) -> str:
    if year.paper and year.chance.random() < year.habits.reused:
        return year.chance.choice(year.paper)
    year.paper.append(year.name("paper"))
    return year.paper[-1]
