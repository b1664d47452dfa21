"""A quick form of `make simulate`: its promises within the error of counting, and the rules themselves."""

from xml.etree import ElementTree

import numpy as np
import pytest

from app.instruments.rules.measurement import Z_HELD, Z_IMPROVED
from tests.simulation.decisions import OURS, by_rules, ours
from tests.simulation.people import FINE, LADDERS, MDC, WHOLE, Raters, groups
from tests.simulation.picture import draw
from tests.simulation.report import BEGIN, END, placed
from tests.simulation.runs import held, skipping, year

PEOPLE = 30_000


def error_of(share: float, people: int = PEOPLE) -> float:
    """Three standard errors of a share that was counted."""
    return 3 * (share * (1 - share) / people) ** 0.5


@pytest.mark.parametrize(
    ("correlation", "baselines", "false", "power"), [(0.5, 1, 0.005, 0.918), (0.7, 2, 0.0102, 0.980)]
)
def test_unchanged_people_are_hardly_paid_and_changed_people_are(
    correlation: float, baselines: int, false: float, power: float
) -> None:
    tally = year(FINE, correlation, baselines, PEOPLE, seed=7)

    assert tally.share(f"false: {OURS}") == pytest.approx(false, abs=error_of(false))
    assert tally.share(f"power 2: {OURS}") == pytest.approx(power, abs=error_of(power))
    assert tally.share("false: any ladder +1") > 0.9
    assert tally.compared > 100
    assert tally.differed == 0


def test_held_pays_little_where_the_gain_was_lost() -> None:
    tally = held(FINE, PEOPLE, seed=7)

    for kept, share in ((0, 0.0294), (0.5, 0.2770), (1, 0.7563)):
        people = tally.counts["either"]
        counted = tally.share(f"either, kept {kept:g}", "either")
        assert counted == pytest.approx(share, abs=error_of(share, people))


def test_leaving_ladders_out_never_pays_unchanged_people_more_often() -> None:
    people = 20_000
    counted = skipping(Raters(FINE, 0.7, (0.5, 0.6, 0.8, 1.0, 1.0, 1.2, 1.4, 1.5)), people, seed=7)

    whole = counted.pop("none")
    own = [share for how, share in counted.items() if "own error" in how]
    wider = [share for how, share in counted.items() if "wider" in how]
    assert len(own) > len(LADDERS)
    assert max(own) <= whole + error_of(whole, people)  # as often, counted on other answers
    assert max(wider) <= whole


@pytest.mark.parametrize("scale", [FINE, WHOLE], ids=lambda scale: scale.name)
def test_the_quick_decision_is_the_rules(scale: object) -> None:
    raters = Raters(scale, 0.5)  # type: ignore[arg-type]
    group = next(iter(groups(raters, 150, seed=3)))
    before = [group.sitting(), group.sitting()]
    after = group.sitting(1.2 * MDC)
    kept = (np.argsort(np.argsort(after, axis=2), axis=2) >= 1).astype(np.int32)

    for z, mask in ((Z_IMPROVED, None), (Z_HELD, None), (Z_IMPROVED, kept)):
        quick = ours(before, after, raters.error(), z, mask)
        assert (quick == by_rules(before, after, raters.error(), z, mask)).all()
        assert 0 < quick.sum() < len(quick)


def test_the_same_seed_gives_the_same_figures() -> None:
    assert year(WHOLE, 0.3, 1, 500, seed=1) == year(WHOLE, 0.3, 1, 500, seed=1)


def test_the_picture_is_sound_and_the_page_keeps_what_is_ours() -> None:
    root = ElementTree.fromstring(draw((0.0, 0.7), {name: [0.0, 0.5] for name in "abcde"}))

    assert len(root.findall("{http://www.w3.org/2000/svg}circle")) == 10
    assert placed(f"a {BEGIN} old {END} b", "new") == f"a {BEGIN}\n\nnew\n\n{END} b"
    with pytest.raises(ValueError, match="no place"):
        placed("a", "new")
