"""How good a forecast was, once the day has come: proper scores, coverage and the probability integral transform.

CRPS and interval score: Gneiting and Raftery 2007 (JASA 102:359); WIS and its parts: Bracher et al. 2021 (PLoS Comput.
Biol. 17:e1008618); randomised PIT of counts: Czado, Gneiting and Held 2009 (Biometrics 65:1254). Lower is better.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array, erf, normal_quantile


@dataclass(frozen=True, slots=True)
class IntervalScores:
    """The weighted interval score of each forecast, and what it is made of: wis = dispersion + under + over.

    under is the price of forecasts that lay below what came, over of those above it; arrays of the observations' shape.
    """

    wis: Array
    dispersion: Array
    under: Array
    over: Array


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of observations inside their intervals, and the 95 % band of that share (Wilson)."""

    share: float
    low: float
    high: float
    count: int


def crps_normal(observed: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Array:
    """Give the CRPS of normal forecasts; shapes broadcast; sd >= 0, and 0 is a point forecast."""
    y, middle, width = (np.asarray(one, dtype=np.float64) for one in (observed, mean, sd))
    if not (width >= 0).all():
        raise refused("distribution", value=f"normal: sd {float(width.min())}")
    z = (y - middle) / np.where(width > 0, width, 1.0)
    cdf, density = (1 + erf(z / math.sqrt(2))) / 2, np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    spread = width * (z * (2 * cdf - 1) + 2 * density - 1 / math.sqrt(math.pi))
    return np.where(width > 0, spread, np.abs(y - middle))


def crps_samples(observed: ArrayLike, samples: ArrayLike) -> Array:
    """Give the CRPS of forecasts by draws: observed shape (n,), samples (n, draws), taken as they are."""
    y, drawn = _paired(observed, samples)
    ordered = np.sort(drawn, axis=1)
    count = drawn.shape[1]
    weights = 2 * np.arange(1, count + 1) - count - 1
    return np.asarray(np.abs(drawn - y[:, None]).mean(axis=1) - ordered @ weights / count**2)


def crps_discrete(observed: ArrayLike, probabilities: ArrayLike) -> Array:
    """Give the CRPS of forecasts of counts: observed shape (n,), probabilities (n, size) of 0, 1, 2, ...

    An observation beyond the support pays a whole unit for each step beyond it.
    """
    y, masses = _paired(observed, probabilities)
    below = np.minimum(np.cumsum(masses, axis=1), 1.0)
    inside = ((below - (np.arange(masses.shape[1]) >= y[:, None])) ** 2).sum(axis=1)
    return np.asarray(inside + np.maximum(y - masses.shape[1], 0.0))


def pinball(observed: ArrayLike, quantile: ArrayLike, level: float) -> Array:
    """Give the loss of a quantile forecast at its level; its mean over many is least at the true quantile."""
    share("level", level)
    miss = np.asarray(observed, dtype=np.float64) - np.asarray(quantile, dtype=np.float64)
    return np.maximum(level * miss, (level - 1) * miss)


def wis(observed: ArrayLike, levels: ArrayLike, quantiles: ArrayLike) -> IntervalScores:
    """Give the weighted interval scores of forecasts by quantiles.

    observed   shape (n,)
    levels     shape (k,), rising, in pairs around the median 0.5, which must be one of them
    quantiles  shape (n, k), never falling along a row
    raises     RiskRefused for levels without pairs and for quantiles that cross
    """
    y, given = _paired(observed, quantiles)
    at = np.asarray(levels, dtype=np.float64)
    if given.shape[1] != at.size or not np.allclose(at + at[::-1], 1) or at.size % 2 == 0 or (np.diff(at) <= 0).any():
        raise refused("levels", value=at.tolist())
    if (np.diff(given, axis=1) < 0).any():
        raise refused("levels", value="crossing")
    half, middle = at.size // 2, given[:, at.size // 2]
    lower, upper, alpha = given[:, :half], given[:, -1:half:-1], 2 * at[:half]
    norm = half + 0.5
    dispersion = (alpha / 2 * (upper - lower)).sum(axis=1) / norm
    under = (0.5 * np.maximum(y - middle, 0) + np.maximum(y[:, None] - upper, 0).sum(axis=1)) / norm
    over = (0.5 * np.maximum(middle - y, 0) + np.maximum(lower - y[:, None], 0).sum(axis=1)) / norm
    return IntervalScores(dispersion + under + over, dispersion, under, over)


def coverage(observed: ArrayLike, low: ArrayLike, high: ArrayLike) -> Coverage:
    """Give the share of observations in their intervals, ends included, with the band that chance allows."""
    y, least, most = np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in (observed, low, high)))
    if not y.size:
        raise refused("too_short", count=0, least=1)
    inside = float(((y >= least) & (y <= most)).mean())
    count, z = y.size, float(normal_quantile(0.975))
    middle = (inside + z**2 / (2 * count)) / (1 + z**2 / count)
    reach = z / (1 + z**2 / count) * math.sqrt(inside * (1 - inside) / count + (z / (2 * count)) ** 2)
    return Coverage(inside, middle - reach, middle + reach, count)


def randomised_pit(observed: ArrayLike, probabilities: ArrayLike, *, seed: int) -> Array:
    """Give where each count fell in its forecast: uniform on 0..1 exactly when the forecasts are right.

    Shapes as for crps_discrete; a draw between P(X < y) and P(X <= y), by `seed`. Beyond the support it is 1.
    """
    y, masses = _paired(observed, probabilities)
    edges = np.column_stack([np.zeros(len(masses)), np.minimum(np.cumsum(masses, axis=1), 1.0)])
    place = np.clip(y.astype(int), 0, masses.shape[1] - 1)
    rows = np.arange(len(y))
    low, high = edges[rows, place], edges[rows, place + 1]
    inside = low + np.random.default_rng(seed).random(len(y)) * (high - low)
    return np.where(y >= masses.shape[1], 1.0, np.where(y < 0, 0.0, inside))


def relative(scores: ArrayLike, rival: ArrayLike) -> float:
    """Give the mean score over the rival's: below 1 is better. Raises RiskRefused when the rival never errs."""
    own, other = float(np.mean(np.asarray(scores))), float(np.mean(np.asarray(rival)))
    if not other > 0:
        raise refused("rival")
    return own / other


def _paired(observed: ArrayLike, forecasts: ArrayLike) -> tuple[Array, Array]:
    y, given = (np.asarray(one, dtype=np.float64) for one in (observed, forecasts))
    if y.ndim != 1 or given.ndim != 2 or len(y) != len(given) or not given.size:
        raise refused("forecasts", observed=y.shape, forecasts=given.shape)
    if not (np.isfinite(y).all() and np.isfinite(given).all()):
        raise refused("forecasts", observed="NaN", forecasts="NaN")
    return y, given
