"""What a device hands in at once: opened, recorded, and each item answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.core.permissions import Actor
from app.records.actions import refused
from app.records.rules import NOBODY, Outcome, london_day
from app.sync.actions.batches import receive_batch
from app.sync.actions.opened import Sent, open_sent, seal_keys_of
from app.sync.seals.at_rest import SealSecrets
from app.sync.seals.opening import ReadJson, make_opener


@dataclass(frozen=True)
class Delivery:
    """What one device handed in.

    Attributes:
        items: As they came; anything at all.
        sent_at: The device's clock when it sent them, where it said so.
        state: How the device stands, as far as it said.
    """

    items: Sequence[Any]
    sent_at: datetime | None = None
    state: dict[str, Any] = field(default_factory=dict)


def receive_delivery(
    actor: Actor, delivery: Delivery, secrets: SealSecrets, *, read_json: ReadJson, at: datetime
) -> list[Outcome]:
    """Open, record and answer what a device handed in; when this returns it has been committed.

    Args:
        actor: Who is signed in: the author of every item.
        delivery: What came.
        secrets: By which the seal's keys are read.
        read_json: Reads what was sealed as strictly as the request itself.
        at: When it arrived.

    Raises:
        SealSecretMissing: the keys cannot be read now; everything is to be sent again later.
    """
    opener = make_opener(secrets, seal_keys_of(delivery.items), read_json)
    today = london_day(at)
    sent = [open_sent(raw, actor.user_id, opener, today) for raw in delivery.items]
    return _record(actor, sent, delivery.sent_at, at)


def _record(actor: Actor, sent: Sequence[Sent], sent_at: datetime | None, at: datetime) -> list[Outcome]:
    plain = [one.plain for one in sent if one.error is None]
    recorded = iter(receive_batch(actor, plain, at=at, sent_at=sent_at) if plain else ())
    return [refused(NOBODY, one.error) if one.error is not None else next(recorded) for one in sent]
