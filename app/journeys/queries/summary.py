"""The heads of a journey: who and where, and what an adviser reads first."""

from collections.abc import Iterable
from typing import Any

from app.enrolments.rules import IN_TOUCH
from app.journeys.queries.chance import Chance
from app.journeys.queries.happenings import Rungs
from app.journeys.queries.telling import Fields, Told, said
from app.journeys.rules import PARTICIPANT, ladder_changes
from app.records.models import RecordKind
from app.records.rules import london_day


def in_short_of(row: Any, told: Told, sittings: list[Fields], plan: Fields | None) -> Fields:
    """Return the person's last own words, what comes next, and when they last met."""
    spoken = [
        {"words": answer["own_words"], "occurred_on": sitting["occurred_on"], "sitting_kind": sitting["kind"]}
        for sitting in sittings
        for answer in sitting["assessments"]
        if answer["rater"] == PARTICIPANT and answer["own_words"]
    ]
    last_met_on = row.last_met_on.isoformat() if row.last_met_on else None
    support = [
        record["detail"]["minutes"]
        for record in told.of_kind(RecordKind.INTERVENTION)
        if record["occurred_on"] == last_met_on
    ]
    return {
        "own_words": spoken[-1] if spoken else None,
        "next": _next(row, plan),
        "last_met_on": row.last_met_on,
        "last_met_minutes": sum(support) if support else None,
        "last_tried_on": row.last_tried_on,
    }


def _next(row: Any, plan: Fields | None) -> list[Fields]:
    """Return what comes next, soonest first: meeting, baseline, review, and the plan's open steps.

    Nothing where they have left: what was agreed stays in the plan.
    """
    if row.state not in IN_TOUCH:
        return []
    steps = [
        {
            "code": "plan-step",
            "on": step["due_on"],
            "at": None,
            "words": step["words"],
            "owner": step["owner"],
        }
        for step in (plan["steps"] if plan else [])
        if step["done_on"] is None
    ]
    dated = [
        {"code": code, "on": day.isoformat(), "at": None, "words": None, "owner": None}
        for code, day in (("baseline", row.baseline_due_on), ("review", row.review_due_on))
        if day is not None
    ]
    planned = row.next_planned_at
    meeting = (
        [
            {
                "code": "meeting",
                "on": london_day(planned).isoformat(),
                "at": planned,
                "words": None,
                "owner": None,
            }
        ]
        if planned
        else []
    )
    return sorted([*meeting, *dated, *steps], key=lambda entry: str(entry["on"]))


def ladders_of(used: Iterable[Rungs], sittings: list[Fields], chance: Chance | None = None) -> list[Fields]:
    """Return each ladder with what became of it; context questions are shown, never read as progress.

    Args:
        used: The instruments that somebody was rated on.
        sittings: Gathered by `rules.gather_sittings`.
        chance: What chance explains; None for whoever is not told.
    """
    by_instrument: dict[str, list[Fields]] = {}
    for sitting in sittings:
        if not sitting["is_sealed"] and not sitting["is_crisis"]:
            by_instrument.setdefault(sitting["instrument_id"], []).append(sitting)
    found = []
    for rungs in sorted(used, key=lambda rungs: rungs.place):
        for ladder in rungs.ladders:
            rated = by_instrument.get(ladder["instrument_id"], [])
            beside = chance.beside(rungs, ladder, rated) if chance else None
            found.append(ladder | ladder_changes(ladder["code"], rated, beside))
    return found


def plan_of(told: Told) -> Fields | None:
    """Return the plan that counts: agreed last, and of that day recorded last."""
    plans = told.of_kind(RecordKind.ACTION_PLAN)
    if not plans:
        return None
    plan = plans[-1]
    return {
        "record_id": plan["record_id"],
        "agreed_on": plan["occurred_on"],
        "author": plan["author"],
        "review_on": plan["detail"]["review_on"],
        "goal": said(plan, "goal"),
        "steps": [step | {"words": said(plan, f"step.{step['key']}")} for step in plan["detail"]["steps"]],
    }


def person_of(row: Any) -> Fields:
    """Return how the person is spoken of and with."""
    return {
        "short_name": row.short_name,
        "first_name": row.given_name,
        "reference": row.reference,
        "heads_up": row.access_needs,
        "language": row.language,
    }


def enrolment_of(row: Any) -> Fields:
    """Return where they are enrolled, with whom, and how far it has come."""
    names = (
        "provider_id",
        "provider",
        "prime",
        "contract_id",
        "contract",
        "worker_id",
        "worker",
        "adviser",
        "state",
        "referred_on",
        "accepted_on",
        "started_on",
        "ended_on",
        "closed_reason",
        "notice_given_on",
        "notice_manner",
    )
    return {name: getattr(row, name) for name in names}
