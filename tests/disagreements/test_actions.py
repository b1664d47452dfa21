"""The person disagrees: what rests on the record is held, and it is theirs alone to take back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.claims.actions import locking
from app.claims.models import Exclusion, LineState
from app.claims.queries.claims import corrected_lines
from app.core.database import db
from app.core.errors import DomainError
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.entitlements.actions import settle_contract
from app.entitlements.models import Entitlement, EntitlementState
from app.exports.documents.journeys import Print, journey_document
from app.journeys.queries.journey import journey_of
from app.records.rules import Result
from app.sync.actions.batches import receive_batch
from tests.builders import act_as
from tests.claims.builders import AT, Story, lines_by_rate, make_draft, make_locked
from tests.sync.builders import make_item

pytestmark = pytest.mark.usefixtures("session")
SAID = {"way": "on-tablet", "present": ["worker"]}
LATER = AT + timedelta(days=1)


def say(actor: Actor, subject_id: UUID, **body: Any) -> Any:
    """Send what the person says of a record from the worker's tablet; return the answer to the item."""
    item = make_item("disagreement", {"subject_id": str(subject_id), **SAID, **body})
    item["body"]["occurred_on"] = AT.date().isoformat()
    return receive_batch(actor, [item], at=LATER)[0], UUID(item["id"])


def take_back(actor: Actor, subject_id: UUID, disagreement_id: UUID) -> Any:
    return say(actor, subject_id, supersedes_id=str(disagreement_id), is_withdrawn=True)[0]


def milestone_entitlement(story: Story) -> Entitlement:
    settle_contract(story.world.contract.id, at=LATER)
    return (
        db.session()
        .scalars(
            sa.select(Entitlement)
            .where(
                Entitlement.participant_id == story.person.participant_id, Entitlement.rate_code == "P-OBS"
            )
            .order_by(Entitlement.occurrence)
            .execution_options(populate_existing=True)
        )
        .all()[0]
    )


def test_a_disagreement_holds_what_rests_on_the_record_until_it_is_taken_back() -> None:
    story = make_draft()

    answer, said = say(story.world.worker, story.milestone.id, words="I was not alone that day")

    assert answer.result is Result.RECORDED
    held = milestone_entitlement(story)
    (condition,) = [one for one in held.conditions if not one["met"]]
    assert (held.state, condition["code"], condition["who"]) == (
        EntitlementState.INCOMPLETE,
        "not-disputed",
        "worker",
    )
    assert condition["found"] == (
        "The person disagrees with the milestone of 20 January 2025; it is theirs to withdraw, "
        "or correct the record"
    )

    assert take_back(story.world.worker, story.milestone.id, said).result is Result.RECORDED
    assert milestone_entitlement(story).state is EntitlementState.COMPLETE


def test_a_line_of_a_draft_drops_with_the_reason_and_others_stay() -> None:
    story = make_draft()

    say(story.world.worker, story.milestone.id)

    states = {code: line.state for code, line in lines_by_rate(story).items()}
    assert states == {"ATT": LineState.INCLUDED, "P-OBS": LineState.EXCLUDED}
    assert db.session().scalars(sa.select(Exclusion.reason)).all() == ["record-disputed"]


def test_a_locked_line_warns_and_drops_when_the_claim_is_opened() -> None:
    story = make_locked()

    say(story.world.worker, story.milestone.id)

    assert [row.rate_code for row in corrected_lines(story.claim.id)] == ["P-OBS"]
    step = locking.unlock_claim(story.world.approver, story.claim.id, at=LATER)
    assert [one.reason for one in step.left_out] == ["record-disputed"]


def test_it_stands_beside_the_record_in_the_journey_in_their_own_words() -> None:
    story = make_draft()
    say(story.world.worker, story.milestone.id, words="I was not alone that day")

    entries = journey_of(story.world.manager, story.person.id, at=LATER)["timeline"]

    (said,) = next(one for one in entries if one["kind"] == "milestone")["disagreements"]
    assert (said["words"], said["way"], said["present"], said["is_open"]) == (
        "I was not alone that day",
        "on-tablet",
        ["worker"],
        True,
    )


def test_it_stands_beside_the_fact_on_paper_in_both_languages() -> None:
    story = make_draft()
    say(story.world.worker, story.milestone.id, words="I was not alone that day")
    journey = journey_of(story.world.manager, story.person.id, at=LATER)

    def printed(language: str) -> list[str]:
        paper = journey_document(journey, Print(on=LATER.date(), commissioner="", language=language))
        return [event.what for event in paper.events if event.is_disputed]

    assert [what.partition(". ")[2] for what in (*printed("en"), *printed("cy"))] == [
        "You disagree (31 Jan 2025): “I was not alone that day”",
        "Rydych chi’n anghytuno (31 Ion 2025): “I was not alone that day”",
    ]


@pytest.mark.parametrize(
    ("role", "body", "code"),
    [
        (Role.MANAGER, {"way": "own-phone"}, "invalid"),
        (Role.ADVISER, {}, "subject-missing"),
    ],
)
def test_nobody_says_it_by_another_door(role: Role, body: dict[str, Any], code: str) -> None:
    story = make_draft()
    actor = story.world.manager if role is Role.MANAGER else act_as(role, at=story.world.contract.prime_id)

    answer, _ = say(actor, story.milestone.id, **body)

    assert isinstance(answer.error, DomainError)
    assert answer.error.code == code


def test_it_is_said_once_and_no_manager_takes_it_back_for_them() -> None:
    story = make_draft()
    _, said = say(story.world.worker, story.milestone.id)
    reason = {"subject_id": str(said), "reason": "He did not mean it."}

    twice, _ = say(story.world.worker, story.milestone.id)
    withdrawn = receive_batch(story.world.manager, [make_item("withdrawal", reason)], at=LATER)[0]
    other = take_back(story.world.worker, story.milestone.id, new_id())

    errors = [answer.error.code for answer in (twice, withdrawn, other) if answer.error]
    assert errors == ["disagreed-before", "not-withdrawable", "other-disagreement"]
