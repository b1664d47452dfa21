"""Estimating an error from pairs of ratings: sd and two intraclass correlations with their intervals.

A table has people × occasions (or people × raters), two-way mean squares. ICC(A,1), absolute
agreement, counts a drift of everybody between the occasions as error; ICC(C,1), consistency, does not.

Estimates are made in floating point and rounded once, half up to four places, when they become inputs.

Source:
    docs/measurement.md#the-routine-estimate; McGraw & Wong 1996, tables 4 and 7, with the erratum of the same
    year; Shrout & Fleiss 1979, whose ICC(2,1) and ICC(3,1) they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt

LEVEL = 0.95
LEAST_ROWS = 3  # below, no interval can be given


@dataclass(frozen=True)
class Interval:
    """A correlation with its two-sided 95 % interval, and its lower one-sided 95 % limit."""

    value: float
    low: float
    high: float
    lower_limit: float


@dataclass(frozen=True)
class Agreement:
    """What pairs of ratings say of an instrument's error.

    Attributes:
        n: People.
        sd: Of one rating, between people, in points; a drift between the occasions included.
        drift: The mean of the last occasion less that of the first, in points.
        agreement: ICC(A,1).
        consistency: ICC(C,1).
    """

    n: int
    sd: float
    drift: float
    agreement: Interval
    consistency: Interval

    @property
    def sem(self) -> float:
        """The standard error by the lower limit, in points."""
        return self.sd * sqrt(1 - max(0.0, self.agreement.lower_limit))


@dataclass(frozen=True)
class _Squares:
    """The mean squares of a table of people × occasions."""

    n: int
    k: int
    rows: float
    columns: float
    error: float


def agreement_of(table: Sequence[Sequence[float]]) -> Agreement | None:
    """Return what a table of ratings says, a row a person, a column an occasion or a rater.

    Returns:
        None where it says nothing: fewer than three people, nobody differs, or nothing ever wobbled.

    Raises:
        ValueError: rows are of different length, or hold fewer than two ratings.
    """
    widths = {len(row) for row in table}
    if len(widths) > 1 or min(widths, default=2) < 2:  # noqa: PLR2004  (a pair at least)
        message = "Each person needs the same number of ratings, two at least."
        raise ValueError(message)
    if len(table) < LEAST_ROWS:
        return None
    squares = _squares(table)
    if squares.rows <= 0 or squares.error <= 0:
        return None
    n, k = squares.n, squares.k
    drift = max(0.0, squares.columns - squares.error) * k / n
    return Agreement(
        n=n,
        sd=sqrt((squares.rows + (k - 1) * squares.error + drift) / k),
        drift=sum(row[-1] - row[0] for row in table) / n,
        agreement=_interval(_agreement(squares), squares, _agreement_low, _agreement_high),
        consistency=_interval(_consistency(squares), squares, _consistency_low, _consistency_high),
    )


def _squares(table: Sequence[Sequence[float]]) -> _Squares:
    n, k = len(table), len(table[0])
    mean = sum(map(sum, table)) / (n * k)
    rows = [sum(row) / k for row in table]
    columns = [sum(row[place] for row in table) / n for place in range(k)]
    of_rows = k * sum((one - mean) ** 2 for one in rows)
    of_columns = n * sum((one - mean) ** 2 for one in columns)
    of_error = sum((table[i][j] - rows[i] - columns[j] + mean) ** 2 for i in range(n) for j in range(k))
    tiny = 1e-12 * max(1.0, of_rows)  # what floating point leaves of nothing
    return _Squares(
        n,
        k,
        of_rows / (n - 1),
        of_columns / (k - 1),
        0.0 if of_error < tiny else of_error / ((n - 1) * (k - 1)),
    )


def _interval(
    value: float,
    squares: _Squares,
    low: Callable[[_Squares, float], float],
    high: Callable[[_Squares, float], float],
) -> Interval:
    two_sided = 1 - (1 - LEVEL) / 2
    return Interval(value, low(squares, two_sided), high(squares, two_sided), low(squares, LEVEL))


def _consistency(s: _Squares) -> float:
    return (s.rows - s.error) / (s.rows + (s.k - 1) * s.error)


def _consistency_low(s: _Squares, level: float) -> float:
    ratio = s.rows / s.error / f_quantile(level, s.n - 1, (s.n - 1) * (s.k - 1))
    return (ratio - 1) / (ratio + s.k - 1)


def _consistency_high(s: _Squares, level: float) -> float:
    ratio = s.rows / s.error * f_quantile(level, (s.n - 1) * (s.k - 1), s.n - 1)
    return (ratio - 1) / (ratio + s.k - 1)


def _agreement(s: _Squares) -> float:
    return (s.rows - s.error) / (s.rows + (s.k - 1) * s.error + s.k / s.n * (s.columns - s.error))


def _agreement_low(s: _Squares, level: float) -> float:
    f = f_quantile(level, s.n - 1, _freedom(s))
    rest = s.k * s.columns + (s.k * s.n - s.k - s.n) * s.error
    return s.n * (s.rows - f * s.error) / (f * rest + s.n * s.rows)


def _agreement_high(s: _Squares, level: float) -> float:
    f = f_quantile(level, _freedom(s), s.n - 1)
    rest = s.k * s.columns + (s.k * s.n - s.k - s.n) * s.error
    return s.n * (f * s.rows - s.error) / (rest + s.n * f * s.rows)


def _freedom(s: _Squares) -> float:
    """Return the degrees of freedom of the occasions and the error together (Satterthwaite)."""
    r = _agreement(s)
    a = s.k * r / (s.n * (1 - r))
    b = 1 + s.k * r * (s.n - 1) / (s.n * (1 - r))
    columns, error = a * s.columns, b * s.error
    return (columns + error) ** 2 / (columns**2 / (s.k - 1) + error**2 / ((s.n - 1) * (s.k - 1)))


# --- the F distribution ---

STEPS = 300
SMALL = 1e-300
CLOSE = 1e-15


def f_quantile(level: float, d1: float, d2: float) -> float:
    """Return the value that an F of d1 and d2 degrees of freedom does not exceed with this probability."""
    share = _beta_quantile(level, d1 / 2, d2 / 2)  # of d1·F/(d1·F + d2), which has a beta distribution
    if share <= 1 / 2:
        return d2 * share / (d1 * (1 - share))
    rest = _beta_quantile(1 - level, d2 / 2, d1 / 2)  # what is left to 1 would lose its digits
    return d2 * (1 - rest) / (d1 * rest)


def _beta_quantile(level: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if high - low <= CLOSE * high:
            break
        if _beta(middle, a, b) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function, by its continued fraction (Lentz)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, STEPS):
        for part in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + part * d)
            c = _away(1 + part / c)
            value *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return front * value


def _away(value: float) -> float:
    """Keep a divisor away from 0."""
    return value if abs(value) > SMALL else SMALL
