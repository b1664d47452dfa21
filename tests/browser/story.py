"""What the people of the story do, each in their own window, in the words that stand on their screens."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from app.demo.deeds import Paper
from app.demo.papers import make
from app.demo.setting import PASSWORD
from tests.browser.site import Site

CERTIFICATE = Paper("certificate", ("Northmoor College", "Food hygiene, level 2", "4 March", "No. 4711"), 3)
OWN_SCORES = ("5", "5", "2", "6", "4", None, "1", "4")
WORKER_SCORES = ("4", "4", "3", "5", "4", "3", "2", "5")
LIST = """Reference,First name,Surname,Date of birth,National Insurance number,Language,Provider,Referred on
NM-0001,Grace,Okonjare,1991-05-17,ZY123456C,en,Hopeworks,{day}
NM-0002,Tomos,Rhosgoch,1987-11-02,,cy,Hopeworks,{day}
NM-0003,,Thwaitely,1979-01-30,,en,Hopeworks,{day}
"""


@dataclass(frozen=True)
class Person:
    """Somebody at a screen.

    Attributes:
        player: Whom they are, such as ``hopeworks/Amina``.
    """

    site: Site
    page: Page
    player: str

    def sign_in(self) -> None:
        """Sign in by the form."""
        self.page.goto("/")
        self.page.get_by_label("E-mail address").fill(self.site.email_of(self.player))
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("navigation", name="Main")).to_be_visible()

    def go(self, tab: str) -> None:
        """Open a tab of the main navigation."""
        self.page.get_by_role("navigation", name="Main").get_by_role(
            "link", name=re.compile(f"^{tab}")
        ).click()

    def act(self, name: str | re.Pattern[str], exact: bool = True) -> None:
        """Press a button; a page has its main one beside the heading or in the bar, by the window's width."""
        button = self.page.get_by_role("button", name=name, exact=exact).filter(visible=True).first
        button.click()

    def choose(self, group: str, option: str) -> None:
        """Choose one of a few."""
        self.page.get_by_role("group", name=group).get_by_role("radio", name=option, exact=True).check()


def import_list(leon: Person, day: str) -> None:
    """Take in the referrer's list; its faulty row is left out."""
    page = leon.page
    leon.go("Referrals")
    page.get_by_role("link", name="Take in a list").filter(visible=True).first.click()
    page.get_by_label("For which contract?").select_option(label="NMC: Northmoor Moving On")
    file = {"name": "referrals.csv", "mimeType": "text/csv", "buffer": LIST.format(day=day).encode()}
    page.get_by_label("Choose a CSV file").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_role("cell", name="Faulty")).to_be_visible()
    page.get_by_role("checkbox", name="Leave out 1 faulty row").check()
    leon.act("Take in 2 new people")
    expect(page.get_by_text("2 new people are in.")).to_be_visible()


def accept(amina: Person, name: str) -> None:
    """Accept somebody from the list of those who wait."""
    amina.go("Referrals")
    amina.page.get_by_role("button", name=f"Accept {name}").click()
    dialog = amina.page.get_by_role("dialog", name=f"Accept {name}?")
    expect(dialog.get_by_label("Key worker")).to_have_value(re.compile(r".+"))  # oneself
    dialog.get_by_role("button", name="Accept").click()
    expect(amina.page.get_by_role("link", name=f"Give notice and start: {name}")).to_be_visible()


def give_notice_and_start(amina: Person, name: str, goal: str) -> None:
    """Go through the notice, then start with a plan."""
    page = amina.page
    first = name.split(maxsplit=1)[0]
    page.get_by_role("link", name=f"Give notice and start: {name}").click()
    amina.choose("How did you go through it?", "We read it together")
    amina.act("Notice given")
    amina.choose("First day of support", "Today")
    page.get_by_label(f"What does {first} want to get to?").fill(goal)
    step = page.get_by_role("group", name="Step 1")
    step.get_by_label("Step 1", exact=True).fill("Try the number 7 on a quiet day")
    step.get_by_label("By when?").fill(_in_weeks(page, 2))
    page.get_by_label("When do we look at it again?").fill(_in_weeks(page, 4))
    amina.act("Start")
    received(page, "Started")


def _in_weeks(page: Page, weeks: int) -> str:
    day: str = page.evaluate(
        "weeks => new Date(Date.now() + weeks * 7 * 86400000).toISOString().slice(0, 10)", weeks
    )
    return day


def received(page: Page, title: str) -> None:
    """See that what was recorded has reached the server."""
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Waymark has it.")).to_be_visible()


