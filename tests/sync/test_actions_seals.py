"""What a device sealed opens for its author, device and place alone; keys are retired, kept and destroyed."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.records.models import RecordText
from app.sync.actions.deliveries import Delivery, receive_delivery
from app.sync.actions.seal_keys import (
    KEPT_DAYS,
    current_seal_key,
    destroy_old_seal_keys,
    rewrap_seal_keys,
    rotate_seal_key,
)
from app.sync.errors import SealSecretMissing
from app.sync.models import SealKey
from app.sync.rules import SCHEMA_VERSIONS
from app.sync.seals.at_rest import SealSecrets
from app.sync.seals.cipher import write_base64url
from tests.builders import NOON, TODAY, act_as, make_enrolment
from tests.sync.builders import contact_item
from tests.sync.sealing import Unlocked

SECRETS = SealSecrets({"old": "a-secret-for-tests-that-is-long-enough-1"})
BOTH = SealSecrets(
    {
        "old": "a-secret-for-tests-that-is-long-enough-1",
        "new": "a-secret-for-tests-that-is-long-enough-2",
    }
)


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment()


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


def unlock(actor: Actor, *, at: Any = NOON) -> Unlocked:
    key = current_seal_key(SECRETS, at=at)
    return Unlocked(str(key.id), write_base64url(key.public_point), actor.user_id)


def hand_in(actor: Actor, *items: Any, secrets: SealSecrets = SECRETS, at: Any = NOON) -> list[str]:
    import json

    answers = receive_delivery(actor, Delivery(items), secrets, read_json=json.loads, at=at)
    return [answer.error.code if answer.error else answer.handed.value for answer in answers.items]


def test_a_sealed_item_is_recorded_for_its_author_once(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    item = unlock(worker).seal_item(contact_item(enrolment.id, note="Größe Ω"))

    assert hand_in(worker, item, contact_item(enrolment.id), item) == [
        "recorded",
        "recorded",
        "already-recorded",
    ]
    assert {"note": "Größe Ω"} in session.scalars(sa.select(RecordText.texts)).all()


def test_a_sealed_item_opens_in_no_other_session(enrolment: Enrolment, worker: Actor) -> None:
    item = unlock(worker).seal_item(contact_item(enrolment.id))
    colleague = act_as(Role.WORKER, at=enrolment.provider_id)

    assert hand_in(colleague, item) == ["sealed-for-another"]
    assert hand_in(worker, item) == ["recorded"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "019a0000-0000-7000-8000-0000000000ee"}, "sealed-for-another"),
        ({"device": "019a0000-0000-7000-8000-0000000000ee"}, "sealed-for-another"),
        ({"epoch": 2}, "sealed-for-another"),
        ({"sequence": 2}, "sealed-for-another"),
        ({"content_sha256": "0" * 64}, "content-differs"),
        ({"content_sha256": None}, "invalid"),
        ({"action": "contact"}, "invalid"),
        ({"schema": 7}, "invalid"),
        ({"sealed": 5}, "invalid"),
    ],
)
def test_whatever_was_altered_is_refused_by_itself(
    enrolment: Enrolment, worker: Actor, change: dict[str, Any], code: str
) -> None:
    tablet = unlock(worker)
    item = tablet.seal_item(contact_item(enrolment.id), **change)

    assert hand_in(worker, item, tablet.seal_item(contact_item(enrolment.id))) == [code, "recorded"]


def test_what_was_sealed_must_be_an_item(enrolment: Enrolment, worker: Actor) -> None:
    tablet = unlock(worker)
    odd = tablet.seal_item(contact_item(enrolment.id))
    good = contact_item(enrolment.id)
    good["body"]["outcome"] = "flown"

    assert hand_in(worker, odd | {"sealed": odd["sealed"] | {"nonce": "?" * 16}}, tablet.seal_item(good)) == [
        "invalid",
        "invalid",
    ]


def test_a_plain_item_may_name_its_hash(enrolment: Enrolment, worker: Actor) -> None:
    import hashlib

    from app.core.json import canonical

    item = contact_item(enrolment.id)
    sha256 = hashlib.sha256(canonical({"action": item["action"], "body": item["body"]}).encode()).hexdigest()

    assert hand_in(worker, item | {"content_sha256": "0" * 64}) == ["content-differs"]
    assert hand_in(worker, item | {"content_sha256": sha256}) == ["recorded"]


def test_an_old_key_opens_for_180_days_and_is_destroyed_then(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    tablet = unlock(worker)
    early, late = (tablet.seal_item(contact_item(enrolment.id)) for _ in range(2))
    newer = rotate_seal_key(SECRETS, at=NOON)
    assert current_seal_key(SECRETS, at=NOON).id == newer.id

    in_time = NOON + timedelta(days=KEPT_DAYS)
    assert destroy_old_seal_keys(at=in_time) == 0
    assert hand_in(worker, early, at=in_time) == ["recorded"]

    assert destroy_old_seal_keys(at=in_time + timedelta(days=1)) == 1
    assert hand_in(worker, late, at=in_time + timedelta(days=1)) == ["seal-key-gone"]
    kept = session.scalars(sa.select(SealKey.private_cipher).where(SealKey.id != newer.id)).one()
    assert kept is None


def test_a_key_nobody_knows_is_gone(enrolment: Enrolment, worker: Actor) -> None:
    item = unlock(worker).seal_item(contact_item(enrolment.id))

    assert hand_in(worker, item | {"sealed": item["sealed"] | {"key_id": str(new_id())}}) == ["seal-key-gone"]


def test_keys_lie_enciphered_and_move_to_a_newer_secret(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    item = unlock(worker).seal_item(contact_item(enrolment.id))
    alone = SealSecrets({"new": "a-secret-for-tests-that-is-long-enough-2"})
    with pytest.raises(SealSecretMissing):
        hand_in(worker, item, secrets=alone)

    assert [rewrap_seal_keys(BOTH, at=NOON), rewrap_seal_keys(BOTH, at=NOON)] == [1, 0]

    assert hand_in(worker, item, secrets=alone) == ["recorded"]
    with pytest.raises(SealSecretMissing):
        hand_in(worker, item, secrets=SealSecrets({"new": "another-secret-of-the-same-name-and-length"}))


def test_an_old_version_is_taken_for_180_days(
    enrolment: Enrolment, worker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SCHEMA_VERSIONS, 1, TODAY - timedelta(days=KEPT_DAYS))
    first, second = contact_item(enrolment.id), contact_item(enrolment.id)

    assert hand_in(worker, first) == ["recorded"]
    assert hand_in(worker, second, at=NOON + timedelta(days=1)) == ["schema-retired"]


def test_one_agreement_serves_all_that_one_unlocking_sealed(
    enrolment: Enrolment, worker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.sync.seals.cipher import SealPair

    agreements: list[bytes] = []
    agree = SealPair.agree

    def counted(pair: SealPair, ephemeral: bytes) -> Any:
        agreements.append(ephemeral)
        return agree(pair, ephemeral)

    monkeypatch.setattr(SealPair, "agree", counted)
    first, second = unlock(worker), unlock(worker)
    items = [first.seal_item(contact_item(enrolment.id)) for _ in range(5)]

    hand_in(worker, *items, second.seal_item(contact_item(enrolment.id)))

    assert len(agreements) == 2
