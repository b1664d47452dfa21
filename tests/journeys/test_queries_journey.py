import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.assessments.models import Rater, SittingKind
from app.audit.models import AuditEvent
from app.contracts.models import Contract
from app.core.errors import NotFound
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentEvent, EnrolmentState, NoticeManner, Start
from app.evidence.models import Decision, EvidenceItem, EvidenceKind, ObtainedHow, StoredFile, Verification
from app.instruments.models import Calibration, CalibrationSource
from app.interventions.models import Contact, ContactChannel, ContactOutcome, Intervention, InterventionKind
from app.journeys.queries.holdings import holdings_of, readers_of
from app.journeys.queries.journey import find_journey, journey_of
from app.journeys.schemas.holdings import JourneyReadersSchema
from app.journeys.schemas.journey import JourneySchema
from app.participants.models import Participant, PersonDetails
from app.plans.models import ActionPlan
from app.records.models import RecordKind
from tests.builders import (
    NOON,
    act_as,
    assign_adviser,
    make_enrolment,
    make_participant,
    make_subcontract,
    make_user,
    save,
)
from tests.journeys.builders import make_instrument, rate, rate_together, restrict_to, see, write

NOVEMBER, JANUARY, MARCH = date(2024, 11, 12), date(2025, 1, 23), date(2025, 3, 3)


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    return make_enrolment(make_subcontract(), last_met_on=JANUARY)


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


@pytest.fixture
def adviser(enrolment: Enrolment, session: Session) -> Actor:
    found = act_as(
        Role.ADVISER,
        at=session.get_one(Contract, enrolment.contract_id).prime_id,
        user=make_user("Priya Shah"),
    )
    assign_adviser(found, enrolment)
    return found


def read(actor: Actor, enrolment: Enrolment) -> dict[str, Any]:
    journey: dict[str, Any] = json.loads(find_journey(actor, enrolment.id, known=set(), at=NOON).text)
    assert JourneySchema().validate(journey) == {}
    return journey


def verify(enrolment: Enrolment, verifier: Actor, subject: Any, decision: Decision, **options: Any) -> Any:
    return write(
        enrolment,
        verifier,
        RecordKind.VERIFICATION,
        Verification,
        subject_id=subject,
        subject_root_id=subject,
        decision=decision,
        is_outside=False,
        **options,
    )


def support(enrolment: Enrolment, author: Actor, subject: Any, **options: Any) -> Any:
    columns: dict[str, Any] = {
        "subject_root_id": subject,
        "kind": EvidenceKind.CERTIFICATE,
        "obtained_on": NOON.date(),
        "obtained_how": ObtainedHow.PHOTOGRAPHED,
        "sent_sha256": "a" * 64,
    }
    return write(enrolment, author, RecordKind.EVIDENCE, EvidenceItem, **columns | options)


def receive_file(enrolment: Enrolment, worker: Actor, media_type: str) -> None:
    """Have the file arrive that `support` names."""
    save(
        StoredFile(
            provider_id=enrolment.provider_id,
            sent_sha256="a" * 64,
            kept_sha256="b" * 64,
            media_type=media_type,
            size_bytes=1,
            uploaded_by_id=worker.user_id,
            received_at=NOON,
        )
    )


def test_an_empty_journey_has_every_part(enrolment: Enrolment, worker: Actor) -> None:
    journey = read(worker, enrolment)

    assert journey["person"]["short_name"] == "Dean M."
    assert (journey["relation"], journey["is_folded"]) == ("provider", False)
    for part in ("ladders", "sittings", "needed", "timeline", "corrections", "events"):
        assert journey[part] == []
    assert (journey["plan"], journey["in_short"]["own_words"]) == (None, None)


