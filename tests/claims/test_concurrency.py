"""A thing is claimed once, however many try at the same moment, on both databases."""

import threading
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.claims.actions import drafting
from app.claims.models import ClaimLine
from app.core.database import db
from app.core.errors import DomainError
from app.core.permissions import Actor
from app.entitlements.actions import settle_contract
from app.entitlements.models import Entitlement
from tests.claims.builders import AT, MILESTONE_ON, MONTH
from tests.entitlements.builders import make_payable_milestone, make_payable_start, make_person, make_world

Answer = TypeVar("Answer")
THREADS = 32
ROUNDS = 3


def _claim_everything(
    app: Flask, actor: Actor, contract_id: UUID, barrier: threading.Barrier, added: list[int | None]
) -> None:
    with app.app_context():
        try:
            claim = _draft(actor, contract_id)
            barrier.wait(timeout=240)
            added.append(_patiently(lambda: drafting.add_lines(actor, claim, "all", at=AT).added_count))
        except DomainError as refusal:
            added.append(None if refusal.status < 500 else -1)
        finally:
            db.session.remove()


def _draft(actor: Actor, contract_id: UUID) -> UUID:
    while True:
        try:
            return _patiently(lambda: drafting.draft_claim(actor, contract_id, MONTH, at=AT).id)
        except DomainError:
            db.session.remove()


def _patiently(act: Callable[[], Answer]) -> Answer:
    """Ask again where SQLite was held by others for longer than it waits, as whoever is told so would."""
    while True:
        try:
            return act()
        except OperationalError as error:
            db.session.remove()
            if "database is locked" not in str(error):
                raise


def test_a_thing_is_claimed_once_under_32_threads(own_app: Flask) -> None:
    world = make_world()
    for round_number in range(1, ROUNDS + 1):
        person = make_person(world)
        make_payable_start(world, person)
        make_payable_milestone(world, person, MILESTONE_ON)
        settle_contract(world.contract.id, at=AT)
        db.session.rollback()
        barrier, added = threading.Barrier(THREADS), []  # type: ignore[var-annotated]
        threads = [
            threading.Thread(
                target=_claim_everything,
                args=(own_app, world.preparer, world.contract.id, barrier, added),
            )
            for _ in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=240)

        assert sorted(count or 0 for count in added) == [0] * (THREADS - 1) + [2]
        db.session.rollback()  # look afresh
        live = db.session().scalar(sa.select(sa.func.count()).select_from(ClaimLine))
        claimed = sa.select(sa.func.count()).where(Entitlement.is_claimed)
        assert live == db.session().scalar(claimed) == 2 * round_number
        db.session.rollback()
