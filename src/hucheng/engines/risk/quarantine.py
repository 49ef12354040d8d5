"""What a quarantine lets through: the natural history of Clifford 2021 on steps of one hour, no simulation.

Departure falls at random between infection and the end of the course. With u the age of infection at departure, every
risk is one sum over u of a kernel K(u; release day) times the chance that all tests miss. A kernel is built once a
journey and release day; each schedule of tests is then one product.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from hucheng.engines.risk.profiles import Curve, Profile
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array

MOST_DAYS = 60
Steps = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Strategy:
    """Days held, and days of sampling after arrival; a sample counts when its result is there by release."""

    release_day: int
    tests: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Residual:
    """One array entry a strategy, per infected person on board.

    infectious  released while still able to infect (headline)
    harmless    released when no longer able to
    stopped     kept back by a test or by onset during the stay; the three sum to 1
    days        expected days able to infect after release
    """

    infectious: Array
    harmless: Array
    stopped: Array
    days: Array


class Kernels:
    """The kernels of one disease and journey; `steps_per_day` sets the accuracy (24: below 2e-5 in every share)."""

    def __init__(
        self, disease: Profile, *, journey_hours: int, monitoring: bool = True, steps_per_day: int = 24
    ) -> None:
        """Tabulate incubation, course and infectious days; journeys are whole hours from 0 to 72."""
        if not 0 <= journey_hours <= 72 or journey_hours != int(journey_hours):
            raise refused("journey", value=journey_hours)
        self.disease, self.monitoring, self.per_day = disease, monitoring, steps_per_day
        self.step, self.journey = 1 / steps_per_day, round(journey_hours * steps_per_day / 24)
        onset, course, silent = (
            one.discretised(self.step) for one in (disease.incubation, disease.course, disease.asymptomatic_course)
        )
        self.ages = len(onset) + max(len(course), len(silent))
        self._infectious()
        self._symptomatic(onset, course)
        self._asymptomatic(onset, silent)
        self._silent_rest = [
            (table[::-1].cumsum()[::-1] - table / 2) * self.step for table in (self.end_after, self.start_after)
        ]
        self.built: dict[int, tuple[Array, Array]] = {}

    def of(self, release_day: int) -> tuple[Array, Array]:
        """Give the weights (infectious, released, days) x ages of those with symptoms and those without, kept."""
        if release_day not in self.built:
            missed = 1 - self.disease["screening_sensitivity"]
            pair = np.array(self.symptomatic(release_day, missed)), np.array(self.silent(release_day))
            self.built[release_day] = pair
        return self.built[release_day]

    def aboard(self) -> float:
        """Give the share of those with symptoms at any time who are not found at departure."""
        weight = np.ones(self.onset_ahead.shape[1])
        weight[0] = 0.5
        missed = 1 - self.disease["screening_sensitivity"]
        return float((self.onset_ahead @ weight).sum() + missed * self.already_all.sum())

    def age(self) -> Array:
        """Give the age of infection at departure, in days, of each step."""
        return np.asarray((np.arange(self.ages) + 0.5) * self.step, dtype=np.float64)

    def symptomatic(self, release_day: int, missed_at_exit: float) -> tuple[Array, Array, Array]:
        """Give, by age at departure, the weights of those released infectious, of all released, and infectious days."""
        held = self.journey + release_day * self.per_day
        ahead = held - np.arange(len(self.onset_ahead[0]))
        seen = self._free(held, len(ahead))
        lags = held + np.arange(self.already.shape[1])
        risk, days = (
            self.onset_ahead @ (table(ahead) * seen) + missed_at_exit * (self.already @ table(lags))
            for table in (self._still, self._left)
        )
        return risk, self.onset_ahead @ seen + missed_at_exit * self.already_all, days

    def silent(self, release_day: int) -> tuple[Array, Array, Array]:
        """Give the same for people who never have symptoms."""
        held = self.journey + release_day * self.per_day
        return self.end_after[held : held + self.ages], self.end_after[: self.ages], self._silent_days(held)

    def _symptomatic(self, onset: Array, course: Array) -> None:
        i, j = (np.arange(len(onset)) + 0.5) * self.step, (np.arange(len(course)) + 0.5) * self.step
        joint = onset[:, None] * course[None, :] / (i[:, None] + j[None, :]) * self.step
        lasting = joint[:, ::-1].cumsum(axis=1)[:, ::-1]  # [i, y]: course longer than y steps
        padded = np.concatenate([lasting[:, 0], np.zeros(self.ages)])
        self.onset_ahead = np.ascontiguousarray(sliding_window_view(padded, len(onset))[: self.ages])
        lasting[:, 0] /= 2  # onset in the hour of departure: half before it
        self.already_all = np.zeros(self.ages)
        for row, values in enumerate(lasting):
            self.already_all[row : row + len(values)] += values
        width = min(len(self._tail), len(course))
        rows = np.arange(self.ages)[:, None] - np.arange(width)[None, :]
        inside = (rows >= 0) & (rows < len(onset))
        self.already = np.where(inside, lasting[rows.clip(0, len(onset) - 1), np.arange(width)[None, :]], 0.0)

    def _asymptomatic(self, onset: Array, course: Array) -> None:
        ends = np.convolve(onset, course)
        weight = ends / (np.arange(1, len(ends) + 1) * self.step) * self.step
        room = np.zeros(4 * self.ages + (MOST_DAYS + 4) * self.per_day)
        room[: len(weight)] = weight[::-1].cumsum()[::-1]
        self.end_after = room
        i, j = (np.arange(len(onset)) + 0.5) * self.step, (np.arange(len(course)) + 0.5) * self.step
        starts = (onset[:, None] * course[None, :] / (i[:, None] + j[None, :])).sum(axis=1) * self.step
        late = np.zeros_like(room)
        late[: len(starts)] = starts[::-1].cumsum()[::-1] - starts / 2
        self.start_after = late

    def _infectious(self) -> None:
        lags = np.arange(math.ceil(self.disease.longest_infectious * self.per_day) + 1) * self.step
        self._tail = self.disease.still_infectious(lags)
        middle = (self._tail[1:] + self._tail[:-1]) / 2 * self.step
        self._rest = np.append(middle[::-1].cumsum()[::-1], 0.0)

    def _still(self, lag: Steps) -> Array:
        return np.where(lag < 0, 1.0, self._tail[np.clip(lag, 0, len(self._tail) - 1)])

    def _left(self, lag: Steps) -> Array:
        early = np.minimum(-lag * self.step, self.disease["infectious_before_onset"])
        return np.where(lag < 0, self._rest[0] + early, self._rest[np.clip(lag, 0, len(self._rest) - 1)])

    def _free(self, held: int, length: int) -> Array:
        """Onsets (by steps after departure) that keep nobody: before landing, or after release."""
        weight = np.ones(length)
        if self.monitoring and held > self.journey:
            weight[self.journey + 1 : held] = 0
            weight[self.journey : self.journey + 1] = 0.5 if self.journey else 0.0
            weight[held : held + 1] = 0.5
        weight[0] = weight[0] / 2
        return weight

    def _silent_days(self, held: int) -> Array:
        before = self.disease["infectious_before_onset"] * self.per_day
        whole, part = int(before), before % 1
        ending, starting = self._silent_rest
        first, second = (starting[held + whole + more : held + whole + more + self.ages] for more in (0, 1))
        return ending[held : held + self.ages] - (1 - part) * first - part * second


def residual_risk(
    kernels: Kernels,
    strategies: Sequence[Strategy],
    curve: Curve,
    *,
    asymptomatic_share: float | None = None,
    adherence: float = 1.0,
    correlation: float = 0.0,
    result_delay_days: int = 1,
) -> Residual:
    """Give what each strategy lets through, per infected person on board.

    adherence    share who stay and are tested; the rest leave on arrival
    correlation  share whose tests all fail together (only the best of their samples counts); 0: independent tests
    raises       RiskRefused for shares outside 0..1, days outside 0..60 and tests after release
    """
    for strategy in strategies:
        _check(strategy)
    share("adherence", adherence)
    share("correlation", correlation)
    disease = kernels.disease
    silent = disease["asymptomatic_share"] if asymptomatic_share is None else asymptomatic_share
    share("asymptomatic share", silent)
    plans = [*strategies, Strategy(0)]
    kept = _each(kernels, plans, curve, silent, correlation, result_delay_days)
    mixed = adherence * kept[:-1] + (1 - adherence) * kept[-1]
    risk, released, days = mixed.T
    return Residual(risk, released - risk, 1 - released, days)


def smallest_quarantine(
    kernels: Kernels, curve: Curve, target: float, *, tests_before_release: Sequence[int] = (), **assumptions: float
) -> int | None:
    """Give the fewest days that keep the risk at or under a target, or None where 60 days do not.

    tests_before_release  samples so many days before release; those that would fall before arrival are left out
    """
    share("target", target)
    plans = [
        Strategy(days, tuple(sorted({days - back for back in tests_before_release if days >= back})))
        for days in range(MOST_DAYS + 1)
    ]
    enough = residual_risk(kernels, plans, curve, **assumptions).infectious <= target  # type: ignore[arg-type]
    return int(enough.argmax()) if enough.any() else None


def _each(
    kernels: Kernels, plans: list[Strategy], curve: Curve, silent: float, correlation: float, delay: int
) -> Array:
    """Give (infectious, released, days) of each plan, per person on board."""
    sampled = sorted({day for plan in plans for day in plan.tests})
    at = kernels.age() + kernels.journey * kernels.step + np.array(sampled, dtype=np.float64)[:, None]
    found = curve.at(at)
    faint = found * kernels.disease["asymptomatic_relative_sensitivity"]
    aboard = (1 - silent) * kernels.aboard() + silent
    sums = np.zeros((len(plans), 3))
    for row, plan in zip(sums, plans, strict=True):
        used = [sampled.index(day) for day in sorted(plan.tests) if day + delay <= plan.release_day]
        seen, unseen = kernels.of(plan.release_day)
        row += (1 - silent) * (seen @ _all_miss(found[used], correlation))
        row += silent * (unseen @ _all_miss(faint[used], correlation))
    return sums / aboard


def _all_miss(found: Array, correlation: float) -> Array:
    independent = np.prod(1 - found, axis=0)
    together = 1 - found.max(axis=0, initial=0.0)
    return np.asarray((1 - correlation) * independent + correlation * together)


def _check(strategy: Strategy) -> None:
    tests = (("test", day, strategy.release_day) for day in strategy.tests)
    for name, day, most in (("release", strategy.release_day, MOST_DAYS), *tests):
        if not 0 <= day <= most or day != int(day):
            raise refused("days", name=name, value=day, most=most)
