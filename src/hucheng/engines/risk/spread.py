"""Infections still to come after a stay, where only generation times or serial intervals are known, no shedding by day.

Infectiousness so long after infection is taken in proportion to the density w of those intervals, as in renewal models
(Fraser 2007, 10.1371/journal.pone.0000758): an assumption. With W the distribution function of w, whoever leaves at age
z of infection has the share 1 - W(z) of all their infections still to come, whenever symptoms begin. Serial intervals
are measured from onset to onset and say nothing of infections before onset: with them, who leaves before onset has all
of theirs still to come, which is the safe side and matters most where incubation may outlast the stay. Either can be
had of both kinds. People travel until they are severely ill, as in `screening`; nobody is isolated after release.
"""

from copy import copy
from dataclasses import replace
from typing import Self

import numpy as np

from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.kernels import Kernels, Weights
from hucheng.engines.risk.profiles import SPREADS, Profile
from hucheng.engines.risk.special import Array


class Spread(Kernels):
    """Kernels that weigh who is released by the share of their infections still to come.

    from_onset  whether nobody infects before onset: so for serial intervals, not so for generation times
    """

    needed = ("severe_mean", "severe_variance", "asymptomatic_share")
    narrowest = 0.05  # without an end of infectiousness to meet, narrower laws are exact too
    from_onset: bool

    def stretched(self, mean: float) -> Self:
        """Give the same with every generation time (or serial interval) longer or shorter by one factor."""
        other = copy(self)
        other.disease, other._built = with_spread(self.disease, mean), {}
        return other

    def otherwise(self) -> Self:
        """Give the same under the other assumption on infections before onset."""
        other = copy(self)
        other.from_onset, other._built = not self.from_onset, {}
        return other

    def period(self, silent: float) -> float:
        """Give 1: everybody causes all their infections once."""
        return 1.0

    def caught_inside(self, age: float) -> tuple[float, float]:
        """Give the share of the infections of who was infected in the house so many days ago that is still to come.

        The first is of those who get symptoms, the second of those who never do, both before tests.
        """
        left, ahead = 1 - float(self.disease.spread.cdf(age)), 1 - float(self.disease.incubation.cdf(age))
        seen = ahead * (1.0 if self.from_onset else left)
        return seen if self.monitoring else seen + (1 - ahead) * left, left

    def _laws(self) -> tuple[Distribution, Distribution, Distribution]:
        return self.disease.incubation, self.disease.severe, self.disease.severe

    def _longest(self) -> float:
        return 0.0  # infectiousness has no end of its own; its density fades

    def _tabulate(self, incubation: Distribution, course: Distribution) -> None:
        """Tabulate nothing, as infectiousness by age of infection bends nowhere; keep what the intervals measure."""
        self.from_onset = self.disease.spread_by == "serial"

    def _symptomatic(self, days: float) -> Weights:
        before, ahead = self._onset.tail(self.age), self._onset.tail(self.landing + days)
        ill = self.missed_at_exit * (self._ended.tail(self.age) - before)
        begun = ill + before - (self._onset.tail(self.landing) if self.monitoring else ahead)
        return self._weighed(days, begun, ahead)

    def _silent(self, days: float) -> Weights:
        return self._weighed(days, self._silent_ended.tail(self.age), np.zeros_like(self.age))

    def _weighed(self, days: float, begun: Array, ahead: Array) -> Weights:
        """Weigh those released: with onset before, or never; and with onset still ahead."""
        age, law = self.landing + days, self.disease.spread
        left, now = 1 - law.cdf(age), law.density(age)
        still = self._weight * (begun * left + ahead * (1.0 if self.from_onset else left))
        present = self._weight * (begun + (0.0 if self.from_onset else ahead)) * now
        return Weights(still, self._weight * (begun + ahead), still, present)


def with_spread(disease: Profile, mean: float) -> Profile:
    """Give the disease with every generation time (or serial interval) longer or shorter by one factor."""
    kind, scale = disease.spread_by or SPREADS[0], mean / disease.spread.mean
    numbers = dict(disease.parameters)
    for name in (f"{kind}_{part}" for part in ("mean", "sd", "scale")):
        if name in numbers:
            numbers[name] = replace(numbers[name], value=disease[name] * scale, low=None, high=None)
    return replace(disease, parameters=numbers)
