"""Somebody opens their picture on their own phone, disagrees in three taps, and what is claimed is held."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, TABLET, Visits
from tests.browser.site import Site

AMINA, RUTH = "hopeworks/Amina", "hopeworks/Ruth"
PHONE = {"width": 390, "height": 844}


def test_a_person_disagrees_on_their_own_phone_and_the_claim_is_held(demo_site: Site, visits: Visits) -> None:
    amina, ruth = visits.page(demo_site, TABLET, AMINA), visits.page(demo_site, DESK, RUTH)
    person, title = _somebody_with_a_milestone(amina)
    amina.goto(f"/people/{person}/picture")
    expect(amina.get_by_role("heading", level=1, name="this is your picture")).to_be_visible()
    amina.get_by_role("link", name="Put it on their phone").click()
    amina.get_by_role("button", name="Make the link").filter(visible=True).click()
    link = amina.locator(".picture__link").inner_text()

    phone = visits.page(demo_site, PHONE)
    phone.goto(link)
    phone.get_by_role("button", name="Open my picture").click()
    phone.get_by_role("button", name=f"I don’t agree: “{title}”").first.click()
    phone.get_by_label("In your own words, if you like").fill("I was not alone that day")
    phone.get_by_role("button", name="Say that I don’t agree").click()
    expect(phone.get_by_text("“I was not alone that day”")).to_be_visible()

    owed = ruth.context.request.get(f"/api/enrolments/{person}/entitlements").text()
    assert "The person disagrees with the milestone of" in owed
    ruth.goto(f"/people/{person}")
    expect(ruth.get_by_text("“I was not alone that day”")).to_be_visible()

    other = visits.page(demo_site, PHONE)
    other.goto(link)
    other.get_by_role("button", name="Open my picture").click()
    expect(other.get_by_role("heading", name="This link no longer works")).to_be_visible()


def _somebody_with_a_milestone(page: Page) -> tuple[str, str]:
    """Return whose newest milestone a rate rests on, and its title."""
    people = page.context.request.get("/api/caseload?scope=mine&limit=200").json()["items"]
    for row in people:
        picture = page.context.request.get(f"/api/enrolments/{row['enrolment_id']}/picture").json()
        for fact in picture["facts"]:
            if fact["kind"] == "milestone":
                return str(row["enrolment_id"]), str(fact["title"])
    message = "Nobody of the demo has a milestone."
    raise AssertionError(message)
