"""Is it growing here: Rt of local cases (Cori 2013), doubling time, extinction and the end of an outbreak."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array, gamma_quantile, lower_gamma

LEAST_CASES = 11
"""Local cases in a window below which no Rt is shown: its coefficient of variation would be above 0.3."""
_TWO_SIDED = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Rt:
    """The posterior of Rt over one window of days (first and last counted from 1): a gamma distribution."""

    first: int
    last: int
    local_cases: int
    shape: float
    scale: float

    @property
    def mean(self) -> float:
        """The posterior mean."""
        return self.shape * self.scale

    @property
    def sd(self) -> float:
        """The posterior standard deviation."""
        return math.sqrt(self.shape) * self.scale

    def quantile(self, probability: ArrayLike) -> Array:
        """Give posterior quantiles."""
        return self.scale * gamma_quantile(self.shape, probability)

    @property
    def above_one(self) -> float:
        """The posterior probability that cases grow."""
        return 1 - float(lower_gamma(self.shape, 1 / self.scale))


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth a day on the log scale, with its 95 % interval."""

    rate: float
    low: float
    high: float

    @property
    def doubling_days(self) -> float:
        """Days in which cases double (negative: halve)."""
        return math.log(2) / self.rate if self.rate else math.inf


def serial_interval(mean: float, sd: float, days: int) -> Array:
    """Give the probability of each serial interval 0, 1, ... days: the shifted gamma of Cori 2013, web appendix 11."""
    if not (mean > 1 and sd > 0 and math.isfinite(mean + sd)):
        raise refused("serial_interval", mean=mean, sd=sd)
    shape, scale = ((mean - 1) / sd) ** 2, sd**2 / (mean - 1)
    k = np.arange(days + 1, dtype=np.float64)

    def both(day: Array) -> tuple[Array, Array]:
        return lower_gamma(shape, day / scale), lower_gamma(shape + 1, day / scale)

    (at, at_up), (one, one_up), (two, two_up) = both(k), both(k - 1), both(k - 2)
    return np.maximum(k * at + (k - 2) * two - 2 * (k - 1) * one + shape * scale * (2 * one_up - two_up - at_up), 0.0)


def effective_r(
    local: Sequence[int],
    imported: Sequence[int] | None = None,
    *,
    interval: ArrayLike,
    window: int = 7,
    prior: tuple[float, float] = (1.0, 5.0),
    least_cases: int = LEAST_CASES,
) -> list[Rt | None]:
    """Give Rt for each window of days, sliding by one, from the window that starts on day 2.

    local, imported  new cases a day; without imported, the cases of day 1 count as imported
    interval         serial interval from day 0; day 0 must hold nothing
    prior            shape and scale of the gamma prior
    gives            None for a window with fewer local cases than `least_cases`; 0 shows every window
    raises           RiskRefused for counts below 0, not whole or missing, and windows longer than the series
    """
    here, pressure = local_and_pressure(local, imported, interval)
    if not 1 <= window <= len(here) - 1:
        raise refused("window", value=window, most=len(here) - 1)
    found = []
    for first in range(1, len(here) - window + 1):
        inside = slice(first, first + window)
        cases = int(here[inside].sum())
        shape, scale = prior[0] + cases, 1 / (1 / prior[1] + pressure[inside].sum())
        enough = cases >= least_cases
        found.append(Rt(first + 1, first + window, cases, shape, float(scale)) if enough else None)
    return found


def local_and_pressure(
    local: Sequence[int], imported: Sequence[int] | None, interval: ArrayLike
) -> tuple[Array, Array]:
    """Give local cases and infection pressure a day: earlier cases, imported ones too, weighted by the serial interval.

    Without imported ones the cases of day 1 count as imported. Raises RiskRefused for counts that cannot be.
    """
    here = whole_counts(local)
    brought = np.zeros_like(here) if imported is None else whole_counts(imported)
    if len(brought) != len(here):
        raise refused("counts", day=min(len(brought), len(here)) + 1, value="-")
    if imported is None and len(here):
        brought[0], here[0] = here[0], 0
    weights = np.asarray(interval, dtype=np.float64)
    return here, np.convolve(here + brought, weights)[: len(here)] if len(here) else here


def growth(cases: Sequence[int]) -> Growth:
    """Give the exponential growth of daily counts by Poisson regression on the day (Newton, to 1e-12).

    The interval widens by the overdispersion found (never narrows below Poisson). Raises RiskRefused below 11 cases,
    below three days and for counts that cannot be.
    """
    counts = whole_counts(cases)
    if len(counts) < 3:
        raise refused("window", value=len(counts), most="3+")
    if counts.sum() < LEAST_CASES:
        raise refused("few_cases", cases=int(counts.sum()), least=LEAST_CASES)
    design = np.column_stack([np.ones(len(counts)), np.arange(len(counts)) - (len(counts) - 1) / 2])
    beta = np.linalg.lstsq(design, np.log(counts + 0.5), rcond=None)[0]
    for _ in range(100):
        mean = np.exp(design @ beta)
        step = np.linalg.solve(design.T @ (mean[:, None] * design), design.T @ (counts - mean))
        beta = beta + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-12:
            break
    mean = np.exp(design @ beta)
    spread = max(1.0, float(((counts - mean) ** 2 / mean).sum() / (len(counts) - 2)))
    error = math.sqrt(spread * np.linalg.inv(design.T @ (mean[:, None] * design))[1, 1])
    return Growth(float(beta[1]), float(beta[1]) - _TWO_SIDED * error, float(beta[1]) + _TWO_SIDED * error)


def extinction(r: float, dispersion: float, introductions: int = 1) -> float:
    """Give the chance that chains started by so many cases all die out: offspring negative binomial (mean r, k).

    1 for r <= 1. Otherwise the smaller root of q = (1 + r (1 - q) / k)^-k, to the power of introductions.
    """
    if r < 0 or not dispersion > 0 or introductions < 0 or not math.isfinite(r):
        raise refused("distribution", value=f"R {r}, k {dispersion}, introductions {introductions}")
    if r <= 1 or introductions == 0:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if (1 + r * (1 - middle) / dispersion) ** -dispersion > middle:
            low = middle
        else:
            high = middle
    return low**introductions


def more_to_come(days_since_onset: Sequence[float], interval: ArrayLike, r: float, dispersion: float) -> float:
    """Give the chance that known cases still bring at least one more, given none so far later than they are known.

    days_since_onset  one entry a case; each expects r times the part of the serial interval still ahead
    """
    extinction(r, dispersion)  # refuses what makes no offspring
    cumulative = np.cumsum(np.asarray(interval, dtype=np.float64))
    days = np.floor(np.asarray(days_since_onset, dtype=np.float64)).astype(int)
    if (days < 0).any():
        raise refused("days", name="onset", value=int(days.min()), most="-")
    ahead = np.clip(1 - cumulative[np.clip(days, 0, len(cumulative) - 1)], 0.0, 1.0)
    none = np.exp(-dispersion * np.log1p(r * ahead / dispersion).sum())
    return share("chance", float(1 - none))


def whole_counts(series: Sequence[int]) -> Array:
    """Give counts a day as an array; refuse what is below 0, not whole or missing, by its day."""
    counts = np.asarray(series, dtype=np.float64)
    wrong = ~((counts >= 0) & (counts == np.floor(counts)) & np.isfinite(counts))
    if wrong.any():
        day = int(wrong.argmax())
        raise refused("counts", day=day + 1, value=series[day])
    return counts.copy()
