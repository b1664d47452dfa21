"""A person chooses not to rate, lets a day be, and rates in Welsh; in this order, for it is one person."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import TABLET, Visits
from tests.browser.everybody import assert_for_everybody
from tests.browser.site import Site
from tests.browser.story import WORKER_SCORES, Person, take_turn

AMINA = "hopeworks/Amina"
SINEAD = "Sinead"
LADDERS = 8


def test_choosing_not_to_rate_is_an_answer_and_a_crisis_counts_nowhere(
    demo_site: Site, visits: Visits
) -> None:
    page = visits.page(demo_site, TABLET, AMINA)
    ask = page.context.request
    people = ask.get("/api/caseload?scope=mine&limit=200").json()["items"]
    row = next(
        one for one in people if one["state"] == "started" and not one["short_name"].startswith("Dean")
    )
    here, first = f"/people/{row['enrolment_id']}", row["short_name"].split()[0]
    amina = Person(demo_site, page, AMINA)

    page.goto(f"{here}/rate")
    amina.choose(f"How is it with {first} today?", f"{first} chose not to rate")
    amina.act("Record: chose not to rate")
    page.get_by_role("dialog").get_by_role("button", name="Record: chose not to rate").click()
    expect(page.get_by_role("heading", name=f"Recorded: {first} chose not to rate")).to_be_visible()
    amina.act("Begin Amina’s turn")
    take_turn(amina, WORKER_SCORES, "I can’t say")
    amina.act("Finish")
    amina.act("Close")
    expect(page.get_by_text(f"{first} chose not to rate: a colleague").first).to_be_visible()

    page.goto(f"{here}/rate")
    amina.choose(f"How is it with {first} today?", "Today is not the day")
    amina.act("Record: not today")
    page.get_by_role("dialog").get_by_role("button", name="Record: not today").click()
    expect(page.get_by_role("heading", name="Let be for today")).to_be_visible()
    amina.act("Close")
    expect(page.get_by_role("heading", name=row["short_name"])).to_be_visible()
    sittings = ask.get(f"/api/journeys/{row['enrolment_id']}").json()["sittings"]
    assert [one["is_crisis"] for one in sittings][-2:].count(True) == 1


def speaks_welsh(page: Page, name: str) -> str:
    """Note that somebody prefers Welsh, and return their enrolment."""
    ask = page.context.request
    people = ask.get("/api/caseload?scope=mine&limit=200").json()["items"]
    enrolment_id: str = next(row for row in people if row["short_name"].startswith(name))["enrolment_id"]
    token = {"X-CSRF-Token": ask.get("/api/session").json()["csrf_token"]}
    assert ask.put(f"/api/enrolments/{enrolment_id}/person", data={"language": "cy"}, headers=token).ok
    return enrolment_id


def test_the_person_rates_in_welsh_and_the_worker_in_english(demo_site: Site, visits: Visits) -> None:
    page = visits.page(demo_site, TABLET, AMINA)
    page.goto(f"/people/{speaks_welsh(page, SINEAD)}/rate")
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    page.get_by_role("button", name="Hand the tablet to Sinead").click()

    expect(page.get_by_role("heading", name="Cartref, arian a bywyd bob dydd")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert_for_everybody(page)
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

    take_turn(Person(demo_site, page, AMINA), WORKER_SCORES, "I can’t say")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("button", name="Close")).to_be_visible()
