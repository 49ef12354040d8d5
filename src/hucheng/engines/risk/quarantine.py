"""What a quarantine lets through, for any schedule of tests, share who comply and tests that fail together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from hucheng.engines.risk.kernels import Departure, Kernels, Weights
from hucheng.engines.risk.profiles import Curve
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array

__all__ = [
    "MOST_DAYS",
    "RESULT_DELAY",
    "Departure",
    "Kernels",
    "Residual",
    "Strategy",
    "best_schedules",
    "residual_risk",
    "risk_table",
    "schedules",
    "smallest_quarantine",
]

MOST_DAYS, RESULT_DELAY = 60, 1
"""Longest stay, and days until the result of a sample is there unless told otherwise (Clifford 2021)."""
MOST_TESTS = 10
MOST_SCHEDULES = 50_000
"""Schedules that are compared at once: about a second."""
_LOT = 256


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

    Of `spread.Spread` infectious and days are the share of a person's infections still to come after release.
    """

    infectious: Array
    harmless: Array
    stopped: Array
    days: Array


def residual_risk(
    kernels: Kernels,
    strategies: Sequence[Strategy],
    curve: Curve,
    *,
    asymptomatic_share: float | None = None,
    asymptomatic_sensitivity: float | None = None,
    adherence: float = 1.0,
    correlation: float = 0.0,
    result_delay_days: int = RESULT_DELAY,
) -> Residual:
    """Give what each strategy lets through, per infected person on board.

    asymptomatic_sensitivity  of a test on who has no symptoms, relative to the curve; None: the profile's
    adherence    share who stay and are tested; the rest leave on arrival
    correlation  share whose tests all fail together (only the best of their samples counts); 0: independent tests
    raises       RiskRefused for shares outside 0..1, days outside 0..60, tests after release and more than ten of them
    """
    for strategy in strategies:
        check(strategy)
    share("adherence", adherence)
    tests = Sampling(kernels, curve, correlation, result_delay_days, asymptomatic_sensitivity)
    silent = silent_share(kernels, asymptomatic_share)
    kept = np.array([_ends(tests, plan, silent) for plan in strategies]).reshape(-1, 3)
    if adherence < 1:
        kept = adherence * kept + (1 - adherence) * np.array(_ends(tests, Strategy(0), silent))
    risk, released, days = kept.T
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


def risk_table(
    kernels: Kernels,
    curve: Curve,
    release_days: Sequence[int],
    test_days: Sequence[int],
    *,
    asymptomatic_share: float | None = None,
    adherence: float = 1.0,
    correlation: float = 0.0,
    result_delay_days: int = RESULT_DELAY,
) -> Array:
    """Give the risk of every release day with every pair of test days, shape (releases, days, days).

    The diagonal holds one test on that day; a test whose result is not there by release counts for nothing. Assumptions
    and refusals as in residual_risk.
    """
    for plan in (*map(Strategy, release_days), *(Strategy(MOST_DAYS, (day,)) for day in test_days)):
        check(plan)
    share("adherence", adherence)
    silent, tests = silent_share(kernels, asymptomatic_share), Sampling(kernels, curve, correlation, result_delay_days)
    none = tests.summed(kernels.after(0), "infectious", tests.missed((), 0), silent)
    table = np.array([tests.pairs(day, test_days, silent) for day in release_days])
    return np.asarray((adherence * table + (1 - adherence) * none) / aboard(kernels, silent))


def schedules(release_day: int, most_tests: int) -> list[Strategy]:
    """Give every strategy of a release day with up to so many tests on different days."""
    check(Strategy(release_day, tuple(range(min(most_tests, release_day + 1)))))
    return [
        Strategy(release_day, days)
        for count in range(min(most_tests, release_day + 1) + 1)
        for days in combinations(range(release_day + 1), count)
    ]


def best_schedules(
    kernels: Kernels,
    curve: Curve,
    release_days: Sequence[int],
    most_tests: int,
    *,
    adherence: float = 1.0,
    correlation: float = 0.0,
    result_delay_days: int = RESULT_DELAY,
) -> list[tuple[Strategy, float]]:
    """Give, of each release day and each number of tests up to so many, the schedule of least risk, and that risk.

    Every schedule on different days whose results are all there by release is tried.
    raises  RiskRefused as residual_risk, and for more than 50,000 schedules
    """
    for day in release_days:
        check(Strategy(day, (0,) * max(most_tests, 0)))
    share("adherence", adherence)
    silent, tests = silent_share(kernels, None), Sampling(kernels, curve, correlation, result_delay_days)
    counts = [(day, count) for day in release_days for count in range(min(most_tests, day + 1 - tests.delay) + 1)]
    if (total := sum(comb(day + 1 - tests.delay, count) for day, count in counts)) > MOST_SCHEDULES:
        raise refused("schedules", value=total, most=MOST_SCHEDULES)
    none, whole = tests.summed(kernels.after(0), "infectious", tests.missed((), 0), silent), aboard(kernels, silent)
    found = [
        (Strategy(day), residual_risk(kernels, [Strategy(day)], curve).infectious[0] * whole) for day in release_days
    ]
    for day, count in counts:
        if count:
            tried = list(combinations(range(day + 1 - tests.delay), count))
            risks = tests.several(day, tried, silent)
            best = int(risks.argmin())
            found.append((Strategy(day, tried[best]), float(risks[best])))
    return [(plan, float((adherence * risk + (1 - adherence) * none) / whole)) for plan, risk in found]


