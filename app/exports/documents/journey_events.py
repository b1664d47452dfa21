"""What happened on a journey, as the person reads it: meetings kept, never those that were missed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from app.exports.documents.contents.journeys import Event, EventKind
from app.exports.documents.words import Words

SHOWN_IN_SHORT = 2
MET = frozenset({"met", "kept"})
MINUTES_AN_HOUR = 60

Entry = Mapping[str, Any]


def events_of(timeline: Iterable[Entry], words: Words) -> Iterator[Event]:
    """Yield what happened, newest first."""
    for entry in timeline:
        said = _said(entry, words)
        if said is not None:
            kind, what = said
            if entry["kind"] != "assessment":
                what = _with_words(what, entry, words)
            what = _with_disagreements(what, entry, words)
            yield Event(
                on=date.fromisoformat(entry["occurred_on"]),
                kind=kind,
                what=what,
                shown_by=_shown_by(entry, words),
                is_disputed=any(said["is_open"] for said in entry.get("disagreements") or ()),
            )


def shown_events(timeline: Iterable[Entry], words: Words) -> list[Event]:
    """Return the newest milestones that somebody has checked, the older first: what is named in short."""
    checked = [entry for entry in timeline if entry["kind"] == "milestone" and entry["state"] == "verified"][
        :SHOWN_IN_SHORT
    ]
    return [
        Event(on=date.fromisoformat(entry["occurred_on"]), kind=EventKind.MILESTONE, what=entry["title"])
        for entry in reversed(checked)
    ]


def _said(entry: Entry, words: Words) -> tuple[EventKind, str] | None:
    """Return an entry's sign and words; None for what is not shown."""
    say = _SAY.get(entry["kind"])
    return say(entry, words) if say else None


def _rating(entry: Entry, words: Words) -> tuple[EventKind, str]:
    return EventKind.RATING, words(f"journey.sitting.{entry['code']}")


def _milestone(entry: Entry, _words: Words) -> tuple[EventKind, str]:
    return EventKind.MILESTONE, str(entry["title"])


def _support(entry: Entry, words: Words) -> tuple[EventKind, str]:
    kind = words(f"journey.support.{entry['code']}")
    return EventKind.SUPPORT, words("journey.event.support", kind=kind, time=_time(entry["minutes"], words))


def _end(entry: Entry, words: Words) -> tuple[EventKind, str]:
    reason = words(f"journey.end-reason.{entry['code']}")
    return EventKind.SUPPORT, words("journey.event.end", reason=reason)


def _contact(entry: Entry, words: Words) -> tuple[EventKind, str] | None:
    if entry["code"] not in MET:
        return None
    channel = words(f"journey.channel.{entry['channel']}")
    return EventKind.SUPPORT, words("journey.event.contact", channel=channel)


def _work(entry: Entry, words: Words) -> tuple[EventKind, str]:
    hours = round(entry["weekly_minutes"] / MINUTES_AN_HOUR, 1)
    employer = entry["employer"] or words("journey.event.an-employer")
    told = {"employer": employer, "hours": f"{hours:g}"}
    if not entry["ended_on"]:
        return EventKind.WORK, words("journey.event.work-began", **told)
    since, until = (words.short_day(date.fromisoformat(entry[name])) for name in ("started_on", "ended_on"))
    return EventKind.WORK, words("journey.event.work-ended", since=since, until=until, **told)


def _time(minutes: int, words: Words) -> str:
    hours, rest = divmod(minutes, MINUTES_AN_HOUR)
    if not hours:
        return words("journey.event.minutes", n=minutes)
    return (
        words("journey.event.hours-minutes", h=hours, m=rest)
        if rest
        else words("journey.event.hours", n=hours)
    )


def _with_words(what: str, entry: Entry, words: Words) -> str:
    said = (entry.get("words") or "").strip()
    return words("journey.event.with-words", what=what.rstrip("."), words=said) if said else what


def _with_disagreements(what: str, entry: Entry, words: Words) -> str:
    """Return what happened with what the person said against it, which stays beside it."""
    for said in entry.get("disagreements") or ():
        code = "against-before" if not said["is_open"] else "against-words" if said["words"] else "against"
        day = words.short_day(date.fromisoformat(said["occurred_on"]))
        against = words(f"journey.event.{code}", day=day, words=said["words"])
        what = f"{what}{'' if what.endswith(('.', '”')) else '.'} {against}"
    return what


def _shown_by(entry: Entry, words: Words) -> str:
    if entry["kind"] == "assessment":
        return words("journey.event.one-rating" if entry["is_sealed"] else "journey.event.both-ratings")
    if entry["kind"] == "start":
        return words(f"journey.manner.{entry['manner']}") if entry.get("manner") else ""
    kinds = dict.fromkeys(item["kind"] for item in entry["evidence"])
    shown = ", ".join(words(f"journey.evidence.{kind}") for kind in kinds)
    if shown and entry["kind"] == "milestone" and entry["state"] != "verified":
        return words("journey.event.waiting", shown=shown)
    return shown


_Says = Callable[[Entry, Words], tuple[EventKind, str] | None]
_SAY: dict[str, _Says] = {
    "start": lambda _entry, words: (EventKind.SUPPORT, words("journey.event.start")),
    "action-plan": lambda _entry, words: (EventKind.SUPPORT, words("journey.event.plan")),
    "assessment": _rating,
    "contact": _contact,
    "employment": _work,
    "end": _end,
    "intervention": _support,
    "milestone": _milestone,
}
