"""Policies compared: cost against risk, the next test, the two objectives, and what each assumption would change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hucheng.engines.risk.house import in_house
from hucheng.engines.risk.kernels import Kernels
from hucheng.engines.risk.profiles import Curve
from hucheng.engines.risk.quarantine import MOST_DAYS, MOST_TESTS, RESULT_DELAY, Strategy, best_schedules, residual_risk
from hucheng.engines.risk.refusal import refused


@dataclass(frozen=True, slots=True)
class Costs:
    """What one traveller costs: a day in the house (room, meals, staff) and a test, in one currency."""

    day: float
    test: float

    def __post_init__(self) -> None:
        """Refuse what costs less than nothing."""
        if not (self.day >= 0 and self.test >= 0 and np.isfinite(self.day + self.test)):
            raise refused("costs", day=self.day, test=self.test)


@dataclass(frozen=True, slots=True)
class Plan:
    """One policy: its cost a traveller, its risk at release and the infectious days it leaves in the house.

    Risk and days are per infected person on board.
    """

    strategy: Strategy
    cost: float
    risk: float
    house_days: float


def frontier(
    kernels: Kernels,
    curve: Curve,
    costs: Costs,
    *,
    most_days: int = 21,
    most_tests: int = 2,
    adherence: float = 1.0,
    correlation: float = 0.0,
    result_delay_days: int = RESULT_DELAY,
) -> list[Plan]:
    """Give the plans that no other beats in both cost and risk, cheapest first.

    most_days   longest stay; most_tests  tests in a plan: every schedule of them is tried, so at most 50,000
    raises      RiskRefused for days outside 0..60, more than ten tests, too many schedules and costs below 0
    """
    if not 0 <= most_days <= MOST_DAYS:
        raise refused("days", name="release", value=most_days, most=MOST_DAYS)
    if not 0 <= most_tests <= MOST_TESTS:
        raise refused("tests", value=most_tests, most=MOST_TESTS)
    options = best_schedules(
        kernels,
        curve,
        range(most_days + 1),
        most_tests,
        adherence=adherence,
        correlation=correlation,
        result_delay_days=result_delay_days,
    )
    priced = sorted((_cost(plan, costs), risk, place) for place, (plan, risk) in enumerate(options))
    best: list[Plan] = []
    for cost, risk, place in priced:
        if not best or risk < best[-1].risk * (1 - 1e-9):
            plan = options[place][0]
            inside = in_house(kernels, plan, curve, correlation=correlation, result_delay_days=result_delay_days)
            best.append(Plan(plan, cost, risk, inside.infectious_days))
    return best


def cheapest(plans: Sequence[Plan], target: float) -> Plan | None:
    """Give the cheapest plan of a frontier with a risk at or under the target; None where there is none."""
    return next((plan for plan in plans if plan.risk <= target), None)


def next_test(
    kernels: Kernels, plan: Strategy, curve: Curve, *, correlation: float = 0.0, result_delay_days: int = RESULT_DELAY
) -> list[Plan]:
    """Give the plan with one more test on each day that still counts, best for release first; cost is in tests."""
    days = range(plan.release_day - result_delay_days + 1)
    plans = [replace(plan, tests=tuple(sorted((*plan.tests, day)))) for day in days]
    if not plans:
        return []
    risks = residual_risk(
        kernels, plans, curve, correlation=correlation, result_delay_days=result_delay_days
    ).infectious
    made = [
        Plan(
            one,
            float(len(one.tests)),
            float(risk),
            in_house(kernels, one, curve, correlation=correlation, result_delay_days=result_delay_days).infectious_days,
        )
        for one, risk in zip(plans, risks, strict=True)
    ]
    return sorted(made, key=lambda one: one.risk)


def _cost(plan: Strategy, costs: Costs) -> float:
    return plan.release_day * costs.day + len(plan.tests) * costs.test
