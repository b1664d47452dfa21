"""Single ladders that became reliably worse: never in the way of a line, never passed over in silence."""

from collections.abc import Sequence

from app.entitlements.rules.conditions import met
from app.entitlements.rules.facts import Condition
from app.entitlements.rules.measured import Measured, Side, restricted
from app.entitlements.rules.naming import Named, every, ladders_of, part
from app.entitlements.rules.sittings import MeasuredFacts
from app.instruments.rules.change import Change, change_between, reliably_worse
from app.instruments.rules.measurement import worse_z


def find_worse(facts: MeasuredFacts, measured: Measured) -> tuple[str, ...]:
    """Return the ladders that both raters saw fall by more than their error, tested together (Bonferroni)."""
    if measured.review is None or any(side.change is None for side in measured.sides):
        return ()
    tested = sorted(set(measured.person.answered) & set(measured.worker.answered))
    if not tested:
        return ()
    return reliably_worse([_by_ladder(facts, measured, side, tested) for side in measured.sides])


def _by_ladder(
    facts: MeasuredFacts, measured: Measured, side: Side, tested: Sequence[str]
) -> dict[str, Change]:
    review = measured.review
    after = [rating for rating in side.ratings if review and rating in review.ratings]
    before = [rating for rating in side.ratings if rating not in after]
    known = facts.known(measured.baseline.first, side.rater, before[0].language)
    z = worse_z(len(tested))
    found: dict[str, Change] = {}
    for ladder in tested:
        change = change_between(
            known, [restricted(r, ladder) for r in before], [restricted(r, ladder) for r in after], z=z
        )
        if change is not None:
            found[ladder] = change
    return found


def worse_condition(facts: MeasuredFacts, measured: Measured, worse: Sequence[str]) -> list[Condition]:
    """Return what is said of ladders that became reliably worse; nothing where none did. It is always met."""
    review = measured.review
    if not worse or review is None:
        return []
    noted = frozenset().union(*(rating.noted for rating in review.ratings))
    plan_on = max((day for day in facts.plans_on if day >= review.on), default=None)
    instrument = review.instrument

    def named(ladders: Sequence[str]) -> Named:
        return ladders_of(instrument.code, instrument.version, ladders)

    lacking = [
        *(part("no-note", ladder=named([ladder])) for ladder in worse if ladder not in noted),
        *(() if plan_on else (part("no-plan"),)),
    ]
    titles = named(worse)
    ids = [rating.record_id for rating in review.ratings]
    if lacking or plan_on is None:
        return [met("ladders-worse", "worse-open", *ids, titles=titles, lacking=every(lacking))]
    return [met("ladders-worse", "worse-noted", *ids, titles=titles, day=plan_on)]
