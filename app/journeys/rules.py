"""The arithmetic of the read model: groups of the caseload, seals, what changed in words."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from unicodedata import combining, normalize
from uuid import UUID

CLEAR_RUNGS = 3.0
"""How many rungs of 0 to 10 are called clearly higher or lower to whoever is not told what chance explains.

A word for talking, not a threshold: nothing rests on it (docs/measurement.md#one-ladder).
"""
SAME_RUNGS = 1.0  # a rung either way is "about the same"
FOLDED_DAYS_BEFORE_REVIEW = 7
RATED_APART_DAYS = 14  # how far the ratings of one sitting may lie apart
MOVED_WITHIN_DAYS = 84  # a step that others could see: as long as from one review to the next
CLOSES_WITHIN_DAYS = 14
REVIEW_IN_SIGHT_DAYS = 28  # from here on a review stands among what is still needed
SHAPE_VERSION = 4  # of the journey; part of its ETag

# What can still be needed, in the order it is listed.
TASKS = (
    "returned",
    "worker-rating",
    "participant-rating",
    "second-rating",
    "evidence-missing",
    "answer-referral",
    "give-notice",
    "start",
    "baseline",
    "second-baseline",
    "review",
    "plan",
)

PARTICIPANT, WORKER, SECOND_RATER = "participant", "worker", "second-rater"
BASELINES = frozenset({"baseline", "second-baseline"})


class Scope(StrEnum):
    """Whose people a list shows."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class Needs(StrEnum):
    """The groups of a caseload, in the order of what needs doing; everybody is in exactly one."""

    NEEDS_YOU = "needs-you"
    THIS_WEEK = "this-week"
    NOT_MET = "not-met"
    NOTHING = "nothing"


class Look(StrEnum):
    """What whoever oversees looks for in a caseload; unlike `Needs`, one person may be in several."""

    MOVES = "moves"
    STUCK = "stuck"
    NOT_MET = "not-met"
    BASELINE_CLOSES = "baseline-closes"


class Relation(StrEnum):
    """What a reader is to the person: key worker, other staff of the provider, or adviser."""

    WORKER = "worker"
    PROVIDER = "provider"
    ADVISER = "adviser"


class Change(StrEnum):
    """What became of one ladder between where somebody began and now."""

    CLEARLY_HIGHER = "clearly-higher"
    GOING_UP = "going-up"
    ABOUT_THE_SAME = "about-the-same"
    GOING_DOWN = "going-down"
    CLEARLY_LOWER = "clearly-lower"
    NOT_SAID = "not-said"
    FIRST_TIME = "first-time"


def end_of_week(day: date) -> date:
    """Return the Sunday of a day's week."""
    return day + timedelta(days=6 - day.weekday())


def etag_of(enrolment_id: UUID, revision: int, *viewer: str) -> str:
    """Return the tag of one journey as one kind of viewer reads it."""
    parts = (str(enrolment_id), str(revision), *viewer, str(SHAPE_VERSION))
    return sha256("|".join(parts).encode()).hexdigest()[:32]


def is_review_near(review_due_on: date | None, today: date) -> bool:
    """Whether a review is due within a week, or overdue: fresh eyes make its ratings worth more."""
    folds_on = folded_from(review_due_on)
    return folds_on is not None and today >= folds_on


def folded_from(review_due_on: date | None) -> date | None:
    """Return the day from which nobody who rates sees an earlier score; None where no review is due."""
    return review_due_on and review_due_on - timedelta(days=FOLDED_DAYS_BEFORE_REVIEW)


def without_scores(sittings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return sittings without what somebody about to rate could remember: scores, and notes on them."""
    return [
        sitting | {"assessments": [answer | {"scores": {}, "notes": {}} for answer in sitting["assessments"]]}
        for sitting in sittings
    ]


def may_be_stood_in(sitting: dict[str, Any], today: date) -> bool:
    """Whether a second rater can still stand in: the person chose not to rate, at most two weeks ago."""
    is_over = sitting["is_crisis"] or sitting["is_sealed"] or SECOND_RATER in sitting["raters"]
    own = [answer for answer in sitting["assessments"] if answer["rater"] == PARTICIPANT]
    if is_over or not own or any(score is not None for score in own[0]["scores"].values()):
        return False
    return today <= stand_in_until(sitting)


def stand_in_until(sitting: dict[str, Any]) -> date:
    """Return the last day on which a second rater's answers still belong to a sitting."""
    first = min(date.fromisoformat(answer["occurred_on"]) for answer in sitting["assessments"])
    return first + timedelta(days=RATED_APART_DAYS)


def gather_sittings(answers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sittings in the order they happened; a sealed one says who has rated, and nothing else.

    Args:
        answers: All assessments that stand, oldest first.
    """
    gathered: dict[str, list[dict[str, Any]]] = {}
    for answer in answers:
        gathered.setdefault(answer["sitting_id"], []).append(answer)
    sittings = [_sitting(parts) for parts in gathered.values()]
    return sorted(sittings, key=lambda sitting: sitting["occurred_on"])


def _sitting(parts: list[dict[str, Any]]) -> dict[str, Any]:
    raters = [part["rater"] for part in parts]
    is_crisis = any(part.get("is_crisis") for part in parts)
    is_sealed = not is_crisis and not {PARTICIPANT, WORKER} <= set(raters)
    return {
        "sitting_id": parts[0]["sitting_id"],
        "kind": parts[0]["sitting_kind"],
        "instrument_id": parts[0]["instrument_id"],
        "occurred_on": max(part["occurred_on"] for part in parts),
        "is_sealed": is_sealed,
        "is_crisis": is_crisis,
        "raters": raters,
        "assessments": [] if is_sealed else [_assessment(part) for part in parts],
    }


def _assessment(part: dict[str, Any]) -> dict[str, Any]:
    texts = part["texts"] or {}
    return {
        "record_id": part["record_id"],
        "rater": part["rater"],
        "author": part["author"],
        "occurred_on": part["occurred_on"],
        "language": part["language"],
        "scores": part["scores"],
        "own_words": texts.get("own_words"),
        "notes": {key[len("note.") :]: note for key, note in texts.items() if key.startswith("note.")},
        "help": part.get("help") or "none",
        "focus": part.get("focus"),
        "is_corrected": part["supersedes_id"] is not None,
    }


def began_and_later(
    sittings: Sequence[dict[str, Any]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the sittings where somebody began, the baselines or else the first one, and those after."""
    began = [sitting for sitting in sittings if sitting["kind"] in BASELINES] or list(sittings[:1])
    return began, [sitting for sitting in sittings if sitting not in began]


def ladder_changes(
    ladder: str, sittings: Sequence[dict[str, Any]], chance: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return where each rater saw somebody begin on a ladder and sees them now, and what that is in words.

    Where they began is the middle of the baselines, or the first sitting where there is none.

    Args:
        ladder: Its code.
        sittings: The open ones of the ladder's instrument, oldest first.
        chance: What chance explains of it by rater (`Chance.beside`); None where it is not told.
    """
    told = chance or {}
    person, worker = (_path(rater, ladder, sittings, told.get(rater)) for rater in (PARTICIPANT, WORKER))
    return {
        "change": _together(person["change"], worker["change"]),
        PARTICIPANT: person,
        WORKER: worker,
        "chance": chance,
    }


def _path(
    rater: str, ladder: str, sittings: Sequence[dict[str, Any]], chance: dict[str, Any] | None
) -> dict[str, Any]:
    began, later = began_and_later(sittings)
    first = [score for score in (_score(sitting, rater, ladder) for sitting in began) if score is not None]
    start = sum(first) / len(first) if first else None
    now = _score(later[-1], rater, ladder) if later else None
    is_clear = chance["is_sure"] if chance else None
    change = change_between(start, now, is_clear=is_clear) if later else Change.FIRST_TIME
    return {"began": start, "now": now, "change": change}


def _score(sitting: dict[str, Any], rater: str, ladder: str) -> float | None:
    for assessment in sitting["assessments"]:
        if assessment["rater"] == rater:
            score: float | None = assessment["scores"].get(ladder)
            return score
    return None


def change_between(began: float | None, now: float | None, *, is_clear: bool | None = None) -> Change:
    """Return one rater's change on one ladder in words; "I'd rather not say" is an answer.

    Args:
        began: Where they saw somebody begin.
        now: Where they see them.
        is_clear: Whether it is more than chance explains; None where that is not told.
    """
    if began is None or now is None:
        return Change.NOT_SAID
    moved = now - began
    is_far = abs(moved) >= CLEAR_RUNGS if is_clear is None else is_clear
    if abs(moved) <= SAME_RUNGS and not is_far:
        return Change.ABOUT_THE_SAME
    if is_far:
        return Change.CLEARLY_HIGHER if moved > 0 else Change.CLEARLY_LOWER
    return Change.GOING_UP if moved > 0 else Change.GOING_DOWN


_DIRECTION = {
    Change.CLEARLY_HIGHER: 1,
    Change.GOING_UP: 1,
    Change.GOING_DOWN: -1,
    Change.CLEARLY_LOWER: -1,
}


def _together(person: Change, worker: Change) -> Change:
    """Return what both raters say together; "clearly" needs both to say so."""
    if person in {Change.NOT_SAID, Change.FIRST_TIME}:
        return person
    if person is worker:
        return person
    direction = _DIRECTION.get(person, 0) + _DIRECTION.get(worker, 0)
    if direction == 0:
        return Change.ABOUT_THE_SAME
    return Change.GOING_UP if direction > 0 else Change.GOING_DOWN


def short_name(name: str) -> str:
    """Return ``Amina O.`` from a member of staff's whole name, as `queries.names.staff_name` writes it."""
    first, blank, rest = name.partition(" ")
    return f"{first} {rest.rpartition(' ')[2][:1]}." if blank else name


def fold(words: str) -> str:
    """Return a name as it is searched for: lower case, no accents, single blanks."""
    letters = (letter for letter in normalize("NFKD", words.casefold()) if not combining(letter))
    return " ".join("".join(letters).split())
