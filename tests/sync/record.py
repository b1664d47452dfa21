"""Write down a batch as the newest version of the app sends it: `python -m tests.sync.record`."""

import base64
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from app.core.ids import new_id
from app.sync.rules import SCHEMA_VERSIONS
from app.sync.seals.cipher import new_pair, write_base64url
from tests.sync.builders import (
    assessment_item,
    contact_item,
    employment_item,
    evidence_item,
    intervention_item,
    make_item,
    milestone_item,
    plan_item,
    withdrawal_item,
)
from tests.sync.sealing import Unlocked

FOLDER = Path(__file__).parent / "recorded"


def make_items(enrolment_id: UUID, instrument_id: UUID) -> list[dict[str, Any]]:
    """Return one item of each kind that a worker records."""
    milestone, contact = milestone_item(enrolment_id, "travelled-alone"), contact_item(enrolment_id)
    opening = make_item("opening", {})
    opening["body"] = {"enrolment_id": str(enrolment_id), "opened_at": "2025-03-04T11:00:00Z"}
    items = [
        contact,
        intervention_item(enrolment_id),
        plan_item(enrolment_id),
        employment_item(enrolment_id),
        assessment_item(enrolment_id, instrument_id, sitting_id=new_id()),
        milestone,
        evidence_item(milestone["id"], kind="certificate"),
        withdrawal_item(contact["id"]),
        opening,
    ]
    return [item | {"sequence": place} for place, item in enumerate(items, 1)]


def record() -> None:
    """Write the plain batch and the sealed one."""
    version = max(SCHEMA_VERSIONS)
    known = {name: new_id() for name in ("user_id", "enrolment_id", "instrument_id")}
    items = make_items(known["enrolment_id"], known["instrument_id"])
    pair = new_pair(new_id())
    tablet = Unlocked(str(pair.key_id), write_base64url(pair.public_point), known["user_id"])
    sealed = [
        tablet.seal_item({"recorded_at": "2025-03-04T11:00:00Z", **item})
        for item in make_items(known["enrolment_id"], known["instrument_id"])
    ]
    state = {"app_version": "1.0", "pending": len(items), "last_sequence": len(items), "persisted": True}
    about = {name: str(value) for name, value in known.items()}
    seal = {"key_id": str(pair.key_id), "scalar": base64.b64encode(pair.scalar).decode()}
    for name, sent, more in (("", items, {}), ("-sealed", sealed, {"seal": seal})):
        request = {"items": sent, "sent_at": "2025-03-04T12:30:00Z", "device_state": state}
        text = json.dumps({**about, **more, "request": request}, indent=1)
        (FOLDER / f"v{version}{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
