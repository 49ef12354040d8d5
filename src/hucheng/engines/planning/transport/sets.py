"""Every set of parties of one cohort that may share a vehicle, so that a cohort's own problem is solved exactly."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.planning.program import Floats, Program
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.transport.cohorts import Cohort, Column, Ints
from hucheng.engines.planning.transport.instance import TransportInstance
from hucheng.engines.planning.transport.pricing import Pricer

MOST_SETS = 60_000
MOST_TRIPS = 1_200  # columns of a cohort's integer program
ROUNDS = 40
SECONDS = 2.0


class CohortPlan(NamedTuple):
    """Trips that serve a whole cohort, and a proven bound on any such trips at the prices they were made for."""

    trips: tuple[Column, ...]
    bound: float


class Sets:
    """The sets of one cohort: how many of each party ride, one row a set, with route and people.

    `complete` tells whether all sets are here; beyond MOST_SETS only the given ones are, and no bound follows.
    """

    def __init__(self, instance: TransportInstance, cohort: Cohort, known: Iterable[Column], search: Search) -> None:
        """Enumerate, party by party."""
        self._instance, self._cohort, self._search = instance, cohort, search
        parties = cohort.parties
        self._counts: Ints = np.array([len(party.orders) for party in parties])
        self._pax: Ints = np.array([party.pax for party in parties])
        route_of = {frozenset(route.houses): n for n, route in enumerate(cohort.routes)}
        riders = self._all(route_of)
        self.complete = riders is not None
        if riders is None:
            riders = np.array([_row(column, len(parties)) for column in known], dtype=np.int64)
        self._riders: Ints = riders
        houses = [party.hotel for party in parties]
        self._routes: Ints = np.array(
            [route_of[frozenset(houses[n] for n in np.flatnonzero(row))] for row in riders], dtype=np.int64
        )

    def near(self, pricer: Pricer, fleet: Floats, worth: Floats, room: float, most: int) -> list[Column]:
        """Give the trips of reduced cost up to `room`, all starts and kinds, the `most` of least reduced cost.

        `fleet` are prices of vehicles (`Flow.prices`), `worth` what serving one more of each party is worth.
        """
        gain = (self._riders @ worth)[:, None]
        reduced = np.stack([cost - gain for cost in self._costs(pricer, fleet)])
        flat = reduced.ravel()
        best = np.argpartition(flat, most)[:most] if most < len(flat) else np.arange(len(flat))
        kinds, sets, starts = np.unravel_index(np.sort(best[flat[best] <= room]), reduced.shape)
        return [self._column(pricer, *map(int, at)) for at in zip(kinds, starts, sets, strict=True)]

    def plan(self, pricer: Pricer, fleet: Floats) -> CohortPlan | None:
        """Give the best trips of the cohort at prices of vehicles (`Flow.prices`); None where none serves everybody.

        The linear program over sets by columns, then the integer program over sets of small reduced cost: a plan that
        holds any other set costs at least the linear value and that reduced cost.
        """
        costs, kinds, slots = self._best_starts(pricer, fleet)
        worth, low = self._relaxed(costs)
        if worth is None:
            return None
        reduced = costs - self._riders @ worth
        order, room, found = np.argsort(reduced, kind="stable"), max(0.02 * abs(low), 60.0), None
        for _ in range(2):
            near = order[: min(MOST_TRIPS, int(np.searchsorted(reduced[order], room, side="right")))]
            chosen, bound = self._whole(costs, near)
            if chosen is None:
                return found
            edge = float(reduced[order[len(near)]]) if len(near) < len(order) else float("inf")
            trips = tuple(self._column(pricer, int(kinds[n]), int(slots[n]), n) for n in chosen)
            found = CohortPlan(trips, min(bound, low + edge) if self.complete else float("-inf"))
            room = float(costs[chosen].sum()) - low
            if edge >= room:
                break
        return found

    def _costs(self, pricer: Pricer, fleet: Floats) -> Iterator[Floats]:
        """Give for each kind of vehicle, shape (sets, starts), the cost of a trip; inf where illegal."""
        waits = self._riders @ (self._instance.w_wait * self._pax[:, None] * pricer.waits)
        waits[((self._riders > 0) @ ~pricer.may) > 0] = np.inf
        people = self._riders @ self._pax
        drives = np.array([route.drive for route in self._cohort.routes])
        for kind, vehicle in enumerate(self._instance.vehicles):
            taken = fleet[kind, pricer.rows][None, :] - fleet[kind, pricer.ends]
            cost = waits + (vehicle.per_min * drives[:, None] - taken)[self._routes]
            cost[(people > vehicle.capacity)[:, None] | ~pricer.open[self._routes]] = np.inf
            yield cost

    def _best_starts(self, pricer: Pricer, fleet: Floats) -> tuple[Floats, Ints, Ints]:
        """Give for each set the least cost at these prices, and the kind and the start that have it."""
        best = np.full(len(self._riders), np.inf)
        kinds, slots = np.zeros(len(best), dtype=np.int64), np.zeros(len(best), dtype=np.int64)
        for kind, cost in enumerate(self._costs(pricer, fleet)):
            at = cost.argmin(axis=1)
            value = cost[np.arange(len(best)), at]
            better = value < best
            best[better], kinds[better], slots[better] = value[better], kind, at[better]
        return best, kinds, slots

    def _relaxed(self, costs: Floats) -> tuple[Floats | None, float]:
        """Give the parties' prices and the value of the linear program over the sets."""
        program = Program(self._search)
        rows = [program.row(count) for count in self._counts]
        penalty = 1e7
        for row in rows:
            program.column(penalty, [row], [1.0])
        inside = np.zeros(len(costs), dtype=bool)
        inside[~np.isfinite(costs)] = True
        worth = np.full(len(rows), 100.0)
        for _ in range(ROUNDS):
            reduced = np.where(inside, np.inf, costs - self._riders @ worth)
            new = np.argsort(reduced, kind="stable")[:40]
            new = new[reduced[new] < -1e-7]
            if len(new) == 0 and program.columns > len(rows):
                break
            for n in new:
                inside[n] = True
                held = np.flatnonzero(self._riders[n])
                program.column(float(costs[n]), held.tolist(), self._riders[n][held].astype(float).tolist())
            if not program.solve():
                return None, 0.0
            worth = np.maximum(0.0, program.prices)
        reduced = costs - self._riders @ worth
        low = float(worth @ self._counts) + min(0.0, float(reduced.min())) * self._cohort.orders
        return worth, low

    def _whole(self, costs: Floats, near: Ints) -> tuple[list[int] | None, float]:
        program = Program(self._search)
        for count in self._counts:
            program.row(count)
        for n in near:
            held = np.flatnonzero(self._riders[n])
            values = self._riders[n][held].astype(float).tolist()
            program.column(float(costs[n]), held.tolist(), values, integer=True)
        if not program.solve_integer(SECONDS):
            return None, program.bound
        values = program.values
        return [int(n) for n, value in zip(near, values, strict=True) for _ in range(round(value))], program.bound

    def _column(self, pricer: Pricer, kind: int, slot: int, n: int) -> Column:
        riders = tuple((int(party), int(self._riders[n, party])) for party in np.flatnonzero(self._riders[n]))
        return Column(pricer.number, kind, int(self._routes[n]), int(pricer.begins[slot]), riders)

    def _all(self, route_of: dict[frozenset[int], int]) -> Ints | None:
        """Give all sets within the seats, the waiting and the routes; None where there are too many."""
        parties, seats = self._cohort.parties, self._instance.seats
        sets: list[tuple[tuple[int, ...], int, frozenset[int], int]] = [((), 0, frozenset(), 0)]
        for party in parties:
            grown = []
            for riders, pax, houses, first in sets:
                grown.append(((*riders, 0), pax, houses, first))
                if riders and pax and party.ready - first > self._instance.max_wait:
                    continue
                with_house = houses | {party.hotel}
                if with_house not in route_of:
                    continue
                for times in range(1, min(len(party.orders), (seats - pax) // party.pax) + 1):
                    begin = first if pax else party.ready
                    grown.append(((*riders, times), pax + times * party.pax, with_house, begin))
            if len(grown) > MOST_SETS:
                return None
            sets = grown
        return np.array([riders for riders, pax, _, _ in sets if pax], dtype=np.int64)


def _row(column: Column, parties: int) -> NDArray[np.int64]:
    row = np.zeros(parties, dtype=np.int64)
    for party, times in column.riders:
        row[party] = times
    return row
