"""The exact distribution of every day's demand, by generating functions on the grid of the discrete Fourier transform.

One party's need on a day has the generating function w(s). A flight's is c + (1 - c) sum_n P(n) w(s)^n with P beta-
binomial: a polynomial, evaluated by Horner's rule at as many roots of unity as the flight has outcomes and inverted
with no error but rounding. The sum over independent flights and those inside is the product of transforms. A factor
shared by all flights is integrated by Gauss-Hermite nodes: given the factor they are independent.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.risk.demand.forecast import Flight, Inside, Plan, party_count, per_party
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array

Spectrum = NDArray[np.complex128]
SHARED_NODES = 9
LARGEST = 60_000_000
"""Days times outcomes that one forecast may hold."""
NOISE = 1e-15
"""Above the rounding noise of a transform; the tails of these sums fall so fast that nothing of weight lies beyond."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """One resource on the days asked for: probabilities of 0, 1, 2, ... units, shape (days, outcomes)."""

    resource: str
    days: tuple[int, ...]
    probabilities: Array

    @property
    def mean(self) -> Array:
        """The expected number of each day."""
        return np.asarray(self.probabilities @ np.arange(self.probabilities.shape[1]))

    @property
    def variance(self) -> Array:
        """The variance of each day's number."""
        return np.asarray(self.probabilities @ np.arange(self.probabilities.shape[1]) ** 2.0 - self.mean**2)

    def quantiles(self, levels: Sequence[float]) -> Array:
        """Give the least number reached with each probability, shape (days, levels); whole numbers."""
        for level in levels:
            share("level", level)
        below = np.cumsum(self.probabilities, axis=1)
        found = [np.searchsorted(row, np.array(levels) - 1e-12) for row in below]
        return np.asarray(np.minimum(np.array(found, dtype=np.float64).reshape(-1, len(levels)), below.shape[1] - 1))

    def beyond(self, capacity: int) -> Array:
        """Give the probability of each day that more than a capacity is needed."""
        return np.asarray(np.clip(1 - self.probabilities[:, : capacity + 1].sum(axis=1), 0.0, 1.0))


def forecast(plan: Plan, resource: str, days: Iterable[int] | None = None) -> Forecast:
    """Give the exact distribution of a resource on each day asked for (all days of the plan if none is).

    Raises RiskRefused for an unknown resource, a day outside the horizon, or a plan too large to hold.
    """
    asked = tuple(range(plan.days) if days is None else days)
    if any(not 0 <= day < plan.days for day in asked):
        raise refused("days", name="day", value=asked, most=plan.days - 1)
    if plan.shared_sd == 0:
        return Forecast(resource, asked, _trimmed(_convolved(plan, resource, asked)))
    places, weights = np.polynomial.hermite_e.hermegauss(SHARED_NODES)
    weights = weights / weights.sum()
    mixed = sum(
        weight * _convolved(plan.shifted(float(place)), resource, asked)
        for place, weight in zip(places, weights, strict=True)
    )
    return Forecast(resource, asked, _trimmed(np.asarray(mixed)))


def beta_binomial(count: int, mean: float, concentration: float) -> Array:
    """Give the probabilities of 0..count of count, each with the same share drawn from a beta distribution.

    concentration is a + b; infinite gives the binomial. Correct to about 1e-13.
    """
    hits = np.arange(count + 1)
    if mean in (0.0, 1.0):
        return np.asarray((hits == count * mean).astype(np.float64))
    ways = _log_factorials(count)
    ways = ways[-1] - ways - ways[::-1]
    if math.isinf(concentration):
        logs = hits * math.log(mean) + hits[::-1] * math.log1p(-mean)
    else:
        a, b = mean * concentration, (1 - mean) * concentration
        logs = _log_rising(a, count) + _log_rising(b, count)[::-1] - _log_rising(concentration, count)[-1]
    masses = np.exp(ways + logs)
    return np.asarray(masses / masses.sum())


