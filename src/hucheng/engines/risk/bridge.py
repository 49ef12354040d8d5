"""Next quarter from the months already known: growth bridged by indicators, with a break where a shock set in.

A bridge equation regresses the growth of the slow series on the growth of its indicators over the same span (Baffigi,
Golinelli and Parigi 2004, Int. J. Forecasting 20:447). A break shifts the level of growth from a period on; its place
can be searched for as the largest F statistic (Andrews 1993, Econometrica 61:821), whose chance is simulated under no
break, which is exact for normal residuals because the statistic does not depend on their variance.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.disaggregation import finite
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.special import Array, student_quantile

_TRIM = 0.15
_DRAWS = 999


@dataclass(frozen=True, slots=True)
class Bridged:
    """The next low period, with the interval of its regression.

    value, low, high  the forecast and its interval at `level`
    growth            its log growth over `lag` periods
    coefficients      constant, one per indicator, and the shift from the break on if there is one
    coefficient_errors  their standard errors
    known             share of the period's high-frequency values already known
    """

    value: float
    low: float
    high: float
    level: float
    growth: float
    coefficients: Array
    coefficient_errors: Array
    known: float


@dataclass(frozen=True, slots=True)
class Break:
    """The likeliest break: the first low period after it, its F statistic, and how often chance alone exceeds that."""

    period: int
    statistic: float
    chance: float


def bridge(
    low: ArrayLike, high: ArrayLike, *, ratio: int = 3, lag: int = 4, break_at: int | None = None, level: float = 0.95
) -> Bridged:
    """Forecast the low period after the last known one from the indicators that reach into it.

    low       shape (n,), all > 0, such as quarters
    high      shape (periods,) or (periods, indicators), all > 0, starting with low and reaching 1..ratio values beyond
    lag       low periods over which growth is measured: 4 takes quarters year on year, so seasons fall out
    break_at  index of the first low period after a break, 0-based; at least one known period must lie behind it
    raises    RiskRefused for series that do not fit, values that have no logarithm, or a break nobody has seen yet
    """
    target, indicators = _read(low, high, ratio=ratio, lag=lag)
    if not 0 < level < 1:
        raise refused("probability", name="level", value=level)
    growth, drivers = _growth(target, indicators, ratio=ratio, lag=lag)
    ahead = _known_growth(indicators, len(target), ratio=ratio, lag=lag)
    if break_at is not None:
        shift = np.arange(lag, len(target)) >= break_at
        if shift.all() or not shift.any():
            raise refused("break", period=break_at, first=lag + 1, last=len(target) - 1)
        drivers, ahead = np.column_stack([drivers, shift]), np.append(ahead, 1.0)
    beta, spread, variance, free = _regression(growth, drivers)
    error = math.sqrt(variance * (1 + ahead @ spread @ ahead))
    reach, expected = student_quantile((1 + level) / 2, free) * error, float(ahead @ beta)
    base = float(target[len(target) - lag])
    middle, least, most = (base * math.exp(expected + side) for side in (0.0, -reach, reach))
    known = (len(indicators) - len(target) * ratio) / ratio
    return Bridged(middle, least, most, level, expected, beta, np.sqrt(variance * np.diag(spread)), known)


def likely_break(low: ArrayLike, high: ArrayLike, *, ratio: int = 3, lag: int = 4, seed: int = 0) -> Break:
    """Find where the level of growth most likely shifted, 15 % of the periods kept clear at both ends.

    Series as for bridge. The chance is that of a statistic this large somewhere in the span if there were no break.
    """
    target, indicators = _read(low, high, ratio=ratio, lag=lag)
    growth, drivers = _growth(target, indicators, ratio=ratio, lag=lag)
    _regression(growth, drivers)
    margin = max(math.ceil(_TRIM * len(growth)), 1)
    places = np.arange(margin, len(growth) - margin + 1)
    shifts = (np.arange(len(growth))[:, None] >= places).astype(np.float64)
    drawn = np.random.default_rng(seed).standard_normal((len(growth), _DRAWS))
    statistics = _break_statistics(np.column_stack([growth, drawn]), drivers, shifts)
    highest = statistics.max(axis=0)
    chance = (1 + int((highest[1:] >= highest[0]).sum())) / (1 + _DRAWS)
    return Break(lag + int(places[statistics[:, 0].argmax()]), float(highest[0]), chance)


def _break_statistics(series: Array, drivers: Array, shifts: Array) -> Array:
    """F of each shift beside the drivers, for each series: shape (shifts, series)."""
    base = np.linalg.qr(drivers)[0]
    left, steps = series - base @ (base.T @ series), shifts - base @ (base.T @ shifts)
    length = (steps**2).sum(axis=0)
    usable = length > 1e-9
    explained = (steps.T @ left) ** 2 / np.where(usable, length, np.inf)[:, None]
    squares = (left**2).sum(axis=0)
    free = len(series) - drivers.shape[1] - 1
    return np.asarray(explained * free / np.maximum(squares - explained, 1e-300))


def _regression(growth: Array, drivers: Array) -> tuple[Array, Array, float, int]:
    free = len(growth) - drivers.shape[1]
    if free < 1:
        raise refused("too_short", count=len(growth), least=drivers.shape[1] + 1)
    if np.linalg.matrix_rank(drivers) < drivers.shape[1]:
        raise refused("indicators")
    beta = np.linalg.lstsq(drivers, growth, rcond=None)[0]
    variance = float(((growth - drivers @ beta) ** 2).sum()) / free
    return np.asarray(beta), np.asarray(np.linalg.inv(drivers.T @ drivers)), variance, free


def _growth(target: Array, indicators: Array, *, ratio: int, lag: int) -> tuple[Array, Array]:
    """Log growth of the target and, after a constant, of each indicator's sums."""
    sums = indicators[: len(target) * ratio].reshape(len(target), ratio, -1).sum(axis=1)
    drivers = np.log(sums[lag:] / sums[:-lag])
    return np.log(target[lag:] / target[:-lag]), np.column_stack([np.ones(len(drivers)), drivers])


def _known_growth(indicators: Array, count: int, *, ratio: int, lag: int) -> Array:
    """Growth of what is known of the next period over the same part of the period `lag` before."""
    new = indicators[count * ratio :]
    start = (count - lag) * ratio
    old = indicators[start : start + len(new)]
    return np.concatenate([[1.0], np.log(new.sum(axis=0) / old.sum(axis=0))])


def _read(low: ArrayLike, high: ArrayLike, *, ratio: int, lag: int) -> tuple[Array, Array]:
    target, indicators = _positive("low", low), _positive("indicator", high)
    if indicators.ndim == 1:
        indicators = indicators[:, None]
    beyond = len(indicators) - len(target) * ratio
    if target.ndim != 1 or indicators.ndim != 2 or lag < 1 or not 1 <= beyond <= ratio:
        raise refused("bridge", beyond=beyond, ratio=ratio)
    if len(target) <= lag + 2:
        raise refused("too_short", count=len(target), least=lag + 3)
    return target, indicators


def _positive(name: str, values: ArrayLike) -> Array:
    array = finite(name, values)
    if (wrong := array <= 0).any():
        raise refused("series", name=name, value=float(array[wrong].flat[0]), place=int(np.argwhere(wrong)[0][0]) + 1)
    return array
