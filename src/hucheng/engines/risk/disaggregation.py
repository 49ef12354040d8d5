"""A low-frequency series spread over high-frequency periods and carried on by an indicator: the nowcast of a quarter.

Chow and Lin 1971 (Rev. Econ. Stat. 53:372), Fernandez 1981 (Rev. Econ. Stat. 63:471) and Denton 1971 (JASA 66:99) with
the first condition of Cholette 1984; the conventions are those of the R package tempdisagg (Sax and Steiner 2013, R
Journal 5:80).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.special import Array

METHODS = ("chow-lin", "fernandez", "denton-cholette")
AGGREGATIONS = ("sum", "mean", "first", "last")
LARGEST_RHO = 0.999
MOST_PERIODS = 4000
_GRID = 41
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Disaggregated:
    """A high-frequency series that adds up to the low one.

    values       shape (periods,): before, inside and after the low series; inside it aggregates to it exactly
    errors       standard error of each value; None for Denton-Cholette, which knows none
    coefficients constant first (if there is one), then one per indicator; empty for Denton-Cholette
    coefficient_errors  their standard errors
    rho          autocorrelation of the residual per high-frequency period; None where the method has none
    """

    method: str
    values: Array
    errors: Array | None
    coefficients: Array
    coefficient_errors: Array
    rho: float | None


@dataclass(frozen=True, slots=True)
class _Fit:
    """Generalised least squares on the low series; log_likelihood is concentrated over the variance."""

    beta: Array
    spread: Array
    variance: float
    log_likelihood: float


def disaggregate(
    low: ArrayLike,
    high: ArrayLike,
    *,
    method: str = "chow-lin",
    ratio: int = 4,
    aggregation: str = "sum",
    before: int = 0,
    constant: bool = True,
    rho: float | None = None,
) -> Disaggregated:
    """Spread a low-frequency series over the periods of an indicator, and carry it to the indicator's end.

    low          shape (n,), such as years
    high         shape (periods,) or (periods, indicators), such as quarters; periods >= before + ratio * n
    ratio        high-frequency periods in each low one, >= 2
    aggregation  what the low value is of its periods: sum, mean, first or last
    before       periods of the indicator before the first low one
    constant     whether the regression has a constant (Chow-Lin and Fernandez)
    rho          -0.999..0.999, or None: by maximum likelihood, not below 0 (Chow-Lin)
    raises       RiskRefused for an unknown method, series that do not fit, and indicators that tell nothing
    """
    sums, indicators = _read(low, high, ratio=ratio, before=before)
    _known("method", method, METHODS)
    pattern = _pattern(len(sums), len(indicators), ratio=ratio, aggregation=aggregation, before=before)
    if method == "denton-cholette":
        return _denton(sums, indicators, pattern)
    if constant:
        indicators = np.column_stack([np.ones(len(indicators)), indicators])
    if len(sums) <= indicators.shape[1]:
        raise refused("too_short", count=len(sums), least=indicators.shape[1] + 1)
    if method == "fernandez":
        return _spread(sums, indicators, pattern, method, _random_walk(len(indicators)), None)
    chosen = _likeliest_rho(sums, indicators, pattern) if rho is None else _checked_rho(rho)
    return _spread(sums, indicators, pattern, method, _autoregression(len(indicators), chosen), chosen)


def disaggregations(
    low: ArrayLike, high: ArrayLike, *, ratio: int = 4, aggregation: str = "sum", before: int = 0
) -> dict[str, Disaggregated]:
    """Give all three methods for one indicator: their distance at the end is the honest doubt about it."""
    return {
        method: disaggregate(low, high, method=method, ratio=ratio, aggregation=aggregation, before=before)
        for method in METHODS
    }


def _spread(
    sums: Array, indicators: Array, pattern: Array, method: str, covariance: Array, rho: float | None
) -> Disaggregated:
    """Best linear unbiased prediction: the regression, and the residual of each low period shared out by covariance."""
    fit = _least_squares(sums, pattern @ indicators, pattern @ covariance @ pattern.T)
    shares = np.linalg.solve(pattern @ covariance @ pattern.T, pattern @ covariance).T
    values = indicators @ fit.beta + shares @ (sums - pattern @ (indicators @ fit.beta))
    unexplained = indicators - shares @ (pattern @ indicators)
    inside = np.diag(covariance) - np.einsum("ij,ji->i", shares, pattern @ covariance)
    variance = fit.variance * (inside + np.einsum("ij,jk,ik->i", unexplained, fit.spread, unexplained))
    errors = np.sqrt(np.maximum(variance, 0.0))
    own = np.sqrt(fit.variance * np.diag(fit.spread))
    return Disaggregated(method, values, errors, fit.beta, own, rho)


def _denton(sums: Array, indicators: Array, pattern: Array) -> Disaggregated:
    """Keep the ratio to the indicator as even as the sums allow (proportional first differences)."""
    if indicators.shape[1] != 1:
        raise refused("method", value="denton-cholette", known="one indicator; chow-lin, fernandez")
    one = indicators[:, 0]
    if (one == 0).any():
        raise refused("series", name="indicator", value=0, place=int(np.flatnonzero(one == 0)[0]) + 1)
    count, low_count = len(one), len(sums)
    relative = one / one.mean()
    steps = np.diff(np.eye(count), axis=0) / relative
    system = np.zeros((count + low_count, count + low_count))
    system[:count, :count] = steps.T @ steps
    system[:count, count:], system[count:, :count] = pattern.T, pattern
    solved = np.linalg.solve(system, np.concatenate([np.zeros(count), sums]))
    return Disaggregated("denton-cholette", solved[:count], None, np.empty(0), np.empty(0), None)


def _least_squares(sums: Array, indicators: Array, covariance: Array) -> _Fit:
    root = np.linalg.cholesky(covariance)
    left, right = np.linalg.solve(root, indicators), np.linalg.solve(root, sums)
    scale = np.linalg.norm(left, axis=0)
    if (scale == 0).any() or np.linalg.matrix_rank(left / np.where(scale == 0, 1, scale)) < left.shape[1]:
        raise refused("indicators")
    scaled = left / scale
    beta = np.linalg.lstsq(scaled, right, rcond=None)[0]
    squares = float(((right - scaled @ beta) ** 2).sum())
    spread = np.linalg.inv(scaled.T @ scaled) / np.outer(scale, scale)
    count, free = left.shape[0], left.shape[0] - left.shape[1]
    log_det = 2 * float(np.log(np.diag(root)).sum())
    # a perfect fit has no likelihood: the floor keeps it finite, and every rho fits alike
    likelihood = -(count * math.log(max(squares, 1e-300) / count) + log_det) / 2
    return _Fit(beta / scale, spread, squares / free, likelihood)


def _likeliest_rho(sums: Array, indicators: Array, pattern: Array) -> float:
    """The rho of the highest likelihood, by a grid and golden section beside its best point; below 0 it counts as 0."""
    low_indicators = pattern @ indicators

    def likelihood(rho: float) -> float:
        covariance = pattern @ _autoregression(len(indicators), rho) @ pattern.T
        return _least_squares(sums, low_indicators, covariance).log_likelihood

    grid = np.linspace(-LARGEST_RHO, LARGEST_RHO, _GRID)
    best = int(np.argmax([likelihood(float(rho)) for rho in grid]))
    around = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, _GRID - 1)])
    return max(_highest(likelihood, *around), 0.0)


def _highest(rated: Callable[[float], float], low: float, high: float) -> float:
    """Golden-section search for the maximum between two points, to 1e-10."""
    one, other = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_one, at_other = rated(one), rated(other)
    while high - low > 1e-10:
        if at_one >= at_other:
            high, other, at_other = other, one, at_one
            one = high - _GOLDEN * (high - low)
            at_one = rated(one)
        else:
            low, one, at_one = one, other, at_other
            other = low + _GOLDEN * (high - low)
            at_other = rated(other)
    return (low + high) / 2


def _autoregression(count: int, rho: float) -> Array:
    places = np.arange(count)
    powers = np.power(rho, places) / (1 - rho**2)
    return np.asarray(powers[np.abs(places[:, None] - places)])


def _random_walk(count: int) -> Array:
    places = np.arange(1.0, count + 1)
    return np.asarray(np.minimum(places[:, None], places))


def _pattern(low: int, high: int, *, ratio: int, aggregation: str, before: int) -> Array:
    """The matrix that makes the low series of the high one, shape (low, high)."""
    _known("aggregation", aggregation, AGGREGATIONS)
    weights = {
        "sum": np.ones(ratio),
        "mean": np.full(ratio, 1 / ratio),
        "first": np.eye(ratio)[0],
        "last": np.eye(ratio)[-1],
    }[aggregation]
    out = np.zeros((low, high))
    out[:, before : before + low * ratio] = np.kron(np.eye(low), weights)
    return out


def _read(low: ArrayLike, high: ArrayLike, *, ratio: int, before: int) -> tuple[Array, Array]:
    sums, indicators = finite("low", low), finite("indicator", high)
    if indicators.ndim == 1:
        indicators = indicators[:, None]
    if sums.ndim != 1 or indicators.ndim != 2 or ratio < 2 or before < 0:
        raise refused("periods", high=len(indicators), low=sums.size, ratio=ratio, before=before)
    if len(sums) < 2:
        raise refused("too_short", count=len(sums), least=2)
    if not before + ratio * len(sums) <= len(indicators) <= MOST_PERIODS:
        raise refused("periods", high=len(indicators), low=len(sums), ratio=ratio, before=before)
    return sums, indicators


def finite(name: str, values: ArrayLike) -> Array:
    """Give numbers as an array of at least one axis; refuse what is missing or infinite, by its place."""
    array = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if (wrong := ~np.isfinite(array)).any():
        place = int(np.argwhere(wrong)[0][0]) + 1
        raise refused("series", name=name, value=float(array[wrong].flat[0]), place=place)
    return array


def _known(kind: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise refused("method", value=f"{kind} {value}", known=", ".join(known))


def _checked_rho(rho: float) -> float:
    if not -LARGEST_RHO <= rho <= LARGEST_RHO:
        raise refused("method", value=f"rho {rho}", known=f"{-LARGEST_RHO}..{LARGEST_RHO}")
    return rho
