"""Trips that a linear program lacks: for each route, kind of vehicle and start a knapsack of parties by their prices.

Parties are the things of a 0-1 knapsack, seats its size, prices less the cost of waiting their worth; one table runs
over all starts at once, and the table of a set of houses grows from that of the set without its last house. Pricing by
knapsacks is Gilmore and Gomory's (1961, Operations Research 9:849).
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.planning.transport.cohorts import Clock, Cohort, Column, Ints, Route
from hucheng.engines.planning.transport.flow import Use
from hucheng.engines.planning.transport.instance import TransportInstance

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
STARTS = 3  # trips given for each route and kind of vehicle: those of the best starts
NEVER = -1e12


class _Thing(NamedTuple):
    """Some alike parties as one thing of the knapsack."""

    party: int
    times: int
    pax: int


class _Take(NamedTuple):
    """Where a thing was taken: by start and seats."""

    thing: _Thing
    taken: Flags


class Table(NamedTuple):
    """Knapsacks over all starts: worth by start and seats, and what was taken in turn."""

    worth: Floats
    takes: tuple[_Take, ...]


class Pricer:
    """The trips of one cohort, at their earliest starts (for the bound) or at the slots themselves (for a plan)."""

    def __init__(self, instance: TransportInstance, clock: Clock, cohort: Cohort, number: int, *, early: bool) -> None:
        """Lay out the waiting of each party at each start, and until when each route keeps its vehicle."""
        self._instance, self.cohort, self.number = instance, cohort, number
        self.begins = _begins(instance, clock, cohort, early=early)
        self.rows: Ints = np.searchsorted(clock.times, self.begins)
        ready = np.array([party.ready for party in cohort.parties])[:, None]
        self.waits = self.begins[None, :] - ready
        self.may = (self.waits >= 0) & (self.waits <= instance.max_wait)
        busy = np.array([route.busy for route in cohort.routes], dtype=np.int64)
        self.ends: Ints = np.searchsorted(clock.times, self.begins[None, :] + busy[:, None])
        self.open: Flags = np.array(
            [[instance.may_drive(int(begin), route.busy) for begin in self.begins] for route in cohort.routes],
            dtype=bool,
        ).reshape(len(cohort.routes), len(self.begins))
        self._things = self._by_house()

    def cost(self, column: Column) -> float:
        """Give the cost of driving and waiting."""
        at = self._at(column)
        waited = sum(times * self.cohort.parties[n].pax * int(self.waits[n, at]) for n, times in column.riders)
        per_min = self._instance.vehicles[column.kind].per_min
        return per_min * self.cohort.routes[column.route].drive + self._instance.w_wait * waited

    def use(self, column: Column) -> Use:
        """Give the kind of vehicle and the slots [first, end) in which it is busy."""
        at = self._at(column)
        return column.kind, int(self.rows[at]), int(self.ends[column.route, at])

    def allows(self, column: Column) -> bool:
        """Tell whether everybody is ready and nobody waits too long."""
        at = self._at(column)
        if at == len(self.begins) or not self.open[column.route, at]:
            return False
        return all(self.may[party, at] for party, _ in column.riders)

    def _at(self, column: Column) -> int:
        return int(np.searchsorted(self.begins, column.begin))

    def price(self, parties: Floats, fleet: Floats) -> tuple[list[Column], float]:
        """Give trips of negative reduced cost, and the least reduced cost of any trip (0 where none is negative).

        parties  shape (parties,), what serving one more of each is worth
        fleet    shape (kinds, slots + 1), what a vehicle more from a slot on is worth, 0 at the end
        """
        pax = np.array([party.pax for party in self.cohort.parties])[:, None]
        worth = np.where(self.may, parties[:, None] - self._instance.w_wait * pax * self.waits, NEVER)
        tables: dict[tuple[int, ...], Table] = {(): self._empty()}
        found, least = [], 0.0
        for place, route in enumerate(self.cohort.routes):
            table = self._table(tables, tuple(sorted(route.houses)), worth)
            for kind, reduced in self._reduced(place, route, table, fleet):
                least = min(least, float(reduced.min()))
                for at in np.argsort(reduced, kind="stable")[:STARTS]:
                    if reduced[at] < -1e-7:
                        riders = _unpack(table, int(at), self._instance.vehicles[kind].capacity)
                        found.append(Column(self.number, kind, place, int(self.begins[at]), riders))
        return found, least

    def _reduced(self, place: int, route: Route, table: Table, fleet: Floats) -> Iterator[tuple[int, Floats]]:
        for kind, vehicle in enumerate(self._instance.vehicles):
            taken = fleet[kind, self.rows] - fleet[kind, self.ends[place]]
            reduced = vehicle.per_min * route.drive - taken - table.worth[:, vehicle.capacity]
            yield kind, np.where(self.open[place], reduced, np.inf)

    def _empty(self) -> Table:
        return Table(np.zeros((len(self.begins), self._instance.seats + 1)), ())

    def _table(self, tables: dict[tuple[int, ...], Table], houses: tuple[int, ...], worth: Floats) -> Table:
        if houses not in tables:
            table = self._table(tables, houses[:-1], worth)
            for thing in self._things[houses[-1]]:
                table = _with(table, thing, worth[thing.party] * thing.times)
            tables[houses] = table
        return tables[houses]

    def _by_house(self) -> dict[int, list[_Thing]]:
        """Alike parties are packed as 1, 2, 4 ... of them, so that any number of them is a sum of things."""
        things: dict[int, list[_Thing]] = defaultdict(list)
        for n, party in enumerate(self.cohort.parties):
            left, pack = min(len(party.orders), self._instance.seats // party.pax), 1
            while left > 0:
                times = min(pack, left)
                things[party.hotel].append(_Thing(n, times, times * party.pax))
                left, pack = left - times, 2 * pack
        return things


def _begins(instance: TransportInstance, clock: Clock, cohort: Cohort, *, early: bool) -> Ints:
    """Give the minutes worth starting at: for the bound when parties are ready, after bars, and just after a count."""
    first, last = cohort.parties[0].ready, cohort.parties[-1].ready + instance.max_wait
    ready = np.array([party.ready for party in cohort.parties], dtype=np.int64)
    again = np.array([end - instance.load for _, end in instance.barred], dtype=np.int64)
    begins: Ints = np.union1d(clock.times + 1, np.union1d(ready, again)) if early else clock.times
    inside: Ints = begins[(begins >= first) & (begins <= min(last, int(clock.times[-1])))]
    return inside


def _with(table: Table, thing: _Thing, worth: Floats) -> Table:
    """Give the knapsacks with one more thing to take."""
    before, after = table.worth, table.worth.copy()
    room = before.shape[1] - thing.pax
    taken = before[:, :room] + worth[:, None] > before[:, thing.pax :] + 1e-9
    after[:, thing.pax :] = np.where(taken, before[:, :room] + worth[:, None], before[:, thing.pax :])
    return Table(after, (*table.takes, _Take(thing, taken)))


def _unpack(table: Table, start: int, seats: int) -> tuple[tuple[int, int], ...]:
    riders: dict[int, int] = defaultdict(int)
    for take in reversed(table.takes):
        if seats >= take.thing.pax and take.taken[start, seats - take.thing.pax]:
            riders[take.thing.party] += take.thing.times
            seats -= take.thing.pax
    return tuple(sorted(riders.items()))
