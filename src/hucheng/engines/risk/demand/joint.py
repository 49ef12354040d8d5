"""Promises about a whole horizon, by simulation: what must be held so that no day of it is short.

A quantile of each day is no promise for all days together: days share flights, and flights share a factor. Paths are
drawn flight by flight (thinned binomials); the level is found at which the exact quantiles of the days hold together.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.risk.demand.exact import Forecast
from hucheng.engines.risk.demand.forecast import (
    RESOURCES,
    Flight,
    Habits,
    Plan,
    moved,
    moved_to_bed,
    party_count,
    per_party,
)
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array

Counts = NDArray[np.int64]
_MOST_PATHS = 200_000


@dataclass(frozen=True, slots=True)
class Joint:
    """What holds over the whole horizon.

    promise        the probability that was asked for
    level          the quantile of each single day that keeps it
    reserve        what that is on each day, shape (days,)
    peak           the quantile of the highest day of the horizon at `promise`
    of_daily       how often the single days' quantiles at `promise` hold all together: what a careless reading promises
    """

    promise: float
    level: float
    reserve: Array
    peak: float
    of_daily: float


def joint(plan: Plan, exact: Forecast, *, promise: float = 0.95, paths: int = 10_000, seed: int = 0) -> Joint:
    """Give the level at which the days of an exact forecast hold together. Raises RiskRefused as simulate."""
    share("promise", promise)
    drawn = simulate(plan, exact.resource, paths=paths, seed=seed)
    width = exact.probabilities.shape[1]
    below = np.concatenate([np.zeros((plan.days, 1)), np.cumsum(exact.probabilities, axis=1)], axis=1)
    # a day holds at a level when P(D < drawn) is below it, so a path holds when its worst day does
    worst = below[np.arange(plan.days), np.minimum(drawn, width)].max(axis=1)
    level = float(np.nextafter(np.quantile(worst, promise, method="inverted_cdf"), 1))
    level = min(max(level, promise), 1 - 1e-12)
    peak = float(np.quantile(drawn.max(axis=1), promise, method="inverted_cdf"))
    reserve = exact.quantiles([level])[:, 0]
    return Joint(promise, level, reserve, peak, float((worst < promise).mean()))


def simulate(plan: Plan, resource: str, *, paths: int, seed: int) -> Counts:
    """Give drawn paths of a resource day by day, shape (paths, days).

    Raises RiskRefused for an unknown resource or more than 200,000 paths.
    """
    if resource not in RESOURCES:
        raise refused("method", value=resource, known=", ".join(RESOURCES))
    if not 1 <= paths <= _MOST_PATHS:
        raise refused("number", name="paths", value=paths, least=1, most=_MOST_PATHS)
    dice = np.random.default_rng(seed)
    common = dice.standard_normal(paths) * plan.shared_sd
    out = np.zeros((paths, plan.days), dtype=np.int64)
    for flight in plan.flights:
        parties = _come(flight, party_count(flight, plan.habits), common, dice)
        out += _DRAWN[resource](parties, flight, plan, dice)
    for group in plan.inside:
        if group.resource == resource:
            out += _leaving(np.full(paths, group.count), np.array(group.there), dice)
    return out


def _come(flight: Flight, parties: int, common: Array, dice: np.random.Generator) -> Counts:
    """Draw how many parties of a flight come on each path."""
    load = moved(flight.load_mean, common)
    if flight.load_sd > 0:
        load = dice.beta(load * flight.concentration, (1 - load) * flight.concentration)
    flies = dice.random(len(common)) >= moved(flight.cancelled, -common)
    return dice.binomial(parties, load) * flies


def _rooms(parties: Counts, flight: Flight, plan: Plan, dice: np.random.Generator) -> Counts:
    """Each party takes its rooms from landing until its last person has left."""
    ages = np.arange(len(plan.habits.stay) + 1)
    out = np.zeros((len(parties), plan.days), dtype=np.int64)
    sizes = dice.multinomial(parties, plan.habits.party)
    for size, rooms in enumerate(plan.habits.rooms, 1):
        there = _held(plan.habits, size, flight.kept, ages)
        if rooms:
            out += rooms * _thinned(sizes[:, size - 1], there, flight.day, plan.days, dice)
    return out


def _held(habits: Habits, size: int, kept: float, ages: Counts) -> Array:
    """The share of parties of one size that hold rooms so many days after landing."""
    only = tuple(float(place == size) for place in range(1, size + 1))
    alone = Habits(only, (1,) * size, habits.stay, habits.hospital, habits.hospital_after, habits.hospital_stay)
    return per_party(alone, "rooms", kept, ages)[:, 1]


def _beds(parties: Counts, flight: Flight, plan: Plan, dice: np.random.Generator) -> Counts:
    """Each person who needs a bed takes it some days after landing, for some days."""
    habits = plan.habits
    people = _people_of(dice.multinomial(parties, habits.party))
    moving = dice.multinomial(dice.binomial(people, habits.hospital), habits.hospital_after)
    left = np.concatenate([1 - np.cumsum(habits.hospital_stay), [0.0]])
    there = np.where(left < 1e-12, 0.0, left)
    out = np.zeros((len(parties), plan.days), dtype=np.int64)
    for after in range(moving.shape[1]):
        out += _thinned(moving[:, after], there, flight.day + after, plan.days, dice)
    return out


def _arrivals(parties: Counts, flight: Flight, plan: Plan, dice: np.random.Generator) -> Counts:
    """Everybody comes on one day."""
    return _on_day(_people_of(dice.multinomial(parties, plan.habits.party)), flight.day, plan.days)


def _people(parties: Counts, flight: Flight, plan: Plan, dice: np.random.Generator) -> Counts:
    """Who is kept stays as long as the party, or until moved to a bed."""
    return _inside(dice.multinomial(parties, plan.habits.party), flight, plan, dice)


def _tests(parties: Counts, flight: Flight, plan: Plan, dice: np.random.Generator) -> Counts:
    """Everybody is sampled on landing where day 0 is a test day, and who is still inside on the others."""
    sizes = dice.multinomial(parties, plan.habits.party)
    ages = np.arange(plan.days) - flight.day
    later = [day for day in plan.habits.test_days if day > 0]
    out = _inside(sizes, flight, plan, dice) * np.isin(ages, later)
    return out + _on_day(_people_of(sizes), flight.day, plan.days) if 0 in plan.habits.test_days else out


def _inside(sizes: Counts, flight: Flight, plan: Plan, dice: np.random.Generator) -> Counts:
    """Draw the people inside on each day from how many parties of each size came."""
    habits = plan.habits
    stays = np.zeros((len(sizes), len(habits.stay)), dtype=np.int64)
    for size in range(sizes.shape[1]):
        stays += (size + 1) * dice.multinomial(dice.binomial(sizes[:, size], flight.kept), habits.stay)
    out = np.zeros((len(sizes), plan.days), dtype=np.int64)
    for days in np.flatnonzero(habits.stay):
        there = np.append(1 - moved_to_bed(habits, np.arange(days)), 0.0)
        out += _thinned(stays[:, days], there, flight.day, plan.days, dice)
    return out


def _people_of(sizes: Counts) -> Counts:
    return np.asarray(sizes @ np.arange(1, sizes.shape[1] + 1))


def _on_day(count: Counts, day: int, days: int) -> Counts:
    out = np.zeros((len(count), days), dtype=np.int64)
    if 0 <= day < days:
        out[:, day] = count
    return out


def _thinned(count: Counts, there: Array, start: int, days: int, dice: np.random.Generator) -> Counts:
    """Draw how many of each path's units are still there on each day, `there` by age from a start."""
    last = len(there) - 1
    ages = np.arange(days) - start
    shares = np.where(ages < 0, 0.0, there[np.clip(ages, 0, last)])
    out = np.zeros((len(count), days), dtype=np.int64)
    first = max(start, 0)
    if first < days:
        out[:, first:] = _leaving(count, shares[first:], dice)
    return out


def _leaving(count: Counts, there: Array, dice: np.random.Generator) -> Counts:
    """Binomial thinning from day to day: who has left does not come back."""
    out = np.zeros((len(count), len(there)), dtype=np.int64)
    left, before = count, 1.0
    for day, now in enumerate(there):
        if now < before:
            left = dice.binomial(left, now / before)
            before = float(now)
        out[:, day] = left
        if now == 0:
            break
    return out


_DRAWN: dict[str, Callable[[Counts, Flight, Plan, np.random.Generator], Counts]] = {
    "arrivals": _arrivals,
    "rooms": _rooms,
    "people": _people,
    "beds": _beds,
    "tests": _tests,
}
