"""The few functions the engine takes from SciPy, typed: incomplete gamma, erf, quantiles and two kinds of curve."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import interpolate, optimize
from scipy import special as scipy_special

Array = NDArray[np.float64]
Smooth = Callable[[ArrayLike], Array]


def lower_gamma(shape: float, x: ArrayLike) -> Array:
    """Give the regularised lower incomplete gamma function P(shape, x); 0 for x <= 0."""
    return np.asarray(scipy_special.gammainc(shape, np.maximum(np.asarray(x, dtype=np.float64), 0.0)))


def gamma_quantile(shape: float, probability: ArrayLike) -> Array:
    """Give x with P(shape, x) = probability, each in [0, 1)."""
    return np.asarray(scipy_special.gammaincinv(shape, probability), dtype=np.float64)


def erf(x: ArrayLike) -> Array:
    """Give the error function."""
    return np.asarray(scipy_special.erf(np.asarray(x, dtype=np.float64)))


def normal_quantile(probability: ArrayLike) -> Array:
    """Give the standard normal quantile of each probability."""
    return np.asarray(scipy_special.ndtri(np.asarray(probability, dtype=np.float64)))


def student_quantile(probability: float, free: float) -> float:
    """Give the quantile of Student's t with `free` > 0 degrees of freedom."""
    return float(scipy_special.stdtrit(free, probability))


def beta_quantile(first: float, second: float, probability: ArrayLike) -> Array:
    """Give the quantile of the beta distribution with two shapes."""
    return np.asarray(scipy_special.betaincinv(first, second, probability), dtype=np.float64)


def log_beta(first: ArrayLike, second: ArrayLike) -> Array:
    """Give the logarithm of the beta function."""
    return np.asarray(scipy_special.betaln(first, second), dtype=np.float64)


def log_choose(total: int, part: ArrayLike) -> Array:
    """Give the logarithm of the number of ways to choose `part` of `total`."""
    taken = np.asarray(part, dtype=np.float64)
    return np.asarray(-np.log1p(total) - scipy_special.betaln(total - taken + 1, taken + 1))


def kummer(first: float, second: float, x: Array) -> Array:
    """Give the confluent hypergeometric function 1F1(first; second; x)."""
    return np.asarray(scipy_special.hyp1f1(first, second, x), dtype=np.float64)


def root(function: Callable[[Array], Array], start: ArrayLike) -> Array:
    """Solve a small system of equations from a start. Raises ArithmeticError when it does not settle."""
    found = optimize.root(function, np.asarray(start, dtype=np.float64), tol=1e-13)
    if not found.success and np.abs(found.fun).max() > 1e-9:
        raise ArithmeticError(found.message)
    return np.asarray(found.x, dtype=np.float64)


def monotone(x: Array, y: Array) -> Smooth:
    """Give the shape-preserving cubic curve (PCHIP) through points with rising x; beyond them its ends go on."""
    curve: Smooth = interpolate.PchipInterpolator(x, y)
    return curve


class Falling:
    """The integral from each point to the end of a function given on an even grid that starts at 0; 0 beyond the grid.

    The function is a cubic spline through its values, so its integral, and the integral of that, are exact for it.
    """

    def __init__(self, step: float, values: Array) -> None:
        """Fit the spline and integrate it twice."""
        grid = step * np.arange(len(values))
        self._value = interpolate.CubicSpline(grid, values)
        self._once, self._twice = self._value.antiderivative(1), self._value.antiderivative(2)
        self._end = float(grid[-1])
        self._all, self._all_twice = float(self._once(self._end)), float(self._twice(self._end))

    def value(self, at: Array) -> Array:
        """Give the function itself; 0 outside the grid."""
        return np.where((at > 0) & (at < self._end), self._value(np.clip(at, 0.0, self._end)), 0.0)

    def tail(self, at: Array) -> Array:
        """Give its integral from each point >= 0 on."""
        return np.asarray(self._all - self._once(np.minimum(at, self._end)))

    def tail_of_tail(self, at: Array) -> Array:
        """Give the integral of the tail from each point >= 0 on."""
        held = np.minimum(at, self._end)
        return np.asarray(self._all * (self._end - held) - self._all_twice + self._twice(held))
