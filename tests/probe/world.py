"""Two whole worlds that know nothing of each other, made from the tables themselves.

The parts that matter to who sees what are made by the builders; every other table gets one row a world,
its foreign keys led to that world's rows. A new feature's tables are so in the world at once.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, LargeBinary, Table, inspect, select
from sqlalchemy.sql import sqltypes

from app.accounts.models import SignInSession
from app.accounts.rules import hash_secret, new_secret
from app.core.database import db, transaction
from app.core.ids import new_id
from app.core.model import Base, Id, Moment
from app.core.permissions import Actor, Role
from tests.builders import (
    act_as,
    assign_adviser,
    make_contract,
    make_enrolment,
    make_organisation,
    make_subcontract,
    save,
)

# Whose row stands at the place of each parameter of an address.
PARAMETERS: dict[str, tuple[str, str]] = {
    "case_id": ("device_case", "id"),
    "claim_id": ("claim", "id"),
    "contract_id": ("contract", "id"),
    "device_id": ("device", "id"),
    "enrolment_id": ("enrolment", "id"),
    "exclusion_id": ("claim_exclusion", "id"),
    "export_id": ("export", "id"),
    "import_id": ("referral_import", "id"),
    "invitation_id": ("invitation", "id"),
    "item_id": ("parked_item", "item_id"),
    "line_id": ("claim_line", "id"),
    "link_id": ("same_person_link", "id"),
    "membership_id": ("membership", "id"),
    "parked_id": ("parked_item", "id"),
    "payment_group_id": ("payment_group", "id"),
    "picture_link_id": ("picture_link", "id"),
    "provider_id": ("subcontract", "provider_id"),
    "rate_card_id": ("rate_card", "id"),
    "record_id": ("record", "id"),
    "sent_sha256": ("stored_file", "sent_sha256"),
    "signal_id": ("signal", "id"),
    "statement_id": ("statement", "id"),
    "subcontract_id": ("subcontract", "id"),
}

MONTH = date(2025, 3, 1)
HALF = Decimal("0.5")
PLAIN: tuple[tuple[type, Any], ...] = (
    (sqltypes.JSON, {}),
    (sqltypes.Boolean, False),
    (sqltypes.Date, MONTH),
    (sqltypes.Integer, 1),
    (sqltypes.Numeric, 1),
    (sqltypes.Float, 0.5),
    (sqltypes.Double, 0.5),
)


@dataclass
class World:
    """One commissioner, prime and provider with a row in every table, and somebody in every role at each.

    Attributes:
        rows: By table, the columns of the world's row.
        actors: By part (prime, provider, commissioner) and role.
        cookies: The secret of each actor's session, by membership.
    """

    name: str
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    actors: dict[tuple[str, Role], Actor] = field(default_factory=dict)
    cookies: dict[UUID, str] = field(default_factory=dict)

    def keep(self, row: Base) -> None:
        """Take a row that a builder made."""
        self.rows[row.__tablename__] = {
            column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs
        }

    def subject(self, parameter: str) -> str:
        """Return what stands in an address for this world's thing."""
        table, column = PARAMETERS[parameter]
        return str(self.rows[table][column])


def make_world(name: str) -> World:
    """Make a world; call it twice for two that are strangers."""
    world = World(name)
    parts = {part: make_organisation(f"{name} {part}") for part in ("prime", "provider", "commissioner")}
    contract = make_contract(prime=parts["prime"], commissioner=parts["commissioner"])
    subcontract = make_subcontract(contract, parts["provider"])
    for part, organisation in parts.items():
        for role in Role:
            world.actors[part, role] = act_as(role, at=organisation)
    worker = world.actors["provider", Role.WORKER]
    enrolment = make_enrolment(subcontract, worker_id=worker.user_id)
    assignment = assign_adviser(world.actors["prime", Role.ADVISER], enrolment)
    for row in (parts["provider"], contract, subcontract, enrolment, assignment):
        world.keep(row)
    _keep_existing(world, enrolment.participant_id)
    # What names a record without a foreign key comes after it.
    for table in sorted(Base.metadata.sorted_tables, key=lambda one: one.name == "verification_request"):
        if table.name not in world.rows:
            _fabricate(world, table)
    for actor in world.actors.values():
        world.cookies[actor.membership_id] = session_for(actor)
    return world


def _keep_existing(world: World, participant_id: UUID) -> None:
    session = db.session()
    contract = world.rows["contract"]
    for name, condition in {
        "participant": {"id": participant_id},
        "person_details": {"id": participant_id},
        "notice": {"contract_id": contract["id"]},
        "package_area": {"id": contract["package_area_id"]},
        "membership": {"id": world.actors["provider", Role.WORKER].membership_id},
        "user_account": {"id": world.actors["provider", Role.WORKER].user_id},
    }.items():
        table = Base.metadata.tables[name]
        found = session.execute(select(table).filter_by(**condition)).mappings().first()
        assert found is not None, name
        world.rows[name] = dict(found)


