"""A proven bound from counts of rooms: what flights must pay for visiting zones and opening them.

Relaxation: a flight's people of one risk class (a unit) need so many rooms; in each zone they visit they take some;
zones of one type hold so many rooms together. Kept whole is each unit's choice, so that three rooms too many cost it
a whole visit. Lagrangian prices on the rooms of each type give a bound for any prices; column generation (Dantzig
and Wolfe) finds good ones, with the pricing of all units in one dynamic programme over rooms.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from hucheng.engines.planning.rooms.counts import Cohort, Counts
from hucheng.engines.planning.rooms.instance import Lock
from hucheng.engines.planning.rooms.naming import Holding, Share
from hucheng.engines.planning.search import SAME, Search
from hucheng.engines.planning.solvers import highs

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
ROUNDS = 400
PATIENCE = 0.5
"""The search for prices ends when the bound may rise by no more than this."""
HOLD = 0.7
"""Weight of the best prices so far beside those of the last linear programme (Wentges smoothing)."""
DEAR = 1e9


@dataclass(frozen=True, slots=True)
class Units:
    """Units and types of zones.

    needs     shape (units,), rooms that each unit needs at least
    capacity  shape (units, types), rooms of one zone of a type that are clean for a unit; 0 where it may not go
    visit     shape (units, types), cost of a unit's going to a zone of a type
    opening   shape (types,), share of opening a zone for each room of it
    supply    shape (types,), rooms of all zones of a type
    base      cost that no plan avoids whatever the zones
    """

    needs: Whole
    capacity: Whole
    visit: Floats
    opening: Floats
    supply: Floats
    base: float


@dataclass(frozen=True, slots=True)
class Prices:
    """The bound at some prices, and for each unit its cheapest choice: its cost apart from prices, rooms by type."""

    bound: float
    least: Floats
    costs: Floats
    rooms: Floats


def raise_bound(counts: Counts, search: Search, holdings: Sequence[Holding], seconds: float) -> None:
    """Raise the bound of a search, starting from the choices of a legal plan, for at most so many seconds."""
    keys, units = _units(counts)
    if not units.capacity.any(axis=1).all() or not keys:  # nobody to place, or somebody who can go nowhere
        search.raise_bound(units.base)
        return
    master = _Master(search, units)
    for choice in _choices(counts, keys, units, holdings):
        master.add(*choice)
    stop = search.elapsed + seconds
    _generate(units, master, search.raise_bound, lambda: search.left <= 0 or search.elapsed > stop)


def _generate(units: Units, master: "_Master", tell: Callable[[float], None], over: Callable[[], bool]) -> None:
    best, best_bound, hold = np.zeros(len(units.supply)), _priced(units, np.zeros(len(units.supply))).bound, 0.0
    tell(math.ceil(units.base + best_bound - SAME))
    for _ in range(ROUNDS):
        if over():
            return
        value, least, prices = master.solve()
        asked = hold * best + (1 - hold) * prices
        found = _priced(units, asked)
        if found.bound > best_bound:
            best, best_bound = asked, found.bound
            tell(math.ceil(units.base + best_bound - SAME))
        added = master.add_all(found, prices, least)
        if not added and hold == 0:
            return
        if value - best_bound < PATIENCE:
            return
        hold = HOLD if added else 0.0


class _Master:
    """The linear programme: a mix of choices for each unit, and no more rooms of a type than there are."""

    def __init__(self, search: Search, units: Units) -> None:
        self.search, self.units = search, len(units.needs)
        self.solver = highs(search)
        for _ in range(self.units):
            self.solver.addRow(1.0, 1.0, 0, [], [])
        for rooms in units.supply:
            self.solver.addRow(-highspy.kHighsInf, float(rooms), 0, [], [])
        self.open = units.opening
        for unit in range(self.units):
            self.solver.addCol(DEAR, 0.0, highspy.kHighsInf, 1, [unit], [1.0])

    def add(self, unit: int, cost: float, rooms: Floats) -> None:
        """Add a choice of a unit: its cost and the rooms it takes by type."""
        used = np.flatnonzero(rooms)
        rows = [unit, *(self.units + int(place) for place in used)]
        self.solver.addCol(float(cost), 0.0, highspy.kHighsInf, len(rows), rows, [1.0, *map(float, rooms[used])])

    def add_all(self, found: Prices, prices: Floats, least: Floats) -> int:
        """Add the choices that are cheaper than the mix at its prices; gives how many."""
        reduced = found.costs + found.rooms @ prices - least
        better = np.flatnonzero(reduced < -SAME)
        for unit in better:
            self.add(int(unit), float(found.costs[unit]), found.rooms[unit])
        return len(better)

    def solve(self) -> tuple[float, Floats, Floats]:
        """Give the value, the price of each unit's being placed, and that of a room of each type."""
        if not self.search.by_steps:
            self.solver.setOptionValue("time_limit", self.solver.getRunTime() + max(0.01, self.search.left))
        self.solver.run()
        duals = np.array(self.solver.getSolution().row_dual)
        value = float(self.solver.getInfo().objective_function_value)
        return value, duals[: self.units], np.maximum(0.0, -duals[self.units :])


