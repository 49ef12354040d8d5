"""Infections still to come after a quarantine with tests: the model of Wells 2021 (10.1038/s41467-020-20742-8).

Infectiousness v over the age of an infection rises exponentially through the latent period and then follows a gamma
density; a test is as sensitive on the way up as it is on the way down at the same v. The published double integral
has the distribution function of v inside, so one integral over the age at entry is left.
"""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array, Smooth, monotone

_PANEL, _NODES = 0.1, 4
_GRID_END = 150.0
_FAR = 700.0


@dataclass(frozen=True)
class Shedding:
    """Infectiousness by days since infection, for one latent period; its integral is 1."""

    latent_days: float
    shape: float
    scale: float
    ramp_days: float
    ramp_rate: float

    @property
    def turn(self) -> float:
        """Day at which the exponential rise becomes the gamma density."""
        return self.latent_days + self.ramp_days

    @property
    def peak(self) -> float:
        """Day of the highest infectiousness."""
        return (self.shape - 1) * self.scale + self.latent_days

    @cached_property
    def _after(self) -> Distribution:
        return Distribution("gamma", self.shape, self.scale)

    @cached_property
    def _start(self) -> float:
        """The factor of the rise, so that both pieces meet."""
        return float(self._after.density(self.ramp_days)) / math.expm1(self.ramp_rate * self.turn)

    @cached_property
    def _total(self) -> float:
        return self._rise(self.turn) + 1 - float(self._after.cdf(self.ramp_days))

    def _rise(self, day: float) -> float:
        return self._start * (math.expm1(self.ramp_rate * day) / self.ramp_rate - day)

    def density(self, days: ArrayLike) -> Array:
        """Give the infectiousness per day at each day since infection."""
        at = np.asarray(days, dtype=np.float64)
        early = at < self.turn
        rise = self._start * np.expm1(self.ramp_rate * np.clip(at, 0.0, self.turn))
        fall = self._after.density(np.where(early, 1.0, at - self.latent_days))
        return np.where(early, rise, fall) / self._total

    def cdf(self, days: ArrayLike) -> Array:
        """Give the part of all infectiousness that came by each day since infection."""
        at = np.maximum(np.asarray(days, dtype=np.float64), 0.0)
        low = np.minimum(at, self.turn)
        rise = self._start * (np.expm1(self.ramp_rate * low) / self.ramp_rate - low)
        fall = self._after.cdf(at - self.latent_days) - self._after.cdf(self.ramp_days)
        return (rise + np.where(at > self.turn, fall, 0.0)) / self._total


def shedding(latent_days: float) -> Shedding:
    """Give the published curve of a latent period. Raises RiskRefused where none was published."""
    known = {float(row) for row in _table() if row}
    if latent_days not in known:
        raise refused("choice", name="latent days", value=latent_days, known=", ".join(map(str, sorted(known))))
    return Shedding(latent_days, **_table()[f"{latent_days:g}"])


@dataclass(frozen=True, slots=True)
class Course:
    """What is assumed of the infected: R0, days from infection to onset, and who enters at which age of infection.

    Those who get symptoms enter uniformly over [0, entry], the others over [0, silent_entry].
    """

    r0: float
    incubation_days: float
    asymptomatic_share: float
    entry: float
    silent_entry: float
    isolates: bool = True


def infections_after(curve: Shedding, course: Course, *, days: float, samples: Sequence[float] = ()) -> float:
    """Give the expected infections caused after a quarantine, per infected person who enters it.

    days     length of the quarantine; samples  days after entry on which a test is taken, its result there by release
    raises   RiskRefused for a share outside 0..1 and for times below 0

    Those who isolate at onset infect nobody later. Tests of one person are independent, as published.
    """
    share("asymptomatic share", course.asymptomatic_share)
    if min(days, course.r0, course.incubation_days, course.entry, course.silent_entry, *samples) < 0:
        raise refused("days", name="quarantine", value=days, most="-")
    end = float(curve.cdf(course.incubation_days)) if course.isolates else 1.0
    seen = (1 - course.asymptomatic_share) * _mean(curve, course, days, samples, course.entry, end)
    unseen = course.asymptomatic_share * _mean(curve, course, days, samples, course.silent_entry, 1.0)
    return course.r0 * (seen + unseen)


def onward_chance(infections: float, dispersion: float = 0.25) -> float:
    """Give the chance of at least one infection when their number is negative binomial with this mean."""
    if infections < 0 or not dispersion > 0:
        raise refused("distribution", value=f"R {infections}, k {dispersion}")
    return float(1 - (dispersion / (dispersion + infections)) ** dispersion)


def sensitivity(curve: Shedding, incubation_days: float) -> Smooth:
    """Give the sensitivity of a test by infectiousness at sampling, as it is known past the peak."""
    days = np.arange(curve.peak, _GRID_END, _PANEL)
    level = curve.density(days)
    known = _table()[""]
    past = days - incubation_days
    logit = np.clip(sum(known[f"quartic_{power}"] * past**power for power in range(5)), -_FAR, _FAR)
    return monotone(level[::-1], 1 / (1 + np.exp(-logit[::-1])))


def _mean(curve: Shedding, course: Course, days: float, samples: Sequence[float], entry: float, end: float) -> float:
    """Average what is left after the stay over the age at entry, uniform on [0, entry]."""
    if entry == 0:
        at, weight = np.zeros(1), np.ones(1)
    else:
        kinks = [curve.turn - days, course.incubation_days - days]
        kinks += [kink - sample for sample in samples for kink in (curve.turn, curve.peak)]
        at, weight = panels(entry, kinks)
        weight = weight / entry
    missed = np.ones_like(at)
    found = sensitivity(curve, course.incubation_days)
    for sample in samples:
        missed = missed * (1 - found(curve.density(at + sample)))
    return float(weight @ (missed * np.maximum(end - curve.cdf(at + days), 0.0)))


def panels(length: float, kinks: Sequence[float], width: float = _PANEL, nodes: int = _NODES) -> tuple[Array, Array]:
    """Give Gauss-Legendre nodes and weights on [0, length], in panels that end at every kink."""
    edges = np.unique(np.concatenate([np.arange(0, length, width), [length], [k for k in kinks if 0 < k < length]]))
    point, weight = np.polynomial.legendre.leggauss(nodes)
    half = np.diff(edges) / 2
    at = edges[:-1, None] + half[:, None] * (point + 1)
    return at.ravel(), (half[:, None] * weight).ravel()


@cache
def _table() -> dict[str, dict[str, float]]:
    read: dict[str, dict[str, float]] = {}
    with Path(__file__).with_name("shedding.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            read.setdefault(row["latent_days"], {})[row["parameter"]] = float(row["value"])
    return read
