"""What a journey still needs, without money or thresholds."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from app.enrolments.models import EnrolmentState
from app.enrolments.rules import ON_PROGRAMME
from app.evidence.models import WITHOUT_FILE, EvidenceKind
from app.journeys.queries.telling import Told
from app.journeys.rules import PARTICIPANT, REVIEW_IN_SIGHT_DAYS, may_be_stood_in, stand_in_until
from app.records.models import RecordKind


def needed(row: Any, told: Told, sittings: Sequence[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """Return what is still needed, in the order of `rules.TASKS`.

    Args:
        row: The enrolment as it stands.
        told: The person's records.
        sittings: Gathered by `rules.gather_sittings`.
        today: In London.
    """
    return [
        *_returned(told),
        *_unfinished(sittings),
        *_second_ratings(sittings, today),
        *(_unsupported(told) if row.evidence_missing_count else []),
        *_due(row, today),
    ]


def _task(code: str, **more: Any) -> dict[str, Any]:
    blank = dict.fromkeys(
        ("record_id", "sitting_id", "kind", "title", "occurred_on", "due_on", "reason", "words", "by")
    )
    return {"code": code, **blank, "takes": [], **more}


def _returned(told: Told) -> list[dict[str, Any]]:
    """Return what came back and was not put right, oldest first."""
    back = [record for record in told.standing if told.state_of(record) == "returned"]
    found = [(told.judgements[record["record_id"]], record) for record in back]
    return [
        _task(
            "returned",
            record_id=record["record_id"],
            kind=record["kind"],
            title=record["detail"].get("title"),
            occurred_on=record["occurred_on"],
            reason=judged["reason"],
            words=judged["words"],
            by=judged["by"],
        )
        for judged, record in sorted(found, key=lambda pair: (pair[0]["at"], pair[1]["record_id"]))
    ]


def _unfinished(sittings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sittings in which one of the two has still to rate."""
    return [
        _task(
            "worker-rating" if PARTICIPANT in sitting["raters"] else "participant-rating",
            sitting_id=sitting["sitting_id"],
            kind=sitting["kind"],
            occurred_on=sitting["occurred_on"],
        )
        for sitting in sittings
        if sitting["is_sealed"]
    ]


def _second_ratings(sittings: Sequence[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """Return the sittings in which the person chose not to rate, so that a second rater can stand in."""
    return [
        _task(
            "second-rating",
            sitting_id=sitting["sitting_id"],
            kind=sitting["kind"],
            due_on=stand_in_until(sitting).isoformat(),
        )
        for sitting in sittings
        if may_be_stood_in(sitting, today)
    ]


def _unsupported(told: Told) -> list[dict[str, Any]]:
    """Return the milestones that nothing supports which could make them payable."""
    return [
        _task(
            "evidence-missing",
            record_id=milestone["record_id"],
            kind="milestone",
            title=milestone["detail"]["title"],
            occurred_on=milestone["occurred_on"],
            takes=milestone["detail"]["counts"],
        )
        for milestone in told.of_kind(RecordKind.MILESTONE)
        if not any(_counts(item, milestone) for item in told.evidence.get(milestone["root_id"], ()))
    ]


def _counts(item: dict[str, Any], milestone: dict[str, Any]) -> bool:
    """Whether an item can make a milestone payable, as `evidence.rules.Support.counts` has it."""
    shown = item["shown"]
    kind = EvidenceKind(shown["kind"])
    if kind.value not in milestone["detail"]["counts"] or kind is EvidenceKind.WORKER_OBSERVATION:
        return False
    if kind is EvidenceKind.PARTICIPANT_CONFIRMATION:
        came_to_us = shown["has_file"] and not item["is_written_here"]
        return bool(came_to_us) or shown["author_id"] != milestone["author_id"]
    return bool(shown["has_file"]) or kind in WITHOUT_FILE


def _due(row: Any, today: date) -> list[dict[str, Any]]:
    """Return what the enrolment itself asks for next."""
    if row.state == EnrolmentState.REFERRED:
        return [_task("answer-referral")]
    if row.state == EnrolmentState.ACCEPTED:
        return [_task("give-notice" if row.notice_given_on is None else "start")]
    if row.state not in ON_PROGRAMME:
        return []
    found = []
    if row.baseline_due_on is not None:
        found.append(_task("baseline", due_on=row.baseline_due_on))
    second, locks = row.second_baseline_due_on, row.baseline_locks_on
    if second is not None and (locks is None or locks >= today):
        found.append(_task("second-baseline", due_on=second))
    if row.review_due_on is not None and row.review_due_on <= today + timedelta(days=REVIEW_IN_SIGHT_DAYS):
        found.append(_task("review", due_on=row.review_due_on))
    if row.plan_due_on is not None and row.plan_due_on <= today:
        found.append(_task("plan", due_on=row.plan_due_on))
    return found
