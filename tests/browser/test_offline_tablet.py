"""A shared tablet where there is no signal: the server really stops, the browser is closed and killed."""

import contextlib
import re
import sqlite3
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from app.demo.papers import make
from tests.browser.conftest import DESK, PHONE, TABLET, WAIT_MS, Visits
from tests.browser.site import Site
from tests.browser.story import CERTIFICATE, Person, take_turn
from tests.browser.tablet import Tablet, a_tablet, count_of, go_in_app, path_of, wait_until_sent

AMINA, RUTH = "hopeworks/Amina", "hopeworks/Ruth"
CANARIES = 50
WRITTEN = 5  # a contact, a milestone, its photo and signature, the first rating
SHORTEST_CANARY = 9
PHOTO = make(CERTIFICATE)[0]
PHOTO_BYTES = PHOTO[len(PHOTO) // 2 :][:48]
OWN_SCORES = ("5", "5", "2", "6", "4", None, "1", "4")


def texts_of(value: Any) -> set[str]:
    """Return every text of some length that a person could recognise."""
    if isinstance(value, dict):
        return set().union(*(texts_of(one) for one in value.values()), set())
    if isinstance(value, list):
        return set().union(*(texts_of(one) for one in value), set())
    is_said = isinstance(value, str) and len(value) >= SHORTEST_CANARY and " " in value
    return {value} if is_said else set()


def said_of(page: Page) -> set[str]:
    """Return what the server tells of one's people: names, notes, own words."""
    request = page.context.request
    held = request.get("/api/holdings").json()
    journeys = [request.get(f"/api/journeys/{enrolment_id}").json() for enrolment_id, _ in held]
    wanted = ("person", "in_short", "sittings", "plan", "timeline")
    said = set().union(*(texts_of([journey[part] for part in wanted]) for journey in journeys))
    # Titles of kinds and instruments are the app's own words.
    titles = {entry.get("title") for journey in journeys for entry in journey["timeline"]}
    names = {journey["person"]["short_name"] for journey in journeys}
    return (said - titles) | names


def saved_here(page: Page, title: str) -> None:
    """See that what was recorded is kept on the tablet."""
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Saved here").first).to_be_visible()


@pytest.fixture
def tablet(playwright: Playwright, demo_site: Site, tmp_path: Path) -> Any:
    """Give a tablet of one's own."""
    with a_tablet(playwright, demo_site, tmp_path / "profile") as made:
        yield made


def make_ready(tablet: Tablet) -> list[bytes]:
    """Set the tablet up until its mark is green; return what it must not tell, one text each."""
    page = tablet.open()
    tablet.sign_in(page, AMINA)
    expect(page.get_by_text("This tablet is not ready").first).to_be_visible()
    tablet.set_up(page)
    go_in_app(page, "/tablet")
    expect(page.get_by_text("Ready. All your people open without a connection.")).to_be_visible()
    known = sorted(said_of(page))
    tablet.close()
    canaries = [*(one.encode() for one in known), b"canary-note", b"canary-own", b"canary-name", PHOTO_BYTES]
    assert len(canaries) >= CANARIES
    return canaries


def sign_here(page: Page) -> None:
    """Let the person sign with a finger."""
    page.get_by_role("button", name="Sign here").click()
    paper = page.get_by_role("img", name="Draw your signature")
    place = paper.bounding_box()
    assert place
    page.mouse.move(place["x"] + 40, place["y"] + 60)
    page.mouse.down()
    page.mouse.move(place["x"] + 120, place["y"] + 110, steps=4)
    page.mouse.move(place["x"] + 220, place["y"] + 50, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Keep the signature").click()
    expect(page.get_by_role("button", name="Remove the signature")).to_be_visible()


def record_contact(amina: Person, person: str, note: str) -> None:
    """Write a contact, up to the last button."""
    go_in_app(amina.page, f"{person}/contact")
    amina.choose("What happened?", "Met")
    amina.choose("How?", "In person")
    amina.page.get_by_label("A note").fill(note)
    amina.act("Record contact")


def record_in_the_basement(tablet: Tablet) -> str:
    """Open the app cold without a server, record a bit of everything, begin to rate; return for whom."""
    page = tablet.open("/people")
    tablet.unlock(page)
    expect(page.get_by_text("You are offline.").first).to_be_visible()
    page.get_by_role("link", name="Dean M.").click()
    expect(page.get_by_role("heading", name="Dean M.")).to_be_visible()
    person = path_of(page)
    amina = Person(tablet.site, page, AMINA)
    record_contact(amina, person, "canary-note of a contact")
    saved_here(page, "Contact recorded")
    go_in_app(page, f"{person}/milestone")
    page.get_by_role("searchbox", name=re.compile("^Search")).fill("course")
    page.get_by_role("radio", name="Course completed").check()
    photo = {"name": "canary-name.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    page.get_by_label("Take a photo").set_input_files(photo)  # type: ignore[arg-type]
    expect(page.get_by_role("list", name="Added evidence")).to_be_visible()
    sign_here(page)
    amina.act("Record milestone")
    saved_here(page, "Milestone recorded")
    go_in_app(page, f"{person}/rate")
    amina.act("Hand the tablet to Dean")
    take_turn(amina, OWN_SCORES, "I’d rather not say")
    page.get_by_label("Anything else you want to say, in your own words").fill("canary-own words")
    amina.act("Finish")
    amina.act("Begin Amina’s turn")
    expect(page.get_by_text("1 of 8", exact=True)).to_be_visible()
    page.get_by_role("radio", name="7", exact=True).check()
    amina.act(re.compile("^Next: "), exact=False)
    expect(page.get_by_text("2 of 8", exact=True)).to_be_visible()
    return person


def save_rescue_file(page: Page) -> Path:
    """Save what waits as a sealed file; the tablet may be locked."""
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save a rescue file").click()
    return saved.value.path()


def hand_in(visits: Visits, site: Site, rescue: Path) -> None:
    """Hand a rescue file in as the manager, at her desk."""
    desk = visits.page(site, DESK, RUTH)
    desk.goto("/devices")
    desk.get_by_label("Rescue file", exact=True).set_input_files(rescue)
    came = re.compile(r"^Received: 0\. Waiting for you: [5-9]\. Not taken: 0\.$")
    expect(desk.get_by_text(came)).to_be_visible()
    desk.context.close()


def sign_in_to_send(tablet: Tablet, page: Page) -> None:
    """Sign in where the tablet says that records wait for it, on a phone as well."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    waits = page.get_by_text(re.compile(r"^Sign in again: \d+ records? waits? to be sent\.$"))
    expect(waits).to_be_in_viewport()
    page.get_by_role("link", name="Sign in", exact=True).first.click()
    page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    tablet.sign_in(page, AMINA)


def openings_of(site: Site, enrolment_id: str) -> int:
    """Return how many readings out of touch stand in the trail."""
    path = site.database_url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as trail:
        rows = trail.execute("SELECT enrolment_id FROM audit_event WHERE name = 'journey-offline.read'")
        return sum(uuid.UUID(str(of)) == uuid.UUID(enrolment_id) for (of,) in rows)


def sign_out(page: Page) -> None:
    """Sign out with nothing waiting."""
    page.get_by_role("button", name="Menu of Amina O.").click()
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("E-mail address")).to_be_visible()


def see_it_taken_out_of_use(tablet: Tablet, visits: Visits, page: Page, person: str) -> None:
    """See a tablet that was taken out of use lose what can be read, and hand in what waits."""
    tablet.sign_in(page, AMINA)
    tablet.unlock(page)
    page.route("**/api/sync/batches", lambda route: route.abort())
    record_contact(Person(tablet.site, page, AMINA), person, "canary-note at the end")
    saved_here(page, "Contact recorded")
    manager = visits.context(tablet.site, DESK, RUTH).request
    headers = {"X-CSRF-Token": manager.get("/api/session").json()["csrf_token"]}
    devices = manager.get("/api/devices").json()["items"]
    device = max(devices, key=lambda one: one["last_seen_at"])["id"]
    assert manager.post(f"/api/devices/{device}/revocation", data={}, headers=headers).ok

    page.unroute("**/api/sync/batches")
    with page.expect_response("**/api/sync/batches") as answer:
        page.reload()
    became = {one["outcome"] for one in answer.value.json()["outcomes"]}
    assert became - {"recorded"} == {"quarantined"}  # that a journey was opened is noted all the same
    wait_until_sent(page)
    assert count_of(page, "private") == 0


def test_where_there_is_no_signal_everything_is_recorded_and_goes_later(
    tablet: Tablet, visits: Visits
) -> None:
    canaries = make_ready(tablet)
    tablet.site.server.stop()
    person = record_in_the_basement(tablet)
    enrolment_id = person.split("/")[2]

    # Killed in the worker's turn: nothing of it can be read, and what was begun is there again.
    tablet.kill()
    assert tablet.find([*canaries, b"Amina O."]) == [b"Amina O."]  # whose tablet it is may be read
    page = tablet.open("/tablet")
    tablet.unlock(page)
    expect(page.get_by_role("link", name="Dean M.: rating together")).to_be_visible()
    waiting = count_of(page, "outbox", with_openings=False)
    assert waiting >= WRITTEN

    # Killed as a contact is being saved: it is recorded whole, or stands there as it was begun.
    record_contact(Person(tablet.site, page, AMINA), person, "canary-note mid-save")
    tablet.kill()
    page = tablet.open(f"{person}/contact")
    tablet.unlock(page)
    expect(page.get_by_label("A note")).to_be_visible()
    if count_of(page, "outbox", with_openings=False) == waiting:
        Person(tablet.site, page, AMINA).act("Record contact")
        saved_here(page, "Contact recorded")
    tablet.lock(page, "Amina O.")
    assert tablet.find(canaries) == []
    rescue = save_rescue_file(page)
    rescued = rescue.read_bytes()
    assert [one for one in canaries if one in rescued] == []

    # The signal returns: the manager hands the rescue file in, and the tablet is killed while it sends.
    tablet.site.server.start()
    hand_in(visits, tablet.site, rescue)
    answers: list[int] = []
    page.route("**/api/sync/batches", lambda route: answers.append(route.fetch(max_retries=3).status))
    tablet.unlock(page)
    sign_in_to_send(tablet, page)
    until = time.monotonic() + WAIT_MS / 1000
    while not answers and time.monotonic() < until:  # the server has it, the tablet is never told
        page.wait_for_timeout(50)
    assert answers
    tablet.kill()
    page = tablet.open("/needs-you")
    tablet.unlock(page)
    sign_in_to_send(tablet, page)
    wait_until_sent(page)
    journey = page.context.request.get(f"/api/journeys/{enrolment_id}").json()
    for note in ("canary-note of a contact", "canary-note mid-save"):
        assert str(journey["timeline"]).count(note) == 1
    assert openings_of(tablet.site, enrolment_id) > 0
    sign_out(page)
    assert tablet.find(canaries) == []

    see_it_taken_out_of_use(tablet, visits, page, person)
    tablet.close()
    assert tablet.find(canaries) == []
