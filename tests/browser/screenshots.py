"""The pictures of the README, taken anew from the demo world: `make screenshots` (PARTICIPANTS=…)."""

import io
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from app.demo.actions import Order, make_world
from app.demo.setting import Setting
from app.participants.rules.nino import NinoKeys
from app.records.rules import london_day
from tests.browser.conftest import DESK, FLAGS, TABLET, Visits
from tests.browser.site import ROOT, Site, now, running

FOLDER = ROOT / "docs" / "screenshots"
PARTICIPANTS = int(os.environ.get("PARTICIPANTS", "60"))
COLOURS = 128
AMINA, RUTH, LEON = "hopeworks/Amina", "hopeworks/Ruth", "northway/Leon"
JOYCE = "brightside/Joyce"
PRIYA, HELEN = "northway/Priya", "northmoor/Helen"


def seed(app: Flask) -> Setting:
    """Make a demo world that is large enough to look lived in."""
    order = Order(participants=PARTICIPANTS, seed=1, today=london_day(now()))
    keys = NinoKeys(app.config["WAYMARK"].nino_keys)
    return make_world(order, keys=keys, storage=app.extensions["storage"], tell=print).setting


def open_home(page: Page) -> None:
    """Show today's people."""
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def open_caseload(page: Page) -> None:
    """Show one's people."""
    page.goto("/people")
    expect(page.get_by_role("link", name="Dean M.")).to_be_visible()


def open_journey(page: Page) -> None:
    """Show where Dean began, and where he is."""
    open_caseload(page)
    page.get_by_role("link", name="Dean M.").click()
    expect(page.get_by_role("heading", name="Dean M.")).to_be_visible()
    expect(page.get_by_role("heading", name="In short")).to_be_visible()


def open_rate(page: Page) -> None:
    """Show a ladder in the person's turn."""
    open_journey(page)
    page.goto(f"{page.url}/rate")
    page.get_by_role("button", name="Hand the tablet to Dean").click()
    page.get_by_role("radio", name="6", exact=True).check()
    page.evaluate("() => document.activeElement.blur()")


def open_milestone(page: Page) -> None:
    """Show what is asked of a milestone."""
    open_journey(page)
    page.goto(f"{page.url}/milestone")
    page.get_by_role("group", name="What happened?").get_by_role("radio").first.check()
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")


def open_verify(page: Page) -> None:
    """Show a record before its verifier."""
    page.goto("/verify")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()


def open_bench(page: Page) -> None:
    """Show what is claimable on the contract that most are on."""
    page.goto("/claims")
    page.get_by_label("Contract").select_option(label="Northmoor Moving On, NMC")
    expect(page.get_by_role("navigation", name="Lines by state")).to_be_visible()


def open_assess(page: Page) -> None:
    """Show a line before its assessor."""
    page.goto("/assess")
    page.get_by_role("link", name=re.compile("claim")).first.click()
    expect(page.get_by_role("heading", name="The conditions, and what meets them")).to_be_visible()


def open_bands(page: Page) -> None:
    """Show each ladder over time with what chance explains."""
    open_journey(page)
    page.get_by_role("heading", name="Each ladder over time").scroll_into_view_if_needed()
    page.evaluate("() => document.activeElement.blur()")


def open_picture(page: Page) -> None:
    """Show the person's own picture."""
    open_journey(page)
    page.goto(f"{page.url}/picture")
    expect(page.get_by_role("heading", name="In your own words")).to_be_visible()


def open_signals(page: Page) -> None:
    """Show what stands out in a team's records."""
    page.goto("/signals")
    expect(page.get_by_role("heading", name="How our records look")).to_be_visible()


PICTURES: dict[str, tuple[str, dict[str, int], Callable[[Page], None]]] = {
    "tablet-home": (AMINA, TABLET, open_home),
    "caseload": (AMINA, TABLET, open_caseload),
    "journey": (PRIYA, DESK, open_journey),
    "bands": (PRIYA, DESK, open_bands),
    "picture": (AMINA, TABLET, open_picture),
    "signals": (JOYCE, DESK, open_signals),
    "rate": (AMINA, TABLET, open_rate),
    "milestone": (AMINA, TABLET, open_milestone),
    "verify": (RUTH, DESK, open_verify),
    "bench": (LEON, DESK, open_bench),
    "assess": (HELEN, DESK, open_assess),
}


def take(site: Site, visits: Visits) -> None:
    """Take each picture and keep it small."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (player, size, show) in PICTURES.items():
        page = visits.page(site, size, player)
        show(page)
        expect(page.get_by_text("On its way…")).to_have_count(0)
        page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        target = FOLDER / f"{name}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
        print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1024} kB")
        page.context.close()


def main() -> None:
    """Serve a demo world and take all pictures."""
    with tempfile.TemporaryDirectory(prefix="waymark-screenshots-") as name, sync_playwright() as playwright:
        folder = Path(name)
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        with running(folder, f"sqlite:///{folder / 'waymark.sqlite'}", seed) as site:
            take(site, Visits(chromium, {}))
        chromium.close()


if __name__ == "__main__":
    main()
