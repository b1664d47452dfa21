"""The link to one's own picture: one phone, seven days, and nothing but one's own."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.assessments.models import SittingKind
from app.audit.models import AuditEvent
from app.core.database import db, transaction
from app.core.errors import Forbidden, NotFound, TooMany
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.disagreements.models import Disagreement, Way
from app.enrolments.models import Enrolment
from app.instruments.models import Ladder
from app.journeys.queries.holdings import readers_of
from app.milestones.models import Milestone
from app.pictures.actions import (
    close_link,
    close_on_phone,
    disagree_on_phone,
    list_links,
    open_link,
    read_own_picture,
    read_picture,
    share_picture,
)
from app.pictures.errors import PictureLinkSpent
from app.records.errors import SubjectMissing
from app.records.models import RecordKind
from app.records.rules import NOBODY, Draft, Result
from tests.builders import NOON, TODAY, act_as, make_enrolment
from tests.journeys.builders import make_instrument, rate_together, write
from tests.sync.builders import make_milestone_kind

pytestmark = pytest.mark.usefixtures("session")
HERE = "192.0.2.7"


@pytest.fixture
def enrolment() -> Enrolment:
    return make_enrolment(started_on=TODAY - timedelta(days=90))


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


def opened(worker: Actor, enrolment: Enrolment, at: datetime = NOON) -> str:
    return open_link(share_picture(worker, enrolment.id, at=at).secret, HERE, at=at).device_secret


def draft(subject_id: UUID) -> Draft:
    detail = {"subject_id": subject_id, "way": Way.OWN_PHONE, "present": []}
    return Draft(id=new_id(), enrolment_id=NOBODY, occurred_on=TODAY, recorded_at=NOON, detail=detail)


def rate(enrolment: Enrolment, worker: Actor) -> None:
    instrument = make_instrument("confidence", "travel")
    with transaction() as session:
        for ladder in session.scalars(sa.select(Ladder).where(Ladder.instrument_id == instrument.id)):
            ladder.anchors = {"0": "I never go out", "4": "I go to places I know"}
    rate_together(
        enrolment,
        worker,
        instrument,
        {"confidence": 5, "travel": None},
        {"confidence": 2, "travel": 4},
        on=TODAY - timedelta(days=80),
        kind=SittingKind.BASELINE,
        own_words="I want to get out more",
    )


def test_a_link_opens_on_one_phone_and_on_no_second(worker: Actor, enrolment: Enrolment) -> None:
    secret = share_picture(worker, enrolment.id, at=NOON).secret
    phone = open_link(secret, HERE, at=NOON).device_secret

    with pytest.raises(PictureLinkSpent):
        open_link(secret, HERE, at=NOON)

    assert read_own_picture(phone, at=NOON)["first_name"] == "Dean"


@pytest.mark.parametrize("end", ["expired", "closed", "replaced", "on-the-phone"])
def test_a_link_that_is_over_shows_nothing(worker: Actor, enrolment: Enrolment, end: str) -> None:
    phone = opened(worker, enrolment)
    at = NOON
    if end == "expired":
        at = NOON + timedelta(days=7)
    elif end == "closed":
        close_link(worker, list_links(worker, enrolment.id, at=NOON)[0].id, at=NOON)
    elif end == "replaced":
        share_picture(worker, enrolment.id, at=NOON)
    else:
        close_on_phone(phone, at=NOON)

    with pytest.raises(PictureLinkSpent):
        read_own_picture(phone, at=at)


def test_guessing_is_slowed(enrolment: Enrolment) -> None:
    with pytest.raises(TooMany):  # noqa: PT012 - some tries are free
        for _ in range(9):
            with pytest.raises(PictureLinkSpent):
                open_link("no such secret", HERE, at=NOON)


def test_only_who_works_with_them_hands_a_link_over(enrolment: Enrolment) -> None:
    stranger = act_as(Role.WORKER)
    administrator = act_as(Role.ADMINISTRATOR, at=enrolment.provider_id)

    for actor in (stranger, administrator):
        with pytest.raises((NotFound, Forbidden)):
            share_picture(actor, enrolment.id, at=NOON)


def test_the_picture_says_their_own_sentence_and_that_saying_nothing_is_an_answer(
    worker: Actor, enrolment: Enrolment
) -> None:
    rate(enrolment, worker)

    picture = read_own_picture(opened(worker, enrolment), at=NOON)

    said = {ladder["code"]: ladder["said"] for ladder in picture["ladders"]}
    assert said == {"confidence": "I go to places I know", "travel": None}
    assert [one["words"] for one in picture["own_words"]] == ["I want to get out more"]
    assert {fact["rater"] for fact in picture["facts"]} == {"participant", "worker"}


def test_who_is_about_to_rate_is_shown_no_answer(worker: Actor, enrolment: Enrolment) -> None:
    rate(enrolment, worker)
    with transaction():
        enrolment.review_due_on = TODAY

    picture = read_picture(worker, enrolment.id, at=NOON)

    assert (picture["is_hidden"], picture["ladders"]) == (True, [])
    assert read_own_picture(opened(worker, enrolment), at=NOON)["ladders"] != []


def test_the_phone_disagrees_with_its_own_records_alone(worker: Actor, enrolment: Enrolment) -> None:
    make_milestone_kind()
    own = write(enrolment, worker, RecordKind.MILESTONE, Milestone, kind_code="travelled-alone")
    other = write(make_enrolment(), worker, RecordKind.MILESTONE, Milestone, kind_code="travelled-alone")
    phone = opened(worker, enrolment)

    with pytest.raises(SubjectMissing):
        disagree_on_phone(phone, other, draft(other), at=NOON)
    outcome = disagree_on_phone(phone, own, draft(own), at=NOON)

    assert outcome.result is Result.RECORDED
    assert db.session().scalars(sa.select(Disagreement.way)).all() == [Way.OWN_PHONE]
    (fact,) = read_own_picture(phone, at=NOON)["facts"]
    assert fact["disagreement"]["is_open"] is True


def test_their_own_reads_are_noted_as_theirs(worker: Actor, enrolment: Enrolment) -> None:
    read_own_picture(opened(worker, enrolment), at=NOON)

    event = db.session().scalars(sa.select(AuditEvent).where(AuditEvent.name == "picture.read")).one()
    assert (event.user_id, event.detail) == (None, {"by": "person"})
    assert readers_of(worker, enrolment.id, after=None, limit=10)["items"][0]["by"] is None
