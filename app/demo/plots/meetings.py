"""Contacts and support: the weeks between the sittings."""

from datetime import date, datetime, timedelta

from app.demo.chance import Chance
from app.demo.deeds import Act
from app.demo.diary import next_working_day, working_day
from app.demo.plots.script import Script

OUTCOMES = {
    "steady": (("met", "kept", "moved", "missed", "tried"), (70, 8, 8, 7, 7)),
    "hard": (("met", "kept", "moved", "missed", "tried"), (45, 5, 14, 18, 18)),
}
HARD = frozenset({"stuck", "relapse", "paused"})
PLANNED_SHARE = 0.25
SUPPORT_SHARE = 0.55
# Which pool of words goes with which kind of support, how long it takes, and whether it is in a group.
SUPPORT = (
    ("one-to-one", "one-to-one", (30, 40, 50, 60), False),
    ("group", "group", (90, 120), True),
    ("travel", "accompanied-visit", (60, 90), False),
    ("money", "advocacy", (30, 45), False),
    ("health-and-work", "specialist", (45, 60), False),
    ("job-search", "workshop", (60, 90), True),
    ("skills", "workshop", (60, 120), True),
    ("work-place", "employer-engagement", (60, 120, 180), False),
    ("family", "one-to-one", (45, 60), False),
)
TODAY_SHARE = 0.16
SOON_SHARE = 0.55


def meet_between(script: Script, first_day: date, last_day: date, *, every_days: int = 16) -> None:
    """Write contacts and support from one day to another."""
    chance = script.chance
    day = first_day
    outcomes, weights = OUTCOMES["hard" if script.journey in HARD else "steady"]
    while day < last_day:
        outcome = chance.of(outcomes, weights)
        contact(script, day, outcome)
        if outcome in {"met", "kept"} and chance.happens(SUPPORT_SHARE):
            support(script, day)
        day = next_working_day(day + timedelta(days=3 + chance.around(every_days - 3, 4)))


def contact(script: Script, day: date, outcome: str) -> None:
    """Write one contact, sometimes with the plan that was made for it."""
    chance = script.chance
    if outcome != "tried" and chance.happens(PLANNED_SHARE):
        plan_meeting(script, working_day(day - timedelta(days=chance.randint(2, 7))), day)
    if outcome == "moved":
        new_day = script.later(day, 2, 6)
        planned_at = script.at_moment(new_day, chance.randint(9, 15), chance.choice((0, 30)))
        move_meeting(script, day, planned_at, script.words("contacts", "moved"))
        contact_on(script, new_day, "met", "in-person")
        return
    channel = chance.of(("text", "telephone", "letter", "email"), (5, 4, 1, 1))
    if outcome != "tried":
        channel = chance.of(("in-person", "telephone", "home-visit", "video"), (14, 4, 1, 1))
    contact_on(script, day, outcome, channel)


def move_meeting(script: Script, day: date, planned_at: datetime, note: str) -> None:
    """Write down that a meeting was put off."""
    script.add(
        Act.CONTACT,
        day,
        detail={"outcome": "moved", "channel": "telephone", "planned_at": planned_at},
        texts={"note": note},
    )


def contact_on(script: Script, day: date, outcome: str, channel: str, note: str | None = None) -> None:
    """Write a contact that is known beforehand."""
    script.add(
        Act.CONTACT,
        day,
        detail={"outcome": outcome, "channel": channel, "planned_at": None},
        texts={"note": note or script.words("contacts", outcome)},
    )


def plan_meeting(
    script: Script,
    told_on: date,
    day: date,
    *,
    hour: int | None = None,
    minute: int = 0,
    note: str | None = None,
) -> None:
    """Write down that a meeting is planned."""
    chance = script.chance
    at = script.at_moment(day, hour or chance.randint(9, 15), minute if hour else chance.choice((0, 30)))
    script.add(
        Act.CONTACT,
        told_on,
        detail={"outcome": "planned", "channel": "in-person", "planned_at": at},
        texts={"note": note or script.words("contacts", "planned")},
    )


def support(
    script: Script, day: date, *, pool: str | None = None, minutes: int | None = None, note: str | None = None
) -> None:
    """Write one session of support."""
    chance = script.chance
    name, kind, usual_minutes, is_group = chance.of([row for row in SUPPORT if pool in {None, row[0]}])
    script.add(
        Act.INTERVENTION,
        day,
        detail={
            "kind": kind,
            "duration_minutes": minutes or chance.choice(usual_minutes),
            "group_size": chance.randint(4, 9) if is_group else 1,
        },
        texts={"note": note or script.words("sessions", name)},
    )


def plan_ahead(script: Script) -> None:
    """Plan the next meeting of somebody who is on the programme now: today, within days, or not yet."""
    chance: Chance = script.chance
    draw = chance.random()
    told_on = working_day(script.diary.last_day - timedelta(days=chance.randint(0, 3)))
    if draw < TODAY_SHARE:
        plan_meeting(script, told_on, script.diary.today)
    elif draw < TODAY_SHARE + SOON_SHARE:
        plan_meeting(
            script, told_on, next_working_day(script.diary.today + timedelta(days=chance.randint(1, 12)))
        )
