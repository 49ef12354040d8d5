"""The bridge from months to a quarter, with and without a break."""

import numpy as np
import pytest

from hucheng.engines.risk.bridge import bridge, likely_break
from hucheng.engines.risk.refusal import RiskRefused


def economy(quarters=40, known=2, slope=0.8, shift_at=None, shift=0.0, noise=0.01, seed=0):
    """Quarters whose yearly growth follows that of monthly power use; the truth of the next quarter last."""
    dice = np.random.default_rng(seed)
    months = np.exp(np.cumsum(dice.normal(0.004, 0.02, (quarters + 1) * 3)) + 4)
    months *= 1 + 0.1 * np.sin(np.arange(len(months)) * 2 * np.pi / 12)
    sums = months.reshape(-1, 3).sum(axis=1)
    target = list(np.exp(dice.normal(3, 0.1, 4)))
    for place in range(4, quarters + 1):
        growth = 0.01 + slope * np.log(sums[place] / sums[place - 4]) + dice.normal(0, noise)
        growth += shift * (shift_at is not None and place >= shift_at)
        target.append(target[place - 4] * np.exp(growth))
    return np.array(target[:-1]), months[: quarters * 3 + known], target[-1]


def test_an_exact_relation_is_carried_on_exactly():
    low, high, truth = economy(noise=0.0, known=3)
    found = bridge(low, high)
    assert found.value == pytest.approx(truth, rel=1e-9)
    assert found.coefficients == pytest.approx([0.01, 0.8], abs=1e-9)
    assert found.known == 1


def test_the_interval_covers_as_often_as_it_says():
    inside = 0
    for seed in range(200):
        low, high, truth = economy(known=3, seed=seed)
        found = bridge(low, high, level=0.9)
        inside += found.low <= truth <= found.high
    assert 0.85 <= inside / 200 <= 0.95


def test_one_month_of_the_quarter_is_enough_and_says_so():
    low, high, truth = economy(known=1)
    found = bridge(low, high)
    assert found.known == pytest.approx(1 / 3)
    assert found.value == pytest.approx(truth, rel=0.15)


def test_a_known_break_mends_the_forecast():
    low, high, truth = economy(shift_at=36, shift=-0.2, known=3, seed=4)
    blind, told = bridge(low, high), bridge(low, high, break_at=36)
    assert abs(told.value - truth) < abs(blind.value - truth)
    assert told.coefficients[2] == pytest.approx(-0.2, abs=0.03)
    assert told.low <= truth <= told.high
    assert told.high - told.low < blind.high - blind.low


def test_a_break_is_found_where_it_is_and_only_then():
    low, high, _ = economy(shift_at=30, shift=-0.1)
    found = likely_break(low, high)
    assert found.period == 30 and found.chance <= 0.01


def test_a_break_that_is_not_there_is_found_as_rarely_as_chance_says():
    chances = [likely_break(*economy(seed=seed)[:2], seed=seed).chance for seed in range(100)]
    assert np.mean(np.array(chances) <= 0.1) <= 0.2
    assert 0.35 <= np.mean(chances) <= 0.65


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("series", {"low": [-1.0] + [2.0] * 19}),
        ("bridge", {"known": 0}),
        ("bridge", {"known": 4}),
        ("too_short", {"low": [2.0] * 6}),
        ("too_short", {"low": [2.0, 3.0] * 4, "columns": 4}),
        ("indicators", {"columns": 2}),
        ("break", {"break_at": 20}),
        ("break", {"break_at": 2}),
        ("probability", {"level": 1.0}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_what_cannot_be_bridged_is_refused(code, change):
    asked = {"low": list(np.linspace(1, 3, 20)), "known": 2, "columns": 1, **change}
    low, known, columns = asked.pop("low"), asked.pop("known"), asked.pop("columns")
    months = np.random.default_rng(1).uniform(50, 60, len(low) * 3 + known)
    with pytest.raises(RiskRefused) as refused:
        bridge(low, np.column_stack([months] * columns), **asked)
    assert refused.value.code == code
