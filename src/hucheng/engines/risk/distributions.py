"""Times between events of an infection, in days: gamma, lognormal and Weibull."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.special import Array, erf, gamma_quantile, kummer, lower_gamma, normal_quantile

FAMILIES = ("gamma", "lognormal", "weibull")
_UTMOST = 1e6
_LEAST_RATIO = 1e-3


@dataclass(frozen=True, slots=True)
class Distribution:
    """One distribution on days >= 0: gamma (shape, scale), lognormal (meanlog, sdlog) or Weibull (shape, scale)."""

    family: str
    first: float
    second: float

    def __post_init__(self) -> None:
        """Refuse parameters that make no distribution."""
        positive = self.second > 0 and (self.first > 0 or self.family == "lognormal")
        if self.family not in FAMILIES or not positive or not math.isfinite(self.first + self.second):
            raise refused("distribution", value=f"{self.family} ({self.first}, {self.second})")

    @property
    def mean(self) -> float:
        """The mean in days."""
        return self._moment(1)

    @property
    def sd(self) -> float:
        """The standard deviation in days."""
        if self.family == "gamma":
            return math.sqrt(self.first) * self.second
        return math.sqrt(max(self._moment(2) - self._moment(1) ** 2, 0.0))

    @property
    def mode(self) -> float:
        """The likeliest day: where the density is highest."""
        if self.family == "gamma":
            return max(self.first - 1, 0.0) * self.second
        if self.family == "weibull":
            return float(self.second * max(1 - 1 / self.first, 0.0) ** (1 / self.first))
        return math.exp(self.first - self.second**2)

    def cdf(self, days: ArrayLike) -> Array:
        """Give the probability that the event came within so many days."""
        at = np.maximum(np.asarray(days, dtype=np.float64), 0.0)
        if self.family == "gamma":
            return lower_gamma(self.first, at / self.second)
        if self.family == "weibull":
            return -np.expm1(-((at / self.second) ** self.first))
        with np.errstate(divide="ignore"):
            return (1 + erf((np.log(at) - self.first) / (self.second * math.sqrt(2)))) / 2

    def density(self, days: ArrayLike) -> Array:
        """Give the probability per day at days > 0."""
        at = np.asarray(days, dtype=np.float64)
        if self.family == "gamma":
            log = (self.first - 1) * np.log(at / self.second) - at / self.second - math.lgamma(self.first)
            return np.exp(log) / self.second
        if self.family == "weibull":
            scaled = at / self.second
            return self.first / self.second * scaled ** (self.first - 1) * np.exp(-(scaled**self.first))
        bent = (np.log(at) - self.first) / self.second
        return np.exp(-(bent**2) / 2) / (at * self.second * math.sqrt(2 * math.pi))

    def quantile(self, probability: ArrayLike) -> Array:
        """Give the days by which the event came with each probability, 0 <= p < 1."""
        wanted = np.asarray(probability, dtype=np.float64)
        if not ((wanted >= 0) & (wanted < 1)).all():
            raise refused("probability", name="quantile", value=probability)
        if self.family == "gamma":
            return self.second * gamma_quantile(self.first, wanted)
        if self.family == "weibull":
            return np.asarray(self.second * (-np.log1p(-wanted)) ** (1 / self.first))
        return np.exp(self.first + self.second * normal_quantile(wanted))

    def _moment(self, order: int) -> float:
        if self.family == "gamma":
            return self.second**order * math.prod(self.first + power for power in range(order))
        if self.family == "weibull":
            return self.second**order * math.gamma(1 + order / self.first)
        return math.exp(order * self.first + (order * self.second) ** 2 / 2)


def density_of_sum(one: Distribution, other: Distribution, days: ArrayLike) -> Array:
    """Give the density of the sum of two independent gamma times at days > 0, in closed form.

    With shapes a, b and scales s <= t it is x^(a + b - 1) exp(-x / t) 1F1(a; a + b; -x (1 / s - 1 / t)) over
    Gamma(a + b) s^a t^b. Raises RiskRefused for other families, and for laws so unlike that numbers overflow.
    """
    if not one.family == other.family == "gamma":
        raise refused("distribution", value=f"{one.family} + {other.family}")
    short, long = sorted((one, other), key=lambda law: law.second)
    at = np.asarray(days, dtype=np.float64)
    total = short.first + long.first
    scales = short.first * math.log(short.second) + long.first * math.log(long.second)
    log = (total - 1) * np.log(at) - at / long.second - math.lgamma(total) - scales
    with np.errstate(over="ignore", invalid="ignore"):
        dense = np.exp(log) * kummer(short.first, total, -at * (1 / short.second - 1 / long.second))
    if not np.isfinite(dense).all():
        raise refused("too_spread", mean=f"{short.mean:g}", sd=f"{short.sd:g}", least=0.1)
    return np.asarray(dense)


def gamma_of(mean: float, sd: float) -> Distribution:
    """Give the gamma distribution of a mean and a standard deviation."""
    if not (mean > 0 and sd > 0 and 1 / _UTMOST < mean / sd < _UTMOST):
        raise refused("distribution", value=f"gamma: mean {mean}, sd {sd}")
    return Distribution("gamma", (mean / sd) ** 2, sd**2 / mean)


@lru_cache(maxsize=256)
def gamma_through(median: float, upper: float, level: float = 0.975) -> Distribution:
    """Give the gamma distribution through a median and an upper quantile, both met to 1e-9."""
    if not 0 < median < upper or not 0.5 < level < 1:
        raise refused("distribution", value=f"gamma: median {median}, {level} at {upper}")
    wanted = math.log(upper / median)

    def miss(log_shape: float) -> float:
        half, top = Distribution("gamma", math.exp(log_shape), 1.0).quantile([0.5, level])
        return math.log(float(top / half)) - wanted

    before, at = 0.0, 2 * math.log(1.3 / wanted)
    missed = miss(before)
    for _ in range(40):
        now = miss(at)
        if abs(now) < 1e-13 or now == missed:
            break
        before, missed, at = at, now, at - now * min(max((at - before) / (now - missed), -4.0), -0.5)
    shape = math.exp(at)
    return Distribution("gamma", shape, median / float(Distribution("gamma", shape, 1.0).quantile(0.5)))


def lognormal_of(mean: float, sd: float) -> Distribution:
    """Give the lognormal distribution of a mean and a standard deviation."""
    _spread_of("lognormal", mean, sd)
    squared = math.log1p((sd / mean) ** 2)
    return Distribution("lognormal", math.log(mean) - squared / 2, math.sqrt(squared))


def weibull_of(mean: float, sd: float) -> Distribution:
    """Give the Weibull distribution of a mean and a standard deviation, both met to 1e-9."""
    _spread_of("weibull", mean, sd)
    wanted = math.log1p((sd / mean) ** 2)

    def spread(log_shape: float) -> float:
        one = math.exp(-log_shape)
        return math.lgamma(1 + 2 * one) - 2 * math.lgamma(1 + one)

    shape = math.exp(_falling_to(spread, wanted))
    return Distribution("weibull", shape, mean / math.gamma(1 + 1 / shape))


def through(family: str, quantiles: Mapping[float, float]) -> Distribution:
    """Give the distribution of a family through two quantiles, days by probability, both met to 1e-9.

    Raises RiskRefused for quantiles that do not rise from above 0 or are not two.
    """
    if family not in FAMILIES or len(quantiles) != 2:
        raise refused("distribution", value=f"{family}: {dict(quantiles)}")
    (low, first), (high, second) = sorted(quantiles.items())
    if not (low > 0 and high < 1 and 0 < first < second < math.inf):
        raise refused("distribution", value=f"{family}: {dict(quantiles)}")
    wanted = math.log(second / first)
    if family == "lognormal":
        below, above = normal_quantile([low, high]).tolist()
        sdlog = wanted / (above - below)
        return Distribution(family, math.log(first) - sdlog * below, sdlog)
    if family == "weibull":
        below, above = (math.log(-math.log1p(-level)) for level in (low, high))
        shape = (above - below) / wanted
        return Distribution(family, shape, first / (-math.log1p(-low)) ** (1 / shape))

    def spread(log_shape: float) -> float:
        ends = Distribution("gamma", math.exp(log_shape), 1.0).quantile([low, high])
        return math.log(float(ends[1] / ends[0])) if ends[0] > 0 else math.inf

    shape = math.exp(_falling_to(spread, wanted))
    return Distribution("gamma", shape, first / float(Distribution("gamma", shape, 1.0).quantile(low)))


def _spread_of(family: str, mean: float, sd: float) -> None:
    if not (mean > 0 and sd > 0 and _LEAST_RATIO < mean / sd < _UTMOST):
        raise refused("distribution", value=f"{family}: mean {mean}, sd {sd}")


def _falling_to(spread: Callable[[float], float], wanted: float) -> float:
    """Give where a falling function of the log shape takes a value, by bisection to the last digit."""
    low, high = -4.0, 20.0
    if not spread(high) < wanted < spread(low):
        raise refused("distribution", value=f"spread {wanted:g}")
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if spread(middle) > wanted else (low, middle)
    return (low + high) / 2
