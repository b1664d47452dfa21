"""The claimable board on PostgreSQL: page 1,000 costs what page 1 costs.

``python -m tests.bench.bench_board`` seeds its own database, then reads both pages in rotated cycles and
prints the worst ratio of their medians.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from flask_migrate import upgrade

from app import create_app
from app.core.database import db, transaction
from app.core.ids import new_id, new_reference
from app.core.json import insert_rows
from app.core.paging import PAGE_SIZE, encode_cursor
from app.core.permissions import Actor
from app.enrolments.models import Enrolment
from app.entitlements.models import Entitlement, EntitlementState
from app.entitlements.queries.board import BoardState, Filter, Scope, find_page
from app.participants.models import Participant
from tests.bench.server import postgresql
from tests.conftest import fresh_postgresql, test_config
from tests.entitlements.builders import World, make_world, noon

PEOPLE = int(os.environ.get("PEOPLE", "1020"))
EACH = 50
PAGE = 1000
CYCLES, READS = 5, 40
REACH = 1.2
TODAY = date(2025, 2, 3)
READER = Actor(new_id(), new_id(), new_id(), frozenset())  # sight was settled before a page is read


def seed(world: World) -> None:
    """Make claimable entitlements enough for more than a thousand pages."""
    rate = next(rate for rate in world.card.rates if rate.code == "P-OBS")
    walls = {"contract_id": world.contract.id, "provider_id": world.subcontract.provider_id}
    conditions = [
        {
            "code": code,
            "condition": "A condition as the card states it",
            "met": True,
            "found": "On 3 February 2025",
            "needed": "Somebody verifies it",
            "who": None,
            "by": None,
            "task": None,
            "record_ids": [str(new_id())],
        }
        for code in ("on-programme", "evidence", "verified", "different-people")
    ]
    for begin in range(0, PEOPLE, 100):
        people = [new_id() for _ in range(begin, min(begin + 100, PEOPLE))]
        enrolments = {person: new_id() for person in people}
        with transaction() as session:
            insert_rows(session, Participant, [_person(world, person) for person in people])
            insert_rows(
                session,
                Enrolment,
                [{**walls, **_enrolment(person), "id": key} for person, key in enrolments.items()],
            )
            insert_rows(
                session,
                Entitlement,
                [
                    {
                        **walls,
                        "participant_id": person,
                        "enrolment_id": enrolments[person],
                        "rate_id": rate.id,
                        "rate_code": rate.code,
                        "occurrence": occurrence,
                        "state": EntitlementState.COMPLETE,
                        "price_pence": 10000,
                        "provider_share_pence": 8000,
                        "claimable_from": TODAY,
                        "closes_on": TODAY + timedelta(days=(person.int + occurrence) % 90),
                        "is_claimed": False,
                        "conditions": conditions,
                        "record_ids": [],
                        "consumed_root_ids": [],
                        "settled_at": noon(TODAY),
                    }
                    for person in people
                    for occurrence in range(1, EACH + 1)
                ],
            )


def _person(world: World, person_id: UUID) -> dict[str, object]:
    return {
        "id": person_id,
        "contract_id": world.contract.id,
        "reference": f"{new_reference()}{person_id.int % 10**6}",
        "referral_reference": str(person_id),
        "is_restricted": False,
        "created_at": noon(TODAY),
    }


def _enrolment(person_id: UUID) -> dict[str, object]:
    return {
        "participant_id": person_id,
        "state": "started",
        "referred_on": TODAY,
        "revision": 1,
        "entitlements_due": False,
        "attention_on": TODAY,
        "needs_you_count": 0,
        "evidence_missing_count": 0,
    }


def cursor_before_page(world: World) -> str:
    """Return the cursor that the page before the thousandth ends with."""
    row = (
        db.session()
        .execute(
            sa.select(Entitlement.closes_on, Entitlement.id)
            .where(Entitlement.contract_id == world.contract.id)
            .order_by(Entitlement.closes_on, Entitlement.id)
            .offset((PAGE - 1) * PAGE_SIZE - 1)
            .limit(1)
        )
        .one()
    )
    return encode_cursor(row.closes_on, row.id)


def seconds_of(scope: Scope, after: str | None) -> float:
    """Return how long one read of a page takes."""
    begin = time.perf_counter()
    page = find_page(
        READER, scope, Filter(BoardState.CLAIMABLE), at=noon(TODAY), after=after, limit=PAGE_SIZE
    )
    taken = time.perf_counter() - begin
    if page.count != PAGE_SIZE:
        message = f"A page held {page.count} rows."
        raise AssertionError(message)
    return taken


def measure(world: World) -> float:
    """Return the worst ratio of page 1,000 to page 1: in each cycle both are read in turn."""
    scope, far = Scope(world.contract.id, None), cursor_before_page(world)
    ratios: list[float] = []
    for cycle in range(CYCLES):
        taken: dict[str | None, list[float]] = {None: [], far: []}
        for read in range(READS):
            for after in (None, far) if read % 2 == 0 else (far, None):
                taken[after].append(seconds_of(scope, after))
        ratios.append(statistics.median(taken[far]) / statistics.median(taken[None]))
        sys.stdout.write(f"  cycle {cycle + 1}: page {PAGE} to page 1 = {ratios[-1]:.3f}\n")
    return max(ratios)


def run(server: str) -> float:
    """Seed a database on a server and measure."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(test_config(fresh_postgresql(server), Path(folder)))
        with app.app_context():
            upgrade()
            world = make_world()
            seed(world)
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("ANALYZE"))
            return measure(world)


def main() -> int:
    """Measure, and tell by the exit code whether it is reached."""
    with postgresql() as server:
        worst = run(server)
    sys.stdout.write(f"claimable board, page {PAGE} to page 1, worst cycle: {worst:.3f} (reach {REACH})\n")
    return 0 if worst <= REACH else 1


if __name__ == "__main__":
    sys.exit(main())
