"""What a tablet shows out of touch, locked and in a person's hand is for everybody: by axe, at 320 pixels."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import TABLET, Visits
from tests.browser.everybody import assert_for_everybody
from tests.browser.site import Site
from tests.browser.story import OWN_SCORES, WORKER_SCORES, Person, take_turn
from tests.browser.tablet import Tablet, go_in_app

AMINA = "hopeworks/Amina"
FUTURE = {"code": "day-in-future", "status": 422, "title": "The day lies ahead.", "detail": "Choose a day."}


def for_everybody(page: Page, heading: str | re.Pattern[str]) -> None:
    """Look at what stands there under a heading."""
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    expect(page.get_by_text("On its way…")).to_have_count(0)
    assert_for_everybody(page)


def refuse(route: Route) -> None:
    """Answer a batch as the server does where a day lies ahead."""
    sent: Any = route.request.post_data_json
    refused = [{"id": one["id"], "outcome": "refused", "problem": FUTURE} for one in sent["items"]]
    route.fulfill(json={"outcomes": refused, "device": {"revoked": False}})


def see_what_waits(amina: Person, person: str) -> None:
    """Look at what was saved here and begun, at a signature, a rescue file, and what needs her."""
    page = amina.page
    page.route("**/api/sync/batches", lambda route: route.abort())
    go_in_app(page, f"{person}/contact")
    amina.choose("What happened?", "Tried, no answer")
    amina.choose("How?", "By telephone")
    amina.act("Record contact")
    for_everybody(page, "Contact recorded")
    go_in_app(page, f"{person}/milestone")
    page.get_by_role("searchbox", name=re.compile("^Search")).fill("course")
    page.get_by_role("radio", name="Course completed").check()
    page.get_by_role("button", name="Sign here").click()
    expect(page.get_by_role("img", name="Draw your signature")).to_be_visible()
    for_everybody(page, "Dean signs")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    go_in_app(page, "/tablet")
    expect(page.get_by_role("link", name="Dean M.: milestone")).to_be_visible()
    for_everybody(page, "If this tablet never gets a connection again")
    go_in_app(page, "/tablet/words")
    amina.act("Change my words")
    for_everybody(page, "There is a problem")
    page.unroute("**/api/sync/batches")
    page.route("**/api/sync/batches", refuse)
    with page.expect_response("**/api/sync/batches"):
        page.evaluate("dispatchEvent(new Event('online'))")
    go_in_app(page, "/needs-you")
    expect(page.get_by_text("Dean M.").first).to_be_visible()
    for_everybody(page, re.compile("Needs you|needs you"))


def see_a_sitting(amina: Person, person: str) -> None:
    """Look at a sitting, whoever holds the tablet."""
    page = amina.page
    go_in_app(page, f"{person}/rate")
    amina.act("Hand the tablet to Dean")
    take_turn(amina, OWN_SCORES, "I’d rather not say")
    expect(page.get_by_label("Anything else you want to say, in your own words")).to_be_visible()
    for_everybody(page, re.compile(r"\w"))
    amina.act("Finish")
    for_everybody(page, re.compile(r"\w"))
    amina.act("Begin Amina’s turn")
    expect(page.get_by_text("1 of 8", exact=True)).to_be_visible()
    for_everybody(page, re.compile(r"\w"))
    take_turn(amina, WORKER_SCORES, "I can’t say")
    amina.act("Finish")
    for_everybody(page, "Where things stand today")  # earlier answers are off the tablet


def see_it_locked(tablet: Tablet, page: Page) -> None:
    """Look at what stands between a stranger and what is kept."""
    go_in_app(page, "/people")
    tablet.lock(page, "Amina O.")
    for_everybody(page, re.compile("^Unlock for "))
    page.get_by_label("Your words for this tablet").fill("not the right words")
    page.get_by_role("button", name="Unlock", exact=True).click()
    for_everybody(page, "There is a problem")
    page.get_by_role("button", name="I do not know my words any more").click()
    for_everybody(page, "Take your words off this tablet?")


def test_a_tablet_is_for_everybody_in_each_of_its_states(demo_site: Site, visits: Visits) -> None:
    page = visits.page(demo_site, TABLET)
    amina = Person(demo_site, page, AMINA)
    amina.sign_in()
    tablet = Tablet(None, demo_site, Path())  # type: ignore[arg-type]
    tablet.set_up(page)
    people = page.context.request.get("/api/caseload?scope=mine&limit=200").json()["items"]
    person = f"/people/{next(one for one in people if one['short_name'] == 'Dean M.')['enrolment_id']}"

    see_what_waits(amina, person)
    see_a_sitting(amina, person)
    see_it_locked(tablet, page)
