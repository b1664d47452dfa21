"""What a key worker's tablet shows, is told and keeps has no money in it, no threshold and no condition."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import TABLET, Visits
from tests.browser.site import Site
from tests.browser.story import OWN_SCORES, WORKER_SCORES, Person, take_turn

AMINA = "hopeworks/Amina"
FORBIDDEN = re.compile(
    r"£|pence(?!\":null)|\bprice|payable|claimable|threshold|needed[_ -]change|least that counts|"
    r"reliabl|calibrat|room-to-improve|improved-(person|worker)|improvement-reached|rate[_-]card|\btrigger|"
    r"\b(RCI|MDC|MDC95|SEM|Sdiff|z-score)\b",
    re.IGNORECASE,
)
# Whatever the browser keeps for the app; the shell's own scripts are everybody's, and are left out.
KEPT = """async () => {
  const found = [];
  // Bytes that are no text hold short words by chance, room set aside surely; what can be read is longer.
  const read = bytes => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return (new TextDecoder('latin1').decode(bytes).match(/[ -~]{32,}/g) ?? []).join(' ');
    }
  };
  const text = value => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? read(value)
    : value instanceof Blob ? `blob ${value.size}`
    : value && typeof value === 'object'
      ? Object.entries(value).map(([key, one]) => `${key} ${text(one)}`).join(' ')
    : String(value);
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise(done => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise(done => {
        const asked = database.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result);
      });
      found.push(...rows.map(row => `${name} ${store}: ${text(row)}`));
    }
    database.close();
  }
  for (const kept of [localStorage, sessionStorage]) found.push(...Object.entries(kept).map(String));
  return found;
}"""


class Watch:
    """Reads along: every answer that the app is given, and each screen where one stops."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.told: list[tuple[str, str]] = []
        self.screens = 0
        page.route("**/api/**", self._listen)

    def look(self) -> None:
        """Look at the whole page, also at what is folded away, and at its title."""
        self.screens += 1
        self._read(f"screen {self.page.url}", f"{self.page.title()} {self.page.content()}")

    def look_behind(self) -> None:
        """Read what the app was told, which is all that it can hold in memory, and what is on the disk."""
        self.page.unroute_all(behavior="ignoreErrors")
        assert len(self.told) >= self.screens
        for where, text in self.told:
            self._read(where, text)
        kept = self.page.evaluate(KEPT)
        assert kept
        for row in kept:
            self._read("kept", row)

    def _listen(self, route: Route) -> None:
        response = route.fetch(max_retries=3)  # a connection that lay idle may be closed by now
        if "json" in response.headers.get("content-type", ""):
            self.told.append((response.url, response.text()))
        route.fulfill(response=response)

    @staticmethod
    def _read(where: str, text: str) -> None:
        found = FORBIDDEN.search(text)
        assert found is None, f"{where}: …{text[max(0, found.start() - 80) : found.end() + 80]}…"


def test_a_workers_tablet_knows_no_money_and_no_threshold(demo_site: Site, visits: Visits) -> None:
    page = visits.page(demo_site, TABLET, AMINA)
    watch, amina = Watch(page), Person(demo_site, page, AMINA)
    page.goto("/")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    watch.look()
    page.goto("/people")
    page.get_by_role("link", name="Dean M.").first.click()
    expect(page.get_by_role("heading", name="Dean M.")).to_be_visible()
    journey = page.url
    watch.look()

    # The sitting: the worker's page before, each turn, and what both see after.
    page.goto(f"{journey}/rate")
    expect(page.get_by_role("group", name="Which occasion is it?")).to_contain_text("Proposed: ")
    amina.choose("What help does Dean have?", "Read aloud")
    watch.look()
    amina.act("Hand the tablet to Dean")
    watch.look()
    take_turn(amina, OWN_SCORES, "I’d rather not say")
    watch.look()
    amina.act("Finish")
    watch.look()
    amina.act("Begin Amina’s turn")
    watch.look()
    take_turn(amina, WORKER_SCORES, "I can’t say")
    amina.act("Finish")
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    watch.look()
    amina.act("What do we agree to do?")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    watch.look()
    page.goto("/needs-you")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    watch.look()
    watch.look_behind()
