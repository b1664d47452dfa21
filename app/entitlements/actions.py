"""Settling: what records earn is worked out anew for whoever's records changed, many people at once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.contracts.models import Contract
from app.core.database import db, transaction
from app.core.hot import HotStatement, is_set
from app.core.ids import new_id
from app.core.json import canonical, insert_rows
from app.core.model import Id
from app.core.money import share_of
from app.enrolments.models import Enrolment
from app.entitlements.models import Entitlement, EntitlementState
from app.entitlements.queries.facts import gather
from app.entitlements.rules.evaluate import evaluate
from app.entitlements.rules.facts import Condition, Owed, PersonFacts
from app.ratecards.actions import freeze

PEOPLE_AT_ONCE = 400
_Key = tuple[UUID, str, int]


def settle_contract(contract_id: UUID, *, at: datetime) -> int:
    """Settle everybody on a contract whose records changed, and return how many people that were.

    Called before anybody reads money: the board, a claim, a lock. Costs one small query when nothing is due.
    """
    count = 0
    while due := _due(contract_id):
        with transaction() as session:
            count += _settle(session, contract_id, due, at)
    return count


def settle_everything(*, at: datetime) -> int:
    """Settle whatever is due on any contract, and return how many people that were."""
    due = db.session().scalars(
        select(Enrolment.contract_id).where(is_set(Enrolment.entitlements_due)).distinct()
    )
    return sum(settle_contract(contract_id, at=at) for contract_id in sorted(due))


def note_lines_changed(participant_ids: Sequence[UUID]) -> None:
    """Mark people due whose lines were taken, released or rejected: numbers and windows may differ now."""
    with transaction() as session:
        lock_enrolments(session, participant_ids)
        session.execute(
            update(Enrolment)
            .where(Enrolment.participant_id.in_(participant_ids))
            .values(entitlements_due=True)
            .execution_options(synchronize_session=False)
        )


def lock_enrolments(session: Session, participant_ids: Sequence[UUID]) -> list[UUID]:
    """Lock the enrolments of some people for this transaction, and return their ids.

    Always after their lines and before their entitlements, in the order of ids, so that nobody waits in
    a ring.
    No key is changed, so that a claim line may be written beside it.
    """
    rows = session.scalars(
        select(Enrolment.id)
        .where(Enrolment.participant_id.in_(participant_ids))
        .order_by(Enrolment.id)
        .with_for_update(key_share=True)
    )
    return list(rows)


def _due(contract_id: UUID) -> list[UUID]:
    return sorted({row.participant_id for row in _DUE.all({"contract_id": contract_id})})


_DUE = HotStatement(
    select(Enrolment.participant_id)
    .where(Enrolment.contract_id == bindparam("contract_id", type_=Id()), is_set(Enrolment.entitlements_due))
    .order_by(Enrolment.id)
    .limit(PEOPLE_AT_ONCE)
)


def _settle(session: Session, contract_id: UUID, participant_ids: Sequence[UUID], at: datetime) -> int:
    enrolment_ids = lock_enrolments(session, participant_ids)
    contract = session.get_one(Contract, contract_id)
    people = gather(contract, participant_ids)
    answers = {person.participant_id: evaluate(person) for person in people}
    changes = _compare(contract.id, answers, _stored(session, participant_ids))
    insert_rows(session, Entitlement, [{**row, "settled_at": at} for row in changes.fresh])
    if changes.altered:
        ordered = sorted(changes.altered, key=lambda row: str(row["id"]))
        session.execute(update(Entitlement), [{**row, "settled_at": at} for row in ordered])
    session.execute(
        update(Enrolment)
        .where(Enrolment.id.in_(enrolment_ids))
        .values(entitlements_due=False)
        .execution_options(synchronize_session=False)
    )
    if changes.tasks_changed:
        # What is still needed stands on the journey, so whoever holds it must fetch it anew.
        session.execute(
            update(Enrolment)
            .where(Enrolment.id.in_(changes.tasks_changed))
            .values(revision=Enrolment.revision + 1)
            .execution_options(synchronize_session=False)
        )
    _freeze_cards(people, at)
    return len(participant_ids)


def _stored(session: Session, participant_ids: Sequence[UUID]) -> dict[_Key, Entitlement]:
    rows = session.scalars(
        select(Entitlement)
        .where(Entitlement.participant_id.in_(participant_ids))
        .order_by(Entitlement.id)
        .execution_options(populate_existing=True)
    )
    return {(row.participant_id, row.rate_code, row.occurrence): row for row in rows}


@dataclass
class _Changes:
    """What settling writes: new rows, altered ones, and whose tasks changed."""

    fresh: list[dict[str, Any]] = field(default_factory=list)
    altered: list[dict[str, Any]] = field(default_factory=list)
    tasks_changed: set[UUID] = field(default_factory=set)

    def compare(self, row: Entitlement | None, named: Mapping[str, Any], columns: Mapping[str, Any]) -> None:
        """Note what differs between a stored row and what it should be."""
        if _tasks(row.conditions if row else []) != _tasks(columns["conditions"]):
            self.tasks_changed.add(columns.get("enrolment_id") or named["enrolment_id"])
        if row is None:
            self.fresh.append({"id": new_id(), **named, **columns})
        elif any(getattr(row, name) != value for name, value in columns.items()):
            self.altered.append({"id": row.id, **columns})


def _compare(
    contract_id: UUID, answers: Mapping[UUID, Sequence[Owed]], stored: Mapping[_Key, Entitlement]
) -> _Changes:
    changes = _Changes()
    seen: set[_Key] = set()
    for participant_id, owed_by_one in answers.items():
        for owed in owed_by_one:
            key = (participant_id, owed.rate.code, owed.occurrence)
            seen.add(key)
            named = dict(zip(("participant_id", "rate_code", "occurrence"), key, strict=True))
            changes.compare(stored.get(key), {"contract_id": contract_id, **named}, _columns(owed))
    for key, row in stored.items():
        if key not in seen:
            changes.compare(row, {"enrolment_id": row.enrolment_id}, _EMPTY)
    return changes


# A number that nothing holds any more; its row stays, for released lines name it.
_EMPTY: dict[str, Any] = {
    "state": EntitlementState.NOT_YET,
    "claimable_from": None,
    "closes_on": None,
    "is_claimed": False,
    "missing_code": None,
    "conditions": [],
    "sayings": [],
    "measurement": None,
    "record_ids": [],
    "consumed_root_ids": [],
}


def _columns(owed: Owed) -> dict[str, Any]:
    missing = owed.missing
    return {
        "enrolment_id": owed.enrolment.enrolment_id,
        "provider_id": owed.enrolment.provider_id,
        "rate_id": owed.rate.rate_id,
        "state": owed.state,
        "price_pence": owed.price_pence,
        "provider_share_pence": share_of(owed.price_pence, owed.enrolment.share_basis_points),
        "claimable_from": owed.claimable_from,
        "closes_on": owed.closes_on,
        "is_claimed": owed.is_claimed,
        "missing_code": missing.code if missing else None,
        "conditions": [_condition(condition) for condition in owed.conditions],
        "sayings": [_plain(condition.said) for condition in owed.conditions],
        "measurement": owed.measurement,
        "record_ids": [str(record_id) for record_id in owed.record_ids],
        "consumed_root_ids": [str(root_id) for root_id in owed.consumed_root_ids],
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return _plain({name: value for name, value in vars(condition).items() if name != "said"})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON holds them."""
    plain: dict[str, Any] = json.loads(canonical(values))
    return plain


def _tasks(conditions: Sequence[Mapping[str, Any]]) -> list[str]:
    return [condition["task"] for condition in conditions if condition.get("task") and not condition["met"]]


def _freeze_cards(people: Sequence[PersonFacts], at: datetime) -> None:
    used = {e.terms.card_id for person in people for e in person.enrolments if e.terms}
    if used:
        freeze(used, at=at)
