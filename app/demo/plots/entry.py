"""From the referral to the first day: accepting, declining, notice, start, the first plan."""

from datetime import date, timedelta
from typing import Any

from app.demo.deeds import Act, Deed
from app.demo.diary import next_working_day
from app.demo.plots.milestones import verify
from app.demo.plots.script import Script
from app.enrolments.models import EndReason

DECLINE_REASONS = ("no-capacity", "out-of-area", "not-suitable", "person-said-no", "duplicate")
ADVISED_SHARE = 0.4
PLAN_REVIEW_DAYS = 28
# By contract: who assigns advisers, and the adviser there is.
ADVISERS = {
    "NMC": ("northway/Leon", "northway/Priya"),
    "FAC": ("northway/Leon", "northway/Priya"),
    "CDV": ("calder-works/Farah", "calder-works/Sian"),
}


def accept(script: Script) -> date:
    """Accept the referral and return the day from which a start can follow."""
    referred_on = script.person.referred_on
    answer_on = script.later(referred_on, 1, 4)
    manager = script.verifier_at_provider()
    deed = script.add(Act.ACCEPT, answer_on, player=manager, detail={"worker": script.worker})
    if script.person.is_restricted:
        viewers = (script.worker, script.verifier, manager)
        script.add(Act.RESTRICT, answer_on, player=manager, detail={"viewers": viewers})
    return next_working_day(deed.at.date() + timedelta(days=1))


def decline(script: Script) -> None:
    """Decline the referral with a reason."""
    script.add(
        Act.DECLINE,
        script.later(script.person.referred_on, 1, 5),
        player=script.verifier_at_provider(),
        detail={"reason": script.chance.of(DECLINE_REASONS)},
    )


def never_start(script: Script, from_day: date) -> None:
    """Try to reach somebody six times, then let it be."""
    day = from_day
    for _ in range(script.chance.randint(4, 6)):
        script.add(
            Act.CONTACT,
            day,
            detail={
                "outcome": "tried",
                "channel": script.chance.of(("telephone", "text", "letter")),
                "planned_at": None,
            },
            texts={"note": script.words("contacts", "tried")},
        )
        day = script.later(day, 3, 8)
    reason = script.chance.of(("no-contact", "work", "changed-mind", "moved-away"), (6, 2, 2, 1))
    script.add(Act.NEVER_STARTED, day, detail={"reason": reason})


def start(script: Script, on: date, *, is_verified: bool = True) -> Deed:
    """Give notice, start with an action plan, put the plan to the start, and have it verified."""
    manner = script.chance.of(("read-together", "read-aloud", "read-alone"), (6, 3, 1))
    if script.person.language not in {"en", "cy"}:
        manner = "interpreter"
    is_large = "Large print" in script.person.access_needs
    form = "large-print" if is_large else script.chance.of(("standard", "easy-read"), (4, 1))
    script.add(Act.GIVE_NOTICE, on, detail={"manner": manner, "format": form})
    deed = script.add(Act.START, on)
    write_plan(script, on, done_share=0.0)
    shown = script.add_evidence(deed, "action-plan", on)
    _assign_adviser(script, on)
    if is_verified:
        verify(script, deed, shown)
    return deed


def _assign_adviser(script: Script, on: date) -> None:
    place = ADVISERS.get(script.person.contract)
    is_met = script.journey == "featured" or script.chance.happens(ADVISED_SHARE)
    if place is None or script.person.is_restricted or script.stay or not is_met:
        return
    assigner, adviser = place
    script.add(Act.ASSIGN_ADVISER, script.later(on, 1, 6), player=assigner, detail={"adviser": adviser})


def write_plan(script: Script, on: date, *, done_share: float) -> Deed:
    """Write the plan as it is agreed on a day; of what was agreed before, this share is done."""
    goals = script.chance.sample(script.goals, 2)
    steps: list[dict[str, Any]] = []
    texts: dict[str, str] = {"goal": goals[0]["goal"]}
    for number, (owner, words) in enumerate(step for goal in goals for step in goal["steps"][:2]):
        key = f"step-{number + 1}"
        due_on = script.later(on, 10, 60)
        is_done = script.chance.happens(done_share)
        steps.append(
            {
                "key": key,
                "owner": "participant" if owner == "person" else owner,
                "due_on": due_on,
                "done_on": script.later(on, -20, -1) if is_done else None,
            }
        )
        texts[f"step.{key}"] = words
    for step in steps:
        if step["done_on"] is not None:
            step["done_on"] = min(step["done_on"], on)
            step["due_on"] = step["done_on"] + timedelta(days=script.chance.randrange(10))
    return script.add(
        Act.PLAN,
        on,
        detail={"review_on": next_working_day(on + timedelta(days=PLAN_REVIEW_DAYS)), "steps": steps},
        texts=texts,
    )


def end(script: Script, on: date, reason: EndReason) -> None:
    """End the enrolment."""
    note = script.words("end_reasons")
    script.add(Act.END, on, detail={"reason": reason}, texts={"note": note})
