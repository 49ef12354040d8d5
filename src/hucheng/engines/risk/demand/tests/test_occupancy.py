"""Houses over a year: exact means, exact quantiles, and a simulation that knows nothing of either."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk.demand.occupancy import LEVELS, occupancy, poisson_quantiles
from hucheng.engines.risk.demand.tests.makers import shares
from hucheng.engines.risk.refusal import RiskRefused

STAY = shares({3: 0.05, 14: 0.85, 21: 0.1})


def simulated(arrivals, stay, paths, dispersion=None, seed=1):
    """Each stay drawn on its own: Poisson arrivals, gamma-mixed if asked, split by length of stay."""
    dice = np.random.default_rng(seed)
    inside = np.zeros((paths, len(arrivals) + len(stay)))
    for day, mean in enumerate(arrivals):
        rate = mean if dispersion is None else dice.gamma(dispersion, mean / dispersion, paths)
        for length, number in enumerate(dice.multinomial(dice.poisson(rate, paths), stay).T):
            inside[:, day : day + length] += number[:, None]
    return inside[:, : len(arrivals)]


def cdf(mean, count):
    return sum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(int(count) + 1))


@given(st.floats(0.01, 3000), st.sampled_from(LEVELS))
def test_a_poisson_quantile_is_the_least_count_that_reaches_its_level(mean, level):
    count = poisson_quantiles([mean], [level])[0, 0]
    assert cdf(mean, count) >= level - 1e-9
    assert count == 0 or cdf(mean, count - 1) < level + 1e-9


def test_no_stream_gives_nobody_and_alike_means_alike_quantiles():
    assert poisson_quantiles(0.0, [0.5, 0.99]).tolist() == [0, 0]
    many = poisson_quantiles(np.full((3, 5000), 40.0), [0.05, 0.95])
    assert many.shape == (3, 5000, 2) and (many == poisson_quantiles([40.0], [0.05, 0.95])[0]).all()


def test_the_mean_is_the_convolution_of_arrivals_and_stays():
    arrivals = np.random.default_rng(2).uniform(0, 9, (4, 60))
    left = 1 - np.cumsum(STAY)
    found = occupancy(arrivals, STAY).mean
    for house in range(4):
        assert found[house] == pytest.approx(np.convolve(arrivals[house], left)[:60], abs=1e-12)


def test_person_days_are_arrivals_times_the_mean_stay():
    arrivals = np.append(np.random.default_rng(3).uniform(0, 9, 40), np.zeros(25))
    mean_stay = np.array(STAY) @ np.arange(len(STAY))
    assert occupancy(arrivals, STAY).mean.sum() == pytest.approx(arrivals.sum() * mean_stay, abs=1e-9)


@pytest.mark.parametrize("dispersion", [None, 0.7, 5.0])
def test_a_simulation_of_single_stays_agrees(dispersion):
    arrivals = np.random.default_rng(4).uniform(0, 8, 30)
    found = occupancy(arrivals, STAY, dispersion=dispersion)
    drawn = simulated(arrivals, STAY, 4000, dispersion)
    assert (np.abs(drawn.mean(axis=0) - found.mean) <= 4 * drawn.std(axis=0) / math.sqrt(4000) + 1e-9).all()
    for place, level in enumerate(found.levels):
        at = found.quantiles[:, place]
        slack = 4 * math.sqrt(level * (1 - level) / 4000)
        assert ((drawn <= at).mean(axis=0) >= level - slack).all()
        assert ((drawn < at).mean(axis=0) <= level + slack).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_mixing_without_spread_is_poisson(seed):
    arrivals = np.random.default_rng(seed).uniform(0, 8, 12)
    one, two = occupancy(arrivals, STAY), occupancy(arrivals, STAY, dispersion=1e7)
    assert np.abs(one.quantiles - two.quantiles).max() <= 1


def test_mixing_widens_the_interval():
    even, rough = (occupancy(np.full(30, 6.0), STAY, dispersion=size) for size in (None, 1.0))
    assert rough.quantiles[-1, -1] > even.quantiles[-1, -1] and rough.quantiles[-1, 0] < even.quantiles[-1, 0]


def test_those_inside_already_are_added_as_known():
    known = np.array([50, 30, 0])
    alone, more = occupancy([4.0, 4.0, 4.0], STAY), occupancy([4.0, 4.0, 4.0], STAY, already=known)
    assert (more.mean - alone.mean).tolist() == known.tolist()
    assert (more.quantiles - alone.quantiles).T.tolist() == [known.tolist()] * len(LEVELS)


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("inside", lambda: occupancy([-1.0], STAY)),
        ("inside", lambda: occupancy([float("nan")], STAY)),
        ("inside", lambda: occupancy(3.0, STAY)),
        ("inside", lambda: occupancy([1.0], STAY, already=[-1])),
        ("load", lambda: occupancy([1.0], STAY, dispersion=0.0)),
        ("levels", lambda: occupancy([1.0], STAY, levels=[1.0])),
        ("probability", lambda: occupancy([1.0], STAY, levels=[2.0])),
    ],
)
def test_what_fills_no_house_is_refused(code, ask):
    with pytest.raises(RiskRefused) as refused:
        ask()
    assert refused.value.code == code
