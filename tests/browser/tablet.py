"""A tablet with a profile of its own on the disk: closed and opened again, killed, left on a bus."""

import contextlib
import os
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, expect

from app.demo.setting import PASSWORD
from tests.browser.conftest import FLAGS, TABLET, WAIT_MS
from tests.browser.site import Site

# What never answers is told after a while: a script that waits in the page is waited for without end.
ROWS_OF = """async ([store, withOpenings]) => {
  const answerOf = asked => new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = asked.onblocked = () => failed(asked.error ?? new Error('blocked'));
    setTimeout(() => failed(new Error('no answer')), 15000);
  });
  let rows = 0;
  for (const { name } of await indexedDB.databases()) {
    if (!/^waymark-[0-9a-f]{8}-/.test(name)) continue;
    const database = await answerOf(indexedDB.open(name));
    const all = await answerOf(database.transaction(store).objectStore(store).getAll());
    rows += all.filter(row => withOpenings || !row.is_opening).length;
    database.close();
  }
  return rows;
}"""


@dataclass
class Tablet:
    """One tablet, whoever holds it.

    Attributes:
        profile: The folder that whoever finds the tablet can read.
        passphrase: The words that unlock it, once it is set up.
    """

    playwright: Playwright
    site: Site
    profile: Path
    context: BrowserContext | None = None
    passphrase: str = ""

    def open(self, path: str = "/") -> Page:
        """Start the browser anew, with what its profile holds, and open a page."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path="/usr/bin/chromium",
            args=list(FLAGS),
            base_url=self.site.url,
            viewport=TABLET,  # type: ignore[arg-type]
            locale="en-GB",
            timezone_id="Europe/London",
            has_touch=True,
        )
        self.context.set_default_timeout(WAIT_MS)
        page = self.context.pages[0]
        granted = {"origin": self.site.url, "permissions": ["durableStorage"]}
        self.context.new_cdp_session(page).send("Browser.grantPermissions", granted)
        page.goto(path)
        return page

    def close(self) -> None:
        """Close the browser as people do."""
        if self.context:
            self.context.close()
            self.context = None

    def kill(self) -> None:
        """End the browser's processes as a flat battery does; only those of this profile."""
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if str(self.profile).encode() in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
        with contextlib.suppress(Exception):
            self.close()
        self.context = None

    def lock(self, page: Page, name: str) -> None:
        """Lock it by hand, as whoever hands it on does."""
        page.get_by_role("button", name=f"Menu of {name}").click()
        page.get_by_role("button", name="Lock", exact=True).click()
        expect(page.get_by_role("heading", name=re.compile("^Unlock for "))).to_be_visible()

    def sign_in(self, page: Page, player: str) -> None:
        """Sign in where the form stands."""
        page.get_by_label("E-mail address").fill(self.site.email_of(player))
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()

    def set_up(self, page: Page) -> None:
        """Set the tablet up with the words that it proposes."""
        page.goto("/tablet/set-up")
        words = page.locator(".passphrase__words")
        expect(words).to_have_text(re.compile(r"^\S+( \S+){3}$"))
        self.passphrase = words.inner_text()
        page.get_by_label("The words once more").fill(self.passphrase)
        page.get_by_role("button", name="Set it up").click()
        expect(page.get_by_role("heading", name="When it locks")).to_be_visible()

    def unlock(self, page: Page) -> None:
        """Unlock it with the right words."""
        expect(page.get_by_role("heading", name=re.compile("^Unlock for "))).to_be_visible()
        page.get_by_label("Your words for this tablet").fill(self.passphrase)
        page.get_by_role("button", name="Unlock", exact=True).click()
        expect(page.get_by_role("heading", name=re.compile("^Unlock for "))).to_have_count(0)

    def find(self, needles: list[bytes]) -> list[bytes]:
        """Return what somebody finds who reads every file of the profile.

        A browser that has just ended may still be emptying its cache: what goes while it is read is read
        anew with the rest, so that every needle is looked for in one whole profile.
        """
        while True:
            files = [path for path in self.profile.rglob("*") if path.is_file() and not path.is_symlink()]
            with contextlib.suppress(FileNotFoundError):
                whole = b"\0".join(path.read_bytes() for path in files)
                return [needle for needle in needles if needle in whole]


def follow_link(page: Page, path: str) -> None:
    """Follow a link of the app, as the page's own router does it: nothing is loaded anew."""
    page.evaluate(
        """path => { const link = document.createElement('a'); link.href = path;
        document.body.append(link); link.click(); link.remove() }""",
        path,
    )


def go_in_app(page: Page, path: str) -> None:
    """Follow a link of the app to where it leads."""
    follow_link(page, path)
    page.wait_for_function("path => location.pathname === new URL(path, location.href).pathname", arg=path)


def path_of(page: Page) -> str:
    """Return where the page stands: as it says itself, for the browser tells of a new address later."""
    path: str = page.evaluate("location.pathname")
    return path


def count_of(page: Page, store: str, *, with_openings: bool = True) -> int:
    """Return how many rows stand in a store, of everybody who uses the tablet."""
    count: int = page.evaluate(ROWS_OF, [store, with_openings])
    return count


def wait_until_sent(page: Page) -> None:
    """Wait until nothing waits on the tablet."""
    script = f"window.isSent = async () => {{ window.waiting = await ({ROWS_OF})(['outbox', true]) }}"
    page.evaluate(script)
    page.wait_for_function("() => { window.isSent(); return window.waiting === 0 }", polling=200)


@contextlib.contextmanager
def a_tablet(playwright: Playwright, site: Site, profile: Path) -> Iterator[Tablet]:
    """Give a tablet, and leave no process of it behind; the server runs again afterwards."""
    tablet = Tablet(playwright, site, profile)
    try:
        yield tablet
    finally:
        tablet.kill()
        site.server.start()
