"""Where the doubt about a day comes from: the variance of a demand split by cause, and what moves the answer most."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from hucheng.engines.risk.demand.exact import SHARED_NODES, forecast
from hucheng.engines.risk.demand.forecast import Flight, Plan, moved, party_count, per_party
from hucheng.engines.risk.special import Array

CAUSES = ("load", "cancelled", "shared", "people", "inside")


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean of each day, and its variance by cause; the causes sum to the whole. Arrays of shape (days,).

    load: each flight's own load factor; cancelled: whether a flight comes; shared: the factor common to all;
    people: party sizes, triage and lengths of stay; inside: those who may leave.
    """

    mean: Array
    by_cause: dict[str, Array]

    @property
    def variance(self) -> Array:
        """The whole variance of each day."""
        return np.asarray(sum(self.by_cause.values()))


@dataclass(frozen=True, slots=True)
class Swing:
    """How far a quantile of one day moves when one assumption takes its low and its high value."""

    assumption: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """The distance between both."""
        return abs(self.at_high - self.at_low)


def moments(plan: Plan, resource: str) -> Moments:
    """Give mean and variance of each day in closed form, the variance by cause (law of total variance)."""
    if plan.shared_sd == 0:
        return _given_shared(plan, resource)
    places, weights = np.polynomial.hermite_e.hermegauss(SHARED_NODES)
    weights = weights / weights.sum()
    each = [_given_shared(plan.shifted(float(place)), resource) for place in places]
    mean = sum(weight * one.mean for weight, one in zip(weights, each, strict=True))
    causes = {
        cause: np.asarray(sum(weight * one.by_cause[cause] for weight, one in zip(weights, each, strict=True)))
        for cause in CAUSES
    }
    causes["shared"] = np.asarray(
        sum(weight * (one.mean - mean) ** 2 for weight, one in zip(weights, each, strict=True))
    )
    return Moments(np.asarray(mean), causes)


def swings(plan: Plan, resource: str, day: int, level: float, ranges: dict[str, tuple[float, float]]) -> list[Swing]:
    """Give how the quantile of a day moves with each assumption, one change at a time, widest first.

    ranges holds low and high by assumption: load_mean, load_sd, cancelled, kept, hospital, shared_sd, and stay in whole
    days more or less; those of a flight move every flight by the same step on the logit scale, from the plan's middle
    to that end.
    """

    def answered(changed: Plan) -> float:
        return float(forecast(changed, resource, [day]).quantiles([level])[0, 0])

    found = [
        Swing(name, *(answered(change) for change in _ends(plan, name, *ends))) for name, ends in sorted(ranges.items())
    ]
    return sorted(found, key=lambda swing: -swing.width)


def _ends(plan: Plan, name: str, low: float, high: float) -> Iterator[Plan]:
    for end in (low, high):
        if name == "shared_sd":
            yield replace(plan, shared_sd=end)
        elif name == "stay":
            yield replace(plan, habits=replace(plan.habits, stay=_longer(plan.habits.stay, int(end))))
        elif name == "hospital":
            yield replace(plan, habits=replace(plan.habits, hospital=end))
        else:
            yield replace(plan, flights=tuple(_moved_flight(plan)(flight, name, end) for flight in plan.flights))


def _longer(stay: tuple[float, ...], days: int) -> tuple[float, ...]:
    """Give the stays so many days longer; shorter ones end at day 0."""
    if days >= 0:
        return (0.0,) * days + stay
    return (sum(stay[: 1 - days]), *stay[1 - days :])


def _moved_flight(plan: Plan) -> Callable[[Flight, str, float], Flight]:
    """Move one flight's share by as much as the mean flight must move to reach an end; a sd is scaled to it."""

    def move(flight: Flight, name: str, end: float) -> Flight:
        middle = float(np.mean([getattr(one, name) for one in plan.flights]))
        value = getattr(flight, name)
        if name == "load_sd":
            most = 0.999 * (flight.load_mean * (1 - flight.load_mean)) ** 0.5
            return replace(flight, load_sd=min(value * end / middle if middle else end, most))
        if 0 < middle < 1 and 0 < end < 1:
            end = float(moved(value, np.log(end / (1 - end)) - np.log(middle / (1 - middle))))
        if name == "cancelled":
            return replace(flight, cancelled=end)
        if name == "kept":
            return replace(flight, kept=end)
        return replace(flight, load_mean=end, load_sd=min(flight.load_sd, 0.999 * (end * (1 - end)) ** 0.5))

    return move


def _given_shared(plan: Plan, resource: str) -> Moments:
    days = np.arange(plan.days)
    mean, causes = np.zeros(plan.days), {cause: np.zeros(plan.days) for cause in CAUSES}
    for flight in plan.flights:
        needs = per_party(plan.habits, resource, flight.kept, days - flight.day)
        units = np.arange(needs.shape[1])
        one, square = needs @ units, needs @ units**2.0
        parties, flies = party_count(flight, plan.habits), 1 - flight.cancelled
        come = parties * flight.load_mean
        varied = come * (1 - flight.load_mean) + parties * (parties - 1) * flight.load_sd**2
        mean += flies * come * one
        causes["load"] += flies * varied * one**2
        causes["people"] += flies * come * (square - one**2)
        causes["cancelled"] += flight.cancelled * flies * (come * one) ** 2
    for group in plan.inside:
        if group.resource == resource:
            there = np.array(group.there)
            mean += group.count * there
            causes["inside"] += group.count * there * (1 - there)
    return Moments(mean, causes)
