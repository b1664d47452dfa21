"""Without a connection: records wait on the device, the app opens, and signing out loses nothing."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import TABLET, Visits
from tests.browser.site import Site
from tests.browser.story import Person

AMINA = "hopeworks/Amina"


def first_person(page: Page) -> str:
    """Open the first started person of one's list and return their address."""
    page.goto("/people")
    page.get_by_role("link", name="Dean M.").click()
    expect(page.get_by_role("heading", name="Dean M.")).to_be_visible()
    expect(page.get_by_role("button", name="Record", exact=True).filter(visible=True).first).to_be_visible()
    return page.url


def make_ready(page: Page) -> None:
    """Wait until the app itself is on the device."""
    page.evaluate("async () => { await navigator.serviceWorker.ready }")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def set_up(page: Page) -> str:
    """Set the tablet up with the words it proposes, and return them."""
    page.goto("/tablet/set-up")
    words = page.locator(".passphrase__words")
    expect(words).to_have_text(re.compile(r"^\S+( \S+){3}$"))
    passphrase = words.inner_text()
    page.get_by_label("The words once more").fill(passphrase)
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="When it locks")).to_be_visible()
    return passphrase


def unlock(page: Page, passphrase: str) -> None:
    """Unlock the tablet."""
    expect(page.get_by_role("heading", name="Unlock for Amina O.")).to_be_visible()
    page.get_by_label("Your words for this tablet").fill(passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()


def record_contact_offline(context: BrowserContext, page: Page, person: str) -> None:
    """Record that somebody was met while there is no connection."""
    amina = Person(None, page, AMINA)  # type: ignore[arg-type]
    page.goto(f"{person}/contact")
    expect(page.get_by_role("heading", name="Record a contact")).to_be_visible()
    context.set_offline(True)
    expect(page.get_by_text("You are offline.").first).to_be_visible()
    amina.choose("What happened?", "Met")
    amina.choose("How?", "In person")
    amina.act("Record contact")
    expect(page.get_by_role("heading", name="Contact recorded")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Saved here").first).to_be_visible()


def test_a_record_made_offline_waits_here_and_goes_later(demo_site: Site, visits: Visits) -> None:
    context = visits.context(demo_site, TABLET, AMINA)
    page = context.new_page()
    person = first_person(page)

    record_contact_offline(context, page, person)
    expect(page.get_by_text("You are offline. 1 record is saved here").first).to_be_visible()
    context.set_offline(False)

    expect(page.get_by_role("status").filter(has_text="Waymark has it.")).to_be_visible()


def test_the_app_opens_without_a_connection(demo_site: Site, visits: Visits) -> None:
    context = visits.context(demo_site, TABLET, AMINA)
    page = context.new_page()
    person = first_person(page)
    passphrase = set_up(page)
    make_ready(page)
    unlock(page, passphrase)
    expect(page.get_by_role("link", name=re.compile("ready for offline", re.IGNORECASE))).to_be_visible()

    context.set_offline(True)
    page.goto(person)
    unlock(page, passphrase)

    expect(page.get_by_role("heading", name="Dean M.")).to_be_visible()
    expect(page.get_by_text("You are offline.").first).to_be_visible()


def test_signing_out_keeps_what_was_not_sent(demo_site: Site, visits: Visits) -> None:
    context = visits.context(demo_site, TABLET)
    page = context.new_page()
    amina = Person(demo_site, page, AMINA)
    amina.sign_in()
    person = first_person(page)
    # Everything but the batches goes through: as where a connection comes and goes.
    page.route("**/api/sync/batches", lambda route: route.abort())
    page.goto(f"{person}/contact")
    amina.choose("What happened?", "Tried, no answer")
    amina.choose("How?", "By telephone")
    amina.act("Record contact")
    expect(page.get_by_role("heading", name="Contact recorded")).to_be_visible()

    page.get_by_role("button", name="Menu of Amina O.").click()
    page.get_by_role("button", name="Sign out").first.click()
    question = page.get_by_role("dialog")
    expect(question.get_by_text("1 record is saved here and not sent yet.")).to_be_visible()
    question.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.unroute("**/api/sync/batches")
    with page.expect_response("**/api/sync/batches") as sent:
        amina.sign_in()

    outcomes = sent.value.json()["outcomes"]
    assert [one["outcome"] for one in outcomes] == ["recorded"]
