"""The incomplete gamma function against closed forms, tables and its own recurrence."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.risk.special import erf, inverse, lower_gamma

shapes, points = st.floats(0.05, 300), st.floats(0, 500)


@given(points)
def test_shape_one_is_the_exponential(x):
    assert lower_gamma(1.0, x) == pytest.approx(-math.expm1(-x), abs=1e-13)


@pytest.mark.parametrize("shape", [2, 3, 7, 20])
def test_whole_shapes_are_sums_of_poisson_terms(shape):
    """Both the series and the continued fraction are met: x runs from far below the shape to far above."""
    for x in (0.1, shape / 2, shape, shape + 1, shape + 1.001, shape * 2, shape * 5):
        tail = sum(math.exp(-x) * x**k / math.factorial(k) for k in range(shape))
        assert lower_gamma(float(shape), x) == pytest.approx(1 - tail, abs=1e-12)


@given(shapes, points)
def test_the_recurrence_between_shapes_holds(shape, x):
    step = math.exp(shape * math.log(x) - x - math.lgamma(shape + 1)) if x > 0 else 0.0
    assert lower_gamma(shape + 1, x) == pytest.approx(float(lower_gamma(shape, x)) - step, abs=1e-11)


@given(shapes, points, points)
def test_it_rises_within_0_and_1(shape, one, other):
    low, high = lower_gamma(shape, sorted((one, other)))
    assert 0 <= low <= high + 1e-13 <= 1 + 1e-13


def test_the_ends():
    assert lower_gamma(2.5, [-3, 0]).tolist() == [0, 0]
    assert lower_gamma(2.5, [math.inf, 1e4]).tolist() == [1, 1]


@given(st.floats(-6, 6))
def test_erf_is_that_of_the_standard_library(x):
    assert erf(x) == pytest.approx(math.erf(x), abs=1e-13)


@given(st.floats(0, 0.999999), st.floats(0.01, 1e4))
def test_the_inverse_undoes_the_cdf_at_any_scale(probability, scale):
    def cdf(x):
        return lower_gamma(1.0, x / scale)

    assert inverse(cdf, probability) == pytest.approx(-math.log1p(-probability) * scale, rel=1e-9, abs=1e-9)


def test_the_inverse_keeps_the_shape_of_what_it_is_asked():
    asked = np.full((2, 3), 0.5)
    assert inverse(lambda x: lower_gamma(1.0, x), asked) == pytest.approx(np.full((2, 3), math.log(2)))
