"""Intraclass correlations beside an independent computation, and the worked formulas beside NumPy."""

from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pytest
import scipy  # type: ignore[import-untyped]  # it loads its parts when they are first asked for
from hypothesis import given, settings
from hypothesis import strategies as st

from app.instruments.rules.agreement import agreement_of, f_quantile
from app.instruments.rules.measurement import (
    change_index,
    detectable_change,
    difference_error,
    rounded,
    standard_error,
    worse_z,
)

# Shrout & Fleiss 1979, table 2: six targets, four judges.
SHROUT_FLEISS = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))


def by_scipy(table: npt.NDArray[np.float64]) -> list[float]:
    """McGraw & Wong again, from least squares: ICC(A,1) and ICC(C,1), each with low, high, lower limit."""
    n, k = table.shape
    people, occasions = np.repeat(np.arange(n), k), np.tile(np.arange(k), n)
    y = table.ravel()

    def left(*factors: npt.NDArray[np.int64]) -> float:
        columns = [np.ones((n * k, 1)), *(np.eye(factor.max() + 1)[factor] for factor in factors)]
        x = np.hstack(columns)
        return float(((y - x @ scipy.linalg.lstsq(x, y, cond=1e-9)[0]) ** 2).sum())

    both = left(people, occasions)
    msr = (left(occasions) - both) / (n - 1)
    msc = (left(people) - both) / (k - 1)
    mse = both / ((n - 1) * (k - 1))
    a = (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n)
    c = (msr - mse) / (msr + (k - 1) * mse)
    top, bottom = k * a / (n * (1 - a)), 1 + k * a * (n - 1) / (n * (1 - a))
    v = (top * msc + bottom * mse) ** 2 / (
        (top * msc) ** 2 / (k - 1) + (bottom * mse) ** 2 / ((n - 1) * (k - 1))
    )
    rest = k * msc + (k * n - k - n) * mse

    def a_low(p: float) -> float:
        f = scipy.stats.f.ppf(p, n - 1, v)
        return n * (msr - f * mse) / (f * rest + n * msr)

    def c_low(p: float) -> float:
        f = msr / mse / scipy.stats.f.ppf(p, n - 1, (n - 1) * (k - 1))
        return (f - 1) / (f + k - 1)

    f = scipy.stats.f.ppf(0.975, v, n - 1)
    a_high = n * (f * msr - mse) / (rest + n * f * msr)
    f = msr / mse * scipy.stats.f.ppf(0.975, (n - 1) * (k - 1), n - 1)
    return [a, a_low(0.975), a_high, a_low(0.95), c, c_low(0.975), (f - 1) / (f + k - 1), c_low(0.95)]


def ours(table: npt.NDArray[np.float64]) -> list[float]:
    found = agreement_of(table.tolist())
    assert found is not None
    return [
        value
        for one in (found.agreement, found.consistency)
        for value in (one.value, one.low, one.high, one.lower_limit)
    ]


def test_the_published_table_gives_the_published_correlations() -> None:
    found = agreement_of(SHROUT_FLEISS)

    assert found is not None
    assert (found.n, round(found.agreement.value, 2), round(found.consistency.value, 2)) == (6, 0.29, 0.71)
    table = np.array(SHROUT_FLEISS, dtype=float)
    assert ours(table) == pytest.approx(by_scipy(table), abs=5e-7)


@pytest.mark.parametrize("seed", range(6))
def test_generated_pairs_agree_to_six_digits_with_an_independent_computation(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n = (5, 30, 31, 60, 90, 120)[seed]
    true = chance.normal(4, 1.4, (n, 1))
    table = np.round(true + chance.normal(0.2 * seed, 0.5, (n, 2)) + [0, 0.1 * seed], 3)

    assert ours(table) == pytest.approx(by_scipy(table), abs=5e-7)
    found = agreement_of(table.tolist())
    assert found is not None
    assert found.drift == pytest.approx((table[:, 1] - table[:, 0]).mean())
    if found.agreement.value <= found.consistency.value:
        whole = (
            table.var(axis=0, ddof=1).mean()
            + found.drift**2 / 2
            - (table[:, 1] - table[:, 0]).var(ddof=1) / (2 * n)
        )
        assert found.sd == pytest.approx(whole**0.5)


@given(st.floats(0.5, 500), st.floats(0.5, 500), st.sampled_from([0.5, 0.95, 0.975]))
@settings(max_examples=60)
def test_quantiles_of_f_are_those_of_scipy(d1: float, d2: float, level: float) -> None:
    assert f_quantile(level, d1, d2) == pytest.approx(scipy.stats.f.ppf(level, d1, d2), rel=1e-7)


def test_the_limit_is_below_the_estimate_and_rises_with_people() -> None:
    chance = np.random.default_rng(1)
    true = chance.normal(4, 1.4, (400, 1))
    table = (true + chance.normal(0, 0.5, (400, 2))).tolist()
    few, many = agreement_of(table[:30]), agreement_of(table)

    assert few is not None
    assert many is not None
    assert few.agreement.low < few.agreement.lower_limit < few.agreement.value
    assert few.agreement.value - few.agreement.lower_limit > many.agreement.value - many.agreement.lower_limit
    assert many.sem == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("table", [[], [[1, 2]], [[1, 1], [2, 2], [3, 3]], [[2, 3], [2, 3], [2, 3]]])
def test_what_says_nothing_gives_nothing(table: list[list[float]]) -> None:
    assert agreement_of(table) is None


def test_rows_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="same number"):
        agreement_of([[1, 2], [1, 2, 3]])


# --- the formulas of change ---


@given(
    st.decimals("0.1", "4", places=3),
    st.decimals("0", "0.99", places=3),
    st.decimals("-10", "10", places=3),
    st.integers(1, 2),
    st.integers(6, 8),
)
def test_the_formulas_are_numpys(sd: Decimal, r: Decimal, change: Decimal, before: int, used: int) -> None:
    sem = standard_error(sd, r, calibrated=8, used=used)
    sdiff = difference_error(sem, before, 1)

    expected = float(sd) * np.sqrt(1 - float(r)) * np.power(8 / used, 1.5)
    of_difference = np.hypot(expected / np.sqrt(before), expected)
    assert float(sem) == pytest.approx(expected)
    assert float(sdiff) == pytest.approx(of_difference)
    assert float(detectable_change(sem)) == pytest.approx(1.96 * np.sqrt(2) * expected)
    assert float(rounded(change_index(change, sdiff))) == pytest.approx(
        float(change) / of_difference, abs=5.1e-5
    )


@pytest.mark.parametrize("ladders", [1, 3, 6, 8])
def test_the_shared_out_threshold_is_scipys(ladders: int) -> None:
    assert float(worse_z(ladders)) == pytest.approx(scipy.stats.norm.isf(0.025 / ladders), abs=5e-5)
