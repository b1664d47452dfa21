"""A quick form of the simulated years: those who game are surfaced, the honest are let be."""

from app.signals.rules.looks import cases_of
from tests.simulation.signals import HONEST_MOST, SURFACED_LEAST, count_years, markdown, year_of
from tests.simulation.teams import STYLES, teams


def test_in_a_year_those_who_game_are_surfaced_and_the_honest_are_not() -> None:
    count = count_years(1, seed=11)

    assert count.gaming_share >= SURFACED_LEAST
    assert count.honest_share <= HONEST_MOST
    assert count.honest_teams == 0
    assert all(style.name in markdown(count) for style in STYLES)


def test_the_same_seed_gives_the_same_year() -> None:
    first, again = (next(teams(3)) for _ in range(2))

    assert first == again
    assert list(year_of(cases_of(first.facts))) == list(year_of(cases_of(again.facts)))
