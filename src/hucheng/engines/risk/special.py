"""Special functions that NumPy lacks: the incomplete gamma function, erf, and the inverse of a cdf."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
_STEPS = 10_000
_TINY = 1e-300


def lower_gamma(shape: float, x: ArrayLike) -> Array:
    """Give the regularised lower incomplete gamma function P(shape, x), correct to about 1e-13; 0 for x <= 0."""
    at = np.maximum(np.asarray(x, dtype=np.float64), 0.0)
    out, small = np.zeros(at.shape), at < shape + 1
    low, high = at[small & (at > 0)], at[~small]
    out[small & (at > 0)] = _front(shape, low) * _series(shape, low)
    with np.errstate(invalid="ignore"):
        upper = _front(shape, high) / _fraction(shape, high)
    out[~small] = 1 - np.where(np.isinf(high), 0.0, upper)
    return np.clip(out, 0.0, 1.0)


def erf(x: ArrayLike) -> Array:
    """Give the error function, as the incomplete gamma function of one half."""
    at = np.asarray(x, dtype=np.float64)
    return np.sign(at) * lower_gamma(0.5, at**2)


def inverse(cdf: Callable[[Array], Array], probability: ArrayLike) -> Array:
    """Give the smallest x >= 0 at which a rising cdf reaches each probability in [0, 1), to 1e-15 of its bracket."""
    wanted = np.asarray(probability, dtype=np.float64)
    low, high = np.zeros(wanted.shape), np.ones(wanted.shape)
    while (short := cdf(high) < wanted).any():
        high = np.where(short, high * 2, high)
    for _ in range(60):
        middle = (low + high) / 2
        below = cdf(middle) < wanted
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return high


def _front(shape: float, x: Array) -> Array:
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        return np.exp(shape * np.log(x) - x - math.lgamma(shape))


def _series(shape: float, x: Array) -> Array:
    term = total = np.full(x.shape, 1 / shape)
    for step in range(1, _STEPS):
        term = term * x / (shape + step)
        total = total + term
        if not (term > total * 1e-16).any():
            break
    return total


def _fraction(shape: float, x: Array) -> Array:
    """Give the continued fraction of the upper part, by the method of Lentz."""
    b = x + 1 - shape
    value = c = np.where(b == 0, _TINY, b)
    d = np.zeros(x.shape)
    for step in range(1, _STEPS):
        a = -step * (step - shape)
        b = b + 2
        d = 1 / np.where((down := a * d + b) == 0, _TINY, down)
        c = b + a / c
        c = np.where(c == 0, _TINY, c)
        value = value * (change := c * d)
        if not (np.abs(change - 1) > 1e-15).any():
            break
    return value
