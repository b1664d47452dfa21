"""Somebody is paused and goes on, is rung under another number, and is seen by few for a while."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, TABLET, Visits
from tests.browser.site import Site

AMINA, RUTH = "hopeworks/Amina", "hopeworks/Ruth"


def test_a_person_is_paused_reached_and_seen_by_few(demo_site: Site, visits: Visits) -> None:
    page, other = visits.page(demo_site, TABLET, AMINA), visits.page(demo_site, DESK, RUTH)
    people = page.context.request.get("/api/caseload?scope=mine&limit=200").json()["items"]
    person = next(row for row in people if row["short_name"].startswith("Dean"))
    here, name = f"/people/{person['enrolment_id']}", person["short_name"]

    page.goto(here)
    _record(page, "Pause")
    page.get_by_label("Caring for somebody").check()
    page.get_by_label("Yesterday").check()
    page.get_by_role("button", name="Pause support").click()
    expect(page.get_by_text(f"Support for {name} is paused")).to_be_attached()
    _record(page, "Go on after the pause")
    expect(page.get_by_role("heading", name=f"Go on with {name}")).to_be_visible()
    page.get_by_role("button", name="Go on from this day").click()
    expect(page.get_by_text(f"{name} is on the programme again.")).to_be_attached()

    page.goto(f"{here}/details")
    phone = page.get_by_label("Phone (optional)")
    phone.fill("12")
    page.get_by_role("button", name="Save details").click()
    page.get_by_role("link", name="Write a number that can be dialled").click()
    expect(phone).to_be_focused()
    phone.fill("07700 900321")
    page.get_by_role("button", name="Save details").click()
    expect(phone).to_have_value("+447700900321")

    _let_see(other, here, "Only people I name", ("Ruth", "Sam"), "Let only those named see them")
    assert page.context.request.get(f"/api/journeys/{person['enrolment_id']}").status == 404
    _let_see(other, here, "Everybody here who works with people", (), "Let everybody see them")
    assert page.context.request.get(f"/api/journeys/{person['enrolment_id']}").ok


def _record(page: Page, what: str) -> None:
    page.get_by_role("button", name="Record").filter(visible=True).click()
    page.get_by_role("link", name=what, exact=True).click()


def _let_see(page: Page, here: str, who: str, named: tuple[str, ...], act: str) -> None:
    page.goto(f"{here}/who-sees")
    page.get_by_label(who).check()
    for one in named:
        page.get_by_role("checkbox", name=one).check()
    page.get_by_role("button", name="Save who may see them").click()
    page.get_by_role("button", name=act).click()
    expect(page.get_by_text("Saved. It holds from now on").filter(visible=True)).to_be_visible()
