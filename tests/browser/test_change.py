"""From first contact to a line that is paid for change, in both languages, and worked out again."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from http import HTTPStatus
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.assessments.models import Rater
from app.core.ids import new_id
from app.demo.chance import Chance
from app.demo.deeds import Person as Referred
from app.demo.diary import Diary, moment
from app.demo.measuring import sign
from app.demo.papers import make
from app.demo.playing import Stage
from app.demo.plots import entry
from app.demo.plots.ratings import LADDERS, Ratings
from app.demo.plots.script import Script
from app.demo.setting import Setting, set_scene
from app.jobs.actions import plan_periodic, run_due_jobs
from app.participants.rules.nino import NinoKeys
from app.records.rules import london_day
from tests.browser import story
from tests.browser.clock import DAYS_AGO
from tests.browser.conftest import DESK, TABLET, Visits
from tests.browser.site import Site, now, running
from tests.browser.story import CERTIFICATE, Person
from tests.conftest import Databases
from tests.instruments.test_measurement import SCRIPT

REFERRED, FIRST, SECOND, TODAY = 150, 135, 121, 0  # days ago
AMINA, RUTH = "hopeworks/Amina", "hopeworks/Ruth"
LEON, MARGARET = "northway/Leon", "northway/Margaret"
DARREN, AGNIESZKA = "kestrel-training/Darren", "kestrel-training/Agnieszka"
NAME = "Tomos R."
CONTRACT = "Northmoor Moving On, NMC"
BEGAN, ROSE = ("3", "3", "2", "4", "3", "3", "2", "4"), ("5", "6", "4", "6", "5", "5", "4", "5")
IMPROVED_IN_WELSH = re.compile(r"^Gwellodd o 2\.0; 1\.\d yw’r lleiaf sy’n cyfrif")
MORNING = time(9, 30)
THREE = ("Health and managing a condition at work", "Confidence and self-efficacy", "Work and basic skills")
# The browser's clock as the server's: what is recorded on a day is recorded on it on both sides.
SET_BACK = """ago => {
  const Now = Date;
  globalThis.Date = class extends Now {
    constructor(...given) { if (given.length) super(...given); else super(Now.now() - ago); }
    static now() { return Now.now() - ago; }
  };
}"""
DAY_MS = 86_400_000


def seed_two_who_started(app: Flask) -> Setting:
    """Have two people start: one who speaks Welsh five months ago, one whose second baseline is due now."""
    diary = Diary(london_day(now()), 6)
    setting = set_scene(diary)
    stage = Stage(setting, NinoKeys(app.config["WAYMARK"].nino_keys), app.extensions["storage"])
    for script in (tomos(diary), rosa(diary)):
        stage.refer([script.person], moment(script.person.referred_on, MORNING))
        for at, deeds in groupby(sorted(script.deeds, key=lambda deed: deed.at), key=lambda deed: deed.at):
            stage.play(list(deeds), at)
    signed_at = moment(diary.day(REFERRED), MORNING)
    sign(setting, signed_at, [(Rater.PARTICIPANT, "cy"), (Rater.WORKER, "en")])
    # The worker's clock is not set back: what it does every hour would sweep the sessions of other days.
    plan_periodic(at=now())
    run_due_jobs(at=now())
    return setting


def tomos(diary: Diary) -> Script:
    """Somebody who has only begun: nothing is rated yet."""
    person = Referred(
        number=0,
        contract="NMC",
        provider="hopeworks",
        worker=AMINA,
        verifier=RUTH,
        journey="steady",
        given_name="Tomos",
        family_name="Rhosgoch",
        born_on=date(1987, 11, 2),
        referred_on=diary.day(REFERRED),
        reference="NM-0002",
        language="cy",
    )
    return begun(person, diary)


def rosa(diary: Diary) -> Script:
    """Somebody on a card that measures three ladders of her own; rated once, ten days ago."""
    person = Referred(
        number=1,
        contract="CDV",
        provider="kestrel-training",
        worker=DARREN,
        verifier="kestrel-training/Mei",
        journey="steady",
        given_name="Rosa",
        family_name="Thistleby",
        born_on=date(1979, 1, 30),
        referred_on=diary.day(24),
        reference="NM-0003",
    )
    script = begun(person, diary)
    Ratings(script).sit("baseline", diary.day(10))
    return script


def begun(person: Referred, diary: Diary) -> Script:
    """Write how somebody is accepted and starts."""
    script = Script(person, diary, Chance("change", person.number), {}, person.worker, person.verifier)
    entry.start(script, entry.accept(script), is_verified=False)
    return script


@dataclass(frozen=True)
class Then:
    """The site on a day that is past, and who opens a window on that day."""

    site: Site
    visits: Visits

    def comes(self, player: str, size: dict[str, int], days_ago: int, language: str = "en") -> Person:
        """Set the clock, sign somebody in who reads in a language, and open their window."""
        (self.site.folder / DAYS_AGO).write_text(str(days_ago), "utf-8")
        self.visits.states.clear()  # a session of another day is over
        context = self.visits.context(self.site, size, player)
        if days_ago:
            context.add_init_script(f"({SET_BACK})({days_ago * DAY_MS})")
        if language != "en":
            token = {"X-CSRF-Token": context.request.get("/api/session").json()["csrf_token"]}
            chosen = context.request.put("/api/account/language", data={"language": language}, headers=token)
            assert chosen.ok
        return Person(self.site, context.new_page(), player)


@pytest.fixture(scope="module")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a world of two people, by a server whose clock can be set back."""
    folder = tmp_path_factory.mktemp("change")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUNICORN_CMD_ARGS", "--config python:tests.browser.clock")
        with running(folder, databases.migrated("sqlite"), seed_two_who_started) as site:
            yield site


