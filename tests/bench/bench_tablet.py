"""A tablet's own figures, in Chromium: its first load over a slow network, opening people out of touch."""

import re
import statistics
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, CDPSession, Page, expect, sync_playwright
from sqlalchemy import text

from app.core.database import transaction
from tests.bench.figures import Figure
from tests.bench.server import new_place, running
from tests.bench.world import RECORDS_EACH, World, make_world

PEOPLE = 120
# WebPageTest's "3G Fast": 1.6 Mbit/s down, 768 kbit/s up, 150 ms there and back.
DOWN_BYTES, UP_BYTES, LATENCY_MS = 1_600_000 / 8, 768_000 / 8, 150
SLOWER = 4  # a tablet's processor beside ours
OPENINGS = 7
LOAD_SECONDS_AT_MOST, LIST_MS_AT_MOST, JOURNEY_MS_AT_MOST = 20.0, 100.0, 150.0
WAIT_MS = 120_000
# How long from the press of a link until its page stands there and was painted.
OPEN = """([path, shown]) => new Promise(done => {
  const link = document.createElement('a');
  link.href = path;
  document.body.append(link);
  const begun = performance.now();
  const look = () => {
    const found = location.pathname === path && document.querySelector(shown);
    if (found) return requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    requestAnimationFrame(look);
  };
  link.click();
  link.remove();
  requestAnimationFrame(look);
})"""
LIST_SHOWN, JOURNEY_SHOWN = "li.person a", ".journey"
CAME = """count => performance.getEntriesByType('resource')
  .filter(one => one.name.includes('/api/journeys/') && one.responseEnd > 0).length >= count"""
ENDED = """() => Math.max(...performance.getEntriesByType('resource')
  .filter(one => one.name.includes('/api/journeys/')).map(one => one.responseEnd)) / 1000"""


def measure(server: str) -> list[Figure]:
    """Serve 120 people of one worker, and hold their tablet to its bounds."""
    place = new_place(server)
    application = place.application()
    world = make_world(application, PEOPLE * RECORDS_EACH)
    with application.app_context():
        _give_all_to_one(world)
    with (
        running(place) as address,
        sync_playwright() as playwright,
        TemporaryDirectory(prefix="waymark-bench-tablet-") as profile,
    ):
        # A name: service workers and keys want one that browsers trust.
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox"],
            base_url=address.replace("127.0.0.1", "localhost"),
        )
        context.set_default_timeout(WAIT_MS)
        expect.set_options(timeout=WAIT_MS)
        cookie = {"name": "waymark", "value": world.worker_secret, "domain": "localhost", "path": "/"}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        figures = [_first_load(page, devtools), *_out_of_touch(context, page, devtools)]
        context.close()
        return figures


def _give_all_to_one(world: World) -> None:
    with transaction() as session:
        session.execute(
            text(
                "UPDATE enrolment SET worker_id = "
                "(SELECT worker_id FROM enrolment WHERE id = :enrolment) WHERE provider_id = :provider"
            ),
            {"enrolment": world.enrolment_id, "provider": world.provider_id},
        )


def _first_load(page: Page, devtools: CDPSession) -> Figure:
    """Measure from the address typed, with nothing on the device, until the last journey has come."""
    slow = {"downloadThroughput": DOWN_BYTES, "uploadThroughput": UP_BYTES, "latency": LATENCY_MS}
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    page.goto("/tablet", wait_until="commit")
    expect(page.get_by_role("progressbar").first).to_be_visible()
    page.wait_for_function(CAME, arg=PEOPLE)
    seconds = page.evaluate(ENDED)
    full = {"downloadThroughput": -1, "uploadThroughput": -1, "latency": 0}
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **full})
    return Figure(f"first load of {PEOPLE} journeys, 3G Fast, s", seconds, LOAD_SECONDS_AT_MOST, at_most=True)


def _out_of_touch(context: BrowserContext, page: Page, devtools: CDPSession) -> list[Figure]:
    """Measure how long the list and a journey take without a network, from under their key."""
    _make_ready(context, page)
    context.set_offline(True)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    lists, journeys = [], []
    page.evaluate(OPEN, ["/people", LIST_SHOWN])
    paths = page.eval_on_selector_all(LIST_SHOWN, "links => links.map(link => link.getAttribute('href'))")
    page.evaluate(OPEN, [paths[0], JOURNEY_SHOWN])  # their scripts are read once
    for path in paths[1 : OPENINGS + 1]:
        lists.append(page.evaluate(OPEN, ["/people", LIST_SHOWN]))
        journeys.append(page.evaluate(OPEN, [path, JOURNEY_SHOWN]))
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    named = f"of {PEOPLE} offline, processor {SLOWER}× slower, ms, median of {OPENINGS}"
    return [
        Figure(f"list {named}", statistics.median(lists), LIST_MS_AT_MOST, at_most=True),
        Figure(f"journey {named}", statistics.median(journeys), JOURNEY_MS_AT_MOST, at_most=True),
    ]


def _make_ready(context: BrowserContext, page: Page) -> None:
    origin = page.url.split("/tablet")[0]
    granted = {"origin": origin, "permissions": ["durableStorage"]}
    context.new_cdp_session(page).send("Browser.grantPermissions", granted)
    page.goto("/tablet/set-up")
    words = page.locator(".passphrase__words")
    expect(words).to_have_text(re.compile(r"^\S+( \S+){3}$"))
    passphrase = words.inner_text()
    page.get_by_label("The words once more").fill(passphrase)
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="When it locks")).to_be_visible()
    page.reload()
    page.get_by_label("Your words for this tablet").fill(passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_text("Ready. All your people open without a connection.")).to_be_visible()
