"""Scores of forecasts: closed forms, limits, propriety, and calibration of what is right."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk.refusal import RiskRefused
from hucheng.engines.risk.scores import (
    coverage,
    crps_discrete,
    crps_normal,
    crps_samples,
    pinball,
    randomised_pit,
    relative,
    wis,
)
from hucheng.engines.risk.special import normal_quantile

numbers = st.floats(-50, 50)


def poisson(mean, size=80):
    steps = np.arange(size)
    return np.exp(steps * math.log(mean) - mean - np.array([math.lgamma(step + 1) for step in steps]))


def levels(pairs):
    lower = np.arange(1, pairs + 1) / (2 * pairs + 2)
    return np.concatenate([lower, [0.5], 1 - lower[::-1]])


def test_the_closed_form_of_gneiting_and_raftery():
    assert float(crps_normal(0, 0, 1)) == pytest.approx((math.sqrt(2) - 1) / math.sqrt(math.pi), abs=1e-12)


@given(numbers, numbers, st.floats(0.1, 9), st.floats(-9, 9), st.floats(0.5, 4))
def test_crps_moves_and_stretches_with_its_units(y, mean, sd, shift, factor):
    assert float(crps_normal(factor * y + shift, factor * mean + shift, factor * sd)) == pytest.approx(
        factor * float(crps_normal(y, mean, sd)), rel=1e-9, abs=1e-9
    )


def test_a_forecast_without_spread_pays_its_distance():
    assert crps_normal([3.0, 3.0], [1.0, 3.0], 0).tolist() == [2.0, 0.0]
    assert crps_samples([3.0], [[1.0]]).tolist() == [2.0]
    assert crps_discrete([3], [[0, 1.0]]).tolist() == [2.0]


def test_many_draws_of_a_normal_score_as_the_normal():
    drawn = np.random.default_rng(1).normal(2, 3, (1, 200_000))
    assert crps_samples([4.0], drawn)[0] == pytest.approx(float(crps_normal(4, 2, 3)), abs=0.02)


@given(st.lists(st.integers(0, 8), min_size=1, max_size=20), st.integers(0, 12))
def test_draws_and_their_shares_score_alike(draws, y):
    shares = np.bincount(draws, minlength=9) / len(draws)
    assert crps_discrete([y], [shares])[0] == pytest.approx(crps_samples([y], [draws])[0], abs=1e-9)


@given(st.lists(numbers, min_size=1, max_size=12), numbers)
def test_crps_of_draws_is_the_energy_form(draws, y):
    drawn = np.array(draws)
    energy = np.abs(drawn - y).mean() - np.abs(drawn[:, None] - drawn).mean() / 2
    assert crps_samples([y], [drawn])[0] == pytest.approx(energy, abs=1e-9)


@pytest.mark.parametrize(("pairs", "within"), [(3, 0.13), (11, 0.045), (50, 0.0105), (500, 0.00105)])
def test_wis_tends_to_crps_as_levels_grow_denser(pairs, within):
    at = levels(pairs)
    y = np.array([-1.5, 0.0, 0.4, 2.5])
    quantiles = np.tile(normal_quantile(at), (4, 1))
    whole = crps_normal(y, 0, 1).mean()
    assert abs(wis(y, at, quantiles).wis.mean() / whole - 1) <= within


@given(st.lists(numbers, min_size=7, max_size=7).map(sorted), numbers)
def test_wis_is_twice_the_mean_pinball_loss_and_the_sum_of_its_parts(quantiles, y):
    at = levels(3)
    found = wis([y], at, [quantiles])
    losses = [float(pinball(y, quantile, level)) for quantile, level in zip(quantiles, at, strict=True)]
    assert found.wis[0] == pytest.approx(2 * np.mean(losses), abs=1e-9)
    assert found.wis[0] == pytest.approx((found.dispersion + found.under + found.over)[0], abs=1e-9)
    assert min(found.dispersion[0], found.under[0], found.over[0]) >= 0


def test_below_and_above_are_told_apart():
    high, low = wis([9.0, -9.0], levels(2), np.tile([-2.0, -1, 0, 1, 2], (2, 1))), 1e-12
    assert high.under[0] > 0 and high.over[0] < low
    assert high.over[1] > 0 and high.under[1] < low


@settings(max_examples=20)
@given(st.floats(2, 20), st.floats(1.2, 3))
def test_no_other_forecast_beats_the_truth_on_average(mean, factor):
    truth, other = poisson(mean), poisson(mean * factor)
    outcomes = np.arange(len(truth))
    own, rival = (crps_discrete(outcomes, np.tile(masses, (80, 1))) @ truth for masses in (truth, other))
    assert own < rival


def test_the_position_of_right_forecasts_is_uniform_and_of_narrow_ones_is_not():
    dice = np.random.default_rng(2)
    means = dice.uniform(3, 30, 3000)
    right = np.array([poisson(mean) for mean in means])
    placed = randomised_pit(dice.poisson(means), right, seed=3)
    assert placed.mean() == pytest.approx(0.5, abs=0.02) and placed.var() == pytest.approx(1 / 12, abs=0.006)
    wild = dice.negative_binomial(5, 5 / (5 + means))
    assert randomised_pit(wild, right, seed=3).var() > 0.1


def test_what_lies_beyond_a_forecast_is_placed_at_its_end():
    assert randomised_pit([5, -1], [[0.5, 0.5], [0.5, 0.5]], seed=0).tolist() == [1.0, 0.0]


def test_coverage_counts_ends_and_gives_its_band():
    found = coverage([1, 2, 3, 4], [1, 0, 0, 0], [2, 2, 2, 2])
    assert found.share == 0.5 and found.count == 4
    assert found.low == pytest.approx(0.15, abs=0.01) and found.high == pytest.approx(0.85, abs=0.01)  # Wilson 1927


def test_relative_is_a_ratio_of_means():
    assert relative([1, 3], [4, 4]) == 0.5


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("distribution", lambda: crps_normal(0, 0, -1)),
        ("probability", lambda: pinball(0, 0, 1.5)),
        ("levels", lambda: wis([0], [0.1, 0.5], [[0, 1]])),
        ("levels", lambda: wis([0], [0.1, 0.5, 0.9], [[0, 1]])),
        ("levels", lambda: wis([0], [0.1, 0.9], [[0, 1]])),
        ("levels", lambda: wis([0], [0.1, 0.5, 0.9], [[0, 2, 1]])),
        ("forecasts", lambda: crps_samples([0, 1], [[1, 2]])),
        ("forecasts", lambda: crps_discrete([float("nan")], [[1.0]])),
        ("too_short", lambda: coverage([], [], [])),
        ("rival", lambda: relative([1], [0])),
    ],
)
def test_what_cannot_be_scored_is_refused(code, ask):
    with pytest.raises(RiskRefused) as refused:
        ask()
    assert refused.value.code == code
