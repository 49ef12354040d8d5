"""What happens inside the house: infectious people not yet found, room-mates they infect, and who is found when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hucheng.engines.risk.kernels import Kernels
from hucheng.engines.risk.profiles import Curve
from hucheng.engines.risk.quarantine import RESULT_DELAY, Sampling, Strategy, aboard, check, silent_share
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.special import Array

MOST_MIXING = 20.0


@dataclass(frozen=True, slots=True)
class House:
    """Per infected person on board who stays.

    infectious_days  expected days in the house while able to infect and not yet found: what early removal is for
    infected         room-mates infected during the stay
    infectious       of these, released while still able to infect

    With `spread.Spread` the first is the share of a person's infections that would fall in the stay, and the last
    counts the room-mates by the share of theirs still to come.
    """

    infectious_days: float
    infected: float
    infectious: float


def in_house(
    kernels: Kernels,
    plan: Strategy,
    curve: Curve,
    *,
    mixing: float = 0.0,
    asymptomatic_share: float | None = None,
    correlation: float = 0.0,
    result_delay_days: int = RESULT_DELAY,
) -> House:
    """Give the infectious days spent in the house and what they do to room-mates.

    mixing   room-mates one person would infect in a whole infectious period in one room; 0: rooms of one's own
    raises   RiskRefused for mixing outside 0..20 and as residual_risk

    A positive result, or onset where it is watched for, removes a person. Within a day the number present is taken to
    change evenly; a room-mate is infected at midday, tested on the same days, and watched alike.
    """
    check(plan)
    if not 0 <= mixing <= MOST_MIXING:
        raise refused("mixing", value=mixing, most=f"{MOST_MIXING:g}")
    silent, tests = silent_share(kernels, asymptomatic_share), Sampling(kernels, curve, correlation, result_delay_days)
    present = _present(tests, plan, silent)
    infections = mixing * present / kernels.period(silent)
    caught = [roommate_risk(tests, plan, day + 0.5, silent) for day in range(plan.release_day)]
    return House(float(present.sum()), float(infections.sum()), float(infections @ np.array(caught).reshape(-1)))


def found_share(
    kernels: Kernels, curve: Curve, tests: Sequence[int], *, asymptomatic_share: float | None = None
) -> float:
    """Give the share of the infected on board whom samples on these days after landing find."""
    check(Strategy(max(tests, default=0), tuple(tests)))
    silent, known = silent_share(kernels, asymptomatic_share), Sampling(kernels, curve, result_delay_days=0)
    missed = known.missed(tests, max(tests, default=0))
    whole, weights = aboard(kernels, silent), kernels.after(0)
    return 1 - known.summed(weights, "released", missed, silent) / whole


def roommate_risk(tests: Sampling, plan: Strategy, infected: float, silent: float) -> float:
    """Give the chance that a room-mate infected on a day of the stay is released while able to infect."""
    age = plan.release_day - infected
    used = [day - infected for day in plan.tests if day + tests.delay <= plan.release_day and day > infected]
    seen, unseen = tests.kernels.caught_inside(age)
    if used:
        found = tests.curve.at(np.array(used))
        seen *= tests.all_miss(found[:, None])[0]
        unseen *= tests.all_miss(found[:, None] * tests.relative)[0]
    return float((1 - silent) * seen + silent * unseen)


def _present(tests: Sampling, plan: Strategy, silent: float) -> Array:
    """Give the expected infectious people not yet found, in person-days, of each day of the stay; shape (release,)."""
    whole, spent = aboard(tests.kernels, silent), []
    for day in range(plan.release_day):
        missed = tests.missed(plan.tests, day)
        ends = (tests.summed(tests.kernels.after(at), "present", missed, silent) for at in (day, day + 1))
        spent.append(sum(ends) / 2 / whole)
    return np.array(spent)
