"""Quantiles of the normal and of Student's t distribution."""

import math
from functools import cache, lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.special import Array

_NODES = 96


def normal_quantile(probability: ArrayLike) -> Array:
    """Give the quantile of the standard normal distribution for 0 < probability < 1, correct to about 1e-15."""
    return np.asarray(np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])(probability))


@lru_cache(maxsize=1024)
def student_quantile(probability: float, free: float) -> float:
    """Give the quantile of Student's t with `free` >= 1 degrees of freedom, 0 < probability < 1.

    With t = sqrt(free) tan(a) the probability between 0 and t is the integral of cos(a)^(free - 1), smooth enough for
    Gauss-Legendre nodes; bisection on a. Correct to about 1e-10 for 1e-6 <= probability <= 1 - 1e-6.
    """
    nodes, weights = _gauss()
    wanted = 0.5 - min(probability, 1 - probability)
    scale = math.exp(math.lgamma((free + 1) / 2) - math.lgamma(free / 2)) / math.sqrt(math.pi)
    low, high = 0.0, math.pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        angles = middle * (nodes + 1) / 2
        below = scale * middle / 2 * float(weights @ np.cos(angles) ** (free - 1)) < wanted
        low, high = (middle, high) if below else (low, middle)
    return math.copysign(math.sqrt(free) * math.tan(high), probability - 0.5)


@cache
def _gauss() -> tuple[Array, Array]:
    return np.polynomial.legendre.leggauss(_NODES)
