"""A person chooses not to rate, which is an answer; another day is not the day, which is none."""

from playwright.sync_api import expect

from tests.browser.conftest import TABLET, Visits
from tests.browser.site import Site
from tests.browser.story import WORKER_SCORES, Person, take_turn

AMINA = "hopeworks/Amina"


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
