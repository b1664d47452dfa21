"""What is counted: false payments in a year, power at a review, what `held` pays, leaving ladders out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.instruments.rules.measurement import Z_HELD, Z_IMPROVED
from tests.simulation.decisions import (
    OTHERS,
    OURS,
    Verdict,
    by_rules,
    least_points,
    ours,
    total,
)
from tests.simulation.people import COUNT, EVEN, LADDERS, MDC, Points, Raters, Scale, groups

CORRELATIONS = (0.0, 0.3, 0.5, 0.7)
LOOKS = 3
GAINS = (1.5, 2.0)  # of MDC95
KEPT = (0.0, 0.5, 1.0)  # of the gain, when `held` is asked
SAMPLE = 60  # people of each sort, of whom the rules themselves are asked


@dataclass
class Tally:
    """People counted, and how often the quick decision and the rules were compared.

    Attributes:
        counts: By what was counted, how many people.
        compared: How many decisions the rules made, too.
        differed: How many of them differed; must be 0.
    """

    people: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    compared: int = 0
    differed: int = 0

    def share(self, name: str, of: str | None = None) -> float:
        """Return a count as a share of everybody, or of those of another count."""
        return self.counts[name] / (self.counts[of] if of else self.people)

    def compare(self, before: Sequence[Points], after: Points, raters: Raters, verdict: Verdict) -> None:
        """Ask the rules of some people: the first, and those who are nearest to the threshold."""
        error = raters.error()
        rise = len(before) * after.sum(axis=2) - total(before).sum(axis=2)
        near = np.abs(rise.min(axis=1) - least_points(error, len(before), Z_IMPROVED, COUNT))
        some = np.unique(np.concatenate([np.arange(SAMPLE), np.argsort(near, kind="stable")[:SAMPLE]]))
        asked = by_rules([one[some] for one in before], after[some], error, Z_IMPROVED)
        self.compared += len(some)
        self.differed += int((asked != verdict[some]).sum())


def year(scale: Scale, correlation: float, baselines: int, people: int, seed: int) -> Tally:
    """Return how often each rule pays: unchanged people in a year of three looks, changed ones at one."""
    raters = Raters(scale, correlation)
    error, tally = raters.error(), Tally()
    for place, group in enumerate(groups(raters, people, seed)):
        before = [group.sitting() for _ in range(baselines)]
        paid: dict[str, Verdict] = {}
        for _ in range(LOOKS):
            after = group.sitting()
            seen = {name: rule(before, after, scale.unit) for name, rule in OTHERS.items()}
            seen[OURS] = ours(before, after, error, Z_IMPROVED)
            paid = {name: paid[name] | verdict if paid else verdict for name, verdict in seen.items()}
        tally.people += len(group.true)
        tally.counts.update({f"false: {name}": int(verdict.sum()) for name, verdict in paid.items()})
        for gain in GAINS:
            after = group.sitting(gain * MDC)
            verdict = ours(before, after, error, Z_IMPROVED)
            tally.counts[f"power {gain:g}: {OURS}"] += int(verdict.sum())
            for name, rule in OTHERS.items():
                tally.counts[f"power {gain:g}: {name}"] += int(rule(before, after, scale.unit).sum())
            if place == 0:
                tally.compare(before, after, raters, verdict)
    return tally


def held(scale: Scale, people: int, seed: int, correlation: float = 0.5) -> Tally:
    """Return what `held` pays after a true gain of one MDC on a double baseline, by what is left of the gain.

    The person is looked at three times; the improvement triggers at the first or the second look, and `held`
    is asked at the look after it. "At the first" counts those alone who triggered at the first.
    """
    raters = Raters(scale, correlation)
    error, tally = raters.error(), Tally()
    for group in groups(raters, people, seed):
        before = [group.sitting(), group.sitting()]
        first = ours(before, group.sitting(MDC), error, Z_IMPROVED)
        either = first | ours(before, group.sitting(MDC), error, Z_IMPROVED)
        tally.people += len(group.true)
        tally.counts.update({"first": int(first.sum()), "either": int(either.sum())})
        for share in KEPT:
            kept = ours(before, group.sitting(share * MDC), error, Z_HELD)
            tally.counts[f"first, kept {share:g}"] += int((kept & first).sum())
            tally.counts[f"either, kept {share:g}"] += int((kept & either).sum())
    return tally


def skipping(raters: Raters, people: int, seed: int, baselines: int = 1) -> dict[str, float]:
    """Return the false payments in a year when ladders are left out, by which and how they are judged."""
    counted: Counter[str] = Counter()
    for group in groups(raters, people, seed):
        before = [group.sitting() for _ in range(baselines)]
        paid: dict[str, Verdict] = {}
        for _ in range(LOOKS):
            after = group.sitting()
            for name, verdict in _skipped(raters, before, after):
                paid[name] = paid[name] | verdict if name in paid else verdict
        counted.update({name: int(verdict.sum()) for name, verdict in paid.items()})
    return {name: count / people for name, count in counted.items()}


def _skipped(raters: Raters, before: Sequence[Points], after: Points) -> Iterator[tuple[str, Verdict]]:
    whole = raters.error()
    yield "none", ours(before, after, whole, Z_IMPROVED)
    uneven = raters.weights != EVEN
    for left_out in [*((code,) for code in (LADDERS if uneven else LADDERS[:1])), LADDERS[-2:]]:
        kept = tuple(code for code in LADDERS if code not in left_out)
        mask = np.array([[[code in kept for code in LADDERS]]], np.int32)
        names = " and ".join(left_out)
        own = ours(before, after, raters.error(kept), Z_IMPROVED, mask)
        yield f"{len(left_out)} ({names}) before, the set's own error", own
        yield (
            f"{len(left_out)} ({names}), the wider set's error",
            ours(before, after, whole, Z_IMPROVED, mask),
        )
    rise = len(before) * after - total(before)
    for count in (1, 2):
        places = np.argsort(np.argsort(rise, axis=2, kind="stable"), axis=2, kind="stable")
        mask = (places >= count).astype(np.int32)
        name = f"{count} that rose least, chosen after the review, the wider set's error"
        yield name, ours(before, after, whole, Z_IMPROVED, mask)