def rate_together(amina: Person, first: str) -> None:
    """Take the first rating: hers, sealed, then the worker's, then the comparison."""
    page = amina.page
    page.get_by_role("link", name="Rate together for the first time").click()
    amina.act(f"Hand the tablet to {first}")
    take_turn(amina, OWN_SCORES, "I’d rather not say")
    page.get_by_label("Anything else you want to say, in your own words").fill("I stay in most days.")
    amina.act("Finish")
    amina.act("Begin Amina’s turn")
    take_turn(amina, WORKER_SCORES, "I can’t say")
    amina.act("Finish")
    expect(page.get_by_role("heading", name="Where things stand today")).to_be_visible()
    amina.act("Close")


def take_turn(amina: Person, scores: tuple[str | None, ...], rather_not: str) -> None:
    """Answer every ladder, one a page."""
    for place, score in enumerate(scores, start=1):
        expect(amina.page.get_by_text(f"{place} of 8", exact=True)).to_be_visible()
        amina.page.get_by_role("radio", name=score or rather_not, exact=True).check()
        amina.act(re.compile("^Next: "), exact=False)


def record(amina: Person, kind: str) -> None:
    """Choose what to record about the person on the screen."""
    amina.act("Record")
    amina.page.get_by_role("link", name=kind, exact=True).click()


def record_contact(amina: Person, name: str) -> None:
    """Ten seconds."""
    record(amina, "Contact")
    amina.choose("What happened?", "Met")
    amina.choose("How?", "In person")
    amina.act("Record contact")
    received(amina.page, "Contact recorded")
    amina.page.get_by_role("link", name=f"Back to {name}").click()


def record_session(amina: Person, name: str) -> None:
    """Record the support given."""
    record(amina, "Support session")
    amina.page.get_by_label("What kind of support?").select_option(label="One to one")
    amina.choose("How long?", "60 minutes")
    amina.act("Record session")
    received(amina.page, "Support session recorded")
    amina.page.get_by_role("link", name=f"Back to {name}").click()


def record_milestone(amina: Person, name: str) -> None:
    """Record that a course was completed, with a photo of the certificate."""
    page = amina.page
    record(amina, "Milestone")
    page.get_by_role("searchbox", name=re.compile("^Search")).fill("course")
    page.get_by_role("radio", name="Course completed").check()
    photo = {"name": "certificate.jpg", "mimeType": "image/jpeg", "buffer": make(CERTIFICATE)[0]}
    page.get_by_label("Take a photo").set_input_files(photo)  # type: ignore[arg-type]
    expect(page.get_by_role("list", name="Added evidence")).to_be_visible()
    amina.act("Record milestone")
    received(page, "Milestone recorded")
    page.get_by_role("link", name=f"Back to {name}").click()


def verify_all_that_counts(ruth: Person) -> None:
    """Verify what Grace can be paid for; it stands in the queue among what else waits."""
    page = ruth.page
    ruth.go("Verify")
    for title in ("Start on the programme", "Course completed"):
        open_waiting(page, title, "Grace O.")
        if title == "Course completed":
            expect(
                page.get_by_role("img", name=re.compile("certificate", re.IGNORECASE)).first
            ).to_be_visible()
        ruth.act("Verify")
        expect(page.get_by_text(f"Verified: {title}, Grace O.").first).to_be_visible()


def open_waiting(page: Page, title: str, name: str) -> None:
    """Go to a record in the queue: by the list beside it or, on a phone, one after the other."""
    record = page.get_by_role("region", name=title)
    wanted = record.filter(has_text=name)
    expect(page.get_by_role("heading", level=2).filter(visible=True).first).to_be_visible()
    listed = page.get_by_role("region", name="Waiting").get_by_role(
        "link", name=re.compile(f"^{title} ?{name}")
    )
    if listed.is_visible():
        listed.click()
    while not wanted.is_visible():
        before = page.url
        page.get_by_role("link", name="Next", exact=True).click()
        expect(page).not_to_have_url(before)
    expect(wanted).to_be_visible()


def assign_adviser(leon: Person, reference: str) -> None:
    """Assign a person, known by reference alone, to their adviser."""
    page = leon.page
    leon.go("Referrals")
    page.get_by_role("link", name="People and advisers").and_(page.locator(":visible")).click()
    contract = page.get_by_label("Contract")
    contract.select_option(label=contract.get_by_role("option", name="NMC").inner_text())
    row = page.get_by_role("listitem").filter(has_text=f"{reference}.")
    expect(page.get_by_role("list", name="People and advisers").get_by_role("listitem").first).to_be_visible()
    while not row.is_visible():
        page.get_by_role("button", name="Show more").click()
        expect(page.get_by_role("button", name="Show more").or_(row).first).to_be_visible()
    row.get_by_role("combobox").select_option(label="Priya Sandhari")
    expect(page.get_by_text(re.compile("^Adviser of .* saved$"))).to_be_attached()


