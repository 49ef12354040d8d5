"""Quantiles against tables, and each other."""

import pytest

from hucheng.engines.risk.quantiles import normal_quantile, student_quantile


@pytest.mark.parametrize(
    ("probability", "free", "known"),
    [(0.975, 1, 12.7062047), (0.975, 10, 2.2281389), (0.95, 30, 1.6972609), (0.025, 2, -4.3026527), (0.5, 7, 0.0)],
)
def test_quantiles_of_student(probability, free, known):
    assert student_quantile(probability, free) == pytest.approx(known, abs=1e-6)


def test_student_with_many_degrees_is_normal():
    assert student_quantile(0.975, 100_000) == pytest.approx(float(normal_quantile(0.975)), abs=1e-4)
    assert normal_quantile([0.025, 0.5, 0.975]) == pytest.approx([-1.959964, 0, 1.959964], abs=1e-6)
