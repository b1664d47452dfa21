"""A shared tablet locks by itself, keeps what was begun, and keeps people's records apart."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from app.demo.papers import make
from tests.browser.conftest import TABLET, Visits
from tests.browser.site import Site
from tests.browser.story import CERTIFICATE, Person
from tests.browser.tablet import Tablet, count_of, go_in_app, path_of

AMINA, SAM = "hopeworks/Amina", "hopeworks/Sam"
PHOTOS = 10
PHOTO = make(CERTIFICATE)[0]
TRIES = 5
LOCKED = re.compile("^Unlock for ")


def a_set_up_tablet(context: BrowserContext, site: Site) -> tuple[Tablet, Page, str]:
    """Sign Amina in, set the tablet up, and open a person of hers; return their address, too."""
    page = context.new_page()
    tablet = Tablet(None, site, Path())  # type: ignore[arg-type]
    Person(site, page, AMINA).sign_in()
    tablet.set_up(page)
    go_in_app(page, "/people")
    page.get_by_role("link", name="Dean M.").click()
    expect(page.get_by_role("heading", name="Dean M.")).to_be_visible()
    return tablet, page, path_of(page)


def see(page: Page, *, locked: bool) -> None:
    """See whether the tablet is locked."""
    expect(page.get_by_role("heading", name=LOCKED)).to_have_count(1 if locked else 0)


def look_away(page: Page, *, hidden: bool) -> None:
    """Bring another app in front, or this one back."""
    state = "hidden" if hidden else "visible"
    page.evaluate(
        """value => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange')) }""",
        state,
    )


def test_it_locks_when_it_is_left_and_not_while_its_own_camera_is_open(
    demo_site: Site, visits: Visits
) -> None:
    context = visits.context(demo_site, TABLET)
    context.clock.install()
    tablet, page, person = a_set_up_tablet(context, demo_site)
    go_in_app(page, f"{person}/contact")
    page.get_by_label("A note").fill("Half a sentence")

    page.clock.fast_forward("04:30")  # the clock runs on by itself, and the machine may be busy
    see(page, locked=False)
    page.clock.fast_forward("00:40")
    see(page, locked=True)
    tablet.unlock(page)
    expect(page.get_by_label("A note")).to_have_value("Half a sentence")

    go_in_app(page, f"{person}/milestone")
    page.get_by_role("searchbox", name=re.compile("^Search")).fill("course")
    page.get_by_role("radio", name="Course completed").check()
    for number in range(1, PHOTOS + 1):
        photo = FilePayload(name=f"{number}.jpg", mimeType="image/jpeg", buffer=PHOTO)
        with page.expect_file_chooser() as chooser:
            page.get_by_label("Take a photo").click()
        look_away(page, hidden=True)
        page.clock.fast_forward("06:00")
        chooser.value.set_files([photo])
        look_away(page, hidden=False)
        expect(page.get_by_role("list", name="Added evidence").get_by_role("listitem")).to_have_count(number)
    see(page, locked=False)

    look_away(page, hidden=True)
    page.clock.fast_forward("01:05")
    see(page, locked=True)
    tablet.unlock(page)
    expect(page.get_by_role("list", name="Added evidence").get_by_role("listitem")).to_have_count(PHOTOS)

    go_in_app(page, "/people")
    page.get_by_role("link", name="Sinead V.").click()
    expect(page.get_by_role("heading", name="Sinead V.")).to_be_visible()
    go_in_app(page, f"{path_of(page)}/rate")
    page.get_by_role("button", name="Hand the tablet to Sinead").filter(visible=True).first.click()
    expect(page.get_by_text("1 of 8", exact=True)).to_be_visible()
    page.clock.fast_forward("19:30")
    see(page, locked=False)
    expect(page.get_by_text(re.compile("Dean|Keisha"))).to_have_count(0)
    page.clock.fast_forward("00:40")
    see(page, locked=True)


def test_somebody_else_neither_sees_nor_sends_what_waits(demo_site: Site, visits: Visits) -> None:
    context = visits.context(demo_site, TABLET)
    tablet, page, person = a_set_up_tablet(context, demo_site)
    page.route("**/api/sync/batches", lambda route: route.abort())
    go_in_app(page, f"{person}/contact")
    amina = Person(demo_site, page, AMINA)
    amina.choose("What happened?", "Tried, no answer")
    amina.choose("How?", "By telephone")
    amina.act("Record contact")
    expect(page.get_by_role("heading", name="Contact recorded")).to_be_visible()
    sign_out(page, "Amina", "1 record is saved here and not sent yet.")

    tablet.sign_in(page, SAM)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/sync/batches" in request.url else None)
    sign_out(page, "Sam", "Everything you recorded has been received.")
    page.get_by_role("button", name="Unlock for Amina O.").click()
    expect(page.get_by_text("1 record waits here, sealed, to be sent.")).to_be_visible()
    assert sent == []

    # Too many wrong tries: what could be read is gone, what is sealed still goes.
    for left in range(TRIES - 1, 0, -1):
        try_words(page, "not the right words")
        expect(page.get_by_text(re.compile(f"{left} more (try|tries)")).first).to_be_visible()
    try_words(page, "not the right words")
    page.get_by_label("E-mail address").wait_for()
    assert count_of(page, "private") == 0
    page.unroute("**/api/sync/batches")
    with page.expect_response("**/api/sync/batches") as answer:
        tablet.sign_in(page, AMINA)
    assert [one["outcome"] for one in answer.value.json()["outcomes"]] == ["recorded"]


def sign_out(page: Page, name: str, says: str) -> None:
    """Sign out, and read what the tablet says of what waits."""
    page.get_by_role("button", name=re.compile(f"^Menu of {name}")).click()
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    question = page.get_by_role("dialog")
    expect(question.get_by_text(says)).to_be_visible()
    question.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("E-mail address")).to_be_visible()


