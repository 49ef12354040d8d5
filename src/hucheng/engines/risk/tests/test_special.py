"""What is taken from SciPy means here what its name says: closed forms and inverses."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.risk.special import (
    Falling,
    beta_quantile,
    erf,
    gamma_quantile,
    log_beta,
    log_choose,
    lower_gamma,
    monotone,
    normal_quantile,
    root,
    student_quantile,
)


@given(st.floats(0, 500))
def test_shape_one_is_the_exponential(x):
    assert lower_gamma(1.0, x) == pytest.approx(-math.expm1(-x), abs=1e-13)


@given(st.floats(0.05, 300), st.floats(0, 500))
def test_the_recurrence_between_shapes_holds(shape, x):
    step = math.exp(shape * math.log(x) - x - math.lgamma(shape + 1)) if x > 0 else 0.0
    assert lower_gamma(shape + 1, x) == pytest.approx(float(lower_gamma(shape, x)) - step, abs=1e-11)


def test_nothing_lies_below_zero():
    assert lower_gamma(2.5, [-3, 0]).tolist() == [0, 0]


@given(st.floats(0, 0.999999), st.floats(0.1, 100))
def test_the_gamma_quantile_undoes_the_cdf(probability, shape):
    assert lower_gamma(shape, gamma_quantile(shape, probability)) == pytest.approx(probability, abs=1e-10)


@given(st.floats(-6, 6))
def test_erf_and_the_normal_quantile_are_those_of_the_normal_law(x):
    assert erf(x) == pytest.approx(math.erf(x), abs=1e-13)
    assert normal_quantile(0.5 + erf(x / 8) / 2) == pytest.approx(x / 8 * math.sqrt(2), abs=1e-9)


def test_beta_with_one_and_two_is_known():
    """Its cdf is 1 - (1 - x)^2."""
    assert beta_quantile(1.0, 2.0, 0.75) == pytest.approx(0.5)
    assert log_beta(2, 3) == pytest.approx(math.log(1 / 12))
    assert np.exp(log_choose(10, [0, 3, 10])) == pytest.approx([1, 120, 1])


def test_a_monotone_curve_does_not_overshoot():
    curve = monotone(np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 0.0, 1.0, 1.0]))
    assert curve(np.linspace(0, 3, 50)).min() >= 0 and curve(np.linspace(0, 3, 50)).max() <= 1


def test_a_system_without_a_root_is_said():
    assert root(lambda x: x**2 - 2, [1.0]) == pytest.approx([math.sqrt(2)])
    with pytest.raises(ArithmeticError):
        root(lambda x: x**2 + 1, [1.0])


def test_the_integral_to_the_end_and_that_of_it_are_those_of_a_known_function():
    """exp(-t): each integral to the end is exp(-t) again."""
    falling = Falling(0.05, np.exp(-0.05 * np.arange(1001)))
    at = np.array([0.0, 0.3, 2.0, 7.7])
    for integral in (falling.tail, falling.tail_of_tail):
        assert integral(at) == pytest.approx(np.exp(-at), abs=1e-7)
    assert falling.value(at[1:]) == pytest.approx(np.exp(-at[1:]), abs=1e-7)
    beyond = np.array([50.0, 80.0])
    assert [*falling.value(beyond), *falling.tail(beyond), *falling.tail_of_tail(beyond)] == [0] * 6


@pytest.mark.parametrize(
    ("probability", "free", "known"),
    [(0.975, 1, 12.7062047), (0.975, 10, 2.2281389), (0.95, 30, 1.6972609), (0.025, 2, -4.3026527), (0.5, 7, 0.0)],
)
def test_quantiles_of_student(probability, free, known):
    assert student_quantile(probability, free) == pytest.approx(known, abs=1e-6)


def test_student_with_many_degrees_is_normal():
    assert student_quantile(0.975, 100_000) == pytest.approx(float(normal_quantile(0.975)), abs=1e-4)
    assert normal_quantile([0.025, 0.5, 0.975]) == pytest.approx([-1.959964, 0, 1.959964], abs=1e-6)
