"""Houses filled by a steady stream: how many are inside on each day when arrivals are random and stays differ.

With Poisson arrivals of mean m(s) and a share S(a) still inside after a days, the number inside on day t is exactly
Poisson with mean sum m(s) S(t - s) (Eick, Massey and Whitt 1993, Operations Research 41:731). What varies more is
gamma-mixed day by day; the distribution then follows from its generating function on the grid of a Fourier transform.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.demand.exact import fast_length
from hucheng.engines.risk.demand.forecast import MOST_DAYS, still_there
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array

LEVELS = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)
_REACH = 9.0
"""Standard deviations beyond which a Poisson count has no weight a level could meet."""


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Mean of shape (..., days) and quantiles of shape (..., days, levels)."""

    mean: Array
    levels: tuple[float, ...]
    quantiles: Array


def occupancy(
    arrivals: ArrayLike,
    stay: tuple[float, ...],
    *,
    already: ArrayLike = 0,
    dispersion: float | None = None,
    levels: Sequence[float] = LEVELS,
) -> Occupancy:
    """Give the number inside on each day, mean and quantiles.

    arrivals    shape (..., days): expected arrivals by day, >= 0, such as houses by days; none before the first
    stay        share of those who stay 0, 1, 2, ... days, the day of arrival the first
    already     how many of those inside before are still there on each day, known; broadcasts to arrivals
    dispersion  size of the gamma mixing of a day's arrivals: variance = mean + mean^2 / dispersion; None: Poisson
    raises      RiskRefused for negative or missing arrivals, a dispersion <= 0, and levels outside 0..1
    """
    expected = np.asarray(arrivals, dtype=np.float64)
    known = np.asarray(already)
    if not (expected.ndim and np.isfinite(expected).all() and (expected >= 0).all() and (known >= 0).all()):
        raise refused("inside", value="arrivals")
    if dispersion is not None and not dispersion > 0:
        raise refused("load", mean="dispersion", sd=dispersion)
    if any(not 0 < share("level", level) < 1 for level in levels):
        raise refused("levels", value=list(levels))
    left = still_there(stay, np.arange(min(len(stay), MOST_DAYS)))
    random = np.zeros(expected.shape)
    for age, inside in enumerate(left[: expected.shape[-1]]):
        random[..., age:] += inside * expected[..., : expected.shape[-1] - age]
    found = poisson_quantiles(random, levels) if dispersion is None else _mixed(expected, left, dispersion, levels)
    shifted = found + np.broadcast_to(known, expected.shape)[..., None]
    return Occupancy(random + known, tuple(levels), shifted)


def poisson_quantiles(mean: ArrayLike, levels: Sequence[float]) -> Array:
    """Give the least count reached with each probability, shape mean.shape + (levels,), exact.

    Terms are summed upward from far below the mean, all means at once.
    """
    means = np.asarray(mean, dtype=np.float64)
    flat, wanted = means.ravel(), np.array(levels) - 1e-13
    order = np.argsort(flat)
    out = np.empty((flat.size, len(wanted)))
    for rows in np.array_split(order, max(flat.size // 4096, 1)):
        if rows.size:
            out[rows] = _summed(flat[rows], wanted)
    return out.reshape(*means.shape, len(wanted))


def _summed(mean: Array, levels: Array) -> Array:
    """Quantiles of means alike enough to share one number of terms."""
    reach = _REACH * np.sqrt(mean) + 12
    first = np.maximum(np.floor(mean - reach), 0.0)
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, float(first.max()) + 1)))])
    with np.errstate(divide="ignore", invalid="ignore"):
        term = np.where(first > 0, np.exp(first * np.log(mean) - mean - logs[first.astype(int)]), np.exp(-mean))
    below, at = term.copy(), first.copy()
    out = np.repeat(first[:, None], len(levels), axis=1).T.copy()
    for _ in range(int(np.ceil((mean + reach - first).max()))):
        short = below < levels[:, None]
        if not short.any():
            break
        out += short
        at += 1
        term *= mean / at
        below += term
    return np.asarray(out.T)


def _mixed(expected: Array, left: Array, dispersion: float, levels: Sequence[float]) -> Array:
    """Quantiles of gamma-mixed arrivals, house by house."""
    houses = expected.reshape(-1, expected.shape[-1])
    found = [_mixed_house(house, left, dispersion, levels) for house in houses]
    return np.array(found).reshape(*expected.shape, len(levels))


def _mixed_house(expected: Array, left: Array, dispersion: float, levels: Sequence[float]) -> Array:
    days = len(expected)
    mean, variance = np.zeros(days), np.zeros(days)
    for age, inside in enumerate(left[:days]):
        part = inside * expected[: days - age]
        mean[age:] += part
        variance[age:] += part + part**2 / dispersion
    size = fast_length(int(np.ceil((mean + 14 * np.sqrt(variance)).max() + 40 * (1 + 1 / dispersion))))
    away = 1 - np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    log = np.zeros((days, len(away)), dtype=np.complex128)
    for age, inside in enumerate(left[:days]):
        log[age:] -= dispersion * np.log1p(np.outer(inside * expected[: days - age] / dispersion, away))
    masses = np.maximum(np.fft.irfft(np.exp(log), n=size, axis=1), 0.0)
    below = np.cumsum(masses, axis=1)
    return np.array([np.searchsorted(row, np.array(levels) - 1e-10) for row in below], dtype=np.float64)
