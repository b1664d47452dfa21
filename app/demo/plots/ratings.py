"""Sittings: both raters' answers, the person's words, and how they move from one sitting to the next."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.core.languages import spoken
from app.demo.chance import Chance
from app.demo.deeds import Act, Deed
from app.demo.diary import office_hour
from app.demo.plots.measured import is_review, support_review
from app.demo.plots.script import Script
from app.demo.pools import pools

LADDERS = (
    "stability",
    "health",
    "confidence",
    "motivation",
    "skills",
    "job-search",
    "experience",
    "connection",
)
SCALE_MAX = 10
FOCUS_COUNT = 4
ASIDE_SHARE = 0.3
# How far the ladders in focus stand above the baseline at each review, by journey.
CLIMBS: dict[str, tuple[float, ...]] = {
    "steady": (1.4, 2.4, 3.1, 3.6, 4.0, 4.3),
    "relapse": (1.8, -0.9, 0.8, 2.2, 3.0, 3.4),
    "stuck": (0.1, 0.2, -0.2, 0.1, 0.3, 0.2),
    "quick": (3.0, 4.0, 4.5, 4.8, 5.0, 5.0),
    "ceiling": (0.2, 0.3, 0.1, 0.3, 0.2, 0.3),
    "into-work": (2.0, 3.2, 3.8, 4.2, 4.4, 4.5),
    "paused": (1.0, 1.2, 1.4, 1.6, 1.8, 2.0),
    "transferred": (0.8, 1.9, 2.6, 3.2, 3.6, 3.8),
}
NOTICEABLE = 1.5
# Who climbs may yet fall on one ladder: it never blocks a payment, and is never passed over in silence.
FALLS_ON_ONE_SHARE = 0.2
FALLS_FROM, FALLS_BY = 6.5, 4.5
CLIMBING = frozenset({"steady", "quick", "into-work"})
RATHER_NOT_LADDER = 0.05
RATHER_NOT_AT_ALL = 0.04


@dataclass
class Ratings:
    """How one person stands on each ladder, hidden behind what the raters say."""

    script: Script
    begins: dict[str, float] = field(init=False)
    focus: list[str] = field(init=False)
    fallen: str | None = field(init=False)
    reviews: int = 0

    def __post_init__(self) -> None:
        chance = self.script.chance
        middle, spread = (8.5, 0.7) if self.script.journey == "ceiling" else (3.6, 1.3)
        self.begins = {ladder: min(9.5, max(0.5, chance.gauss(middle, spread))) for ladder in LADDERS}
        self.focus = chance.sample(LADDERS, FOCUS_COUNT)
        self.fallen = self._fallen()
        if self.fallen:
            self.begins[self.fallen] = FALLS_FROM

    def _fallen(self) -> str | None:
        """Return the one ladder on which somebody falls, drawn apart, so that the rest stays as it is."""
        person = self.script.person
        aside = Chance("fall", person.given_name, person.family_name, person.reference)
        falls = self.script.journey in CLIMBING and aside.happens(FALLS_ON_ONE_SHARE)
        return aside.of([ladder for ladder in LADDERS if ladder not in self.focus]) if falls else None

    def sit(self, kind: str, on: date) -> None:
        """Write one sitting of both raters."""
        climb = 0.0
        if kind in {"review", "exit"}:
            climbs = CLIMBS[self.script.journey]
            climb = climbs[min(self.reviews, len(climbs) - 1)]
            self.reviews += 1
        levels = {
            ladder: begin + climb * (1 if ladder in self.focus else ASIDE_SHARE)
            for ladder, begin in self.begins.items()
        }
        if self.fallen and is_review(kind):
            levels[self.fallen] = FALLS_FROM - FALLS_BY
        way = "start" if "baseline" in kind else _way(climb)
        self._rate(kind, on, levels, way)

    def _rate(self, kind: str, on: date, levels: dict[str, float], way: str) -> None:
        chance = self.script.chance
        own = {ladder: _rung(level + chance.gauss(0, 0.8)) for ladder, level in levels.items()}
        worker = {ladder: _rung(level + chance.gauss(0.1, 0.5)) for ladder, level in levels.items()}
        answers: dict[str, int | None] = {
            ladder: None if chance.happens(RATHER_NOT_LADDER) else rung for ladder, rung in own.items()
        }
        if chance.happens(RATHER_NOT_AT_ALL):
            answers = dict.fromkeys(own)
        spoken = chance.sample(self.focus, 2)
        notes = {ladder: self.script.words("quotes", ladder, way) for ladder in spoken}
        sitting = Sitting(kind, on, answers, dict(worker), own_words=notes[spoken[0]], notes=notes)
        said = write_sitting(self.script, sitting)
        if is_review(kind):
            support_review(self.script, said, sitting.worker)


def _rung(level: float) -> int:
    return min(SCALE_MAX, max(0, round(level)))


def _way(climb: float) -> str:
    if climb >= NOTICEABLE:
        return "up"
    return "down" if climb < 0 else "same"


@dataclass(frozen=True)
class Sitting:
    """One occasion: what both raters say.

    Attributes:
        own: The person's answers; None is "I'd rather not say".
        worker: The worker's.
        own_words: What the person says of it all.
        notes: What they say of one ladder or another.
        agreed: What the two then agree to do; drawn where it is left out.
    """

    kind: str
    on: date
    own: dict[str, int | None]
    worker: dict[str, int | None]
    own_words: str
    notes: dict[str, str]
    agreed: str | None = None


def write_sitting(script: Script, sitting: Sitting) -> Deed:
    """Write both raters' assessments of one occasion, the participant's first, and return that one."""
    sitting_id = script.id_of(sitting.on)
    told_at = office_hour(script.chance, sitting.on)
    notes = {f"note.{ladder}": words for ladder, words in sitting.notes.items()}
    agreed = {"own_words": sitting.agreed or script.chance.of(pools()["agreements"])}
    sides: tuple[tuple[str, dict[str, int | None], dict[str, str]], ...] = (
        ("participant", sitting.own, {"own_words": sitting.own_words, **notes}),
        ("worker", sitting.worker, {} if "baseline" in sitting.kind else agreed),
    )
    written: list[Deed] = []
    for rater, scores, texts in sides:
        detail: dict[str, Any] = {
            "sitting_id": sitting_id,
            "sitting_kind": sitting.kind,
            "rater": rater,
            "language": spoken(script.person.language) if rater == "participant" else "en",
            "scores": scores,
        }
        written.append(script.add(Act.ASSESSMENT, sitting.on, told_at=told_at, detail=detail, texts=texts))
        told_at += timedelta(minutes=script.chance.randint(6, 15))
    return written[0]
