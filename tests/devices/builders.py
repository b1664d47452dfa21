"""Tablets that hand something in."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.ids import new_id
from app.core.permissions import Actor
from app.sync.actions.deliveries import Answers, Delivery, receive_delivery
from app.sync.actions.seal_keys import current_seal_key
from app.sync.seals.at_rest import SealSecrets
from app.sync.seals.cipher import write_base64url
from tests.builders import NOON
from tests.sync.sealing import Unlocked

SECRETS = SealSecrets({"test": "a-secret-for-tests-that-is-long-enough-1"})


@dataclass
class Outbox:
    """One person's outbox on one tablet; `sequence` is the last number it gave out."""

    actor: Actor
    device: UUID
    epoch: int = 1
    sequence: int = 0

    def add(self, item: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Give an item its place."""
        self.sequence += 1
        place = {"device": str(self.device), "epoch": self.epoch, "sequence": self.sequence}
        return {**item, **place, **changes}

    def unlock(self) -> Unlocked:
        """Return what seals for this person."""
        key = current_seal_key(SECRETS, at=NOON)
        return Unlocked(str(key.id), write_base64url(key.public_point), self.actor.user_id)

    def send(self, *items: Any, at: datetime = NOON, clock: timedelta = timedelta(), **state: Any) -> Answers:
        """Hand in items, by a clock that is wrong by so much."""
        delivery = Delivery(items, at + clock, state)
        return receive_delivery(self.actor, delivery, SECRETS, read_json=json.loads, at=at)


def make_outbox(actor: Actor) -> Outbox:
    """Make an outbox on a tablet of its own."""
    return Outbox(actor, new_id())


def said(answers: Answers) -> list[str]:
    """Return what was answered: a refusal's code, or the outcome."""
    return [
        answer.error.code if answer.error and answer.handed != "quarantined" else answer.handed.value
        for answer in answers.items
    ]