@pytest.fixture
def then(site: Site, visits: Visits) -> Then:
    """Give the days of that world."""
    return Then(site, visits)


def open_person(amina: Person) -> None:
    """Open the person one works with."""
    amina.page.goto("/people")
    amina.page.get_by_role("link", name=NAME).first.click()
    expect(amina.page.get_by_role("heading", name=NAME)).to_be_visible()


def rate(amina: Person, scores: tuple[str, ...]) -> None:
    """Rate together: the person in Welsh, then the worker in English; the occasion is the one proposed."""
    page = amina.page
    page.goto(f"{page.url.partition('?')[0]}/rate")
    amina.act("Hand the tablet to Tomos")
    for place, score in enumerate(scores, start=1):
        expect(page.get_by_text(f"{place} o 8", exact=True)).to_be_visible()
        page.get_by_role("radio", name=score, exact=True).check()
        amina.act(re.compile("^Nesaf"), exact=False)
    amina.act("Gorffen")
    amina.act("Begin Amina’s turn")
    story.take_turn(amina, scores, "I can’t say")
    amina.act("Finish")
    amina.act("Close")
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def rate_once_more(amina: Person, scores: tuple[str, ...], day: date) -> None:
    """Send the second baseline as another program would: by hand it is as the first was."""
    ask = amina.page.context.request
    token = {"X-CSRF-Token": ask.get("/api/session").json()["csrf_token"]}
    listed = ask.get("/api/instruments").json()["items"]
    sitting = {
        "occurred_on": day.isoformat(),
        "recorded_at": moment(day, time(0, 30)).isoformat(),
        "sitting_id": str(new_id()),
        "sitting_kind": "second-baseline",
        "instrument_id": next(one["id"] for one in listed if one["code"] == "open-ladders"),
        "scores": dict(zip(LADDERS, map(int, scores), strict=True)),
    }
    address = amina.page.url.rpartition("/")[2]
    for rater, language in (("participant", "cy"), ("worker", "en")):
        rating = {**sitting, "id": str(new_id()), "rater": rater, "language": language}
        assert (
            ask.post(f"/api/enrolments/{address}/assessments", data=rating, headers=token).status
            == HTTPStatus.CREATED
        )


def confirm(amina: Person) -> None:
    """Add what the person wrote from elsewhere: that the review was so."""
    page = amina.page
    page.get_by_role("link", name="Add their own confirmation").click()
    message = {"name": "message.jpg", "mimeType": "image/jpeg", "buffer": make(CERTIFICATE)[0]}
    page.get_by_label("Their own confirmation").set_input_files(message)  # type: ignore[arg-type]
    expect(page.get_by_role("list", name="Added evidence")).to_be_visible()
    amina.act("Add evidence")
    story.received(page, "Evidence added")


def verify_in_welsh(ruth: Person) -> None:
    """Verify the milestone; it waits among what else was recorded."""
    page = ruth.page
    page.goto("/verify")
    listed = page.get_by_role("region", name="Yn aros").get_by_role("link", name=re.compile("^Cwblhau cwrs"))
    listed.click()
    expect(page.get_by_role("region", name="Cwblhau cwrs")).to_be_visible()
    ruth.act("Dilysu")
    expect(page.get_by_text(re.compile("^Dilyswyd: Cwblhau cwrs")).first).to_be_visible()


def claim_in_welsh(leon: Person) -> None:
    """See why the change is claimable, in Welsh, and build the claim of it."""
    page = leon.page
    page.goto("/claims")
    page.get_by_label("Contract").select_option(label=CONTRACT)
    lists = page.get_by_role("navigation", name="Llinellau yn ôl cyflwr")
    lists.get_by_role("link", name="Gellir eu hawlio 1").click()
    expect_reasons(page)
    leon.act(re.compile("^Dechrau’r hawliad ar gyfer"), exact=False)
    leon.act("Ychwanegu 1 llinell")
    expect(page.get_by_text("Ychwanegwyd 1 llinell.").first).to_be_visible()


def expect_reasons(page: Page) -> None:
    """Open the one line, and read in Welsh by how much both saw the person improve."""
    page.locator("details.line > summary").click()
    improved = page.get_by_role("listitem").filter(has=page.get_by_text(IMPROVED_IN_WELSH))
    expect(improved.filter(has_not=page.get_by_role("listitem"))).to_have_count(2)
    expect(page.get_by_text("Mae’r ddau wedi graddio").first).to_be_visible()