def _convolved(plan: Plan, resource: str, days: tuple[int, ...]) -> Array:
    """Multiply the transforms of all flights and all inside, and transform back: shape (days, outcomes)."""
    groups = [group for group in plan.inside if group.resource == resource]
    kinds: dict[tuple[float, ...], list[Flight]] = {}
    for flight in plan.flights:
        if flight.day <= max(days, default=0):
            kinds.setdefault(
                (flight.seats, flight.load_mean, flight.load_sd, flight.cancelled, flight.kept), []
            ).append(flight)
    unit = per_party(plan.habits, resource, 1.0, [0]).shape[1] - 1
    most = sum(len(alike) * party_count(alike[0], plan.habits) * unit for alike in kinds.values())
    size = fast_length(most + sum(group.count for group in groups) + 1)
    if size * len(days) > LARGEST:
        raise refused("too_large", value=size * len(days), most=LARGEST)
    product = np.ones((len(days), size // 2 + 1), dtype=np.complex128)
    at = np.array(days, dtype=int)
    for alike in kinds.values():
        _multiply_flights(product, plan, resource, alike, at, size)
    for group in groups:
        product *= _group_spectrum(group, at, size)
    return np.asarray(np.maximum(np.fft.irfft(product, n=size, axis=1), 0.0))


def _multiply_flights(
    product: Spectrum, plan: Plan, resource: str, alike: list[Flight], days: NDArray[np.int_], size: int
) -> None:
    """Multiply in flights that differ only by their day: one transform per need serves them all."""
    ages = np.unique(np.concatenate([days - flight.day for flight in alike]))
    needs = per_party(plan.habits, resource, alike[0].kept, ages)
    busy = needs[:, 0] < 1
    if not busy.any():
        return
    ages = ages[busy]
    distinct, which = np.unique(
        needs[busy], axis=0, return_inverse=True
    )  # most days nobody leaves: one need, many ages
    spectra = np.fft.rfft(_flight_masses(alike[0], party_count(alike[0], plan.habits), distinct), n=size, axis=1)
    for flight in alike:
        own = days - flight.day
        place = np.minimum(np.searchsorted(ages, own), len(ages) - 1)
        met = ages[place] == own
        product[met] *= spectra[which[place[met]]]


def _flight_masses(flight: Flight, parties: int, needs: Array) -> Array:
    """Give the distribution of one flight's need at each age: shape (ages, outcomes)."""
    unit = needs.shape[1] - 1
    size = fast_length(parties * unit + 1)
    party = np.fft.rfft(needs, n=size, axis=1)
    come = beta_binomial(parties, flight.load_mean, flight.concentration)
    total = np.full(party.shape, come[-1], dtype=np.complex128)
    for mass in come[-2::-1]:
        total *= party
        total += mass
    total *= 1 - flight.cancelled
    total += flight.cancelled
    return np.asarray(np.maximum(np.fft.irfft(total, n=size, axis=1), 0.0)[:, : parties * unit + 1])


def _group_spectrum(group: Inside, days: NDArray[np.int_], size: int) -> Spectrum:
    """Each of a group still there or gone, all alike: a binomial."""
    roots = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    there = np.array(group.there)[days]
    return np.asarray((1 - there[:, None] + there[:, None] * roots) ** group.count)


def _trimmed(masses: Array) -> Array:
    """Drop the rounding noise of the transform beyond the first and last outcome of each day; let each day sum to 1."""
    real = masses > NOISE
    after = np.cumsum(real, axis=1) > 0
    before = np.cumsum(real[:, ::-1], axis=1)[:, ::-1] > 0
    masses = np.where(after & before, masses, 0.0)[:, : int(np.flatnonzero(before.any(axis=0))[-1]) + 1]
    return np.asarray(masses / masses.sum(axis=1, keepdims=True))


def fast_length(least: int) -> int:
    """Give the smallest even length from `least` up that has no prime factor above 5."""
    length = least + least % 2
    while (rest := length) > 1:
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return length
        length += 2
    return 2


def _log_factorials(count: int) -> Array:
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, count + 1)))])


def _log_rising(start: float, count: int) -> Array:
    """Log of start (start + 1) ... for 0..count factors."""
    return np.concatenate([[0.0], np.cumsum(np.log(start + np.arange(count)))])
