"""Infections still to come after a stay, where only generation times or serial intervals are known, no shedding by day.

Infectiousness so long after infection is taken in proportion to the density w of those intervals, as in renewal models
(Fraser 2007, 10.1371/journal.pone.0000758): an assumption, and a rougher one for serial intervals, which are measured
between onsets. With W the distribution function of w, whoever leaves at age z of infection has the share 1 - W(z) of
all their infections still to come. People travel until they are severely ill, as in `screening`; infectiousness does
not depend on when symptoms begin, and nobody is isolated after release.
"""

from copy import copy
from dataclasses import replace
from typing import Self

from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.kernels import Kernels, Weights
from hucheng.engines.risk.profiles import SPREADS, Profile
from hucheng.engines.risk.special import Array


class Spread(Kernels):
    """Kernels that weigh who is released by the share of their infections still to come."""

    needed = ("severe_mean", "severe_variance", "asymptomatic_share")
    narrowest = 0.05  # without an end of infectiousness to meet, narrower laws are exact too

    def stretched(self, mean: float) -> Self:
        """Give the same with every generation time (or serial interval) longer or shorter by one factor."""
        other = copy(self)
        other.disease, other._built = with_spread(self.disease, mean), {}
        return other

    def period(self, silent: float) -> float:
        """Give 1: everybody causes all their infections once."""
        return 1.0

    def caught_inside(self, age: float) -> tuple[float, float]:
        """Give the share of the infections of who was infected in the house so many days ago that is still to come.

        The first is of those who get symptoms, the second of those who never do, both before tests.
        """
        left = 1 - float(self.disease.spread.cdf(age))
        seen = left * (1 - float(self.disease.incubation.cdf(age))) if self.monitoring else left
        return seen, left

    def _laws(self) -> tuple[Distribution, Distribution, Distribution]:
        return self.disease.incubation, self.disease.severe, self.disease.severe

    def _longest(self) -> float:
        return 0.0  # infectiousness has no end of its own; its density fades

    def _tabulate(self, incubation: Distribution, course: Distribution) -> None:
        """Tabulate nothing: infectiousness by age of infection bends nowhere."""

    def _symptomatic(self, days: float) -> Weights:
        before = self._onset.tail(self.age)
        ill = self.missed_at_exit * (self._ended.tail(self.age) - before)
        if not self.monitoring:
            return self._weighed(days, before + ill)
        ahead, away = self._onset.tail(self.landing + days), before - self._onset.tail(self.landing)
        return self._weighed(days, ahead + away + ill)

    def _silent(self, days: float) -> Weights:
        return self._weighed(days, self._silent_ended.tail(self.age))

    def _weighed(self, days: float, released: Array) -> Weights:
        age, law = self.landing + days, self.disease.spread
        left = self._weight * released * (1 - law.cdf(age))
        return Weights(left, self._weight * released, left, self._weight * released * law.density(age))


def with_spread(disease: Profile, mean: float) -> Profile:
    """Give the disease with every generation time (or serial interval) longer or shorter by one factor."""
    kind, scale = disease.spread_by or SPREADS[0], mean / disease.spread.mean
    numbers = dict(disease.parameters)
    for name in (f"{kind}_{part}" for part in ("mean", "sd", "scale")):
        if name in numbers:
            numbers[name] = replace(numbers[name], value=disease[name] * scale, low=None, high=None)
    return replace(disease, parameters=numbers)
