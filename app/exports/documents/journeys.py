"""A journey's paper from the journey as the screen has it: the same content, said to the person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.exports.documents.contents.journeys import (
    Change,
    Correction,
    JourneyDocument,
    LadderPath,
    Quote,
    Rating,
    Reader,
    ReaderKind,
    Step,
)
from app.exports.documents.journey_chance import chance_words, rests_on
from app.exports.documents.journey_events import events_of, shown_events
from app.exports.documents.pictures import Scale
from app.exports.documents.words import LONDON, Words, words_of
from app.journeys.rules import BASELINES, PARTICIPANT, WORKER

EVENTS_MAX = {False: 7, True: 8}  # by large print: what two or three pages hold

Entry = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Print:
    """How a journey is printed, and what the journey itself does not hold.

    Attributes:
        on: The day of the paper.
        commissioner: Who pays for the contract; empty for a provider's own programme.
    """

    on: date
    commissioner: str
    large_print: bool = False
    language: str = "en"
    specimen: bool = False


def journey_document(journey: Entry, how: Print) -> JourneyDocument:
    """Return the paper of a journey as `journeys.queries.journey.journey_of` gives it."""
    words = words_of(how.language)
    person, enrolment = journey["person"], journey["enrolment"]
    sittings, ladders = _rated(journey)
    events = list(events_of(journey["timeline"], words))
    most = EVENTS_MAX[how.large_print]
    shown = [event for place, event in enumerate(events) if place < most or event.is_disputed]
    worker = enrolment["worker"] or words("journey.nobody")
    has_prime = bool(how.commissioner) and enrolment["prime"] != enrolment["provider"]
    return JourneyDocument(
        reference=person["reference"],
        name=person["first_name"],
        worker=worker,
        worker_name=_first(worker) if enrolment["worker"] else worker,
        provider=enrolment["provider"],
        prime=enrolment["prime"] if has_prime else "",
        began_on=_day(enrolment["started_on"] or enrolment["referred_on"]),
        made_on=how.on,
        said=_said(journey["in_short"]),
        sittings=tuple(_day(sitting["occurred_on"]) for sitting in sittings),
        baselines=sum(sitting["kind"] in BASELINES for sitting in sittings) or min(1, len(sittings)),
        ladders=tuple(_path(ladder, sittings, words) for ladder in ladders),
        scale=_scale(ladders),
        chance_says=tuple(chance_words(ladders, words, worker)),
        chance_rests_on=tuple(rests_on(journey["chance"], words, worker)),
        shown=tuple(shown_events(journey["timeline"], words)),
        next_step=_next_step(journey, words),
        review_due_on=_review(journey),
        events=tuple(shown),
        earlier_events=len(events) - len(shown),
        needed=tuple(_tasks(journey, words)),
        plan=tuple(_plan(journey, words)),
        readers=tuple(_readers(enrolment, how.commissioner)),
        corrections=tuple(_correction(entry, words) for entry in journey["corrections"]),
        large_print=how.large_print,
        specimen=how.specimen,
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0]


def _said(in_short: Entry) -> Quote | None:
    said = in_short["own_words"]
    return Quote(words=said["words"], said_on=_day(said["occurred_on"])) if said else None


def _rated(journey: Entry) -> tuple[list[Entry], list[Entry]]:
    """Return the open sittings on the instrument that shows progress, and its ladders."""
    ladders = [ladder for ladder in journey["ladders"] if not ladder["is_context"]]
    opened = [sitting for sitting in journey["sittings"] if not sitting["is_sealed"]]
    last = next(
        (
            sitting["instrument_id"]
            for sitting in reversed(opened)
            if any(ladder["instrument_id"] == sitting["instrument_id"] for ladder in ladders)
        ),
        None,
    )
    return (
        [sitting for sitting in opened if sitting["instrument_id"] == last],
        [ladder for ladder in ladders if ladder["instrument_id"] == last],
    )


def _scale(ladders: Sequence[Entry]) -> Scale:
    if not ladders:
        return Scale()
    low, high = ladders[0]["scale_min"], ladders[0]["scale_max"]
    if (low, high) == (0, 10):
        return Scale()
    steps = high - low
    gap = max(1, round(steps / 5))
    return Scale(low, high, tuple(float(tick) for tick in range(low, high + 1, gap)))


def _path(ladder: Entry, sittings: Sequence[Entry], words: Words) -> LadderPath:
    person, worker = ladder[PARTICIPANT], ladder[WORKER]
    own, other = ((ladder["chance"] or {}).get(rater) or {} for rater in (PARTICIPANT, WORKER))
    return LadderPath(
        title=ladder["title"],
        short_title=ladder["short_title"],
        in_words=_in_words(ladder, sittings, words),
        person=tuple(_rating(sitting, PARTICIPANT, ladder["code"]) for sitting in sittings),
        worker=tuple(_rating(sitting, WORKER, ladder["code"]) for sitting in sittings),
        began_person="not-said" if person["began"] is None else person["began"],
        began_worker="not-said" if worker["began"] is None else worker["began"],
        change=Change(ladder["change"]),
        sure_person=own.get("is_sure", False),
        sure_worker=other.get("is_sure", False),
        half_width=own.get("half_width"),
    )


def _answers(sitting: Entry, rater: str) -> Entry | None:
    return next((answer for answer in sitting["assessments"] if answer["rater"] == rater), None)


def _rating(sitting: Entry, rater: str, ladder: str) -> Rating:
    answers = _answers(sitting, rater)
    if answers is None or ladder not in answers["scores"]:
        return "not-asked"
    score: float | None = answers["scores"][ladder]
    return "not-said" if score is None else score


def _in_words(ladder: Entry, sittings: Sequence[Entry], words: Words) -> str:
    """Return what was said about a ladder last: by the person, else by the worker, else what became of it."""
    if not sittings:
        return ""
    last = sittings[-1]
    for rater, key in ((PARTICIPANT, "journey.ladder-quote"), (WORKER, "")):
        note = ((_answers(last, rater) or {}).get("notes") or {}).get(ladder["code"])
        if note:
            return words(key, words=note) if key else str(note)
    if _rating(last, PARTICIPANT, ladder["code"]) == "not-said":
        return words("journey.ladder-not-said")
    return words(f"journey.ladder-change.{ladder['change']}")


def _who(owner: str | None, journey: Entry, words: Words) -> str:
    enrolment = journey["enrolment"]
    worker, adviser = enrolment["worker"], enrolment["adviser"]
    if owner == "participant":
        return str(journey["person"]["first_name"])
    if owner == "adviser" and adviser:
        return words("journey.your-adviser", name=adviser)
    if owner == "worker":
        return _first(worker) if worker else words("journey.nobody")
    return words("journey.somebody")


def _next_step(journey: Entry, words: Words) -> Step | None:
    plan = journey["plan"]
    steps = [step for step in plan["steps"] if step["done_on"] is None and step["words"]] if plan else []
    comes_next = any(entry["code"] == "plan-step" for entry in journey["in_short"]["next"])
    if not steps or not comes_next:
        return None
    first = min(steps, key=lambda step: str(step["due_on"]))
    return Step(what=first["words"], who=_who(first["owner"], journey, words), by=_day(first["due_on"]))


def _review(journey: Entry) -> date | None:
    return next(
        (_day(entry["on"]) for entry in journey["in_short"]["next"] if entry["code"] == "review"), None
    )


_DOES = {"participant-rating": "participant"}  # everything else is the worker's to do


def _tasks(journey: Entry, words: Words) -> Iterator[Step]:
    for task in journey["needed"]:
        title = task["title"] or (
            words(f"journey.record.{task['kind']}") if task["code"] == "returned" else ""
        )
        yield Step(
            what=words(f"journey.task.{task['code']}", title=title),
            who=_who(_DOES.get(task["code"], "worker"), journey, words),
            by=_day(task["due_on"]) if task["due_on"] else None,
        )


def _plan(journey: Entry, words: Words) -> Iterator[Step]:
    plan = journey["plan"]
    for step in plan["steps"] if plan else ():
        if step["words"]:
            yield Step(
                what=step["words"],
                who=_who(step["owner"], journey, words),
                by=_day(step["due_on"]),
                done_on=_day(step["done_on"]) if step["done_on"] else None,
            )


def _readers(enrolment: Entry, commissioner: str) -> Iterator[Reader]:
    yield Reader(kind=ReaderKind.PERSON)
    if enrolment["worker"]:
        name = _first(enrolment["worker"])
        yield Reader(kind=ReaderKind.WORKER, name=name, organisation=enrolment["provider"])
    if enrolment["adviser"]:
        yield Reader(kind=ReaderKind.ADVISER, name=enrolment["adviser"], organisation=enrolment["prime"])
    if commissioner:
        yield Reader(kind=ReaderKind.CLAIMS, organisation=enrolment["prime"])
        yield Reader(kind=ReaderKind.ASSESSOR, organisation=commissioner)
    yield Reader(kind=ReaderKind.WORK_COACH)
    yield Reader(kind=ReaderKind.EMPLOYERS)


def _correction(entry: Entry, words: Words) -> Correction:
    was, now = _day(entry["was_on"]), _day(entry["occurred_on"])
    key = "taken-back" if entry["is_withdrawn"] else "same-day" if was == now else "moved"
    return Correction(
        what=words(
            f"journey.correction-what.{key}",
            record=words(f"journey.record.{entry['kind']}"),
            was=words.day(was),
            now=words.day(now),
        ),
        reason=entry["reason"] or words("journey.correction-what.no-reason"),
        corrected_on=datetime.fromisoformat(entry["corrected_at"]).astimezone(LONDON).date(),
    )
