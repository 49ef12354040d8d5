"""Vehicles through time, as rows of a linear program: at every moment enough of each kind.

A vehicle in use is a shift that starts in a slot of the clock and ends `shift_max` minutes later. From slot to slot
the trips under way and the vehicles that idle are together the vehicles on shift. Trips under way at one moment are a
clique of the interval graph, so the rows bound the vehicles from below; that a whole trip must lie in the shift of one
vehicle is left to `vehicles.py`. With whole trips the vehicles come out whole: their part is an interval matrix.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from hucheng.engines.planning.program import INFINITY, Floats, Program
from hucheng.engines.planning.transport.cohorts import Clock
from hucheng.engines.planning.transport.instance import TransportInstance

Use = tuple[int, int, int]
"""A kind of vehicle and the slots [first, end) in which a trip has one of it."""


class Flow:
    """The rows and the columns of vehicles in a program; `standing` trips are there whatever the program does."""

    def __init__(
        self, instance: TransportInstance, clock: Clock, program: Program, standing: Iterable[Use] = ()
    ) -> None:
        """Add the rows, then idle vehicles and shifts as columns."""
        self._kinds, self._slots = len(instance.vehicles), len(clock.times)
        change = np.zeros((self._kinds, self._slots + 1))
        for kind, first, end in standing:
            change[kind, first] += first < end
            change[kind, end] -= first < end
        self._rows = [[program.row(-by, -by) for by in change[kind, : self._slots]] for kind in range(self._kinds)]
        ends = np.searchsorted(clock.times, clock.times + instance.shift_max)
        for kind, vehicle in enumerate(instance.vehicles):
            rows, most = self._rows[kind], program.row(-INFINITY, vehicle.count)
            for slot in range(self._slots):
                later = rows[slot + 1 : slot + 2]
                program.column(0.0, [rows[slot], *later], [1.0, *[-1.0 for _ in later]])
            for slot, end in enumerate(ends):
                back = rows[end : end + 1]
                values = [-1.0, *[1.0 for _ in back], 1.0]
                program.column(vehicle.fixed, [rows[slot], *back, most], values)

    def entries(self, uses: Iterable[Use]) -> tuple[list[int], list[float]]:
        """Give the rows and values of a column that has these uses of vehicles."""
        values: dict[int, float] = defaultdict(float)
        for kind, first, end in uses:
            if first < end:
                values[self._rows[kind][first]] += 1.0
                if end < self._slots:
                    values[self._rows[kind][end]] -= 1.0
        rows = [row for row, value in values.items() if value]
        return rows, [values[row] for row in rows]

    def prices(self, prices: Floats) -> Floats:
        """Give, shape (kinds, slots + 1), what a vehicle more from a slot on is worth; 0 at the end."""
        table = np.zeros((self._kinds, self._slots + 1))
        for kind, rows in enumerate(self._rows):
            table[kind, :-1] = prices[rows[0] : rows[-1] + 1]
        return table


def vehicles_part(instance: TransportInstance, clock: Clock, fleet: Floats) -> float:
    """Give what the vehicles add to a bound at these prices: less than nought where all of a kind would be used."""
    ends = np.searchsorted(clock.times, clock.times + instance.shift_max)
    least = 0.0
    for kind, vehicle in enumerate(instance.vehicles):
        reduced = vehicle.fixed + fleet[kind, :-1] - fleet[kind, ends]
        least += vehicle.count * min(0.0, float(reduced.min()))
    return least
