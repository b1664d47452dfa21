"""The people of the pictures, acted out from `library/featured.yaml`."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from app.demo.deeds import Act, Deed
from app.demo.diary import next_working_day
from app.demo.plots import entry, meetings, milestones
from app.demo.plots.ratings import LADDERS, Sitting, write_sitting
from app.demo.plots.script import Script
from app.demo.pools import read

Step = Mapping[str, Any]

PLAN_REVIEW_SOON_DAYS = 8  # after this week: their rows in the caseload say other things


@cache
def featured() -> list[dict[str, Any]]:
    """Return who they are and what happens to them."""
    found: list[dict[str, Any]] = read("featured")
    return found


def play(script: Script) -> None:
    """Write down all that happens to one of them; referred people who never start have no start step."""
    entry.accept(script)
    for step in featured()[script.person.number]["steps"]:
        STEPS[step["do"]](script, step)


def _day(script: Script, days_ago: int) -> date:
    return script.diary.day(days_ago)


def _start(script: Script, step: Step) -> None:
    entry.start(script, _day(script, step["days"]), is_verified=not step.get("unverified"))


def _contact(script: Script, step: Step) -> None:
    channel = "text" if step["do"] == "tried" else "in-person"
    meetings.contact_on(script, _day(script, step["days"]), step["do"], channel, step["words"])


def _moved(script: Script, step: Step) -> None:
    new_day = script.diary.today + timedelta(days=step["in_days"])
    meetings.move_meeting(script, _day(script, step["days"]), script.at_moment(new_day, 10), step["words"])


def _planned(script: Script, step: Step) -> None:
    meetings.plan_meeting(
        script,
        _day(script, step["days"]),
        script.diary.today + timedelta(days=step["in_days"]),
        hour=step["hour"],
        minute=step.get("minute", 0),
        note=step["words"],
    )


def _support(script: Script, step: Step) -> None:
    meetings.support(
        script, _day(script, step["days"]), pool=step["pool"], minutes=step["minutes"], note=step["words"]
    )


def _fill(script: Script, step: Step) -> None:
    meetings.meet_between(script, _day(script, step["from"]), _day(script, step["until"]))


def _sitting(script: Script, step: Step) -> None:
    sitting = Sitting(
        kind=step["kind"],
        on=_day(script, step["days"]),
        own=dict(zip(LADDERS, step["own"], strict=True)),
        worker=dict(zip(LADDERS, step["worker"], strict=True)),
        own_words=step["words"],
        notes={step["ladder"]: step["words"]},
        agreed=step.get("agreed"),
    )
    write_sitting(script, sitting)


def _plan(script: Script, step: Step) -> None:
    on = _day(script, step["days"])
    steps: list[dict[str, Any]] = []
    texts = {"goal": step["goal"]}
    for number, (owner, words, in_days, *done) in enumerate(step["steps"]):
        due_on = script.diary.today + timedelta(days=in_days)
        key = f"step-{number + 1}"
        steps.append({"key": key, "owner": owner, "due_on": due_on, "done_on": due_on if done else None})
        texts[f"step.{key}"] = words
    four_weeks_on = on + timedelta(days=entry.PLAN_REVIEW_DAYS)
    soon = script.diary.today + timedelta(days=PLAN_REVIEW_SOON_DAYS)
    detail = {"review_on": next_working_day(max(four_weeks_on, soon)), "steps": steps}
    script.add(Act.PLAN, on, detail=detail, texts=texts)


def _milestone(script: Script, step: Step) -> None:
    on = _day(script, step["days"])
    told_on = _day(script, step.get("told", step["days"]))
    deed = script.add(
        Act.MILESTONE,
        on,
        told_on=told_on,
        player=step.get("by"),
        detail={"kind_code": step["kind"]},
        texts={"description": step["words"]},
    )
    if "evidence" not in step:
        return
    paper = milestones.paper_for(script.chance, step["evidence"], step["kind"], on)
    shown = script.add_evidence(deed, step["evidence"], told_on, paper=paper)
    if step.get("corrected"):
        deed = shown = milestones.correct_day(script, deed, shown)
    _judge(script, step, deed, shown)


def _judge(script: Script, step: Step, deed: Deed, shown: Deed) -> None:
    detail: dict[str, Any] = {"decision": "verified"}
    texts: dict[str, str] = {}
    if "returned" in step:
        detail = {"decision": "returned", "reason": step["code"]}
        texts = {"words": step["why"]}
    elif "verified" not in step:
        return
    script.add(
        Act.VERIFICATION,
        deed.occurred_on,
        player=script.verifier,
        not_before=max(
            script.next_desk_after(shown.at, 1),
            script.diary.desk(_day(script, step.get("returned", step.get("verified")))),
        ),
        subject_id=deed.id,
        detail=detail,
        texts=texts,
    )


STEPS: Mapping[str, Callable[[Script, Step], None]] = {
    "start": _start,
    "met": _contact,
    "tried": _contact,
    "moved": _moved,
    "planned": _planned,
    "support": _support,
    "fill": _fill,
    "sitting": _sitting,
    "plan": _plan,
    "milestone": _milestone,
}