def lock_and_fetch(margaret: Person) -> dict[str, Any]:
    """Lock the claim, fetch its pack, and return the frozen line in it."""
    page = margaret.page
    page.goto("/claims")
    page.get_by_label("Contract").select_option(label=CONTRACT)
    margaret.act("Lock…")
    page.get_by_role("dialog").get_by_role("button", name="Lock 1 line").click()
    expect(page.get_by_text("is locked.").first).to_be_visible()
    page.get_by_role("link", name="Evidence pack").filter(visible=True).first.click()
    margaret.act("Make the pack")
    fetch = page.get_by_role("link", name="Fetch the pack")
    expect(fetch).to_be_visible(timeout=180_000)
    with page.expect_download() as waiting:
        fetch.click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as pack:
        frozen: dict[str, Any] = json.loads(pack.read("lines.jsonl"))
    return frozen


def worked_out_again(inputs: dict[str, Any]) -> list[str]:
    """Return what the ten lines of the documentation say of frozen inputs; they import nothing of ours."""
    run = subprocess.run(
        [sys.executable, "-I", "-c", SCRIPT],
        input=json.dumps(inputs),
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.split()


def test_from_first_contact_to_a_line_that_anybody_can_work_out_again(then: Then) -> None:
    amina = then.comes(AMINA, TABLET, FIRST)
    open_person(amina)
    story.record_contact(amina, NAME)
    rate(amina, BEGAN)

    amina = then.comes(AMINA, TABLET, SECOND)
    open_person(amina)
    rate_once_more(amina, BEGAN, london_day(now()) - timedelta(days=SECOND))

    amina = then.comes(AMINA, TABLET, TODAY)
    open_person(amina)
    rate(amina, ROSE)
    confirm(amina)
    open_person(amina)
    story.record_milestone(amina, NAME)

    verify_in_welsh(then.comes(RUTH, DESK, TODAY, "cy"))
    claim_in_welsh(then.comes(LEON, DESK, TODAY, "cy"))
    frozen = lock_and_fetch(then.comes(MARGARET, DESK, TODAY))

    found = {one["code"]: one["found"] for one in frozen["conditions"]}
    welsh = {
        one["code"]: said["found"]
        for one, said in zip(frozen["conditions"], frozen["said"]["cy"]["conditions"], strict=True)
    }
    raters = {one["rater"]: one for one in frozen["measurement"]["raters"]}
    assert frozen["rate"] == "P-REL"
    assert {rater: one["language"] for rater, one in raters.items()} == {"participant": "cy", "worker": "en"}
    for rater, one in raters.items():
        assert worked_out_again(one) == [
            *(one[figure] for figure in ("sem", "sdiff", "needed", "change", "rci")),
            "True",
        ]
        code = "improved-person" if rater == "participant" else "improved-worker"
        assert found[code].startswith("Improved by 2.0; ")
        assert IMPROVED_IN_WELSH.match(welsh[code])


def test_three_ladders_are_named_and_a_colleague_stands_in_for_who_does_not_rate(then: Then) -> None:
    darren = then.comes(DARREN, TABLET, TODAY)
    page = darren.page
    page.goto("/people")
    page.get_by_role("link", name="Rosa T.").first.click()
    expect(page.get_by_role("heading", name="Rosa T.")).to_be_visible()
    here = page.url
    page.goto(f"{here}/rate")
    page.get_by_role("link", name="Name them or change them first").click()
    expect(page.get_by_role("heading", name="Which three matter most to you?")).to_be_visible()
    for title in THREE:
        page.get_by_role("checkbox", name=title).check()
    darren.act("Save these")
    expect(page.get_by_text("Rosa named the three that matter most.")).to_be_visible()

    darren.choose("How is it with Rosa today?", "Rosa chose not to rate")
    darren.act("Record: chose not to rate")
    page.get_by_role("dialog").get_by_role("button", name="Record: chose not to rate").click()
    darren.act("Begin Darren’s turn")
    story.take_turn(darren, BEGAN, "I can’t say")
    darren.act("Finish")
    darren.act("Close")
    expect(page.get_by_text("Rosa chose not to rate: a colleague").first).to_be_visible()

    agnieszka = then.comes(AGNIESZKA, TABLET, TODAY)
    page = agnieszka.page
    page.goto(here)
    page.get_by_role("link", name="Rate as second rater").click()
    agnieszka.act("Begin Agnieszka’s turn")
    story.take_turn(agnieszka, BEGAN, "I can’t say")
    agnieszka.act("Finish")
    expect(page.get_by_text("Your answers stand in where Rosa chose not to rate.")).to_be_visible()
    agnieszka.act("Close")
    expect(page.get_by_role("heading", name="Rosa T.")).to_be_visible()
    expect(page.get_by_role("link", name="Rate as second rater")).to_have_count(0)  # the server has it

    journey = page.context.request.get(f"/api/journeys/{here.rpartition('/')[2]}").json()
    first, second = journey["sittings"]
    assert [set(one["focus"] or ()) for one in first["assessments"] if one["rater"] == "participant"] == [
        {"health", "confidence", "skills"}
    ]
    assert second["raters"] == ["participant", "worker", "second-rater"]