def read_journey(priya: Person, name: str) -> None:
    """Understand somebody in half a minute, on the screen and on paper."""
    page = priya.page
    priya.go("My people")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_text("I stay in most days.").first).to_be_visible()
    expect(page.get_by_text("A kitchen job I can get to by myself").first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF-1.7")


def build_claim(leon: Person) -> None:
    """See what is claimable and what is missing, then build the month's claim."""
    page = leon.page
    leon.go("Claims bench")
    page.get_by_label("Contract").select_option(label="Northmoor Moving On, NMC")
    lists = page.get_by_role("navigation", name="Lines by state")
    expect(lists.get_by_role("link", name="Claimable 2")).to_be_visible()
    lists.get_by_role("link", name="Incomplete 1").click()
    expect(page.get_by_text("Managers can put it right")).to_be_visible()
    lists.get_by_role("link", name="Claimable 2").click()
    leon.act(re.compile("^Begin the claim for"), exact=False)
    leon.act("Add 2 lines")
    expect(page.get_by_text("2 lines were added.").first).to_be_visible()
    expect_sums(page)


def expect_sums(page: Page) -> None:
    """See the three figures of the claim."""
    sums = page.get_by_label("This claim", exact=True)
    for figure in ("2", "£400.00", "£320.00"):
        expect(sums.get_by_text(figure, exact=True)).to_be_visible()


def pass_claim(margaret: Person) -> None:
    """Lock, approve and submit it."""
    page = margaret.page
    margaret.go("Claims bench")
    page.get_by_label("Contract").select_option(label="Northmoor Moving On, NMC")
    for act, confirm, done in (
        ("Lock…", "Lock 2 lines", "is locked."),
        ("Approve…", "Approve 2 lines", "is approved."),
        ("Submit…", "Submit 2 lines", "is submitted to the commissioner."),
    ):
        margaret.act(act)
        page.get_by_role("dialog").get_by_role("button", name=confirm).click()
        expect(page.get_by_text(done).first).to_be_visible()
    expect_sums(page)


def fetch_pack(margaret: Person) -> None:
    """Have the evidence pack made, and fetch it."""
    page = margaret.page
    page.get_by_role("link", name="Evidence pack").filter(visible=True).first.click()
    margaret.act("Make the pack")
    fetch = page.get_by_role("link", name="Fetch the pack")
    expect(fetch).to_be_visible(timeout=180_000)
    with page.expect_download() as waiting:
        fetch.click()
    pack = Path(waiting.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        assert archive.testzip() is None
        assert "manifest.json" in archive.namelist()


def see_statement(leon: Person) -> None:
    """See the line that was accepted, and the one that was not, with the reason."""
    page = leon.page
    leon.go("Statements")
    page.get_by_role("link", name=re.compile("Northmoor Moving On")).first.click()
    expect(page.get_by_role("row", name=re.compile(r"Start on the programme.*£300\.00"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("^Rejected this month"))).to_be_visible()
    expect(page.get_by_text("The date cannot be read.").first).to_be_visible()


def see_own_lines(ruth: Person) -> None:
    """See what became of each line of one's own."""
    page = ruth.page
    ruth.go("Claims")
    expect(page.get_by_role("heading", name=re.compile("^Rejected"))).to_be_visible()
    expect(page.get_by_text("The date cannot be read.").first).to_be_visible()
    expect(page.get_by_text("Start on the programme").first).to_be_visible()


def decide(helen: Person) -> None:
    """Accept the start, reject the milestone with a reason."""
    page = helen.page
    dialog = page.get_by_role("dialog")
    helen.go("To assess")
    page.get_by_role("link", name=re.compile("^Northmoor Moving On")).click()
    expect(page.get_by_role("heading", name="Start on the programme", level=2)).to_be_visible()
    helen.act("Accept…")
    dialog.get_by_role("button", name="Accept £300.00").click()
    expect(page.get_by_role("heading", name="Observable milestone", level=2)).to_be_visible()
    helen.act("Reject…")
    dialog.get_by_role("radio").first.check()
    dialog.get_by_label("In your words").fill("The date cannot be read.")
    dialog.get_by_role("radio", name=re.compile("^Yes")).check()
    dialog.get_by_role("button", name="Reject it").click()
    expect(page.get_by_label("Decided so far").get_by_text("2 of 2")).to_be_visible()