def _priced(units: Units, prices: Floats) -> Prices:
    """Give the bound at prices of rooms by type, all units at once."""
    most = int(min(units.needs.max(), units.capacity.max()))
    amounts = np.arange(1, most + 1)
    room = prices + units.opening
    take = units.visit[:, :, None] + room[None, :, None] * amounts
    take = np.where(units.capacity[:, :, None] >= amounts, take, DEAR)
    cheapest, choice = take.min(axis=1), take.argmin(axis=1)
    whole = np.zeros((len(units.needs), int(units.needs.max()) + 1))
    step = np.zeros(whole.shape, dtype=np.int64)
    for rooms in range(1, whole.shape[1]):
        span = min(most, rooms)
        ways = whole[:, rooms - span : rooms][:, ::-1] + cheapest[:, :span]
        step[:, rooms] = ways.argmin(axis=1) + 1
        whole[:, rooms] = ways.min(axis=1)
    least = whole[np.arange(len(units.needs)), units.needs]
    costs, used = _walked(units, step, choice)
    return Prices(float(least.sum() - (prices * units.supply).sum()), least, costs, used)


def _walked(units: Units, step: Whole, choice: Whole) -> tuple[Floats, Floats]:
    costs, used = np.zeros(len(units.needs)), np.zeros(units.capacity.shape)
    for unit, need in enumerate(units.needs):
        rooms = int(need)
        while rooms:
            amount = int(step[unit, rooms])
            kind = int(choice[unit, amount - 1])
            used[unit, kind] += amount
            costs[unit] += units.visit[unit, kind] + units.opening[kind] * amount
            rooms -= amount
    return costs, used


def _units(counts: Counts) -> tuple[list[tuple[int, Cohort]], Units]:
    """Give the keys of units (flight, cohort) and the arrays over them."""
    needs, base = _needs(counts)
    types: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for zone in range(len(counts.zones)):
        types[_type(counts, zone)].append(zone)
    keys, weights = list(needs), counts.instance.weights
    first = [counts.zones[zones[0]] for zones in types.values()]
    capacity = np.array(
        [[_capacity(counts, zones, flight, cohort) for zones in types.values()] for flight, cohort in keys],
        dtype=np.int64,
    ).reshape(len(keys), len(types))
    visit = np.array([[_visit(counts, zone.lock, flight) for zone in first] for flight, _ in keys])
    opening = [max(0, weights.zone - weights.mix) / zone.size if zone.lock is None else 0.0 for zone in first]
    supply = [zone.size * len(zones) for zone, zones in zip(first, types.values(), strict=True)]
    return keys, Units(
        np.array(list(needs.values()), dtype=np.int64),
        capacity,
        visit.reshape(capacity.shape),
        np.array(opening),
        np.array(supply, float),
        base,
    )


def _type(counts: Counts, zone: int) -> tuple[object, ...]:
    return counts.zones[zone].lock, counts.zones[zone].size


def _capacity(counts: Counts, zones: Sequence[int], flight: int, cohort: Cohort) -> int:
    """Give the most rooms that a zone of a type has for a flight."""
    arrive = counts.instance.flights[flight].arrive
    return max(counts.zones[zone].ready(arrive) if counts.takes(zone, cohort) else 0 for zone in zones)


def _visit(counts: Counts, lock: Lock | None, flight: int) -> float:
    weights = counts.instance.weights
    if lock is None:
        return float(min(weights.zone, weights.mix))
    return 0.0 if flight in lock.flights or not lock.flights else float(weights.mix)


def _needs(counts: Counts) -> tuple[dict[tuple[int, Cohort], int], float]:
    """Give the rooms that each unit needs at least, and the least cost of all rooms, shared where that is allowed."""
    weights, base = counts.instance.weights, 0.0
    needs: dict[tuple[int, Cohort], int] = defaultdict(int)
    singles: dict[tuple[int, Cohort, str], int] = defaultdict(int)
    for number, one in enumerate(counts.classes):
        key, parties = (one.flight, counts.cohort(number)), len(counts.members[number])
        if one.sex:
            singles[*key, one.sex] += parties
        else:
            needs[key] += one.fewest * parties
            base += weights.room * one.fewest * parties
    for (flight, cohort, _), people in singles.items():
        shared = -(-people // counts.instance.most_beds)
        needs[flight, cohort] += shared
        base += min(weights.room * rooms + weights.share * (people - rooms) for rooms in (shared, people))
    return dict(needs), base


def _choices(
    counts: Counts, keys: Sequence[tuple[int, Cohort]], units: Units, holdings: Sequence[Holding]
) -> Iterator[tuple[int, float, Floats]]:
    """Give what each unit does in a plan."""
    kinds = {kind: n for n, kind in enumerate(dict.fromkeys(_type(counts, z) for z in range(len(counts.zones))))}
    place = {key: n for n, key in enumerate(keys)}
    rooms, costs = np.zeros(units.capacity.shape), np.zeros(len(keys))
    for zone, holding in enumerate(holdings):
        inside: dict[int, int] = defaultdict(int)
        for key, number in holding.items():
            if isinstance(key, Share):
                inside[place[key.flight, (counts.instance.flights[key.flight].day, key.risk)]] += number
            elif key[1] >= 0:
                one = counts.classes[key[0]]
                inside[place[one.flight, counts.cohort(key[0])]] += number * len(one.patterns[key[1]])
        kind = kinds[_type(counts, zone)]
        for unit, used in inside.items():
            rooms[unit, kind] += used
            costs[unit] += units.visit[unit, kind] + units.opening[kind] * used
    whole = np.flatnonzero(rooms.sum(axis=1) >= units.needs)  # of a unit that is not placed whole nothing is learnt
    yield from ((int(unit), float(costs[unit]), rooms[unit]) for unit in whole)