def test_own_words_and_what_changed_stand_first(enrolment: Enrolment, worker: Actor) -> None:
    ladders = make_instrument("confidence", "motivation", "health")
    rate_together(
        enrolment,
        worker,
        ladders,
        {"confidence": 2, "motivation": 6, "health": 5},
        {"confidence": 3, "motivation": 5, "health": 4},
        on=NOVEMBER,
        kind=SittingKind.BASELINE,
        own_words="I stay in most days.",
    )
    rate_together(
        enrolment,
        worker,
        ladders,
        {"confidence": 6, "motivation": 7, "health": None},
        {"confidence": 6, "motivation": 7, "health": 4},
        on=JANUARY,
        own_words="I can get to new places alone now.",
    )

    journey = read(worker, enrolment)

    assert journey["in_short"]["own_words"] == {
        "words": "I can get to new places alone now.",
        "occurred_on": "2025-01-23",
        "sitting_kind": "review",
    }
    changes = {ladder["code"]: ladder["change"] for ladder in journey["ladders"]}
    assert changes == {"confidence": "clearly-higher", "motivation": "going-up", "health": "not-said"}
    assert journey["ladders"][0]["participant"] == {"began": 2, "now": 6, "change": "clearly-higher"}
    assert [entry["code"] for entry in journey["timeline"]] == ["review", "baseline"]
    assert journey["timeline"][0]["words"] == "I can get to new places alone now."


def test_a_sitting_stays_sealed_until_both_have_rated(
    enrolment: Enrolment, worker: Actor, adviser: Actor
) -> None:
    ladders = make_instrument("confidence")
    sitting = rate(
        enrolment,
        worker,
        ladders,
        Rater.PARTICIPANT,
        {"confidence": 9},
        on=MARCH,
        texts={"own_words": "SECRET", "note.confidence": "SECRET"},
    )

    for reader in (worker, adviser):
        text = find_journey(reader, enrolment.id, known=set(), at=NOON).text
        journey = read(reader, enrolment)
        assert "SECRET" not in text
        assert '"confidence":9' not in text.replace(" ", "")
        (sealed,) = journey["sittings"]
        assert (sealed["is_sealed"], sealed["raters"], sealed["assessments"]) == (True, ["participant"], [])
        assert [task["code"] for task in journey["needed"]] == ["worker-rating"]
        assert journey["ladders"][0]["change"] == "first-time"
    assert read(worker, enrolment)["is_folded"]
    assert not read(adviser, enrolment)["is_folded"]

    rate(enrolment, worker, ladders, Rater.WORKER, {"confidence": 5}, on=MARCH, sitting_id=sitting)
    assert "SECRET" in find_journey(worker, enrolment.id, known=set(), at=NOON).text


def test_results_fold_for_raters_from_a_week_before_a_review(session: Session) -> None:
    place = make_subcontract()
    worker = act_as(Role.WORKER, at=place.provider_id)
    week = NOON.date() + timedelta(days=7)
    near = make_enrolment(place, review_due_on=week)
    far = make_enrolment(place, review_due_on=week + timedelta(days=1))

    assert read(worker, near)["is_folded"]
    assert not read(worker, far)["is_folded"]
    assert [task["code"] for task in read(worker, far)["needed"]] == ["review"]


def test_whoever_rates_is_given_no_earlier_score_from_a_week_before_a_review(session: Session) -> None:
    place = make_subcontract()
    worker, manager = (act_as(role, at=place.provider_id) for role in (Role.WORKER, Role.MANAGER))
    begins = NOON.date() + timedelta(days=1)
    enrolment = make_enrolment(place, worker_id=worker.user_id, review_due_on=begins + timedelta(days=7))
    scores: dict[str, int | None] = {"confidence": 9}
    rate_together(
        enrolment, worker, make_instrument("confidence"), scores, scores, on=MARCH, kind=SittingKind.BASELINE
    )

    before = find_journey(worker, enrolment.id, known=set(), at=NOON)
    within = find_journey(worker, enrolment.id, known={before.etag}, at=NOON + timedelta(days=1))
    looked = find_journey(manager, enrolment.id, known={within.etag}, at=NOON + timedelta(days=1))

    told = json.loads(before.text)
    assert (told["scores_hidden_until_rated"], told["scores_hidden_from"]) == (False, begins.isoformat())
    hidden = json.loads(within.text)
    assert (hidden["scores_hidden_until_rated"], hidden["scores_hidden_from"]) == (True, None)
    assert hidden["ladders"] == []
    assert [answer["scores"] for answer in hidden["sittings"][0]["assessments"]] == [{}, {}]
    assert len(json.loads(looked.text)["ladders"]) == 1


