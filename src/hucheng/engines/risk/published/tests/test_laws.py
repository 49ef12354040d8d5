"""Distributions as papers print them: each pair of numbers gives the law that has them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.distributions import through
from hucheng.engines.risk.published.laws import distribution_of

FAMILIES = ("gamma", "lognormal", "weibull")


@given(st.sampled_from(FAMILIES), st.floats(1, 20), st.floats(0.2, 1.5))
def test_mean_and_sd_come_back(family, mean, ratio):
    law = distribution_of({"family": family, "mean": mean, "sd": mean * ratio})
    assert law.family == family
    assert law.mean == pytest.approx(mean) and law.sd == pytest.approx(mean * ratio)


@given(st.sampled_from(FAMILIES), st.floats(1, 10), st.floats(1.2, 6), st.sampled_from([(0.5, 0.975), (0.05, 0.95)]))
def test_two_quantiles_come_back(family, low, ratio, levels):
    law = through(family, dict(zip(levels, (low, low * ratio), strict=True)))
    assert law.quantile(list(levels)) == pytest.approx([low, low * ratio])


@pytest.mark.parametrize(
    ("numbers", "mean", "sd"),
    [
        ({"family": "gamma", "shape": 4, "rate": 0.5}, 8, 4),
        ({"family": "gamma", "k": 4, "theta": 2}, 8, 4),
        ({"family": "gamma", "mean": 8, "var": 16}, 8, 4),
        ({"family": "gamma", "mean": 8, "cv": 0.5}, 8, 4),
        ({"family": "gamma", "shape": 4, "mean": 8}, 8, 4),
        ({"family": "erlang", "shape": 4, "scale": 2}, 8, 4),
        ({"family": "exponential", "rate": 0.2}, 5, 5),
        ({"family": "Log-normal", "mu": 0, "sigma": 1}, math.exp(0.5), math.exp(0.5) * math.sqrt(math.e - 1)),
        ({"family": "lognormal", "median": 1, "sdlog": 1}, math.exp(0.5), math.exp(0.5) * math.sqrt(math.e - 1)),
        ({"family": "weibull", "shape": 1, "scale": 5, "mean": 5.1}, 5, 5),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_every_pair_of_numbers_is_read(numbers, mean, sd):
    law = distribution_of(numbers)
    assert law.mean == pytest.approx(mean) and law.sd == pytest.approx(sd)


@pytest.mark.parametrize(
    "numbers",
    [
        {"family": "normal", "mean": 5, "sd": 1},
        {"family": "gamma", "mean": 5},
        {"family": "gamma", "alpha": 2, "beta": 3},
        {"family": "gamma", "shape": 2, "scale": 3, "shift": 1},
        {"family": "gamma", "shape": 2, "scale": 3, "rate": 3},
        {"family": "gamma", "shape": 2, "scale": 3, "mean": 9},
        {"family": "gamma", "shape": 2, "rate": 0},
        {"family": "gamma", "mean": 5, "sd": 2, "var": 9},
        {"family": "gamma", "mean": True, "sd": 2},
        {"family": "weibull", "shape": 2, "sigma": 7},
        {"family": "weibull", "mean": 5, "sd": 1e5},
        {"family": "erlang", "shape": 2.5, "scale": 3},
        {"family": "lognormal", "q0.5": 5, "q0.975": 4},
        {"family": "lognormal", "q50": 5, "q0.975": 14},
        {"mean": 5, "sd": 2},
    ],
    ids=str,
)
def test_what_makes_no_law_or_contradicts_itself_is_refused(numbers):
    with pytest.raises(RiskRefused):
        distribution_of(numbers)


def test_a_number_of_another_family_is_refused_by_its_name():
    with pytest.raises(RiskRefused) as no:
        distribution_of({"family": "gamma", "meanlog": 1, "sdlog": 2})
    assert no.value.code == "unread" and "meanlog" in no.value.why.en
