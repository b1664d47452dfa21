"""Claims at each step."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.claims.actions import drafting, locking
from app.claims.models import Claim, ClaimLine
from app.core.database import db
from app.enrolments.models import Enrolment
from app.records.models import Record
from tests.entitlements.builders import (
    World,
    make_payable_milestone,
    make_payable_start,
    make_person,
    make_world,
    noon,
)

MILESTONE_ON = date(2025, 1, 20)
TODAY = date(2025, 1, 31)  # within the windows of both the start and the milestone
AT = noon(TODAY) - timedelta(hours=1)
MONTH = date(2025, 1, 1)


@dataclass(frozen=True)
class Story:
    """A person with a payable start and milestone, and the claim made of them."""

    world: World
    person: Enrolment
    milestone: Record
    claim: Claim


def make_draft(world: World | None = None, *, people: int = 1, is_outside: bool = False) -> Story:
    """Draft a claim with everything that is claimable."""
    world = world or make_world()
    for _ in range(people):
        person = make_person(world)
        make_payable_start(world, person)
        milestone = make_payable_milestone(world, person, MILESTONE_ON, is_outside=is_outside)
    claim = drafting.draft_claim(world.preparer, world.contract.id, MONTH, at=AT)
    drafting.add_lines(world.preparer, claim.id, "all", at=AT)
    return Story(world, person, milestone, claim)


def make_locked(world: World | None = None) -> Story:
    """Lock it."""
    story = make_draft(world)
    locking.lock_claim(story.world.approver, story.claim.id, at=AT)
    return story


def make_submitted(world: World | None = None) -> Story:
    """Approve and submit it."""
    story = make_locked(world)
    locking.approve_claim(story.world.approver, story.claim.id, at=AT)
    locking.submit_claim(story.world.approver, story.claim.id, at=AT)
    return story


def lines_by_rate(story: Story) -> dict[str, ClaimLine]:
    """Return the claim's lines as they stand, by rate."""
    rows = db.session().scalars(
        sa.select(ClaimLine)
        .where(ClaimLine.claim_id == story.claim.id)
        .order_by(ClaimLine.position)
        .execution_options(populate_existing=True)
    )
    return {row.rate_code: row for row in rows}