def test_the_timeline_tells_every_kind_newest_first(enrolment: Enrolment, worker: Actor) -> None:
    write(
        enrolment,
        worker,
        RecordKind.START,
        Start,
        on=date(2024, 11, 4),
        notice_id=enrolment.notice_id,
        notice_given_on=date(2024, 11, 4),
        notice_manner=NoticeManner.READ_TOGETHER,
    )
    write(
        enrolment,
        worker,
        RecordKind.CONTACT,
        Contact,
        on=JANUARY,
        texts={"note": "Texts suit him."},
        outcome=ContactOutcome.MET,
        channel=ContactChannel.IN_PERSON,
        planned_at=NOON,
    )
    write(
        enrolment,
        worker,
        RecordKind.INTERVENTION,
        Intervention,
        on=JANUARY,
        kind=InterventionKind.ONE_TO_ONE,
        duration_minutes=50,
        group_size=1,
    )

    journey = read(worker, enrolment)

    assert [entry["kind"] for entry in journey["timeline"]] == ["intervention", "contact", "start"]
    met = journey["timeline"][1]
    assert (met["code"], met["channel"], met["words"]) == ("met", "in-person", "Texts suit him.")
    assert met["planned_at"] == "2025-03-04T12:00:00.000000Z"
    assert (met["state"], met["author"], met["evidence"]) == ("received", "Amina O.", [])
    assert journey["timeline"][2]["state"] == "waiting"
    assert journey["in_short"]["last_met_minutes"] == 50


def test_a_milestone_waits_is_returned_and_verified(enrolment: Enrolment, worker: Actor) -> None:
    manager = act_as(Role.MANAGER, at=enrolment.provider_id, user=make_user("Ruth Price"))
    milestone = see(enrolment, worker, on=JANUARY, texts={"description": "7 bus."})
    assert read(worker, enrolment)["timeline"][0]["state"] == "waiting"

    verify(
        enrolment, manager, milestone, Decision.RETURNED, reason="unreadable", texts={"words": "Too dark."}
    )
    journey = read(worker, enrolment)
    assert journey["timeline"][0]["state"] == "returned"
    (task,) = journey["needed"]
    assert (task["code"], task["words"], task["by"]) == ("returned", "Too dark.", "Ruth P.")
    assert task["title"] == "Travelled alone"

    support(enrolment, worker, milestone, on=NOON.date() + timedelta(days=1))
    assert read(worker, enrolment)["timeline"][0]["state"] == "waiting"

    verify(enrolment, manager, milestone, Decision.VERIFIED, on=NOON.date() + timedelta(days=2))
    entry = read(worker, enrolment)["timeline"][0]
    assert (entry["state"], entry["verification"]["by"]) == ("verified", "Ruth P.")
    assert entry["verification"]["is_outside"] is False
    assert [item["kind"] for item in entry["evidence"]] == ["certificate"]


