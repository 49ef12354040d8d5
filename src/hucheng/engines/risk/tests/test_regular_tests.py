"""Regular tests: the stored results of Hellewell 2021, limits and order."""

import numpy as np
import pytest

from hucheng.engines.risk import Curve, Distribution, RiskRefused, curve
from hucheng.engines.risk.regular_tests import found_in_time

LAUER = Distribution("lognormal", 1.621, 0.418)
HELLEWELL = curve("hellewell")


@pytest.mark.parametrize(
    ("every", "delay", "before_onset", "in_a_week"),
    [
        (1, 1, 0.700, 0.997),
        (2, 1, 0.570, 0.946),
        (7, 1, 0.252, 0.467),
        (1, 2, 0.523, 0.990),
        (4, 2, 0.277, 0.630),
        (14, 2, 0.089, 0.182),
    ],
)
def test_the_stored_results_of_hellewell_2021(every, delay, before_onset, in_a_week):
    """Theirs is the median over curves, ours the value at the median curve: up to 0.02 apart."""
    ours = found_in_time(HELLEWELL, every=every, within=30, delay=delay, incubation=LAUER)
    assert ours == pytest.approx(before_onset, abs=0.02)
    assert found_in_time(HELLEWELL, every=every, within=7, delay=delay) == pytest.approx(in_a_week, abs=0.02)


def test_infections_drawn_one_by_one_agree():
    rng, draws, every, delay = np.random.default_rng(11), 200_000, 3, 1
    onset = rng.lognormal(1.621, 0.418, draws)
    first = rng.integers(0, every, draws)
    found_on = np.full(draws, np.inf)
    for turn in range(11):
        day = first + every * turn
        hit = np.isinf(found_on) & (rng.uniform(size=draws) < HELLEWELL.at(day)) & (day <= 30)
        found_on = np.where(hit, day, found_on)
    drawn = (found_on + delay < onset).mean()
    assert found_in_time(HELLEWELL, every=every, within=30, delay=delay, incubation=LAUER) == pytest.approx(
        drawn, abs=4 * np.sqrt(0.25 / draws)
    )


def test_limits_and_order():
    perfect, blind = (Curve("flat", (0.0, 60.0), (p, p), "", straight=True) for p in (1.0, 0.0))
    assert found_in_time(perfect, every=5, within=4, delay=0) == pytest.approx(1)
    assert found_in_time(blind, every=1, within=30, delay=0) == 0
    assert found_in_time(HELLEWELL, every=1, within=2, delay=5) == 0
    shares = [found_in_time(HELLEWELL, every=days, within=14, delay=1) for days in (1, 2, 4, 7)]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("days", [{"every": 0}, {"within": -1}, {"delay": -1}], ids=str)
def test_what_cannot_be_is_refused(days):
    with pytest.raises(RiskRefused):
        found_in_time(HELLEWELL, **{"every": 2, "within": 7, "delay": 1, **days})
