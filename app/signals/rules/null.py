"""How often an honest team would look like this: a share that differs between honest people, and chance.

The share of an honest worker's cases in which a thing is seen is drawn from a beta distribution with a stated
mean and spread (an intraclass correlation: how far honest workers differ); how many of n cases show it
is then beta-binomial. Without any spread it is binomial.

Source:
    docs/signals.md#the-null-models; J. G. Skellam (1948), Journal of the Royal Statistical Society B 10,
    257-261.
"""

from dataclasses import dataclass
from math import exp, lgamma, log

NEGLIGIBLE = 1e-18


@dataclass(frozen=True)
class Null:
    """What honest teams show: the mean share of cases, and how far honest workers differ (0 to 1)."""

    mean: float
    spread: float


def chance_of(seen: int, cases: int, null: Null) -> float:
    """Return the probability of `seen` or more of so many cases, 0 to 1."""
    if seen <= 0:
        return 1.0
    if seen <= cases * null.mean:
        return 1.0  # nothing to tell: no more than is expected
    term = _probability(seen, cases, null)
    total = 0.0
    for count in range(seen, cases + 1):
        total += term
        if term < NEGLIGIBLE * total or count == cases:
            break
        term *= _step(count, cases, null)
    return min(total, 1.0)


def _parts(null: Null) -> tuple[float, float]:
    """Return the two parameters of the beta distribution."""
    size = 1 / null.spread - 1
    return null.mean * size, (1 - null.mean) * size


def _probability(count: int, cases: int, null: Null) -> float:
    ways = lgamma(cases + 1) - lgamma(count + 1) - lgamma(cases - count + 1)
    if null.spread == 0:
        return exp(ways + count * log(null.mean) + (cases - count) * log(1 - null.mean))
    a, b = _parts(null)
    inside = lgamma(count + a) + lgamma(cases - count + b) - lgamma(cases + a + b)
    return exp(ways + inside - lgamma(a) - lgamma(b) + lgamma(a + b))


def _step(count: int, cases: int, null: Null) -> float:
    """Return the probability of one more, as a ratio."""
    ways = (cases - count) / (count + 1)
    if null.spread == 0:
        return ways * null.mean / (1 - null.mean)
    a, b = _parts(null)
    return ways * (count + a) / (cases - count - 1 + b)