def test_a_milestone_without_evidence_that_counts_is_still_needed(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    milestone = see(enrolment, worker)
    support(enrolment, worker, milestone, kind=EvidenceKind.WORKER_OBSERVATION, sent_sha256=None)
    support(enrolment, worker, milestone)  # its file is still to come
    session.execute(sa.update(Enrolment).values(evidence_missing_count=1))
    session.commit()

    (task,) = read(worker, enrolment)["needed"]
    assert (task["code"], task["takes"]) == ("evidence-missing", ["certificate", "participant-confirmation"])

    receive_file(enrolment, worker, "image/jpeg")
    journey = read(worker, enrolment)
    assert journey["needed"] == []
    assert [item["has_file"] for item in journey["timeline"][0]["evidence"]] == [False, True]


@pytest.mark.parametrize(("how", "needed"), [(ObtainedHow.WRITTEN_HERE, 1), (ObtainedHow.PHOTOGRAPHED, 0)])
def test_what_the_person_signs_beside_the_worker_only_helps(
    how: ObtainedHow, needed: int, enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    milestone = see(enrolment, worker)
    confirmation = EvidenceKind.PARTICIPANT_CONFIRMATION
    support(enrolment, worker, milestone, kind=confirmation, obtained_how=how)
    session.execute(sa.update(Enrolment).values(evidence_missing_count=1))
    session.commit()
    receive_file(enrolment, worker, "image/png")
    assert len(read(worker, enrolment)["needed"]) == needed


def test_a_correction_takes_the_place_and_stays_in_the_history(enrolment: Enrolment, worker: Actor) -> None:
    first = see(enrolment, worker, on=JANUARY)
    newer = see(
        enrolment,
        worker,
        on=MARCH,
        texts={"description": "7 bus.", "reason": "Wrong day."},
        spine={"supersedes_id": first, "root_id": first},
    )

    journey = read(worker, enrolment)

    (entry,) = journey["timeline"]
    assert (entry["record_id"], entry["is_corrected"]) == (str(newer), True)
    (correction,) = journey["corrections"]
    assert (correction["was_on"], correction["occurred_on"]) == ("2025-01-23", "2025-03-03")
    assert (correction["reason"], correction["by"]) == ("Wrong day.", "Amina O.")
    assert correction["is_withdrawn"] is False


def test_what_was_taken_back_stands_in_the_history_alone(enrolment: Enrolment, worker: Actor) -> None:
    first = see(enrolment, worker, on=JANUARY)
    see(enrolment, worker, on=MARCH, spine={"supersedes_id": first, "root_id": first, "is_withdrawn": True})

    journey = read(worker, enrolment)

    assert journey["timeline"] == []
    assert journey["corrections"][0]["is_withdrawn"] is True


def test_the_newest_plan_says_who_does_what(enrolment: Enrolment, worker: Actor) -> None:
    for on, words in ((NOVEMBER, "Try the bus"), (JANUARY, "Second morning")):
        steps = [
            {"key": "a", "owner": "participant", "due_on": "2025-03-14", "done_on": None},
            {"key": "b", "owner": "worker", "due_on": "2025-03-07", "done_on": "2025-03-01"},
        ]
        write(
            enrolment,
            worker,
            RecordKind.ACTION_PLAN,
            ActionPlan,
            on=on,
            texts={"goal": "A morning job", "step.a": words, "step.b": "Ask for a stool"},
            review_on=date(2025, 4, 1),
            steps=steps,
        )

    journey = read(worker, enrolment)

    assert (journey["plan"]["goal"], journey["plan"]["agreed_on"]) == ("A morning job", "2025-01-23")
    assert [step["words"] for step in journey["plan"]["steps"]] == ["Second morning", "Ask for a stool"]
    assert [entry["words"] for entry in journey["in_short"]["next"]] == ["Second morning"]


@pytest.mark.parametrize(("state", "count"), [(EnrolmentState.STARTED, 1), (EnrolmentState.ENDED, 0)])
def test_nothing_comes_next_for_somebody_who_left(
    session: Session, state: EnrolmentState, count: int
) -> None:
    place = make_subcontract()
    worker = act_as(Role.WORKER, at=place.provider_id)
    enrolment = make_enrolment(place, worker_id=worker.user_id, state=state)
    step = {"key": "a", "owner": "worker", "due_on": "2025-03-14", "done_on": None}
    texts = {"goal": "A morning job", "step.a": "Try the bus"}
    write(
        enrolment,
        worker,
        RecordKind.ACTION_PLAN,
        ActionPlan,
        texts=texts,
        review_on=date(2025, 4, 1),
        steps=[step],
    )

    journey = read(worker, enrolment)

    assert (len(journey["in_short"]["next"]), len(journey["plan"]["steps"])) == (count, 1)


def test_events_tell_who_did_what_to_the_enrolment(enrolment: Enrolment, worker: Actor) -> None:
    save(
        EnrolmentEvent(
            contract_id=enrolment.contract_id,
            provider_id=enrolment.provider_id,
            enrolment_id=enrolment.id,
            at=NOON,
            happened_on=NOON.date(),
            name="worker-assigned",
            user_id=worker.user_id,
            other_id=worker.user_id,
        )
    )

    (event,) = read(worker, enrolment)["events"]

    assert (event["name"], event["by"], event["worker"]) == ("worker-assigned", "Amina O.", "Amina O.")


@pytest.mark.parametrize(
    ("state", "task"), [(EnrolmentState.REFERRED, "answer-referral"), (EnrolmentState.ACCEPTED, "start")]
)
def test_before_the_start_the_next_step_is_needed(session: Session, state: EnrolmentState, task: str) -> None:
    enrolment = make_enrolment(make_subcontract(), state=state)

    found = read(act_as(Role.WORKER, at=enrolment.provider_id), enrolment)["needed"]

    assert [entry["code"] for entry in found] == [task]


def test_a_stranger_is_told_nothing(enrolment: Enrolment) -> None:
    stranger = act_as(Role.WORKER)

    with pytest.raises(NotFound):
        find_journey(stranger, enrolment.id, known=set(), at=NOON)
    with pytest.raises(NotFound):
        find_journey(stranger, enrolment.id, known={"x"}, at=NOON)
    with pytest.raises(NotFound):
        readers_of(stranger, enrolment.id, after=None, limit=50)


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.CLAIMS_PREPARER, Role.SUPPLY_CHAIN, Role.ADMINISTRATOR])
def test_who_reads_no_journeys_finds_none(enrolment: Enrolment, role: Role, session: Session) -> None:
    for place in (enrolment.provider_id, session.get_one(Contract, enrolment.contract_id).prime_id):
        with pytest.raises(NotFound):
            find_journey(act_as(role, at=place), enrolment.id, known=set(), at=NOON)


