"""Welsh: chosen by whoever works, and spoken to the person who rates, whatever their worker reads."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.demo.setting import PASSWORD
from tests.browser.conftest import TABLET, Visits
from tests.browser.site import Site
from tests.browser.test_accessibility import RULES, sideways

AMINA, SAM = "hopeworks/Amina", "hopeworks/Sam"
SINEAD = "Sinead"
LADDERS = 8


def is_for_everybody(page: Page, visits: Visits) -> bool:
    found = Axe().run(page, options=RULES)
    visits.faults.clear()  # of axe's own making
    return not found.violations_count and not sideways(page)


def speaks_welsh(page: Page, name: str) -> str:
    """Note that somebody prefers Welsh, and return their enrolment."""
    ask = page.context.request
    people = ask.get("/api/caseload?scope=mine&limit=200").json()["items"]
    enrolment_id: str = next(row for row in people if row["short_name"].startswith(name))["enrolment_id"]
    token = {"X-CSRF-Token": ask.get("/api/session").json()["csrf_token"]}
    assert ask.put(f"/api/enrolments/{enrolment_id}/person", data={"language": "cy"}, headers=token).ok
    return enrolment_id


def test_a_worker_switches_to_welsh_and_back(demo_site: Site, visits: Visits) -> None:
    page = visits.page(demo_site, TABLET)
    page.goto("/people")
    page.get_by_role("button", name="Cymraeg").click()
    expect(page.get_by_role("heading", name="Mewngofnodi")).to_be_visible()
    page.get_by_label("Cyfeiriad e-bost").fill(demo_site.email_of(SAM))
    page.get_by_label("Cyfrinair").fill(PASSWORD)
    page.get_by_role("button", name="Mewngofnodi").click()

    expect(page.get_by_role("heading", name="Fy mhobl")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page).to_have_title(re.compile("Fy mhobl"))
    assert is_for_everybody(page, visits)
    page.reload()
    expect(page.get_by_role("heading", name="Fy mhobl")).to_be_visible()
    assert page.context.request.get("/api/session").json()["user"]["language"] == "cy"

    page.goto("/account")
    with page.expect_response("**/api/account/language"):
        page.get_by_label("English").check()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")


def test_the_person_rates_in_welsh_and_the_worker_in_english(demo_site: Site, visits: Visits) -> None:
    page = visits.page(demo_site, TABLET, AMINA)
    page.goto(f"/people/{speaks_welsh(page, SINEAD)}/rate")
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    page.get_by_role("button", name="Hand the tablet to Sinead").click()

    expect(page.get_by_role("heading", name="Cartref, arian a bywyd bob dydd")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert is_for_everybody(page, visits)
    for place in range(1, LADDERS + 1):
        expect(page.get_by_text(f"{place} o {LADDERS}", exact=True)).to_be_visible()
        answer = "6" if place == 1 else "Byddai’n well gen i beidio â dweud"
        page.get_by_role("radio", name=answer, exact=True).check()
        page.get_by_role("button", name=re.compile("^Nesaf")).click()
    page.get_by_role("button", name="Gorffen").click()

    expect(page.get_by_role("heading", name="Diolch")).to_have_attribute("lang", "cy")
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    page.get_by_role("button", name="Begin Amina’s turn").click()
    expect(page.get_by_role("heading", name="most like Sinead")).to_be_visible()
