"""The scripts of the demo world, before anything is played."""

from collections import Counter
from datetime import date

import pytest
import yaml

from app.demo import papers
from app.demo.casting import cast
from app.demo.deeds import Act, Deed
from app.demo.diary import Diary
from app.demo.plots.journeys import script_for
from app.demo.plots.outside import without_newest_judgements
from app.milestones.actions import LIBRARY
from app.records.rules import london_day

DIARY = Diary(date(2026, 11, 22))
COUNTING = {
    kind["code"]: kind["counts"] for kind in yaml.safe_load(LIBRARY.read_text(encoding="utf-8"))["kinds"]
}
RECORDS = frozenset(Act) - {Act.ACCEPT, Act.DECLINE, Act.RESTRICT, Act.GIVE_NOTICE, Act.ASSIGN_ADVISER}


def deeds_of(count: int, seed: int) -> list[Deed]:
    people = cast(count, seed, DIARY)
    return [deed for person in people for deed in script_for(person, DIARY, seed, COUNTING)]


@pytest.fixture(scope="module")
def deeds() -> list[Deed]:
    return deeds_of(120, seed=1)


def test_the_same_seed_writes_the_same_script(deeds):
    assert deeds == deeds_of(120, seed=1)


def test_another_seed_writes_another(deeds):
    assert {deed.id for deed in deeds}.isdisjoint(deed.id for deed in deeds_of(30, seed=2))


def test_nothing_reaches_the_server_before_it_is_recorded_or_after_yesterday(deeds):
    for deed in deeds:
        assert deed.recorded_at <= deed.at
        assert deed.occurred_on <= london_day(deed.at) <= DIARY.last_day


def test_ids_carry_the_moment_of_their_recording(deeds):
    for deed in deeds:
        assert deed.id.int >> 80 == int(deed.recorded_at.timestamp() * 1000)
        assert deed.id.version == 7
    assert len({deed.id for deed in deeds}) == len(deeds)


def test_nobody_judges_what_they_recorded_or_supported(deeds):
    made = {deed.id: deed for deed in deeds}
    hands = {
        deed.subject_id: {deed.player, made[deed.subject_id].player}
        for deed in deeds
        if deed.act is Act.EVIDENCE and deed.subject_id
    }
    for deed in deeds:
        if deed.act is Act.VERIFICATION:
            assert deed.player not in hands.get(deed.subject_id, {made[deed.subject_id].player})


def test_what_is_judged_stands_before(deeds):
    made = {deed.id: deed for deed in deeds}
    for deed in deeds:
        for earlier in filter(None, (deed.subject_id, deed.supersedes_id)):
            assert (made[earlier].at, made[earlier].act) <= (deed.at, deed.act)
    for deed in deeds:
        if deed.supersedes_id and deed.act is made[deed.supersedes_id].act:
            assert made[deed.supersedes_id].at < deed.at


def test_every_kind_of_thing_happens(deeds):
    seen = Counter(deed.act for deed in deeds)

    assert set(Act) - {Act.RESTRICT, Act.WITHDRAWAL} <= set(seen)
    assert {deed.detail.get("decision") for deed in deeds} >= {"verified", "returned"}


def test_some_reviews_are_confirmed_by_the_person_and_rated_by_a_colleague(deeds):
    ratings = {deed.id: deed for deed in deeds if deed.act is Act.ASSESSMENT}
    confirmed = [deed for deed in deeds if deed.act is Act.EVIDENCE and deed.subject_id in ratings]
    seconds = [deed for deed in ratings.values() if deed.detail["rater"] == "second-rater"]

    assert confirmed
    assert seconds
    assert all(deed.player != deed.person.worker for deed in seconds)


def test_the_same_paper_is_the_same_file(deeds):
    paper = next(deed.paper for deed in deeds if deed.paper)

    assert papers.make(paper) == papers.make(paper)


def test_papers_name_nobody(deeds):
    for deed in deeds:
        if deed.paper:
            assert deed.person.family_name not in " ".join(deed.paper.lines)


def test_what_was_sent_outside_last_waits_for_a_judgement(deeds):
    kept = without_newest_judgements(deeds)

    sent = sorted((deed for deed in kept if deed.act is Act.SEND_OUTSIDE), key=lambda deed: deed.at)
    judged = {deed.subject_id for deed in kept if deed.act is Act.VERIFICATION}
    assert len(sent) > 2
    assert {deed.subject_id for deed in sent[-2:]}.isdisjoint(judged)
    assert {deed.subject_id for deed in sent[:-2]} <= judged
    gone = {deed.id for deed in deeds} - {deed.id for deed in kept}
    assert all(deed.id not in gone or deed.act is Act.VERIFICATION for deed in deeds)
