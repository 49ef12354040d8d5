"""Rt day by day without a window: the exact filter and smoother of Parag 2021 (10.1371/journal.pcbi.1009347) on a grid.

Rt walks at random from day to day with standard deviation noise * sqrt(Rt); local cases are Poisson around Rt times the
infection pressure. A pass forward and one back give the posterior of each day from the whole series.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.growth import LEAST_CASES, local_and_pressure
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.special import Array

HIGHEST, POINTS = 10.0, 400
NOISE = 0.1


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Rt of one day (counted from 1): posterior mean, 95 % interval and the probability that it is above 1."""

    day: int
    mean: float
    low: float
    high: float
    above_one: float


def smoothed_r(
    local: Sequence[int],
    imported: Sequence[int] | None = None,
    *,
    interval: ArrayLike,
    noise: float = NOISE,
    window: int = 7,
    least_cases: int = LEAST_CASES,
) -> list[Smoothed | None]:
    """Give Rt of each day from day 2 on.

    local, imported, interval  as in growth.effective_r
    noise    how far Rt may walk in a day, relative to its square root
    gives    None for a day with fewer than `least_cases` local cases in the `window` days up to it
    raises   RiskRefused for counts as effective_r does, and noise outside (0, 1]
    """
    if not 0 < noise <= 1:
        raise refused("probability", name="noise", value=noise)
    here, pressure = local_and_pressure(local, imported, interval)
    grid = HIGHEST * (np.arange(POINTS) + 0.5) / POINTS
    walk = _walk(grid, noise)
    filtered, predicted = _forward(here[1:], pressure[1:], grid, walk)
    smoothed = _backward(filtered, predicted, walk)
    found: list[Smoothed | None] = []
    for day, chances in enumerate(smoothed, 1):
        enough = here[max(day - window + 1, 0) : day + 1].sum() >= least_cases
        found.append(_summary(day + 1, grid, chances) if enough else None)
    return found


def _walk(grid: Array, noise: float) -> Array:
    """Give the chance of each step of the grid (columns) after each (rows)."""
    steps = np.exp(-((grid[None, :] - grid[:, None]) ** 2) / (2 * noise**2 * grid[:, None]))
    return np.asarray(steps / steps.sum(axis=1, keepdims=True))


def _forward(here: Array, pressure: Array, grid: Array, walk: Array) -> tuple[Array, Array]:
    filtered, predicted = np.empty((2, len(here), len(grid)))
    belief = np.full(len(grid), 1 / len(grid))
    for day, (cases, force) in enumerate(zip(here, pressure, strict=True)):
        predicted[day] = belief if day == 0 else belief @ walk
        logs = cases * np.log(grid) - grid * force if force > 0 else np.zeros_like(grid)
        belief = predicted[day] * np.exp(logs - logs.max())
        belief = belief / belief.sum()
        filtered[day] = belief
    return filtered, predicted


def _backward(filtered: Array, predicted: Array, walk: Array) -> Array:
    smoothed = filtered.copy()
    for day in range(len(filtered) - 2, -1, -1):
        ahead = smoothed[day + 1] / np.maximum(predicted[day + 1], 1e-300)
        smoothed[day] = filtered[day] * (walk @ ahead)
        smoothed[day] /= smoothed[day].sum()
    return smoothed


def _summary(day: int, grid: Array, chances: Array) -> Smoothed:
    reached, edges = np.cumsum(chances), grid + HIGHEST / POINTS / 2
    low, high = np.interp([0.025, 0.975], reached, edges)
    above = 1 - float(np.interp(1.0, edges, reached))
    return Smoothed(day, float(chances @ grid), float(low), float(high), above)
