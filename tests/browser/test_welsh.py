"""Welsh, chosen by whoever works; whoever rates in it has a test among the sittings."""

import re

from playwright.sync_api import expect

from app.demo.setting import PASSWORD
from tests.browser.conftest import TABLET, Visits
from tests.browser.everybody import assert_for_everybody
from tests.browser.site import Site

AMINA, SAM = "hopeworks/Amina", "hopeworks/Sam"


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
    assert_for_everybody(page)
    page.reload()
    expect(page.get_by_role("heading", name="Fy mhobl")).to_be_visible()
    assert page.context.request.get("/api/session").json()["user"]["language"] == "cy"

    page.goto("/account")
    with page.expect_response("**/api/account/language"):
        page.get_by_label("English").check()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
