"""Claims from draft to decision: what fails is named and left out, what was submitted is frozen."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.claims.actions import deciding, drafting, locking
from app.claims.actions.correcting import note_corrections
from app.claims.errors import (
    ClaimEmpty,
    ClaimNotInState,
    LineNotInState,
    NoLineStands,
    SameHuman,
    TooLateToContest,
)
from app.claims.models import (
    Claim,
    ClaimLine,
    ClaimLineRecord,
    ClaimState,
    Exclusion,
    LineState,
    RejectionReason,
)
from app.claims.queries.exclusions import exclusions_of
from app.claims.queries.following import Wanted, follow_lines, get_line
from app.claims.queries.lines import lines_of, sums_of
from app.claims.rules.schedule import schedule_csv
from app.claims.rules.states import ExclusionReason
from app.core.database import db
from app.core.errors import Forbidden, NotFound
from app.core.permissions import Role
from app.entitlements.actions import settle_contract
from app.entitlements.models import Entitlement, EntitlementState
from app.entitlements.rules.saying import day_in
from app.jobs.models import Job
from app.records.models import RecordKind
from app.statements.models import StatementEntry
from tests.builders import act_as
from tests.claims.builders import (
    AT,
    MILESTONE_ON,
    MONTH,
    lines_by_rate,
    make_draft,
    make_locked,
    make_submitted,
)
from tests.entitlements.builders import (
    make_payable_milestone,
    make_person,
    make_record,
    make_world,
    noon,
)

pytestmark = pytest.mark.usefixtures("session")
LATER = AT + timedelta(days=1)


def test_all_that_is_claimable_goes_in_once() -> None:
    story = make_draft()
    again = drafting.draft_claim(story.world.preparer, story.world.contract.id, MONTH, at=AT)

    added = drafting.add_lines(story.world.preparer, again.id, "all", at=AT)

    assert sums_of(story.claim.id).line_count == 2
    assert (again.number, added.added_count, added.left_out) == (2, 0, [])


def test_what_is_claimed_already_is_named_and_left_out() -> None:
    story = make_draft()
    again = drafting.draft_claim(story.world.preparer, story.world.contract.id, MONTH, at=AT)
    ids = list(db.session().scalars(sa.select(Entitlement.id).where(Entitlement.is_claimed)))

    added = drafting.add_lines(story.world.preparer, again.id, ids, at=AT)

    assert [one.reason for one in added.left_out] == ["already-claimed", "already-claimed"]


def test_the_database_itself_lets_a_number_be_claimed_once(session: Session) -> None:
    line = lines_by_rate(make_draft())["ATT"]
    columns = {c.name: getattr(line, c.name) for c in ClaimLine.__table__.columns if c.name != "id"}

    session.add(ClaimLine(**columns | {"position": 99}))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_database_itself_lets_a_record_be_used_once_a_rate(session: Session) -> None:
    line = lines_by_rate(make_draft())["P-OBS"]
    used = session.scalars(
        sa.select(ClaimLineRecord).where(ClaimLineRecord.line_id == line.id, ClaimLineRecord.is_consumed)
    ).one()
    columns = {c.name: getattr(used, c.name) for c in ClaimLineRecord.__table__.columns if c.name != "id"}

    session.add(ClaimLineRecord(**columns))
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_excluded_line_is_free_again_and_its_provider_contests() -> None:
    story = make_draft()
    world, line = story.world, lines_by_rate(story)["P-OBS"]

    drafting.exclude_line(
        world.preparer, story.claim.id, line.id, ExclusionReason.CLAIMED_LATER, "Next month.", at=AT
    )
    (row,) = exclusions_of(story.claim.id, "en")
    drafting.contest_exclusion(world.manager, row.id, "It is due now.", at=AT)

    (row,) = exclusions_of(story.claim.id, "en")
    assert (row.words, row.contest_words, row.can_contest) == ("Next month.", "It is due now.", False)
    assert row.rate_title == "Observable milestone"
    assert sums_of(story.claim.id).line_count == 1
    passed_over = drafting.add_lines(world.preparer, story.claim.id, "all", at=AT)
    assert (passed_over.added_count, [one.why.words for one in passed_over.left_out]) == (0, ["Next month."])
    assert drafting.add_lines(world.preparer, story.claim.id, [line.entitlement_id], at=AT).added_count == 1
    assert exclusions_of(story.claim.id, "en") == []


def test_a_locked_claim_is_not_contested() -> None:
    story = make_draft()
    line = lines_by_rate(story)["P-OBS"]
    drafting.exclude_line(
        story.world.preparer, story.claim.id, line.id, ExclusionReason.OTHER, "Later.", at=AT
    )
    (row,) = exclusions_of(story.claim.id, "en")
    locking.lock_claim(story.world.approver, story.claim.id, at=AT)

    with pytest.raises(TooLateToContest):
        drafting.contest_exclusion(story.world.manager, row.id, "It is due now.", at=AT)


def test_lock_freezes_each_line_as_text_and_asks_for_its_papers(session: Session) -> None:
    story = make_locked()
    line = lines_by_rate(story)["P-OBS"]
    content = json.loads(line.frozen or "")

    assert content["price_pence"] == 10000
    assert content["line"].endswith(f"-2025-01-1/{line.position:03d}")
    assert [record["what"] for record in content["records"]] == [
        "Milestone: debt plan",
        "Verification of R1",
    ]
    assert content["evidence"][0]["supports"] == "R1"
    assert len(content["evidence"][0]["kept_sha256"]) == 64
    assert all(condition["met"] for condition in content["conditions"])
    assert {person["act"] for person in content["people"]} == {
        "Recorded R1, E1",
        "Verified R2",
        "Prepared the claim",
        "Locked the claim",
    }
    assert "Amina" not in (line.frozen or "")
    assert session.scalar(sa.select(Job.key)) == f"render-lines:{story.claim.id}"


def test_screen_csv_and_frozen_text_agree_to_the_penny() -> None:
    story = make_locked()
    sums = sums_of(story.claim.id)
    text = b"".join(schedule_csv(lines_of(story.claim.id))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    frozen = [json.loads(row.frozen or "") for row in lines_of(story.claim.id)]

    assert sums.amount_pence == 40000
    assert sum(int(row["price_pence"]) for row in rows) == sums.amount_pence
    assert sum(int(row["provider_share_pence"]) for row in rows) == sums.provider_share_pence
    assert sum(one["price_pence"] for one in frozen) == sums.amount_pence
    assert sum(one["provider_share_pence"] for one in frozen) == sums.provider_share_pence
    assert [row["record_sha256"] for row in rows] == [r.frozen_sha256 for r in lines_of(story.claim.id)]


def test_a_line_verified_from_outside_is_marked_wherever_it_stands() -> None:
    story = make_draft(is_outside=True)
    drafted = {row.rate_code: row.verified_outside for row in lines_of(story.claim.id)}
    locking.lock_claim(story.world.approver, story.claim.id, at=AT)
    locked = {row.rate_code: row for row in lines_of(story.claim.id)}
    text = b"".join(schedule_csv(locked.values())).decode("utf-8-sig")
    marked, plain = json.loads(locked["P-OBS"].frozen or ""), json.loads(locked["ATT"].frozen or "")

    assert drafted == {rate: row.verified_outside for rate, row in locked.items()}
    assert drafted == {"ATT": False, "P-OBS": True}
    assert [row["verified_outside"] for row in csv.DictReader(io.StringIO(text, newline=""))] == ["no", "yes"]
    assert marked["verified_outside"] is True
    assert marked["conditions"][-1]["code"] == "verified-outside"
    assert "verified_outside" not in plain
    assert "verified-outside" not in {condition["code"] for condition in plain["conditions"]}


def close_windows(session: Session, *rates: str) -> None:
    """Have windows closed before their lines were put in."""
    closed = sa.update(Entitlement).where(Entitlement.rate_code.in_(rates))
    session.execute(closed.values(closes_on=AT.date() - timedelta(days=1)))
    session.commit()


def test_lock_leaves_out_what_no_longer_stands(session: Session) -> None:
    story = make_draft()
    close_windows(session, "ATT")

    step = locking.lock_claim(story.world.approver, story.claim.id, at=AT)

    assert [(one.rate_code, one.reason) for one in step.left_out] == [("ATT", "outside-window")]
    assert session.scalar(sa.select(Exclusion.reason)) == "outside-window"
    assert sums_of(story.claim.id).line_count == 1


def test_why_a_check_left_a_line_out_is_said_in_the_readers_language(session: Session) -> None:
    story = make_draft()
    close_windows(session, "ATT")
    paid_for = session.scalars(sa.select(Entitlement).where(Entitlement.rate_code == "P-OBS")).one()
    paid_for.state, paid_for.conditions = (
        EntitlementState.INCOMPLETE,
        [{**condition, "met": condition["code"] != "verified"} for condition in paid_for.conditions],
    )
    session.commit()

    with pytest.raises(NoLineStands) as refused:
        locking.lock_claim(replace(story.world.approver, language="cy"), story.claim.id, at=AT)

    assert [one["words"] for one in refused.value.context["left_out"]] == [  # type: ignore[attr-defined]
        "Caeodd ei gyfnod ar 30 Ionawr 2025.",
        "Nid yw amod yn cael ei fodloni mwyach: Wedi’i ddilysu gan ail berson.",
    ]


def test_what_somebody_wrote_of_a_line_left_out_stands_as_it_is() -> None:
    story = make_draft()
    lines = lines_by_rate(story)
    reason, words = ExclusionReason.OTHER, "Let us wait."
    drafting.exclude_line(story.world.preparer, story.claim.id, lines["ATT"].id, reason, words, at=AT)
    note_corrections(story.world.worker, [story.milestone.root_id], AT)

    said = [row.words for row in exclusions_of(story.claim.id, "cy")]
    assert said == [words, "Cafodd cofnod y mae’n dibynnu arno ei gywiro neu ei dynnu’n ôl."]


def test_a_window_stands_still_as_long_as_the_prime_has_the_line_in_a_claim(session: Session) -> None:
    story = make_draft()
    closes = {rate: line.closes_on for rate, line in lines_by_rate(story).items()}
    late = AT + timedelta(days=80)
    approver = story.world.approver

    def shown() -> dict[str, date]:
        return {row.rate_code: row.closes_on for row in lines_of(story.claim.id, on=late.date())}

    told = shown()
    att = get_line(approver, lines_by_rate(story)["ATT"].id, on=late.date())
    assert locking.lock_claim(approver, story.claim.id, at=late).left_out == []
    locked = lines_by_rate(story)
    assert {rate: line.closes_on for rate, line in locked.items()} == {
        rate: day + timedelta(days=80) for rate, day in closes.items()
    }
    assert told == shown() == {rate: line.closes_on for rate, line in locked.items()}
    assert att.line.closes_on == told["ATT"]
    assert day_in("en", told["ATT"]) in str(att.content["conditions"])
    locking.unlock_claim(approver, story.claim.id, at=late)
    assert shown() == told
    locking.lock_claim(approver, story.claim.id, at=late)
    later = late + timedelta(days=200)
    locking.approve_claim(approver, story.claim.id, at=later)
    assert locking.submit_claim(approver, story.claim.id, at=later).left_out == []


def test_what_the_prime_lets_out_again_has_as_many_days_more(session: Session) -> None:
    story = make_draft()
    line = lines_by_rate(story)["ATT"]
    closes_on, let_out = line.closes_on, AT + timedelta(days=60)
    reason = next(iter(ExclusionReason))
    drafting.exclude_line(story.world.preparer, story.claim.id, line.id, reason, "Let us wait.", at=let_out)
    settle_contract(story.world.contract.id, at=let_out)

    owed = session.get_one(Entitlement, line.entitlement_id, populate_existing=True)
    assert (owed.closes_on, owed.is_claimed) == (closes_on + timedelta(days=60), False)


def test_a_claim_with_no_line_left_stays_a_draft(session: Session) -> None:
    story = make_draft()
    close_windows(session, "ATT", "P-OBS")

    with pytest.raises(ClaimEmpty):
        locking.lock_claim(story.world.approver, story.claim.id, at=AT)

    assert session.scalar(sa.select(Claim.state)) is ClaimState.DRAFT
    assert sums_of(story.claim.id).line_count == 2


def test_whoever_prepared_does_not_approve() -> None:
    world = make_world()
    both = act_as(Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER, at=world.preparer.organisation_id)
    story = make_draft(world)
    db.session().execute(sa.update(Claim).values(prepared_by_id=both.user_id))
    db.session().commit()
    locking.lock_claim(world.approver, story.claim.id, at=AT)

    with pytest.raises(SameHuman):
        locking.approve_claim(both, story.claim.id, at=AT)


def test_a_line_whose_verifier_prepares_is_named_and_left_out(session: Session) -> None:
    story = make_draft()
    session.execute(sa.update(Claim).values(prepared_by_id=story.world.manager.user_id))
    session.commit()

    with pytest.raises(NoLineStands) as refused:
        locking.lock_claim(story.world.approver, story.claim.id, at=AT)

    (words,) = {one["words"] for one in refused.value.context["left_out"]}  # type: ignore[attr-defined]
    assert (
        words
        == "One human took two parts: verified it, and prepared the claim. Another has to do one of them."
    )


def test_a_line_is_assessed_by_somebody_else_than_whoever_recorded_it(session: Session) -> None:
    world = make_world()
    story = make_submitted(world)
    session.execute(sa.update(Claim).values(approved_by_id=world.assessor.user_id))
    session.commit()

    with pytest.raises(SameHuman):
        deciding.accept_line(world.assessor, lines_by_rate(story)["ATT"].id, at=AT)


def test_unlock_frees_what_was_frozen() -> None:
    story = make_locked()

    step = locking.unlock_claim(story.world.preparer, story.claim.id, at=AT)

    assert step.claim.state is ClaimState.DRAFT
    assert {row.frozen for row in lines_of(story.claim.id)} == {None}


def test_steps_keep_their_order() -> None:
    story = make_draft()

    with pytest.raises(ClaimNotInState):
        locking.approve_claim(story.world.approver, story.claim.id, at=AT)
    with pytest.raises(ClaimNotInState):
        locking.submit_claim(story.world.approver, story.claim.id, at=AT)
    with pytest.raises(Forbidden):
        locking.approve_claim(story.world.preparer, story.claim.id, at=AT)
    with pytest.raises(NotFound):
        locking.lock_claim(act_as(Role.CLAIMS_APPROVER), story.claim.id, at=AT)


def test_an_assessor_sees_nothing_before_submission() -> None:
    story = make_locked()

    with pytest.raises(NotFound):
        get_line(story.world.assessor, lines_by_rate(story)["ATT"].id, on=AT.date())
    with pytest.raises(NotFound):
        deciding.accept_line(story.world.assessor, lines_by_rate(story)["ATT"].id, at=AT)


def test_decisions_settle_the_claim_and_are_told_to_the_provider(session: Session) -> None:
    story = make_submitted()
    lines = lines_by_rate(story)

    deciding.accept_line(story.world.assessor, lines["ATT"].id, at=AT)
    deciding.reject_line(
        story.world.assessor,
        lines["P-OBS"].id,
        reason=RejectionReason.EVIDENCE_UNREADABLE,
        words="The letter is blurred.",
        is_curable=True,
        at=LATER,
    )

    assert session.scalar(sa.select(Claim.state)) is ClaimState.SETTLED
    followed = {
        one.line.rate_code: one for one in follow_lines(story.world.manager, Wanted(), on=AT.date(), limit=10)
    }
    assert followed["ATT"].line.state is LineState.ACCEPTED
    assert followed["P-OBS"].decision is not None
    assert followed["P-OBS"].decision.words == "The letter is blurred."
    assert session.scalars(sa.select(StatementEntry.amount_pence)).all() == [30000]
    with pytest.raises(LineNotInState):
        deciding.accept_line(story.world.assessor, lines["ATT"].id, at=AT)


def test_a_cure_is_a_new_line_that_names_the_old_one_within_a_longer_window() -> None:
    story = make_submitted()
    old = lines_by_rate(story)["P-OBS"]
    reason = RejectionReason.EVIDENCE_UNREADABLE
    deciding.reject_line(
        story.world.assessor, old.id, reason=reason, words="Blurred.", is_curable=True, at=LATER
    )
    late = noon(MILESTONE_ON + timedelta(days=90 + 30 + 1))

    claim = drafting.draft_claim(story.world.preparer, story.world.contract.id, MONTH, at=late)
    added = drafting.add_lines(story.world.preparer, claim.id, "all", at=late)

    assert added.added_count == 1
    (line,) = lines_of(claim.id)
    assert line.cures_line_id == old.id
    assert line.closes_on == MILESTONE_ON + timedelta(days=90 + 30 + 1)


def test_what_cannot_be_cured_is_not_claimed_again() -> None:
    story = make_submitted()
    line = lines_by_rate(story)["P-OBS"]
    reason = RejectionReason.NOT_ELIGIBLE
    deciding.reject_line(
        story.world.assessor, line.id, reason=reason, words="No.", is_curable=False, at=LATER
    )
    claim = drafting.draft_claim(story.world.preparer, story.world.contract.id, MONTH, at=LATER)

    assert drafting.add_lines(story.world.preparer, claim.id, "all", at=LATER).added_count == 0


def correct(story: object) -> None:
    milestone = story.milestone  # type: ignore[attr-defined]
    person, world = story.person, story.world  # type: ignore[attr-defined]
    make_record(
        person, RecordKind.MILESTONE, MILESTONE_ON, world.worker, root_id=milestone.root_id,
        supersedes_id=milestone.id, is_withdrawn=True, received_at=LATER, recorded_at=LATER,
    )  # fmt: skip
    note_corrections(world.worker, [milestone.root_id], LATER)


def test_a_correction_drops_the_line_of_a_draft_with_the_reason() -> None:
    story = make_draft()
    correct(story)

    assert [row.reason for row in exclusions_of(story.claim.id, "en")] == ["record-corrected"]
    assert lines_by_rate(story)["P-OBS"].state is LineState.EXCLUDED
    assert sums_of(story.claim.id).line_count == 1


def test_a_correction_warns_at_submission_of_what_was_locked() -> None:
    story = make_locked()
    correct(story)
    locking.approve_claim(story.world.approver, story.claim.id, at=LATER)

    step = locking.submit_claim(story.world.approver, story.claim.id, at=LATER)

    assert [row.rate_code for row in step.warnings] == ["P-OBS"]
    assert lines_by_rate(story)["P-OBS"].state is LineState.SUBMITTED


def test_unlocking_lets_the_corrected_line_drop() -> None:
    story = make_locked()
    correct(story)

    step = locking.unlock_claim(story.world.approver, story.claim.id, at=LATER)

    assert [one.reason for one in step.left_out] == ["record-corrected"]


def test_a_correction_voids_what_was_submitted() -> None:
    story = make_submitted()
    correct(story)

    line = lines_by_rate(story)["P-OBS"]
    assert (line.state, line.released_reason) == (LineState.VOIDED, "corrected")
    assert line.frozen is not None


def test_a_correction_takes_back_what_was_paid(session: Session) -> None:
    story = make_submitted()
    deciding.accept_line(story.world.assessor, lines_by_rate(story)["P-OBS"].id, at=AT)
    correct(story)

    assert sorted(session.scalars(sa.select(StatementEntry.amount_pence))) == [-10000, 10000]
    assert lines_by_rate(story)["P-OBS"].released_reason == "clawed-back"


def test_a_number_once_claimed_keeps_its_records() -> None:
    story = make_draft()
    line = lines_by_rate(story)["P-OBS"]
    make_payable_milestone(story.world, story.person, MILESTONE_ON - timedelta(days=10), "travelled-alone")
    settle_contract(story.world.contract.id, at=AT)

    rows = (
        db.session()
        .scalars(
            sa.select(Entitlement)
            .where(Entitlement.rate_code == "P-OBS")
            .order_by(Entitlement.occurrence)
            .execution_options(populate_existing=True)
        )
        .all()
    )

    assert (line.occurrence, rows[0].consumed_root_ids) == (1, [str(story.milestone.root_id)])
    assert [row.is_claimed for row in rows] == [True, False]


def test_caps_hold_over_claims() -> None:
    story = make_draft()
    other = make_payable_milestone(story.world, story.person, MILESTONE_ON, "travelled-alone")
    third = make_payable_milestone(story.world, story.person, MILESTONE_ON, "course-completed")

    drafting.add_lines(story.world.preparer, story.claim.id, "all", at=AT)
    added = drafting.add_lines(story.world.preparer, story.claim.id, "all", at=AT)

    assert other.id != third.id
    assert added.added_count == 0
    assert sums_of(story.claim.id).line_count == 3


def test_nobody_claims_on_anothers_contract() -> None:
    world = make_world()
    stranger = act_as(Role.CLAIMS_PREPARER)

    with pytest.raises(NotFound):
        drafting.draft_claim(stranger, world.contract.id, MONTH, at=AT)
    assert make_person(world)
