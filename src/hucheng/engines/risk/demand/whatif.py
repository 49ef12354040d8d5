"""What if people were held for other days: rooms, risk, cost and working days of each policy, side by side.

Exact and without chance: the same inputs give the same digits, and every result carries its inputs whole.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

import numpy as np

from hucheng.engines.risk.demand.exact import forecast
from hucheng.engines.risk.demand.forecast import MOST_DAYS, Plan
from hucheng.engines.risk.kernels import Kernels
from hucheng.engines.risk.policies import Costs
from hucheng.engines.risk.profiles import Curve
from hucheng.engines.risk.quarantine import Strategy, residual_risk
from hucheng.engines.risk.refusal import refused

LEVEL = 0.95
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one policy comes to for the flights of a plan.

    rooms, rooms_95  expected rooms on the fullest day of the horizon, and the number that suffices with 95 %
    fullest          that day
    person_days      expected days that people are held, whenever they end; workdays: of these, Mondays to Fridays
    tests, cost      expected tests taken, and the cost of both
    risk             chance that an infected person on board is released while still able to infect
    """

    strategy: Strategy
    rooms: float
    rooms_95: int
    fullest: date
    person_days: float
    workdays: float
    tests: float
    cost: float
    risk: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The consequences in the order asked, and the inputs they follow from; version is the same for the same inputs."""

    version: str
    inputs: dict[str, object]
    consequences: tuple[Consequence, ...]

    def as_dict(self) -> dict[str, object]:
        """Give it for JSON, to be stored with its inputs."""
        rows = [{**asdict(one), "fullest": str(one.fullest)} for one in self.consequences]
        return {"version": self.version, "inputs": self.inputs, "consequences": rows}


def what_if(
    plan: Plan,
    start: date,
    strategies: Sequence[Strategy],
    kernels: Kernels,
    curve: Curve,
    costs: Costs,
    *,
    adherence: float = 1.0,
    correlation: float = 0.0,
) -> WhatIf:
    """Give what each policy would come to if everybody kept stayed its days and was sampled on its days.

    plan    flights, habits and people inside; its stays and days of tests are replaced by those of each policy
    start   the first day of the plan
    raises  RiskRefused for policies longer than can be, none at all, and shares outside 0..1
    """
    if not strategies:
        raise refused("choice", name="policy", value="-", known="7, 10, 14, ...")
    risks = residual_risk(kernels, strategies, curve, adherence=adherence, correlation=correlation).infectious
    rows = tuple(
        _consequence(plan, start, strategy, costs, float(risk))
        for strategy, risk in zip(strategies, risks, strict=True)
    )
    inputs: dict[str, object] = {
        "plan": asdict(plan),
        "start": str(start),
        "strategies": [asdict(one) for one in strategies],
        "costs": asdict(costs),
        "disease": asdict(kernels.disease),
        "journey_days": kernels.journey,
        "departure": asdict(kernels.departure),
        "missed_at_exit": kernels.missed_at_exit,
        "curve": asdict(curve),
        "adherence": adherence,
        "correlation": correlation,
    }
    return WhatIf(_version(inputs), inputs, rows)


def _consequence(plan: Plan, start: date, strategy: Strategy, costs: Costs, risk: float) -> Consequence:
    stay = (*(0.0,) * strategy.release_day, 1.0)
    changed = replace(plan, habits=replace(plan.habits, stay=stay, test_days=tuple(sorted(set(strategy.tests)))))
    rooms = forecast(changed, "rooms")
    peak = int(rooms.mean.argmax())
    # people are followed to their last day, beyond the horizon too, so that longer stays are not cut shorter
    whole = replace(changed, days=min(plan.days + strategy.release_day + 1, MOST_DAYS), inside=())
    people = forecast(whole, "people").mean
    tests = float(forecast(whole, "tests").mean.sum())
    working = np.array([(start + timedelta(days=day)).weekday() < _WEEKEND for day in range(whole.days)])
    days = float(people.sum())
    return Consequence(
        strategy,
        float(rooms.mean[peak]),
        int(rooms.quantiles([LEVEL])[peak, 0]),
        start + timedelta(days=peak),
        days,
        float(people @ working),
        tests,
        days * costs.day + tests * costs.test,
        risk,
    )


def _version(inputs: dict[str, object]) -> str:
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
