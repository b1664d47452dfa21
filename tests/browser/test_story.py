"""The main job, end to end, by clicks: each role signs in for itself, on the built app."""

from typing import Any

import pytest

from app.records.rules import london_day
from tests.browser import story
from tests.browser.conftest import DESK, PHONE, TABLET, Visits
from tests.browser.site import Site, now
from tests.browser.story import Person


@pytest.fixture
def sizes(database: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return the window of those at work outside, and at a desk; PostgreSQL's pass is told on phones."""
    return (PHONE, PHONE) if database == "postgresql" else (TABLET, DESK)


def test_from_a_referral_to_money(new_site: Site, visits: Visits, sizes: Any) -> None:
    outside, desk = sizes

    def comes(player: str, size: dict[str, int]) -> Person:
        person = Person(new_site, visits.page(new_site, size), player)
        person.sign_in()
        return person

    leon = comes("northway/Leon", desk)
    story.import_list(leon, london_day(now()).isoformat())

    amina = comes("hopeworks/Amina", outside)
    story.accept(amina, "Grace O.")
    story.give_notice_and_start(amina, "Grace O.", "A kitchen job I can get to by myself")
    story.rate_together(amina, "Grace")
    story.record_contact(amina, "Grace O.")
    story.record_session(amina, "Grace O.")
    story.record_milestone(amina, "Grace O.")
    story.accept(amina, "Tomos R.")
    story.give_notice_and_start(amina, "Tomos R.", "Mornings outside again")

    ruth = comes("hopeworks/Ruth", desk)
    story.verify_all_that_counts(ruth)

    priya = comes("northway/Priya", desk)
    story.assign_adviser(leon, "NM-0001")
    story.read_journey(priya, "Grace O.")

    story.build_claim(leon)
    margaret = comes("northway/Margaret", desk)
    story.pass_claim(margaret)
    story.fetch_pack(margaret)
    helen = comes("northmoor/Helen", desk)
    story.decide(helen)
    story.see_statement(leon)
    story.see_own_lines(ruth)
