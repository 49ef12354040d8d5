"""The load factor from flights that have landed."""

import numpy as np
import pytest

from hucheng.engines.risk.demand.load import fitted_load
from hucheng.engines.risk.refusal import RiskRefused


def landed(flights, mean=0.7, sd=0.15, seed=0):
    dice = np.random.default_rng(seed)
    seats = dice.integers(100, 350, flights)
    size = mean * (1 - mean) / sd**2 - 1
    return dice.binomial(seats, dice.beta(mean * size, (1 - mean) * size, flights)), seats


def test_many_flights_give_back_what_they_were_made_of():
    found = fitted_load(*landed(4000))
    assert found.mean == pytest.approx(0.7, abs=0.01) and found.sd == pytest.approx(0.15, abs=0.01)
    assert found.flights == 4000


def test_the_interval_of_the_mean_covers_as_it_says():
    inside = [fitted_load(*landed(20, seed=seed)) for seed in range(300)]
    assert np.mean([one.low <= 0.7 <= one.high for one in inside]) == pytest.approx(0.95, abs=0.04)


def test_flights_that_differ_by_chance_alone_hardly_vary():
    dice = np.random.default_rng(1)
    assert fitted_load(dice.binomial(200, 0.7, 2000), np.full(2000, 200)).sd < 0.01


def test_full_flights_are_full():
    found = fitted_load([200] * 6, [200] * 6)
    assert (found.mean, found.sd, found.low, found.high) == (1.0, 0.0, 1.0, 1.0)


def test_flights_of_one_seat_leave_the_spread_to_chance():
    assert fitted_load([0, 1, 0, 1, 1, 0], [1] * 6).sd < 0.5


@pytest.mark.parametrize(
    ("code", "passengers", "seats"),
    [
        ("too_short", [1, 2], [3, 4]),
        ("inside", [5] * 6, [4] * 6),
        ("inside", [-1] * 6, [4] * 6),
        ("inside", [1] * 6, [4] * 5),
        ("inside", [0] * 6, [0] * 6),
    ],
)
def test_flights_that_cannot_be_are_refused(code, passengers, seats):
    with pytest.raises(RiskRefused) as refused:
        fitted_load(passengers, seats)
    assert refused.value.code == code
