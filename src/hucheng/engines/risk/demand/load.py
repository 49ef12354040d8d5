"""The load factor of flights to come, from the flights that have landed."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.special import student_quantile

_LEAST_FLIGHTS = 5
_MOST_SHARE = 0.99


@dataclass(frozen=True, slots=True)
class Load:
    """Mean load factor with its 95 % interval, and how it varies between flights beyond chance."""

    mean: float
    low: float
    high: float
    sd: float
    flights: int


def fitted_load(passengers: ArrayLike, seats: ArrayLike) -> Load:
    """Give mean and sd of the load factor by the method of moments.

    passengers, seats  shape (flights,), whole numbers, 0 <= passengers <= seats, seats > 0
    raises             RiskRefused for fewer than five flights, or a flight with more people than seats

    The spread of the observed shares is what the flights differ by plus what chance adds at their size (Kleinman 1973,
    JASA 68:46, with equal weights); for the flight after next the spread is widened by the doubt about the mean.
    """
    came, size = np.asarray(passengers, dtype=np.float64), np.asarray(seats, dtype=np.float64)
    if came.shape != size.shape or came.ndim != 1 or not ((came >= 0) & (came <= size) & (size > 0)).all():
        raise refused("inside", value="passengers")
    if len(came) < _LEAST_FLIGHTS:
        raise refused("too_short", count=len(came), least=_LEAST_FLIGHTS)
    shares = came / size
    mean, spread = float(shares.mean()), float(shares.var(ddof=1))
    chance = float((1 / size).mean())
    # spread = between (1 - chance) + mean (1 - mean) chance, solved for between
    between = max((spread - mean * (1 - mean) * chance) / (1 - chance), 0.0) if chance < 1 else 0.0
    error = math.sqrt(spread / len(came))
    reach = student_quantile(0.975, len(came) - 1) * error
    sd = min(math.sqrt(between + error**2), _MOST_SHARE * math.sqrt(mean * (1 - mean)))
    return Load(mean, max(mean - reach, 0.0), min(mean + reach, 1.0), sd, len(came))
