"""Items as devices send them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.core.ids import new_id
from app.instruments.models import Instrument, InstrumentKind, Ladder
from app.milestones.models import MilestoneKind
from tests.builders import NOON, TODAY, save

DEVICE = UUID("019a0000-0000-7000-8000-000000000001")
LADDERS = ("confidence", "health")


def wire(value: datetime | date | UUID) -> str:
    """Return a value as it stands in JSON."""
    return str(value) if isinstance(value, UUID) else value.isoformat()


def make_item(action: str, body: dict[str, Any], *, sequence: int = 1, **changes: Any) -> dict[str, Any]:
    """Make one item."""
    item_id = str(new_id())
    item: dict[str, Any] = {
        "id": item_id,
        "device": str(DEVICE),
        "epoch": 1,
        "sequence": sequence,
        "schema": 1,
        "action": action,
        "body": {"id": item_id, "occurred_on": wire(TODAY), "recorded_at": wire(NOON), **body},
    }
    if "id" in changes:
        item["body"]["id"] = changes["id"]
    return item | changes


def contact_item(
    enrolment_id: UUID, *, note: str = "Talked about the bus.", **changes: Any
) -> dict[str, Any]:
    """Make a contact."""
    body = {"enrolment_id": str(enrolment_id), "outcome": "met", "channel": "in-person", "note": note}
    return make_item("contact", body | changes.pop("body", {}), **changes)


def intervention_item(enrolment_id: UUID, **changes: Any) -> dict[str, Any]:
    """Make a support session."""
    body = {"enrolment_id": str(enrolment_id), "kind": "one-to-one", "duration_minutes": 45, "group_size": 1}
    return make_item("intervention", body | changes.pop("body", {}), **changes)


def milestone_item(enrolment_id: UUID, kind: str, **changes: Any) -> dict[str, Any]:
    """Make a milestone."""
    body = {"enrolment_id": str(enrolment_id), "kind": kind, "description": "Took the bus to the interview."}
    return make_item("milestone", body | changes.pop("body", {}), **changes)


def plan_item(enrolment_id: UUID, **changes: Any) -> dict[str, Any]:
    """Make an action plan."""
    step = {"key": "a", "words": "Ring the college", "owner": "participant", "due_on": "2025-03-20"}
    body = {
        "enrolment_id": str(enrolment_id),
        "goal": "A job in a kitchen",
        "review_on": "2025-04-01",
        "steps": [step],
    }
    return make_item("action-plan", body | changes.pop("body", {}), **changes)


def assessment_item(
    enrolment_id: UUID, instrument_id: UUID, *, rater: str = "participant", sitting_id: UUID, **changes: Any
) -> dict[str, Any]:
    """Make one rater's answers."""
    body = {
        "enrolment_id": str(enrolment_id),
        "sitting_id": str(sitting_id),
        "sitting_kind": "baseline",
        "rater": rater,
        "instrument_id": str(instrument_id),
        "scores": {"confidence": 4, "health": None},
        "notes": {"confidence": "Shops alone"},
        "own_words": "Better than last year.",
    }
    return make_item("assessment", body | changes.pop("body", {}), **changes)


def employment_item(enrolment_id: UUID, **changes: Any) -> dict[str, Any]:
    """Make a spell of work."""
    body = {
        "enrolment_id": str(enrolment_id),
        "kind": "employed",
        "employer": "Riverside Bakery",
        "started_on": "2025-02-24",
        "weekly_minutes": 960,
    }
    return make_item("employment", body | changes.pop("body", {}), **changes)


def evidence_item(subject_id: str | UUID, *, kind: str = "certificate", **changes: Any) -> dict[str, Any]:
    """Make an evidence item."""
    body = {
        "subject_id": str(subject_id),
        "kind": kind,
        "obtained_on": wire(TODAY),
        "obtained_how": "photographed",
    }
    return make_item("evidence", body | changes.pop("body", {}), **changes)


def verification_item(subject_id: str | UUID, **changes: Any) -> dict[str, Any]:
    """Make a verification."""
    body = {"subject_id": str(subject_id), "decision": "verified"}
    return make_item("verification", body | changes.pop("body", {}), **changes)


def withdrawal_item(subject_id: str | UUID, **changes: Any) -> dict[str, Any]:
    """Make a withdrawal."""
    item = make_item("withdrawal", {"subject_id": str(subject_id), "reason": "Entered for the wrong day."})
    del item["body"]["occurred_on"]
    return item | changes


def make_milestone_kind(code: str = "travelled-alone", **changes: Any) -> MilestoneKind:
    """Make a kind of milestone, once."""
    known = db.session().scalar(select(MilestoneKind).where(MilestoneKind.code == code))
    columns: dict[str, Any] = {
        "code": code,
        "position": 1,
        "title": "Travelled alone",
        "description": "Made a journey by themselves.",
        "jet_group": "emotional-capabilities",
        "counts": ["certificate", "photo", "third-party-letter", "participant-confirmation"],
        "hints": {},
        "helps": ["worker-observation"],
    }
    return known or save(MilestoneKind(**columns | changes))


def make_instrument(code: str = "ladders", **changes: Any) -> Instrument:
    """Make an instrument of two ladders, 0 to 10."""
    columns: dict[str, Any] = {
        "code": code,
        "version": 1,
        "kind": InstrumentKind.LADDERS,
        "title": "Ladders",
        "licence": "CC BY 4.0",
        "credit": "Waymark",
        "scale_min": 0,
        "scale_max": 10,
        "is_context": False,
        "definition": "kind: instrument",
        "loaded_at": NOON,
    }
    instrument = Instrument(**{"id": new_id()} | columns | changes)
    instrument.ladders = [
        Ladder(
            position=place,
            code=ladder,
            title=ladder,
            short_title=ladder,
            question="How is it?",
            worker_question="How is it for {name}?",
            anchors={"0": "Not yet", "10": "Always"},
        )
        for place, ladder in enumerate(LADDERS)
    ]
    return save(instrument)
