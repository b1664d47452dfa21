"""A shared tablet where there is no signal: the server really stops, the browser is closed and killed."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from app.demo.papers import make
from tests.browser.site import Site
from tests.browser.story import CERTIFICATE, Person, record, take_turn
from tests.browser.tablet import Tablet, a_tablet, count_of, go_in_app, path_of, wait_until_sent

AMINA = "hopeworks/Amina"
CANARIES = 50
WRITTEN = 4  # a contact, a milestone, its photo, the first rating
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


def make_ready(tablet: Tablet) -> list[str]:
    """Set the tablet up until its mark is green; return what it now knows of people, one text each."""
    page = tablet.open()
    tablet.sign_in(page, AMINA)
    expect(page.get_by_text("This tablet is not ready").first).to_be_visible()
    tablet.set_up(page)
    page.goto("/tablet")
    tablet.unlock(page)
    expect(page.get_by_text("Ready. All your people open without a connection.")).to_be_visible()
    known = sorted(said_of(page))
    tablet.close()
    return known


def record_in_the_basement(tablet: Tablet) -> str:
    """Open the app cold without a server, record a bit of everything, begin to rate; return for whom."""
    page = tablet.open("/people")
    tablet.unlock(page)
    expect(page.get_by_text("You are offline.").first).to_be_visible()
    page.get_by_role("link", name="Dean M.").click()
    expect(page.get_by_role("heading", name="Dean M.")).to_be_visible()
    person = path_of(page)
    amina = Person(tablet.site, page, AMINA)
    record(amina, "Contact")
    amina.choose("What happened?", "Met")
    amina.choose("How?", "In person")
    page.get_by_label("A note").fill("canary-note of a contact")
    amina.act("Record contact")
    saved_here(page, "Contact recorded")
    go_in_app(page, f"{person}/milestone")
    page.get_by_role("searchbox", name=re.compile("^Search")).fill("course")
    page.get_by_role("radio", name="Course completed").check()
    photo = {"name": "canary-name.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    page.get_by_label("Take a photo").set_input_files(photo)  # type: ignore[arg-type]
    expect(page.get_by_role("list", name="Added evidence")).to_be_visible()
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


def test_where_there_is_no_signal_everything_is_recorded_and_goes_later(tablet: Tablet) -> None:
    known = make_ready(tablet)
    tablet.site.server.stop()
    person = record_in_the_basement(tablet)

    # Killed in the worker's turn: nothing of it can be read, and what was begun is there again.
    tablet.kill()
    canaries = [*(one.encode() for one in known), b"canary-note", b"canary-own", b"canary-name", PHOTO_BYTES]
    assert len(canaries) >= CANARIES
    assert tablet.find([*canaries, b"Amina O."]) == [b"Amina O."]  # whose tablet it is may be read
    page = tablet.open("/tablet")
    tablet.unlock(page)
    expect(page.get_by_role("link", name="Dean M.: rating together")).to_be_visible()
    assert count_of(page, "outbox") >= WRITTEN
    tablet.close()

    # The signal returns: one signs in in place, and it goes by itself.
    tablet.site.server.start()
    page = tablet.open("/needs-you")
    tablet.unlock(page)
    page.get_by_role("link", name="Sign in", exact=True).first.click()
    tablet.sign_in(page, AMINA)
    wait_until_sent(page)
    journey = page.context.request.get(f"/api/journeys/{person.split('/')[2]}").text()
    assert "canary-note of a contact" in journey
    tablet.close()
    assert tablet.find(canaries) == []
