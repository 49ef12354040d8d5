"""Times between events: published quantiles, moments, and steps that lose nothing."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk import Distribution, RiskRefused, gamma_of, gamma_through
from hucheng.engines.risk.distributions import density_of_sum

LAUER = Distribution("lognormal", 1.621, 0.418)
MCALOON = Distribution("lognormal", 1.63, 0.5)
LINTON = Distribution("lognormal", 1.611, 0.472)
ASHCROFT = Distribution("weibull", 3.277, 6.127)
SOME = [LAUER, LINTON, ASHCROFT, gamma_of(5.2, 4.1**0.5), gamma_of(9.3, 0.7**0.5), Distribution("gamma", 0.7, 3.0)]


@pytest.mark.parametrize(
    ("distribution", "level", "printed"),
    [(LAUER, 0.5, 5.1), (LAUER, 0.975, 11.5), (MCALOON, 0.5, 5.1), (LINTON, 0.5, 5.0), (LINTON, 0.95, 10.8)],
)
def test_published_quantiles_of_incubation(distribution, level, printed):
    """Lauer 2020, McAloon 2020 (its parameters from memory, says the reference), Linton 2020; rounded to 0.1."""
    assert distribution.quantile(level) == pytest.approx(printed, abs=0.1)


@pytest.mark.parametrize(("distribution", "printed"), [(MCALOON, 5.8), (LINTON, 5.6)])
def test_published_means_of_incubation(distribution, printed):
    assert distribution.mean == pytest.approx(printed, abs=0.05)


def test_the_published_fit_of_clifford_2021_is_found_again():
    fitted = gamma_through(5.1, 11.5)
    assert (fitted.first, fitted.second) == pytest.approx((4.63449, 1.184461), rel=1e-4)


@given(st.floats(1, 20), st.floats(1.5, 4))
@settings(max_examples=10, deadline=None)
def test_a_fit_meets_both_quantiles(median, ratio):
    fitted = gamma_through(median, median * ratio)
    assert fitted.quantile([0.5, 0.975]) == pytest.approx([median, median * ratio], rel=1e-8)


@given(st.floats(0.1, 50), st.floats(0.1, 20))
def test_a_gamma_has_the_moments_it_was_made_from(mean, sd):
    made = gamma_of(mean, sd)
    assert (made.mean, made.sd) == pytest.approx((mean, sd), rel=1e-6)


@pytest.mark.parametrize("one", SOME)
def test_moments_agree_with_the_cdf(one):
    """Mean and variance from the survival function, summed on a fine grid, know nothing of the formulas."""
    edges = np.linspace(0, float(one.quantile(1 - 1e-12)), 200_001)
    middle, mass = (edges[1:] + edges[:-1]) / 2, np.diff(one.cdf(edges))
    mean = (middle * mass).sum()
    assert one.mean == pytest.approx(mean, rel=1e-4)
    assert one.sd == pytest.approx(math.sqrt((middle**2 * mass).sum() - mean**2), rel=1e-3)


@pytest.mark.parametrize("one", SOME)
def test_quantiles_undo_the_cdf(one):
    levels = np.array([0.0, 0.025, 0.5, 0.975, 0.999])
    assert one.cdf(one.quantile(levels)) == pytest.approx(levels, abs=1e-10)
    assert one.cdf([-2.0, 0.0]).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("family", "first", "second"),
    [
        ("gamma", 0, 1),
        ("gamma", 2, 0),
        ("weibull", -1, 1),
        ("lognormal", 1, 0),
        ("normal", 1, 1),
        ("gamma", math.nan, 1),
    ],
)
def test_parameters_that_make_no_distribution_are_refused_in_both_languages(family, first, second):
    with pytest.raises(RiskRefused, match="make no distribution") as said:
        Distribution(family, first, second)
    assert said.value.code == "distribution"
    assert family in said.value.why.zh and said.value.do.zh


@pytest.mark.parametrize(("mean", "sd"), [(0, 1), (-1, 1), (5, 0), (5, -2)])
def test_moments_that_cannot_be_are_refused(mean, sd):
    with pytest.raises(RiskRefused, match=f"mean {mean}, sd {sd}"):
        gamma_of(mean, sd)


@pytest.mark.parametrize(("median", "upper", "level"), [(5, 5, 0.975), (5, 4, 0.975), (0, 4, 0.975), (5, 9, 0.4)])
def test_quantiles_out_of_order_are_refused(median, upper, level):
    with pytest.raises(RiskRefused, match=f"median {median}"):
        gamma_through(median, upper, level)


@pytest.mark.parametrize("level", [1.0, 1.2, -0.1])
def test_no_quantile_lies_outside_0_and_1(level):
    with pytest.raises(RiskRefused) as said:
        LAUER.quantile(level)
    assert said.value.code == "probability"


@pytest.mark.parametrize("one", SOME)
def test_the_density_is_the_slope_of_the_cdf(one):
    days = np.linspace(1, 15, 29)
    slope = (one.cdf(days + 1e-5) - one.cdf(days - 1e-5)) / 2e-5
    assert one.density(days) == pytest.approx(slope, rel=1e-5, abs=1e-8)


@pytest.mark.parametrize(
    ("one", "other"),
    [(gamma_of(5.5, 2.5), gamma_of(9.1, 3.8)), (gamma_of(3, 2.4), gamma_of(8, 1)), (gamma_of(5, 2), gamma_of(5, 2))],
)
def test_the_density_of_a_sum_is_that_of_adding_two_times(one, other):
    days = np.linspace(0.01, 80, 8000)
    dense = density_of_sum(one, other, days)
    width = days[1] - days[0]
    assert (dense * width).sum() == pytest.approx(1, abs=1e-3)
    assert (dense * days * width).sum() == pytest.approx(one.mean + other.mean, abs=1e-2)
    nodes, weights = np.polynomial.legendre.leggauss(120)
    inside = 6.0 * (nodes + 1) / 2
    plain = 3.0 * float(weights @ (one.density(inside) * other.density(6.0 - inside)))
    assert density_of_sum(one, other, 6.0) == pytest.approx(plain, rel=1e-3)


@pytest.mark.parametrize(
    ("one", "code"),
    [(LAUER, "distribution"), (Distribution("gamma", 1e5, 1e-4), "too_spread")],
    ids=["family", "unlike"],
)
def test_a_sum_that_has_no_closed_form_here_is_refused(one, code):
    with pytest.raises(RiskRefused) as no:
        density_of_sum(one, gamma_of(30, 25), np.array([10.0, 60.0, 400.0]))
    assert no.value.code == code
