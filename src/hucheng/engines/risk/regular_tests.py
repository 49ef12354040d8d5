"""Testing everybody every so many days: who is found in time (Hellewell 2021, 10.1186/s12916-021-01982-x)."""

import numpy as np

from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.profiles import Curve
from hucheng.engines.risk.refusal import refused


def found_in_time(
    curve: Curve, *, every: int, within: int, delay: int, incubation: Distribution | None = None
) -> float:
    """Give the chance that an infection is found by tests every so many days, the first on a day by chance.

    every       days between tests; within  days after infection; delay  days from sample to result
    incubation  given: found means the result comes before onset; None: the result comes within the days
    raises      RiskRefused for days that cannot be
    """
    if every < 1 or within < 0 or delay < 0:
        raise refused("days", name="test interval", value=every, most=within)
    last = within if incubation is not None else within - delay
    days = np.arange(max(last + 1, 0))
    found = curve.at(days)
    first = np.ones(len(days))  # chance that every earlier test of the same rhythm was negative
    for day in range(every, len(days)):
        first[day] = first[day - every] * (1 - found[day - every])
    in_time = np.ones(len(days)) if incubation is None else 1 - incubation.cdf(days + delay)
    return float((found * first * in_time).sum() / every)