class Sampling:
    """The chance that tests miss, by age of infection, for those who get symptoms and those who never do."""

    def __init__(
        self,
        kernels: Kernels,
        curve: Curve,
        correlation: float = 0.0,
        result_delay_days: int = RESULT_DELAY,
        asymptomatic_sensitivity: float | None = None,
    ) -> None:
        """Keep the assumptions. Raises RiskRefused for what is no share and a delay below 0."""
        self._relative = asymptomatic_sensitivity
        if asymptomatic_sensitivity is not None:
            share("asymptomatic sensitivity", asymptomatic_sensitivity)
        self.correlation = share("correlation", correlation)
        if not 0 <= result_delay_days <= MOST_DAYS:
            raise refused("days", name="result delay", value=result_delay_days, most=MOST_DAYS)
        self.kernels, self.curve, self.delay = kernels, curve, result_delay_days

    @property
    def relative(self) -> float:
        """What a test finds in those without symptoms, relative to the curve; RiskRefused where no source gives it."""
        if self._relative is not None:
            return self._relative
        disease, name = self.kernels.disease, "asymptomatic_relative_sensitivity"
        if name not in disease.parameters and disease["asymptomatic_share"] == 0:
            return 1.0  # there is nobody it could be about
        return share("asymptomatic sensitivity", disease[name])

    def missed(self, days: Sequence[int], known_by: float) -> tuple[Array, Array]:
        """Give the chance that all tests miss whose result is there by a day: with symptoms, without."""
        used = [self.kernels.found(self.curve, day) for day in days if day + self.delay <= known_by]
        if not used:
            nothing = np.ones_like(self.kernels.landing)
            return nothing, nothing
        found = np.array(used)
        return self.all_miss(found), self.all_miss(found * self.relative)

    def summed(self, weights: tuple[Weights, Weights], name: str, missed: tuple[Array, Array], silent: float) -> float:
        """Sum one row of the weights over the ages and both kinds of infected, before dividing by those on board."""
        seen, unseen = (float(getattr(one, name) @ miss) for one, miss in zip(weights, missed, strict=True))
        return (1 - silent) * seen + silent * unseen

    def pairs(self, release_day: int, days: Sequence[int], silent: float) -> Array:
        """Give the summed risk of each pair of test days, one matrix product for each kind of infected."""
        known = np.array([day + self.delay <= release_day for day in days])
        found = np.array([self.kernels.found(self.curve, day) for day in days]) * known[:, None]
        total = np.zeros((len(days), len(days)))
        kinds = zip(self.kernels.after(release_day), (1.0, self.relative), (1 - silent, silent), strict=True)
        for weights, relative, part in kinds:
            missed = 1 - found * relative
            both = (missed * weights.infectious) @ missed.T
            np.fill_diagonal(both, missed @ weights.infectious)
            if self.correlation:
                together = np.minimum(missed[:, None, :], missed[None, :, :]) @ weights.infectious
                both = (1 - self.correlation) * both + self.correlation * together
            total += part * both
        return total

    def several(self, release_day: int, schedules: Sequence[Sequence[int]], silent: float) -> Array:
        """Give the summed risk of schedules of equally many tests, all with their results there by release."""
        days = np.array(schedules)
        found = np.array([self.kernels.found(self.curve, day) for day in range(int(days.max()) + 1)])
        total = np.zeros(len(days))
        kinds = zip(self.kernels.after(release_day), (1.0, self.relative), (1 - silent, silent), strict=True)
        for weights, relative, part in kinds:
            missed = 1 - found * relative
            for start in range(0, len(days), _LOT):
                each = missed[days[start : start + _LOT]]
                all_miss = each.prod(axis=1)
                if self.correlation:
                    all_miss = (1 - self.correlation) * all_miss + self.correlation * each.min(axis=1)
                total[start : start + _LOT] += part * (all_miss @ weights.infectious)
        return total

    def all_miss(self, found: Array) -> Array:
        """Give the chance that every test misses; found has shape (tests, people)."""
        independent = np.prod(1 - found, axis=0)
        if self.correlation == 0:
            return np.asarray(independent)
        return np.asarray((1 - self.correlation) * independent + self.correlation * (1 - found.max(axis=0)))


def silent_share(kernels: Kernels, asymptomatic_share: float | None) -> float:
    """Give the share without symptoms: as asked, or the profile's."""
    asked = kernels.disease["asymptomatic_share"] if asymptomatic_share is None else asymptomatic_share
    return share("asymptomatic share", asked)


def aboard(kernels: Kernels, silent: float) -> float:
    """Give the weight of everybody on board, to divide by."""
    seen, unseen = kernels.aboard()
    return (1 - silent) * seen + silent * unseen


def check(strategy: Strategy) -> None:
    """Raise RiskRefused for days outside 0..60, tests after release and more than ten tests."""
    tests = (("test", day, strategy.release_day) for day in strategy.tests)
    for name, day, most in (("release", strategy.release_day, MOST_DAYS), *tests):
        if not 0 <= day <= most or day != int(day):
            raise refused("days", name=name, value=day, most=most)
    if len(strategy.tests) > MOST_TESTS:
        raise refused("tests", value=len(strategy.tests), most=MOST_TESTS)


def _ends(tests: Sampling, plan: Strategy, silent: float) -> list[float]:
    """Give (infectious, released, days) of a plan, per person on board."""
    weights, missed = tests.kernels.after(plan.release_day), tests.missed(plan.tests, plan.release_day)
    whole = aboard(tests.kernels, silent)
    return [tests.summed(weights, name, missed, silent) / whole for name in ("infectious", "released", "days")]
