"""One Chromium for the whole run, sites to look at, and people in front of them."""

import contextlib
import fcntl
import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from app.demo.actions import Order, make_world
from app.demo.diary import Diary
from app.demo.setting import PASSWORD, Setting, set_scene
from app.participants.rules.nino import NinoKeys
from app.records.rules import london_day
from tests.browser.site import Site, make, now, running, serving
from tests.conftest import Databases

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TABLET = {"width": 820, "height": 1180}
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WAIT_MS = 45_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start what drives browsers."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start the one browser: Chromium without the windows, which takes half the processor's time."""
    chromium = playwright.chromium.launch(
        executable_path="/usr/bin/chromium-headless-shell", args=list(FLAGS)
    )
    yield chromium
    chromium.close()


def seed_scene(_app: Flask) -> Setting:
    """Set the scene: everybody may sign in, nobody has been referred yet."""
    return set_scene(Diary(london_day(now()), 1))


def seed_demo(app: Flask) -> Setting:
    """Make a small demo world that has something of everything."""
    order = Order(participants=6, seed=1, today=london_day(now()), months=6)
    keys = NinoKeys(app.config["WAYMARK"].nino_keys)
    return make_world(order, keys=keys, storage=app.extensions["storage"], tell=lambda _: None).setting


@pytest.fixture(scope="session")
def states() -> dict[tuple[str, str], Any]:
    """Remember who is signed in."""
    return {}


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[Path, Setting]:
    """Make the small demo world once for all processes of a run, and return the folder with its database."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "demo-made"
    setting_file = folder.with_suffix(".setting")
    with open(folder.with_suffix(".lock"), "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not setting_file.exists():
            setting_file.write_bytes(pickle.dumps(make(folder, database_in(folder), seed_demo)))
    return folder, pickle.loads(setting_file.read_bytes())


def database_in(folder: Path) -> str:
    """Return the address of the database of a folder."""
    return f"sqlite:///{folder / 'waymark.sqlite'}"


@pytest.fixture(scope="session")
def demo_world(
    demo_made: tuple[Path, Setting], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, sqlite3.Connection]]:
    """Serve a copy of the small demo world, and keep its database as it was made.

    No worker draws its many papers: nobody exports anything here.
    """
    made_in, setting = demo_made
    folder = Path(shutil.copytree(made_in, tmp_path_factory.mktemp("demo"), dirs_exist_ok=True))
    with (
        serving(folder, database_in(folder), setting, with_worker=False) as site,
        contextlib.closing(sqlite3.connect(":memory:")) as made,
    ):
        with contextlib.closing(sqlite3.connect(site.sqlite_file)) as live:
            live.backup(made)
        yield site, made


@pytest.fixture(scope="module")
def demo_site(demo_world: tuple[Site, sqlite3.Connection], states: dict[tuple[str, str], Any]) -> Site:
    """Give the small demo world as it was made, whatever other files have recorded in it."""
    site, made = demo_world
    with contextlib.closing(sqlite3.connect(site.sqlite_file)) as live:
        made.backup(live)
    states.clear()  # their sessions are gone with the database
    return site


@pytest.fixture
def new_site(database: str, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a world where nobody was referred yet, on the database asked for."""
    with running(tmp_path_factory.mktemp("new"), databases.migrated(database), seed_scene) as site:
        yield site


@dataclass
class Visits:
    """Opens windows, and keeps what must never happen in any of them.

    Attributes:
        faults: Requests to other hosts, what the content policy refused, and scripts that broke.
        states: Who is signed in already, by site and player.
    """

    browser: Browser
    states: dict[tuple[str, str], Any]
    faults: list[str] = field(default_factory=list)
    opened: list[BrowserContext] = field(default_factory=list)

    def context(self, site: Site, size: dict[str, int], player: str | None = None) -> BrowserContext:
        """Open a window of a size, signed in as a player or as nobody."""
        context = self.browser.new_context(
            base_url=site.url,
            viewport=size,  # type: ignore[arg-type]
            locale="en-GB",
            timezone_id="Europe/London",
            has_touch=size != DESK,
            storage_state=self._state(site, player) if player else None,
        )
        context.set_default_timeout(WAIT_MS)
        context.on("request", lambda request: self._look_at(site, request))
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.faults.append(f"broke: {error.error}"))
        self.opened.append(context)
        return context

    def page(self, site: Site, size: dict[str, int], player: str | None = None) -> Page:
        """Open a window and return its page."""
        return self.context(site, size, player).new_page()

    def _state(self, site: Site, player: str) -> Any:
        """Sign somebody in once, and remember it."""
        if (site.url, player) not in self.states:
            context = self.browser.new_context(base_url=site.url)
            sent = {"email": site.email_of(player), "password": PASSWORD}
            assert context.request.post("/api/session", data=sent).ok
            self.states[site.url, player] = context.storage_state()
            context.close()
        return self.states[site.url, player]

    def _look_at(self, site: Site, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"blob", "data"} and address.netloc != urlsplit(site.url).netloc:
            self.faults.append(f"asked another host: {request.url}")

    def _listen(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.faults.append(f"refused by the policy: {message.text}")


@pytest.fixture
def visits(browser: Browser, states: dict[tuple[str, str], Any]) -> Iterator[Visits]:
    """Give windows; at the end none may have asked another host, or broken the content policy."""
    made = Visits(browser, states)
    yield made
    for context in made.opened:
        context.close()
    assert made.faults == []
