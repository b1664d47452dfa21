"""Every screen and state is for everybody: by axe, at 320 pixels, and by the keyboard alone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from app.demo.setting import PASSWORD
from tests.browser.conftest import DESK, TABLET, Visits
from tests.browser.everybody import assert_for_everybody
from tests.browser.site import Site
from tests.browser.tablet import follow_link, path_of

AMINA, RUTH, LEON = "hopeworks/Amina", "hopeworks/Ruth", "northway/Leon"
JOYCE = "brightside/Joyce"
MARGARET, PRIYA, HELEN = "northway/Margaret", "northway/Priya", "northmoor/Helen"
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Screen:
    """A screen in one of its states.

    Attributes:
        player: Who looks at it; empty for nobody.
        presses: Buttons that bring it into the state: an empty form sent, a question asked.
    """

    player: str
    path: str
    presses: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.player or "nobody", self.path, *self.presses)).replace("/", "_")


NOBODY_SEES = [
    Screen("", "/"),
    Screen("", "/sign-in", ("Sign in",)),
    Screen("", "/invitation"),
    Screen("", "/picture"),
]
AMINA_SEES = [
    Screen(AMINA, path, presses)
    for path, presses in {
        "/": (),
        "/people": (),
        "/people ": ("Filter",),
        "/people/{person}": (),
        "/people/{person} ": ("Record",),
        "/people/{person}/readers": (),
        "/people/{person}/corrections": (),
        "/people/{person}/contact": ("Record contact",),
        "/people/{person}/session": ("Record session",),
        "/people/{person}/milestone": ("Record milestone",),
        "/people/{person}/rate": (),
        "/people/{person}/rate ": ("Hand the tablet to Dean", "Next: health"),
        "/people/{person}/picture": (),
        "/people/{person}/picture/link": ("Make the link",),
        "/people/{person}/focus": (),
        "/people/{person}/second-rater/{record}": (),
        "/people/{person}/plan": (),
        "/people/{person}/employment": ("Record work",),
        "/people/{person}/end": (),
        "/people/{person}/details": (),
        "/people/{person}/pause": (),
        "/people/{person}/records/{record}/evidence": ("Add evidence",),
        "/people/{person}/records/{record}/correct": (),
        "/people/{person}/records/{record}/withdraw": (),
        "/people/{person}/start": (),
        "/people/{person}/not-started": (),
        "/needs-you": (),
        "/referrals": (),
        "/tablet": (),
        "/tablet/set-up": ("Set it up",),
        "/account": (),
        "/account ": ("Sign out everywhere",),
        "/nowhere": (),
    }.items()
]
DESK_SEES = [
    Screen(RUTH, "/"),
    Screen(RUTH, "/people"),
    Screen(RUTH, "/people/{person}/arrange", ("Hand over",)),
    Screen(RUTH, "/people/{person}/who-sees", ("Save who may see them",)),
    Screen(RUTH, "/people/{person}/same-person", ("Join the two…",)),
    Screen(RUTH, "/verify"),
    Screen(RUTH, "/verify", ("Return…",)),
    Screen(RUTH, "/lines"),
    Screen(RUTH, "/people/{person}/earned"),
    Screen(RUTH, "/devices"),
    Screen(RUTH, "/signals"),
    Screen(
        JOYCE,
        "/signals",
        ("Show where it was seen: Records come late", "Add to the answer: Records come late"),
    ),
    Screen(RUTH, "/statements"),
    Screen(RUTH, "/statements/{statement}"),
    Screen(LEON, "/"),
    Screen(LEON, "/claims?contract={contract}"),
    Screen(LEON, "/claims?contract={contract}&show=incomplete"),
    Screen(LEON, "/claims/{claim}"),
    Screen(LEON, "/claims/{claim}/pack"),
    Screen(LEON, "/referrals"),
    Screen(LEON, "/signals"),
    Screen(LEON, "/referrals/import"),
    Screen(LEON, "/referrals/advisers"),
    Screen(LEON, "/settings"),
    Screen(LEON, "/settings/contracts/{contract}"),
    Screen(MARGARET, "/"),
    Screen(MARGARET, "/settings/people"),
    Screen(MARGARET, "/settings/people/{membership}"),
    Screen(MARGARET, "/settings/invite"),
    Screen(MARGARET, "/settings/organisation"),
    Screen(MARGARET, "/settings/contracts"),
    Screen(MARGARET, "/settings/contracts/new", ("Add a contract",)),
    Screen(MARGARET, "/settings/contracts/{contract}/places/new", ("Add a place",)),
    Screen(MARGARET, "/settings/contracts/{contract}/places/{place}"),
    Screen(MARGARET, "/settings/contracts/{contract}/payment-groups/new", ("Add a payment group",)),
    Screen(MARGARET, "/settings/contracts/{contract}/notices/new", ("Publish",)),
    Screen(MARGARET, "/settings/partners"),
    Screen(MARGARET, "/settings/partners/new", ("Add an organisation",)),
    Screen(MARGARET, "/settings/rate-cards"),
    Screen(MARGARET, "/settings/rate-cards/{card}"),
    Screen(MARGARET, "/settings/instruments"),
    Screen(MARGARET, "/settings/calibrations"),
    Screen(MARGARET, "/settings/calibrations/sign"),
    Screen(MARGARET, "/settings/audit"),
    Screen(PRIYA, "/"),
    Screen(PRIYA, "/people"),
    Screen(HELEN, "/"),
    Screen(HELEN, "/assess"),
    Screen(HELEN, "/assess/{claim}"),
    Screen(HELEN, "/assess/{claim}", ("Reject…",)),
    Screen(HELEN, "/statements"),
]


@dataclass
class Windows:
    """One window a player, and the ids that addresses want."""

    site: Site
    visits: Visits
    pages: dict[str, Page] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def page_of(self, player: str) -> Page:
        """Return the window of somebody."""
        if player not in self.pages:
            size = TABLET if player in {"", AMINA} else DESK
            self.pages[player] = self.visits.page(self.site, size, player or None)
        return self.pages[player]

    def address(self, path: str) -> str:
        """Return an address with what stands in this world."""
        return PLACE.sub(lambda found: self._id(found[1]), path).strip()

    def _id(self, name: str) -> str:
        if name not in self.ids:
            self.ids[name] = IDS[name](self._ask)
        return self.ids[name]

    def _ask(self, player: str, path: str) -> Any:
        answer = self.page_of(player).context.request.get(path)
        assert answer.ok, f"{path}: {answer.text()}"
        return answer.json()


Ask = Callable[[str, str], Any]


def _person(ask: Ask) -> str:
    people = ask(AMINA, "/api/caseload?scope=mine&limit=200")["items"]
    return str(next(row["enrolment_id"] for row in people if row["short_name"].startswith("Dean")))


def _record(ask: Ask) -> str:
    entries = ask(AMINA, f"/api/journeys/{_person(ask)}")["timeline"]
    return str(next(entry["record_id"] for entry in entries if entry["kind"] == "milestone"))


def _contract(ask: Ask) -> str:
    items = ask(LEON, "/api/contracts")["items"]
    return str(next(one["id"] for one in items if one["code"] == "NMC"))


def _open_claim(ask: Ask) -> str:
    claims = ask(HELEN, "/api/assess/claims")["items"]
    return str(max(claims, key=lambda claim: claim["undecided_count"])["id"])


IDS: dict[str, Callable[[Ask], str]] = {
    "person": _person,
    "record": _record,
    "contract": _contract,
    "place": lambda ask: str(ask(LEON, f"/api/contracts/{_contract(ask)}")["subcontracts"][0]["id"]),
    "claim": _open_claim,
    "statement": lambda ask: str(ask(RUTH, "/api/statements")["items"][0]["id"]),
    "membership": lambda ask: str(ask(MARGARET, "/api/people")["items"][0]["id"]),
    "card": lambda ask: str(ask(MARGARET, "/api/rate-cards")["items"][0]["id"]),
}


@pytest.fixture(scope="module")
def windows(demo_site: Site, browser: Browser, states: dict[tuple[str, str], Any]) -> Iterator[Windows]:
    """Give everybody a window on the demo world."""
    visits = Visits(browser, states)
    yield Windows(demo_site, visits)
    for context in visits.opened:
        context.close()


@pytest.mark.parametrize("screen", [*NOBODY_SEES, *AMINA_SEES, *DESK_SEES], ids=str)
def test_a_screen_is_for_everybody(windows: Windows, screen: Screen) -> None:
    page = windows.page_of(screen.player)
    turn_to(page, windows.address(screen.path), anew=not screen.player or page.url == "about:blank")
    expect(page.get_by_text("On its way…")).to_have_count(0)
    for press in screen.presses:
        page.get_by_role("button", name=press, exact=True).filter(visible=True).first.click()

    assert_for_everybody(page)


def turn_to(page: Page, address: str, *, anew: bool) -> None:
    """Open a page: from the server, or as a link of the app does, which loads nothing anew."""
    if anew or path_of(page) == urlsplit(address).path:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_attached()
    else:
        page.evaluate("document.querySelector('h1').dataset.left = ''")
        follow_link(page, address)
        expect(page.locator("h1:not([data-left])")).to_be_attached()


def test_the_keyboard_alone_records_a_contact(demo_site: Site, visits: Visits) -> None:
    page = visits.page(demo_site, DESK)
    keys = page.keyboard
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    tab_to(page, "E-mail address")
    keys.type(demo_site.email_of(AMINA))
    tab_to(page, "Password")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    tab_to(page, "My people")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="My people")).to_be_visible()
    tab_to(page, "Dean M.")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Dean M.")).to_be_visible()
    tab_to(page, "Record")
    keys.press("Enter")
    tab_to(page, "Contact")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Record a contact")).to_be_visible()
    expect(page.get_by_role("radio", name="Met", exact=True)).to_be_visible()
    tab_to(page, "Met")
    keys.press("Space")
    tab_to(page, "Record contact")
    keys.press("Enter")

    expect(page.get_by_role("heading", name="Contact recorded")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Waymark has it.")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here: str = page.evaluate(
            """() => { const one = document.activeElement;
            return one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent }"""
        )
        if re.match(rf"{re.escape(name)}(\\W|\\d|$)", here.strip()):
            return
    message = f"No Tab leads to {name!r}."
    raise AssertionError(message)