def try_words(page: Page, words: str) -> None:
    """Try to unlock."""
    page.get_by_label("Your words for this tablet").fill(words)
    page.get_by_role("button", name="Unlock", exact=True).click()


def test_a_passkey_of_the_tablet_unlocks_it_too(demo_site: Site, visits: Visits) -> None:
    context = visits.context(demo_site, TABLET)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        **{"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasPrf": True},
        **{"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True},
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    # Passkeys belong to a name; a bare address has none.
    page.goto(demo_site.url.replace("127.0.0.1", "localhost"))
    tablet = Tablet(None, demo_site, Path())  # type: ignore[arg-type]
    tablet.sign_in(page, AMINA)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    go_in_app(page, "/tablet/set-up")
    page.get_by_label("Words of my own").check()
    page.get_by_label("Your own words").fill("harbour acorn violin gravel")
    page.get_by_label("The words once more").fill("harbour acorn violin gravel")
    page.get_by_label(re.compile("^Also unlock with this tablet")).check()
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="When it locks")).to_be_visible()

    page.reload()
    see(page, locked=True)
    page.get_by_role("button", name="Finger, face or PIN").click()
    expect(page.get_by_role("heading", name="When it locks")).to_be_visible()
    context.close()
    visits.faults.clear()  # the name of this address is not the site's own


KEEP_CONNECTIONS = """() => {
  const open = new Set();
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...of) { open.add(this); return begin.apply(this, of) };
  window.killConnections = () => { for (const one of open) one.close(); open.clear() };
}"""
ROOM_BYTES, BIG_BYTES = 20_000_000, 6_000_000
FILLS = (60_000, 600)
MUCH = "No room for these words. " * 150
# Somebody else's words, until the browser takes no more.
FILL = """size => new Promise(done => {
  const asked = indexedDB.open('filler');
  asked.onupgradeneeded = () => asked.result.createObjectStore('words');
  asked.onsuccess = () => {
    const fill = () => {
      const tx = asked.result.transaction('words', 'readwrite');
      tx.objectStore('words').put(crypto.getRandomValues(new Uint8Array(size)), Math.random());
      tx.oncomplete = fill;
      tx.onabort = () => done(tx.error.name);
    };
    fill();
  };
})"""
HOLDS_RESERVE = """async () => {
  const isReserved = name => new Promise(done => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => {
      const key = asked.result.transaction('meta').objectStore('meta').getKey('reserve');
      key.onsuccess = () => { asked.result.close(); done(key.result !== undefined) };
    };
  });
  const names = (await indexedDB.databases()).map(one => one.name);
  const mine = names.filter(name => /^waymark-[0-9a-f]{8}-/.test(name));
  return (await Promise.all(mine.map(isReserved))).some(Boolean);
}"""


def test_without_room_photos_wait_and_words_are_saved_and_a_killed_store_opens_again(
    demo_site: Site, visits: Visits
) -> None:
    context = visits.context(demo_site, TABLET)
    context.add_init_script(f"({KEEP_CONNECTIONS})()")
    devtools = context.new_cdp_session(context.new_page())
    room = {"origin": demo_site.url, "quotaSize": ROOM_BYTES}
    devtools.send("Storage.overrideQuotaForOrigin", room)  # first: browsers remember how much there was
    _, page, person = a_set_up_tablet(context, demo_site)
    page.evaluate(f"window.look = async () => {{ window.isReserved = await ({HOLDS_RESERVE})() }}")
    page.wait_for_function("() => { window.look(); return window.isReserved }", polling=200)

    go_in_app(page, f"{person}/milestone")
    page.get_by_role("searchbox", name=re.compile("^Search")).fill("course")
    page.get_by_role("radio", name="Course completed").check()
    photo = FilePayload(name="1.jpg", mimeType="image/jpeg", buffer=PHOTO + bytes(BIG_BYTES))
    page.get_by_label("Take a photo").set_input_files([photo])
    expect(page.get_by_text("This tablet is nearly full, so it takes no more photos.")).to_be_visible()
    expect(page.get_by_role("list", name="Added evidence")).to_have_count(0)
    assert page.evaluate(FILL, FILLS[0]) == "QuotaExceededError"
    amina = Person(demo_site, page, AMINA)
    for kills in (False, True):
        go_in_app(page, f"{person}/contact")
        amina.choose("What happened?", "Met")
        page.get_by_label("A note").fill("Words find room.")
        if kills:
            page.evaluate("killConnections()")
        amina.act("Record contact")
        expect(page.get_by_role("heading", name="Contact recorded")).to_be_visible()
        expect(page.get_by_role("status").filter(has_text="Waymark has it.")).to_be_visible()
        go_in_app(page, person)
    expect(page.get_by_text("This tablet is nearly full. Words are still saved")).to_be_visible()
    expect(page.get_by_text("Words find room.").first).to_be_visible()
    assert page.evaluate(HOLDS_RESERVE) is False

    # Where nothing at all fits, nothing is claimed, and the words stay.
    go_in_app(page, f"{person}/contact")
    amina.choose("What happened?", "Met")
    note = page.get_by_label("A note")
    for size in FILLS:
        assert page.evaluate(FILL, size) == "QuotaExceededError"
    note.fill(MUCH)
    expect(page.get_by_text("There is no room at all left on this tablet")).to_be_visible()
    amina.act("Record contact")
    told = page.get_by_role("dialog", name="This is not saved")
    expect(told.get_by_text("nothing of it was written down")).to_be_visible()
    told.get_by_role("button", name="Back to the page").click()
    expect(note).to_have_value(MUCH)
    expect(page.get_by_role("heading", name="Contact recorded")).to_have_count(0)