def test_an_adviser_reads_only_whom_they_are_assigned(enrolment: Enrolment, adviser: Actor) -> None:
    assert read(adviser, enrolment)["relation"] == "adviser"
    assert read(adviser, enrolment)["enrolment"]["adviser"] == "Priya S."
    other = act_as(Role.ADVISER, at=adviser.organisation_id)
    with pytest.raises(NotFound):
        find_journey(other, enrolment.id, known=set(), at=NOON)


def test_a_restricted_journey_is_for_the_named_and_no_device(session: Session) -> None:
    place = make_subcontract()
    worker, named = (act_as(Role.WORKER, at=place.provider_id) for _ in range(2))
    person = make_participant(place.contract_id, is_restricted=True)
    enrolment = make_enrolment(place, person, worker_id=named.user_id)
    restrict_to(enrolment, named)

    assert read(named, enrolment)["relation"] == "worker"
    assert holdings_of(named).text == "[]"
    with pytest.raises(NotFound):
        find_journey(worker, enrolment.id, known=set(), at=NOON)


def test_a_delivered_journey_leaves_one_row_and_an_unchanged_one_none(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    journey = find_journey(worker, enrolment.id, known=set(), at=NOON)
    again = find_journey(worker, enrolment.id, known={journey.etag}, at=NOON)

    assert (again.text, again.etag) == ("", journey.etag)
    row = session.execute(sa.select(AuditEvent.name, AuditEvent.enrolment_id, AuditEvent.contract_id)).one()
    assert tuple(row) == ("journey.read", enrolment.id, enrolment.contract_id)


def test_the_tag_differs_by_revision_and_viewer(
    enrolment: Enrolment, worker: Actor, adviser: Actor, session: Session
) -> None:
    first = find_journey(worker, enrolment.id, known=set(), at=NOON).etag
    assert find_journey(adviser, enrolment.id, known={first}, at=NOON).text
    session.execute(sa.update(Enrolment).values(revision=2))
    session.commit()

    assert find_journey(worker, enrolment.id, known={first}, at=NOON).text


def test_paper_says_what_the_screen_says(enrolment: Enrolment, worker: Actor) -> None:
    see(enrolment, worker)

    assert journey_of(worker, enrolment.id, at=NOON) == read(worker, enrolment)


def test_titles_are_said_in_the_readers_language_and_on_paper_in_the_persons(
    enrolment: Enrolment, worker: Actor, session: Session
) -> None:
    see(enrolment, worker)
    session.get_one(PersonDetails, enrolment.participant_id).language = "cy"
    session.commit()

    def titles(journey: dict[str, Any]) -> list[str]:
        return [entry["title"] for entry in journey["timeline"]]

    assert titles(read(worker, enrolment)) == ["Travelled alone"]
    assert titles(read(replace(worker, language="cy"), enrolment)) == ["Teithio heb gwmni"]
    assert titles(journey_of(worker, enrolment.id, at=NOON)) == ["Teithio heb gwmni"]
    assert titles(journey_of(worker, enrolment.id, language="en", at=NOON)) == ["Travelled alone"]


def test_readers_are_listed_newest_first(enrolment: Enrolment, worker: Actor, adviser: Actor) -> None:
    find_journey(worker, enrolment.id, known=set(), at=NOON)
    find_journey(adviser, enrolment.id, known=set(), at=NOON + timedelta(hours=1))

    first = readers_of(worker, enrolment.id, after=None, limit=1)
    second = readers_of(worker, enrolment.id, after=first["next"], limit=1)

    assert [page["items"][0]["by"] for page in (first, second)] == ["Priya S.", "Amina O."]
    assert (first["count"], second["next"]) == (2, None)
    assert JourneyReadersSchema().validate(json.loads(json.dumps(JourneyReadersSchema().dump(first)))) == {}


def test_a_device_holds_its_workers_own_live_people(session: Session) -> None:
    place = make_subcontract()
    worker = act_as(Role.WORKER, at=place.provider_id)
    mine = make_enrolment(place, worker_id=worker.user_id, revision=7)
    make_enrolment(place)
    make_enrolment(place, worker_id=worker.user_id, state=EnrolmentState.ENDED)

    held = holdings_of(worker)

    assert json.loads(held.text) == [[str(mine.id), 7]]
    assert holdings_of(replace(worker, language="cy")).etag != held.etag  # its titles are of the one before
    session.execute(sa.update(Enrolment).values(revision=8))
    session.commit()
    assert holdings_of(worker).etag != held.etag
    assert holdings_of(act_as(Role.ADVISER, at=place.provider_id)).text == "[]"
    for change in (
        sa.update(Participant).values(is_restricted=True),  # not even for a key worker who is named
        sa.update(Enrolment).values(worker_id=act_as(Role.WORKER, at=place.provider_id).user_id),
    ):
        assert json.loads(holdings_of(worker).text) != []
        with session.begin_nested() as before:
            session.execute(change)
            assert holdings_of(worker).text == "[]"
            before.rollback()


def test_what_chance_explains_is_told_to_whoever_oversees_and_never_to_whoever_rates(
    enrolment: Enrolment, worker: Actor, adviser: Actor
) -> None:
    ladders = make_instrument("confidence", "motivation")
    for day, kind, score in ((NOVEMBER, SittingKind.BASELINE, 2), (JANUARY, SittingKind.REVIEW, 6)):
        answers: dict[str, int | None] = {"confidence": score, "motivation": 3}
        rate_together(enrolment, worker, ladders, answers, answers, on=day, kind=kind)

    manager = act_as(Role.MANAGER, at=enrolment.provider_id)
    for overseer in (adviser, manager):
        journey = read(overseer, enrolment)
        confidence, motivation = (ladder["chance"]["participant"] for ladder in journey["ladders"])
        assert confidence == {"half_width": 2.8352, "moved": 4, "is_sure": True}
        assert (motivation["moved"], motivation["is_sure"]) == (0, False)
        assert {basis["source"] for basis in journey["chance"]} == {None}
    own = read(worker, enrolment)
    assert own["chance"] is None
    assert [ladder["chance"] for ladder in own["ladders"]] == [None, None]


def test_newly_signed_figures_reach_an_adviser_who_holds_the_journey(
    enrolment: Enrolment, worker: Actor, adviser: Actor, session: Session
) -> None:
    ladders = make_instrument("confidence")
    for day, kind in ((NOVEMBER, SittingKind.BASELINE), (MARCH, SittingKind.REVIEW)):
        rate_together(enrolment, worker, ladders, {"confidence": 3}, {"confidence": 3}, on=day, kind=kind)
    held = {one: find_journey(one, enrolment.id, known=set(), at=NOON).etag for one in (worker, adviser)}

    save(
        Calibration(
            commissioner_id=session.get_one(Contract, enrolment.contract_id).commissioner_id,
            instrument_id=ladders.id,
            rater="participant",
            language="en",
            ladder_codes="confidence",
            source=CalibrationSource.PUBLISHED,
            version=1,
            sd=Decimal(2),
            r=Decimal("0.8"),
            r_lower=Decimal("0.8"),
            n=214,
            reference="A study",
            workings={},
            signed_at=NOON,
            valid_from=NOVEMBER,
        )
    )

    assert find_journey(worker, enrolment.id, known={held[worker]}, at=NOON).text == ""
    assert find_journey(adviser, enrolment.id, known={held[adviser]}, at=NOON).text
    told = {basis["rater"]: basis for basis in read(adviser, enrolment)["chance"]}
    assert (told["participant"]["state"], told["participant"]["pairs"]) == ("calibrated", 214)
    assert told["worker"]["source"] is None
