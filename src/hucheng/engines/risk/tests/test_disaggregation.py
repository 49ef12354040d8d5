"""Low-frequency series spread by an indicator: published values, laws of sums, and what cannot be spread."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk.disaggregation import AGGREGATIONS, METHODS, disaggregate, disaggregations
from hucheng.engines.risk.refusal import RiskRefused

ROOT = Path(__file__).resolve().parents[5]
REFERENCE = Path(os.environ.get("HUCHENG_REFERENCE", ROOT.parent / "shared" / "reference"))
PUBLISHED = REFERENCE / "science" / "science_open.csv"
TOTALS = {
    "sum": lambda parts: parts.sum(axis=1),
    "mean": lambda parts: parts.mean(axis=1),
    "first": lambda parts: parts[:, 0],
    "last": lambda parts: parts[:, -1],
}


def sales():
    """Annual sales and quarterly exports, as the R package ships them."""
    if not PUBLISHED.exists():
        pytest.skip("the published numbers are not beside this checkout (HUCHENG_REFERENCE)")
    with PUBLISHED.open(newline="") as file:
        rows = [json.loads(row["parameters"]) for row in csv.DictReader(file) if row["quantity"] == "input_series"]
    found = next(row for row in rows if row.get("data") == "swisspharma")
    return found["sales_a"], found["exports_q"]


def made(years=12, ratio=4, extra=0, seed=1):
    """A quarterly series that follows its indicator with noise, and its yearly sums."""
    dice = np.random.default_rng(seed)
    indicator = 100 + np.cumsum(dice.normal(1, 1, years * ratio + extra))
    truth = 20 + 3 * indicator + dice.normal(0, 2, len(indicator))
    return truth[: years * ratio].reshape(years, ratio).sum(axis=1), indicator, truth


def test_published_numbers_of_three_methods():
    low, high = sales()
    found = disaggregations(low, high, before=12)
    chow_lin, fernandez, denton = (found[method] for method in METHODS)
    assert chow_lin.coefficients == pytest.approx([12.408876142519622, 0.013391836765681], rel=1e-9)
    assert chow_lin.coefficient_errors == pytest.approx([1.49303, 1.67167e-4], rel=1e-5)
    assert chow_lin.rho == pytest.approx(0, abs=1e-9)
    assert chow_lin.values[-2:] == pytest.approx([276.060943682, 265.6896], rel=1e-6)
    assert fernandez.coefficients[1] == pytest.approx(0.009546106479, rel=1e-9)
    assert fernandez.values[-1] == pytest.approx(239.7718, rel=1e-6)
    assert denton.values[-1] == pytest.approx(238.1262874, rel=1e-8)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(METHODS),
    st.sampled_from(AGGREGATIONS),
    st.integers(2, 6),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 10_000),
)
def test_the_parts_always_make_the_whole(method, aggregation, ratio, before, after, seed):
    dice = np.random.default_rng(seed)
    low = dice.uniform(50, 150, 7)
    high = dice.uniform(5, 15, before + 7 * ratio + after)
    found = disaggregate(low, high, method=method, ratio=ratio, aggregation=aggregation, before=before)
    inside = found.values[before : before + 7 * ratio].reshape(7, ratio)
    assert found.values.shape == high.shape
    assert TOTALS[aggregation](inside) == pytest.approx(low, rel=1e-8)


@pytest.mark.parametrize("method", METHODS)
def test_an_indicator_in_proportion_is_followed_exactly(method):
    high = np.array([3.0, 5, 4, 6, 4, 5, 6, 8, 5, 7, 8, 9, 9, 8])
    low = 2.5 * high[:12].reshape(3, 4).sum(axis=1)
    constant = method == "denton-cholette"
    found = disaggregate(low, high, method=method, constant=constant)
    assert found.values == pytest.approx(2.5 * high, rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_scaling_the_series_scales_the_answer(method):
    low, high, _ = made(extra=2)
    one = disaggregate(low, high, method=method)
    other = disaggregate(1000 * low, high / 7, method=method)
    assert other.values == pytest.approx(1000 * one.values, rel=1e-6)


def test_rho_is_the_maximum_of_the_likelihood():
    """Against a plain likelihood on a fine grid, written out with the full covariance."""
    dice = np.random.default_rng(5)
    noise = np.zeros(80)
    for place in range(1, 80):
        noise[place] = 0.8 * noise[place - 1] + dice.normal()
    high = dice.uniform(50, 100, 80)
    low = (10 + 2 * high + noise).reshape(20, 4).sum(axis=1)
    sums = np.kron(np.eye(20), np.ones(4))
    drivers = sums @ np.column_stack([np.ones(80), high])

    def likelihood(rho):
        apart = np.abs(np.subtract.outer(np.arange(80), np.arange(80)))
        covariance = sums @ (rho**apart / (1 - rho**2)) @ sums.T
        inverse = np.linalg.inv(covariance)
        left = low - drivers @ np.linalg.solve(drivers.T @ inverse @ drivers, drivers.T @ inverse @ low)
        return -20 * np.log(left @ inverse @ left) - np.linalg.slogdet(covariance)[1]

    grid = np.linspace(0.3, 0.99, 70)
    best = grid[np.argmax([likelihood(rho) for rho in grid])]
    found = disaggregate(low, high).rho
    assert found == pytest.approx(best, abs=0.011)
    assert likelihood(found) >= likelihood(best)


def test_a_given_rho_is_kept_and_zero_is_ordinary_regression():
    low, high, _ = made()
    found = disaggregate(low, high, rho=0.0)
    yearly = high.reshape(12, 4).sum(axis=1)
    plain = np.linalg.lstsq(np.column_stack([np.full(12, 4.0), yearly]), low, rcond=None)[0]
    assert found.rho == 0 and found.coefficients == pytest.approx(plain, rel=1e-8)
    assert disaggregate(low, high, rho=0.6).rho == 0.6


def test_errors_grow_beyond_the_last_sum_and_cover_the_truth():
    inside, beyond, covered = [], [], []
    for seed in range(25):
        low, high, truth = made(extra=4, seed=seed)
        found = disaggregate(low, high)
        inside.append(found.errors[40])
        beyond.append(found.errors[-1])
        covered.append(np.abs(found.values - truth) <= 1.96 * found.errors)
    assert np.mean(beyond) > np.mean(inside)
    assert 0.85 <= np.mean(covered) <= 0.99


def test_two_indicators_are_told_apart():
    dice = np.random.default_rng(3)
    high = dice.uniform(10, 20, (82, 2))
    low = (high[:80] @ [2.0, 5.0] + dice.normal(0, 0.1, 80)).reshape(20, 4).sum(axis=1)
    found = disaggregate(low, high, constant=False)
    assert found.coefficients == pytest.approx([2, 5], abs=0.05)
    assert found.values[80:] == pytest.approx(high[80:] @ [2.0, 5.0], rel=0.02)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("series", {"low": [1.0, float("nan"), 3.0]}),
        ("series", {"high": [0.0, *range(1, 12)], "method": "denton-cholette"}),
        ("periods", {"high": range(1, 12)}),
        ("periods", {"ratio": 1}),
        ("periods", {"before": -1}),
        ("periods", {"low": np.ones((3, 2))}),
        ("periods", {"high": np.arange(1.0, 5000.0)}),
        ("too_short", {"low": [1.0], "high": range(1, 5)}),
        ("too_short", {"low": [1.0, 2.0], "high": range(1, 9)}),
        ("indicators", {"high": np.ones(12)}),
        ("indicators", {"high": np.zeros(12), "constant": False}),
        ("method", {"method": "spline"}),
        ("method", {"aggregation": "median"}),
        ("method", {"rho": 1.0}),
        ("method", {"high": np.ones((12, 2)), "method": "denton-cholette"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_what_cannot_be_spread_is_refused(code, change):
    asked = {"low": [10.0, 12.0, 15.0], "high": np.arange(1.0, 13.0), **change}
    with pytest.raises(RiskRefused) as refused:
        disaggregate(asked.pop("low"), asked.pop("high"), **asked)
    assert refused.value.code == code
    assert refused.value.do.zh and refused.value.do.en