def _fabricate(world: World, table: Table) -> None:
    """Make this world's row of a table: keys led to its other rows, the rest by type."""
    values: dict[str, Any] = {"id": new_id()}
    for constraint in sorted(table.foreign_key_constraints, key=lambda one: len(one.elements)):
        target = world.rows.get(constraint.referred_table.name)
        if target is None or constraint.referred_table is table:
            continue
        for element in constraint.elements:
            if not element.parent.nullable or element.parent.name in {"contract_id", "provider_id"}:
                values[element.parent.name] = target[element.column.name]
    for column in table.columns:
        if column.name not in values:
            values[column.name] = _value(world, table, column)
    values |= _led_elsewhere(world, table.name, values["id"])
    with transaction() as session:
        session.execute(table.insert().values(**values))
    world.rows[table.name] = values


def _led_elsewhere(world: World, table: str, row_id: UUID) -> dict[str, Any]:
    """Return the columns whose sense is another than the world's one row: itself, or somebody else."""
    if table == "record":
        return {"root_id": row_id}
    if table == "verification_request":
        return {"verifier_id": world.actors["prime", Role.ADMINISTRATOR].user_id}
    return {}


def _value(world: World, table: Table, column: Column[Any]) -> Any:
    """Return something that fits a column; nothing where nothing may stand."""
    known = _known(world, table.name)
    if column.name in known:
        return known[column.name]
    if column.nullable:
        return None
    if (table.name, column.name) in _lists():
        return []
    return _by_type(f"{world.name}-{table.name}-{column.name}", column)


@cache
def _lists() -> frozenset[tuple[str, str]]:
    """Return the columns that hold JSON lists."""
    return frozenset(
        (mapper.class_.__tablename__, name)
        for mapper in Base.registry.mappers
        for name, hint in vars(mapper.class_).get("__annotations__", {}).items()
        if "list[" in str(hint)
    )


def _known(world: World, table: str) -> Mapping[str, Any]:
    """Return what the sense of a row wants, whatever its type."""
    common = {
        "enrolment_id": world.rows["enrolment"]["id"],
        "participant_id": world.rows["participant"]["id"],
        "organisation_id": world.rows["organisation"]["id"],
        "expires_at": datetime.now(UTC) + timedelta(days=1),
        "is_withdrawn": False,
        "occurred_on": date(2025, 2, 3),
        "month": MONTH,
    }
    commissioner_id = world.rows["contract"]["commissioner_id"]
    at_prime = {"organisation_id": world.rows["contract"]["prime_id"]}
    special: dict[str, Mapping[str, Any]] = {
        "record": {"kind": "milestone", "supersedes_id": None},
        "calibration": {"commissioner_id": commissioner_id, **dict.fromkeys(("sd", "r", "r_lower"), HALF)},
        "rate_card": {"owner_id": world.rows["contract"]["prime_id"]},
        "rate": {"trigger": {"kind": "started"}, "evidence": {"by_milestone": True}},
        "export": {**at_prime, "asked_by_id": world.actors["prime", Role.CLAIMS_APPROVER].user_id},
        "referral_import": {
            **at_prime,
            "uploaded_by_id": world.actors["prime", Role.SUPPLY_CHAIN].user_id,
            "imported_at": None,
            "rows": [],
        },
    }
    if table == "verification_request":
        return {"subject_root_id": world.rows["record"]["id"]}
    return {**common, **special.get(table, {})}


def _by_type(text: str, column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Id):
        return new_id()
    if isinstance(kind, Moment):
        return datetime(2025, 3, 4, 12, tzinfo=UTC)
    if isinstance(kind, sqltypes.Enum) and kind.enum_class is not None:
        members: list[Enum] = list(kind.enum_class)
        return members[0]
    if isinstance(kind, LargeBinary):
        return hashlib.sha256(text.encode()).digest()
    plain = next((value for types, value in PLAIN if isinstance(kind, types)), None)
    if plain is not None:
        return plain
    is_hash = "sha256" in column.name or "hash" in column.name
    return hashlib.sha256(text.encode()).hexdigest() if is_hash else text


def session_for(actor: Actor) -> str:
    """Sign somebody in and return the secret of their session."""
    secret, at = new_secret(), datetime.now(UTC)
    save(
        SignInSession(
            secret_hash=hash_secret(secret),
            user_id=actor.user_id,
            membership_id=actor.membership_id,
            created_at=at,
            seen_at=at + timedelta(minutes=20),  # so that no probe writes that it was there
            ends_at=at + timedelta(hours=12),
        )
    )
    return secret
