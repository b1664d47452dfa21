"""What an app of each version once sent is taken today as it was then: in our tests for good.

Each file in `recorded/` is a batch as it went over the wire, with the ids of whom it was about and, where it
was sealed, the server's private key. `python -m tests.sync.record` writes that of the newest version.
"""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core.permissions import Actor, Role
from app.sync.models import SealKey
from app.sync.rules import SCHEMA_VERSIONS
from app.sync.seals.at_rest import SealSecrets
from app.sync.seals.cipher import SealPair
from tests.accounts.builders import sign_in_as
from tests.builders import NOON, make_enrolment, make_membership, make_subcontract, make_user, save
from tests.sync.builders import make_instrument, make_milestone_kind

RECORDED = sorted((Path(__file__).parent / "recorded").glob("*.json"))


def receive(client: FlaskClient, app: Flask, batch: dict[str, Any]) -> list[str]:
    """Make the world that a batch speaks of, and send it."""
    user = make_user(id=UUID(batch["user_id"]))
    place = make_subcontract()
    make_membership(Role.WORKER, at=place.provider_id, user=user)
    make_enrolment(place, id=UUID(batch["enrolment_id"]))
    make_instrument(id=UUID(batch["instrument_id"]))
    make_milestone_kind()
    if "seal" in batch:
        keep_key(app, batch["seal"])
    membership = make_membership_of(user.id, place.provider_id)
    headers = sign_in_as(client, membership)
    answer: Any = client.post("/api/sync/batches", json=batch["request"], headers=headers)
    assert answer.status_code == 200, answer.json
    return [one.get("problem", {}).get("code", one["outcome"]) for one in answer.json["outcomes"]]


def make_membership_of(user_id: UUID, organisation_id: UUID) -> Actor:
    """Return the actor who sent it."""
    from sqlalchemy import select

    from app.accounts.models import Membership
    from app.core.database import db

    membership = db.session().scalars(select(Membership).where(Membership.user_id == user_id)).one()
    return Actor(user_id, membership.id, organisation_id, frozenset({Role.WORKER}))


def keep_key(app: Flask, seal: dict[str, str]) -> None:
    """Keep the key that the batch was sealed to."""
    pair = SealPair(UUID(seal["key_id"]), base64.b64decode(seal["scalar"]))
    wrapped = SealSecrets(app.config["WAYMARK"].seal_secrets).wrap(pair)
    save(
        SealKey(
            id=pair.key_id,
            public_point=pair.public_point,
            private_cipher=wrapped.cipher,
            secret_id=wrapped.secret_id,
            created_at=NOON,
        )
    )


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_what_an_app_of_that_version_sent_is_still_recorded(
    path: Path, client: FlaskClient, session: Session, app: Flask
) -> None:
    outcomes = receive(client, app, json.loads(path.read_text(encoding="utf-8")))

    assert set(outcomes) == {"recorded"}
    assert len(outcomes) >= 9


def test_there_is_a_recorded_batch_of_each_version_plain_and_sealed() -> None:
    wanted = {f"v{version}{how}" for version in SCHEMA_VERSIONS for how in ("", "-sealed")}

    assert {path.stem for path in RECORDED} == wanted


def test_a_version_is_forgotten_only_after_180_days() -> None:
    for since in SCHEMA_VERSIONS.values():
        assert since is None or datetime.now(UTC).date() <= since + timedelta(days=180)
